// The page of a lesson, one step at a time: what a step asks is answered before it is seen, and read off the live figure.
// Without this script all steps stand below each other. What a link may fix stands after its #: "#step=3&h=1.2.3&seed=7&hide=claim".

import { Kept, ownFilms, save } from "./lesson_kept.js";
import { Step, made } from "./lesson_step.js";
import { forClass } from "./lesson_class.js";
import { KEPT_HERE, WORDS, answered, place, resumed } from "./lesson_words.js";
import { present, presentOnWish } from "./present.js";

/** Figures that go on running behind the step that is shown: they share an engine, and Back is at once. */
const MOST_RUNNING = 3;
const HIDES = ["claim", "steps", "say", "source", "table", "embed", "save", "link"];
const root = document.documentElement;
const page = document.querySelector("[data-lesson]");
const { lesson, title } = page.dataset;
const kept = new Kept();
const steps = [...page.querySelectorAll(".step")].map((section) => new Step(section));
const questions = steps.filter((it) => it.question);
const links = [...page.querySelectorAll(".progress a")];
const own = ownFilms();
let at = -1;
/** The step that the page opened at. */
let opened = 0;
let running = [];
let writeLink = () => {};

/** What the address asks for: the step, from 0, and what a teacher has fixed. */
function asked() {
  const hash = location.hash.slice(1);
  const pieces = new Map(hash.split("&").map((it) => it.split("=")));
  const number = Number(pieces.get("step") ?? /^step-(\d+)$/.exec(hash)?.[1]);
  const history = (pieces.get("h") ?? "").split(/\D+/).filter(Boolean).map(Number);
  const hide = (pieces.get("hide") ?? "").split(",").filter((it) => HIDES.includes(it));
  const seed = /^\d{1,9}$/.exec(pieces.get("seed"))?.[0];
  return { step: number >= 1 && number <= steps.length ? number - 1 : null, history, hide, seed };
}
const fixed = asked();
/** What a link fixes stays in the address from step to step. */
const piecesFixed = () => location.hash.slice(1).split("&").filter((it) => /^(h|seed|hide)=/.test(it));
const fixedPieces = piecesFixed();
const hashOf = (step) => `#${[`step=${step + 1}`, ...fixedPieces].join("&")}`;

/** Which films a step is read with: a link's, those it was answered with, the reader's own, else the lesson's. */
function filmsOf(step) {
  if (step.nOwn === null) return {};
  if (step.answer?.films) return { history: step.answer.films.split(", ").map(Number), isOwn: true };
  if (step.answer) return {};
  if (fixed.history.length >= step.nOwn) return { history: fixed.history };
  return kept.isOwn && fixed.history.length === 0 && own.length >= step.nOwn ? { history: own, isOwn: true } : {};
}

const readWith = (step) => step.readWith(filmsOf(step).history, { ...filmsOf(step), hide: fixed.hide, seed: fixed.seed });

/** Starts the step's figure. Where the reader pays by the byte a press does, but where the question cannot be asked without it. */
async function start(step) {
  if (!step.isLive || step.isRunning || (navigator.connection?.saveData && !step.question?.lacksFilms)) return;
  await customElements.whenDefined("glassrec-figure");
  running = [...running.filter((it) => it !== step), step];
  for (const it of running.splice(0, running.length - MOST_RUNNING)) it.stop();
  if (steps[at] === step) step.run();
}

const back = made("button", { className: "button", type: "button", textContent: WORDS.back, onclick: () => go(at - 1) });
const next = made("button", { className: "button", type: "button", onclick: () => go(at + 1) });
const pager = made("nav", { className: "pager" }, back, next);
pager.setAttribute("aria-label", "Step by step");
const count = made("p", { className: "count quiet" });
const score = made("p", { className: "quiet" });
const fault = made("p", { className: "quiet fault", hidden: true });
fault.setAttribute("role", "status");

/** Shows a step, and says so to whoever cannot see it. */
function show(to, { isFocused = true } = {}) {
  at = to;
  const step = steps[at];
  steps.forEach((it, n) => it.section.classList.toggle("is-away", n !== at));
  page.querySelector(".opening").classList.toggle("is-away", at > 0);
  page.classList.toggle("is-begun", at > 0);
  links.forEach((it, n) => {
    it.classList.toggle("is-past", n < at);
    if (n === at) it.setAttribute("aria-current", "step");
    else it.removeAttribute("aria-current");
  });
  step.section.querySelector(".told").prepend(count);
  step.section.append(pager);
  // What is kept changes by the reader's acts alone.
  if (isFocused) kept.keep(lesson, () => ({ at }));
  draw();
  writeLink();
  start(step);
  if (!isFocused) return;
  step.section.querySelector("h2").focus({ preventScroll: true });
  const top = page.querySelector(".progress").getBoundingClientRect().top;
  if (top < 0) scrollBy({ top: top - 12 });
}

function go(to) {
  if (to < 0 || to >= steps.length || to === at) return;
  history.pushState(null, "", hashOf(to));
  show(to);
}

