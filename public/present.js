// Large type and nothing beside the open view, for a projector: by `?present` in the address or the key P, until Escape.

const root = document.documentElement;

function leave() {
  root.removeAttribute("data-present");
  document.querySelector(".leave-present")?.remove();
}

export function present() {
  root.setAttribute("data-present", "");
  const button = document.createElement("button");
  button.className = "button leave-present";
  button.textContent = "Leave full view (Esc)";
  button.addEventListener("click", leave);
  document.body.append(button);
}

/** Whether keys belong to what has the focus. */
const isTyping = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "range" && target.type !== "radio" && target.type !== "checkbox");

/** Listens for the key, and begins where the address says so. */
export function presentOnWish() {
  if (new URLSearchParams(location.search).has("present")) present();
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const isOn = root.hasAttribute("data-present");
    if (event.key === "Escape" && isOn) leave();
    else if (event.key.toLowerCase() === "p") isOn ? leave() : present();
  });
}
