// The first page: ticks, models and reasons, answered from models/stored.json, which is fetched at the first gesture; and
// in idle time, what Explore needs for its first list. The page works without it.
import { aboutOf, chooser, exploreLink, listOf, opening, rankOf, reasonOf, rows, SHOWN, watched, why, wholeOf } from "./home_view.js";
import { reloadWithNewBuild } from "./renewed.js";

reloadWithNewBuild();

const answer = document.getElementById("answer");
const part = (name) => answer.querySelector(`[data-part=${name}]`);
const panel = part("why");
const isPhone = matchMedia("(max-width: 767px)");
const isStill = matchMedia("(prefers-reduced-motion: reduce)");

let stored = null;
let state = null;
let coming = null;

/** The answers; asked for once, and again where they did not come. */
function fetched() {
  coming ??= fetch(answer.dataset.stored)
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(`${response.status}`))))
    .then((it) => {
      stored = it;
      state ??= opening(it);
    })
    .catch((error) => {
      coming = null;
      part("failed").hidden = false;
      throw error;
    });
  return coming;
}

/** What has the focus, so that it keeps it when its element is made anew. */
function focusHeld() {
  const { activeElement: it } = document;
  if (!answer.contains(it)) return () => {};
  const film = it.closest("[data-film]")?.dataset.film;
  const { pick, family } = it.dataset;
  const isIn = it.closest("[data-part=why]") !== null;
  return () => {
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    const again = film ? answer.querySelector(`[data-film="${film}"] a`) : pick ? answer.querySelector(`[data-pick="${pick}"]`) : family ? answer.querySelector(`[data-family="${family}"]`) : isIn ? panel.querySelector("[data-back], [data-test]") : null;
    (again ?? panel.querySelector("h2") ?? answer).focus({ preventScroll: true });
  };
}

/** Rows come from where they were. */
function glide(were) {
  if (isStill.matches) return;
  for (const row of answer.querySelectorAll(".rec")) {
    const was = were.get(row.dataset.film);
    const shift = was - row.getBoundingClientRect().top;
    if (was === undefined) row.animate([{ opacity: 0 }, { opacity: 1 }], 220);
    else if (Math.abs(shift) > 1) row.animate([{ transform: `translateY(${shift}px)` }, { transform: "none" }], { duration: 200, easing: "ease-out" });
  }
}

function draw(before = null) {
  const keep = focusHeld();
  const were = new Map([...answer.querySelectorAll(".rec")].map((it) => [it.dataset.film, it.getBoundingClientRect().top]));
  const of = aboutOf(stored, state.family);
  answer.className = `answer kind-${of.kind}`;
  part("watched").innerHTML = watched(stored, state, true);
  part("models").innerHTML = chooser(stored, state);
  part("about").textContent = of.about;
  for (const it of part("quality").children) it.hidden = it.dataset.of !== state.family;
  part("list").innerHTML = rows(stored, state, before);
  panel.querySelector(".body").innerHTML = why(stored, state);
  const live = part("live");
  live.href = exploreLink(stored, { family: state.family, on: state.on });
  part("bytes").textContent = of.fetches;
  keep();
  glide(were);
}

/** Makes the list of the state that `change` leads to, and says what moved. */
function turn(change, { isSameModel = true } = {}) {
  const before = isSameModel ? listOf(stored, state.family, state.on) : null;
  state = { ...state, tested: null, ...change };
  draw(before);
  const list = listOf(stored, state.family, state.on);
  const entered = before ? list.slice(0, SHOWN).filter((it) => !before.slice(0, SHOWN).includes(it)).length : 0;
  part("said").textContent = `${aboutOf(stored, state.family).title}: ${list.length ? stored.films[list[0]][1] : "no film"} first${before ? `, ${entered} of the first ten are new` : ""}.`;
}

/** On a phone the reason lies over the list, and Back closes it. */
function openSheet() {
  if (!isPhone.matches || panel.classList.contains("is-open")) return;
  panel.classList.add("is-open");
  history.pushState({ sheet: true }, "");
  panel.querySelector("[data-close]").focus({ preventScroll: true });
}

function closeSheet() {
  if (!panel.classList.contains("is-open")) return;
  panel.classList.remove("is-open");
  answer.querySelector(`[data-film="${state.focus}"] a`)?.focus({ preventScroll: true });
}

const ACTS = {
  "[data-film] a": (it) => {
    state = { ...state, focus: Number(it.closest("[data-film]").dataset.film), tested: null };
    draw();
    openSheet();
  },
  "[data-family]": ({ dataset: { family } }) => {
    const list = listOf(stored, family, state.on);
    turn({ family, focus: list.slice(0, SHOWN).includes(state.focus) ? state.focus : (list[0] ?? state.focus) }, { isSameModel: false });
  },
  "[data-test]": () => {
    const reason = reasonOf(stored, state.family, state.on, state.focus);
    turn({ on: state.on & ~reason.out, tested: reason });
  },
  "[data-back]": () => turn({ on: wholeOf(stored), focus: rankOf(stored, state.family, wholeOf(stored), state.focus) ? state.focus : listOf(stored, state.family, wholeOf(stored))[0] }),
  "[data-close]": () => history.back(),
};

answer.addEventListener("click", (event) => {
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.button === 0;
  const found = isPlain && Object.entries(ACTS).find(([selector]) => event.target.closest(selector));
  if (!found) return;
  event.preventDefault();
  const [selector, act] = found;
  const element = event.target.closest(selector);
  const { href } = element;
  // Where the answers do not come, the models themselves give them.
  fetched().then(() => act(element), () => href && location.assign(href));
});

answer.addEventListener("change", ({ target }) => {
  if (target.dataset.pick === undefined) return;
  const bit = 1 << Number(target.dataset.pick);
  fetched().then(() => turn({ on: state.on ^ bit }), () => (target.checked = !target.checked));
});

answer.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.classList.contains("is-open")) history.back();
  const row = event.target.closest?.(".rec");
  const next = { ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling }[event.key];
  if (!row || next === undefined) return;
  event.preventDefault();
  next?.querySelector("a")?.focus();
});

addEventListener("popstate", closeSheet);
for (const gesture of ["pointerover", "focusin"]) answer.addEventListener(gesture, () => fetched().catch(() => {}), { once: true });
// A browser may bring ticks back from the last visit that the list knows nothing of.
for (const box of answer.querySelectorAll("[data-pick]")) {
  box.checked = true;
  box.disabled = false;
}

/** What Explore begins with, into the browser's cache, where nobody pays by the byte. */
async function fetchAhead() {
  const { saveData = false, effectiveType = "4g" } = navigator.connection ?? {};
  if (saveData || effectiveType.includes("2g")) return;
  for (const address of answer.dataset.ahead.split(" ")) {
    // What does not come now comes when it is needed.
    await fetch(address, { priority: "low" }).then((it) => it.arrayBuffer()).catch(() => {});
  }
}

const whenIdle = () => (globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 2000)))(fetchAhead);
if (document.readyState === "complete") whenIdle();
else addEventListener("load", whenIdle, { once: true });
