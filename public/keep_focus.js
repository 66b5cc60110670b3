// Where the focus goes when the element that has it goes: to what took its place, not to the top of the page.

const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled), summary, [tabindex]";
const nameOf = (element) => `${element.localName}.${[...element.classList].filter((it) => !it.startsWith("is-")).join(".")}`.replace(/\.$/, "");

/** The element in focus, and where it stands: every element around it, each with its place among the others. */
let last = null;
function remember(element) {
  const around = [];
  for (let at = element; at.parentElement; at = at.parentElement) around.push({ parent: at.parentElement, place: [...at.parentElement.children].indexOf(at) });
  last = { element, name: nameOf(element), around };
}

/** What stands now where the element stood: its like in the nearest part that is left, else whatever takes the focus there, else the heading of it. */
function successor({ name, around }) {
  for (const { parent, place } of around) {
    if (!parent.isConnected) continue;
    const rows = [parent.children[place], parent.children[place - 1], parent].filter(Boolean);
    for (const wanted of [name, FOCUSABLE]) {
      for (const row of rows) {
        const found = row.matches(wanted) ? row : row.querySelector(wanted);
        if (found?.getClientRects().length) return found;
      }
    }
    const heading = parent.querySelector("h2");
    if (heading) {
      heading.tabIndex = -1;
      return heading;
    }
  }
  return null;
}

/** Keeps watch as long as the page is there. */
export function keepFocus() {
  addEventListener("focusin", ({ target }) => remember(target));
  // Whoever points elsewhere lets go of it.
  addEventListener("pointerdown", ({ target }) => {
    if (last && !last.element.contains(target)) last = null;
  });
  new MutationObserver(() => {
    if (!last || last.element.isConnected || document.activeElement !== document.body) return;
    const { around, name } = last;
    last = null;
    successor({ name, around })?.focus({ preventScroll: true });
  }).observe(document.body, { childList: true, subtree: true });
}