/** What changes while a step is shown. */
function draw() {
  if (at < 0) return;
  const step = steps[at];
  const isLast = at === steps.length - 1;
  const isOpen = step.question && !step.answer;
  count.textContent = place(at, steps.length, step.question !== null);
  back.hidden = at === 0;
  next.hidden = isLast;
  next.textContent = isOpen ? WORDS.skip : step.waits ? WORDS.pass : WORDS.next;
  next.classList.toggle("is-main", !isOpen && !step.waits);
  pager.classList.toggle("is-last", isLast);
  const all = questions.map((it) => it.answer).filter(Boolean);
  const nRight = all.filter((it) => it.isRight).length;
  const said = answered({ n: questions.length, nAnswered: all.length, nRight });
  score.textContent = kept.fault ? said : `${said} ${KEPT_HERE}`;
  fault.textContent = kept.faultSaid;
  fault.hidden = kept.fault === "";
}

for (const step of steps) {
  step.addEventListener("answer", () => {
    kept.keep(lesson, ({ answers }) => ({ answers: { ...answers, [step.name]: step.answer } }));
    draw();
  });
  step.addEventListener("change", draw);
}

addEventListener("message", ({ source, origin, data }) => {
  if (origin === location.origin && typeof data === "object" && data) steps.find((it) => it.window !== null && it.window === source)?.hear(data);
});
addEventListener("popstate", () => {
  const { step } = asked();
  // A link that fixes something else, followed in this very tab.
  if (step !== null && piecesFixed().join() !== fixedPieces.join()) return location.reload();
  if (step !== null || location.hash === "") show(step ?? opened);
});
page.querySelector(".progress").addEventListener("click", (event) => {
  const n = links.indexOf(event.target.closest("a"));
  if (n < 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(n);
});

/** Keys: arrows go from step to step; a presenter's have more. */
addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const isPresented = root.hasAttribute("data-present");
  if (root.classList.contains("is-blank")) {
    event.preventDefault();
    return root.classList.remove("is-blank");
  }
  const isTaken = /^(INPUT|TEXTAREA|SELECT|GLASSREC-FIGURE)$/.test(target.tagName) || target.closest?.(".twin-rows, summary");
  const acts = {
    ArrowRight: () => go(at + 1),
    ArrowLeft: () => go(at - 1),
    ...(isPresented && { PageDown: () => go(at + 1), PageUp: () => go(at - 1), r: () => steps[at].question?.reveal(), b: () => root.classList.add("is-blank") }),
  };
  const act = acts[key.length === 1 ? key.toLowerCase() : key];
  if (!act || (isTaken && !/^Page/.test(key))) return;
  event.preventDefault();
  act();
});

/** A worksheet has the stored pictures, which a browser fetches when it sees them. */
async function print() {
  const images = [...page.querySelectorAll("glassrec-figure img")];
  images.forEach((it) => (it.loading = "eager"));
  await Promise.allSettled(images.map((it) => it.decode()));
  globalThis.print();
}

/** What stands below the steps: the reader's answers, and what a teacher does with the lesson. */
function panels() {
  const clear = made("button", { className: "button is-bare", type: "button", textContent: "Forget them" });
  clear.addEventListener("click", () => {
    kept.forget(lesson);
    history.replaceState(null, "", location.pathname);
    location.reload();
  });
  const file = made("button", { className: "button", type: "button", textContent: "Save answers as a file", onclick: () => save(`glassrec-${lesson}.csv`, kept.asFile({ [lesson]: title })) });
  const answers = made("section", { className: "panel" }, made("h2", { textContent: "Your answers" }), score, fault, made("p", { className: "row" }, file, clear));
  if (steps.some((it) => it.nOwn !== null) && fixed.history.length === 0) answers.append(own.length > 0 ? ownSwitch() : made("p", { className: "quiet", innerHTML: OWN }));
  const address = (step) => `${location.origin}${location.pathname}#step=${step + 1}`;
  const teacher = forClass({ address, stepNow: () => at, filmsNow: () => (fixed.history.length > 0 ? fixed.history : kept.isOwn ? own : []), onPresent: present, onPrint: print });
  writeLink = teacher.write;
  return made("div", { className: "panels" }, answers, teacher.panel);
}

const OWN = 'Several steps read films of your own, once <a href="../explore.html">you have picked some</a>.';

function ownSwitch() {
  const box = made("input", { type: "checkbox", checked: kept.isOwn });
  box.addEventListener("change", () => {
    kept.isOwn = box.checked;
    // Figures read the lesson's films again where there is no answer yet.
    location.reload();
  });
  return made("label", { className: "check" }, box, made("span", { textContent: `Read my own films, the newest ${own.length}, where a step allows it` }));
}

function open() {
  page.classList.add("is-stepped");
  const { answers, at: left } = kept.of(lesson);
  for (const step of steps) {
    const answer = step.question && answers[step.name];
    // An answer says which films it is of.
    if (answer) step.question.answer = answer;
    readWith(step);
    if (answer) step.question.restore(answer);
  }
  page.querySelector(".onward").before(panels());
  const keys = made("p", { className: "present-keys", innerHTML: "<span><kbd>←</kbd> <kbd>→</kbd> step</span> <span><kbd>R</kbd> reveal</span> <span><kbd>B</kbd> blank</span> <span><kbd>Esc</kbd> leave</span>" });
  page.append(keys);
  const isBack = fixed.step === null && left > 0 && left < steps.length;
  opened = fixed.step ?? (isBack ? left : 0);
  show(opened, { isFocused: false });
  if (isBack) {
    const again = made("button", { className: "button is-bare", type: "button", textContent: "Begin at the first step", onclick: () => (note.remove(), go(0)) });
    const note = made("p", { className: "resumed quiet" }, `${resumed(left)} `, again);
    page.querySelector("#lesson").before(note);
  }
  presentOnWish();
}

open();

