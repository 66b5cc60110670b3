// A figure in a lesson of the same site: it tells what the reader did to it, marks what the lesson speaks of, and gives its
// numbers, once they stand still, when it is asked. Pages of other sites hear and are answered nothing: what a reader does
// in a frame is not theirs to know.

const FIGURE = "main.framed [data-figure]";
const BUSY = '[aria-busy="true"], .is-stale, .spin';
/** Numbers that stay the same for so many looks, so far apart, have come to rest. */
const LOOKS = 4;
const LOOK_MILLIS = 120;
const PATIENCE_MILLIS = 60_000;
/** What marks may be asked for: classes of the figure's parts. */
const SELECTOR = /^[.\w> -]+$/;

const tell = (message) => parent.postMessage(message, location.origin);
const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** The numbers of the figure, as src/ui/figure/handed.rs writes them; none where it has none for too long. */
async function numbersAtRest() {
  const end = Date.now() + PATIENCE_MILLIS;
  let before = "";
  for (let still = 0; Date.now() < end; await pause(LOOK_MILLIS)) {
    const now = document.querySelector(BUSY) ? "" : (document.querySelector(FIGURE)?.glassrecNumbers?.() ?? "");
    still = now !== "" && now === before ? still + 1 : 0;
    before = now;
    const numbers = still >= LOOKS ? JSON.parse(now) : null;
    if (numbers?.table) return numbers;
  }
  return null;
}

/** The pieces of the address that the figure's link leads to: they change with what a reader does. */
function piecesNow() {
  const href = document.querySelector(".frame-foot a")?.getAttribute("href") ?? "";
  return new Map(href.split("&").slice(1).map((it) => it.split("=")));
}

/** Tells which pieces of the address changed, that a step was taken, and when the table is opened. */
function tellActs() {
  let before = null;
  const look = () => {
    const now = piecesNow();
    if (before && now.size > 0) {
      const changed = [...new Set([...before.keys(), ...now.keys()])].filter((key) => before.get(key) !== now.get(key));
      if (changed.length > 0) tell({ glassrec: "did", keys: changed });
    }
    if (now.size > 0) before = now;
  };
  look();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["href"] });
  // Some steps are in no address.
  for (const name of ["click", "input"]) document.addEventListener(name, ({ target }) => target.closest?.(".stepper") && tell({ glassrec: "did", keys: ["stepper"] }));
  document.addEventListener("toggle", ({ target }) => target.open && target.closest(".twin") && !target.matches(".embed") && tell({ glassrec: "did", keys: ["table"] }), true);
}

/** Rings around parts of the figure, each with its number. */
class Marks {
  #selectors = [];
  #layer = null;
  #isDue = false;

  constructor() {
    const due = () => this.#due();
    new ResizeObserver(due).observe(document.body);
    new MutationObserver((all) => all.some((it) => !this.#layer?.contains(it.target)) && due()).observe(document.body, { subtree: true, childList: true, attributes: true });
  }

  show(selectors) {
    this.#selectors = selectors;
    this.#due();
  }

  #due() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw() {
    const main = document.querySelector("main.framed");
    if (!main || (this.#selectors.length === 0 && !this.#layer)) return;
    if (!this.#layer?.isConnected) {
      this.#layer = Object.assign(document.createElement("div"), { className: "marks" });
      this.#layer.setAttribute("aria-hidden", "true");
      main.append(this.#layer);
    }
    const from = main.getBoundingClientRect();
    const rings = this.#selectors.map((selector, at) => {
      const boxes = [...main.querySelectorAll(selector)].map((it) => it.getBoundingClientRect()).filter((it) => it.width + it.height > 0);
      if (boxes.length === 0) return null;
      const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((it) => it[side])) - from[side]);
      const [right, bottom] = [Math.max(...boxes.map((it) => it.right)) - from.left, Math.max(...boxes.map((it) => it.bottom)) - from.top];
      const ring = document.createElement("i");
      // A part that is as wide as the figure is ringed within it.
      const x = Math.max(left - 5, 1);
      Object.assign(ring.style, { left: `${x}px`, top: `${Math.max(top - 5, 1)}px`, width: `${Math.min(right + 5, from.width - 1) - x}px`, height: `${bottom - top + 10}px` });
      ring.dataset.at = at + 1;
      return ring;
    });
    this.#layer.replaceChildren(...rings.filter(Boolean));
  }
}

/** Listens to the lesson around, if there is one. */
export function answerLesson() {
  let marks = null;
  let isHeard = false;
  addEventListener("message", async ({ source, origin, data }) => {
    if (source !== parent || origin !== location.origin) return;
    // A page that has spoken is one that may be spoken to.
    if (!isHeard) tellActs();
    isHeard = true;
    if (data?.glassrec === "mark" && Array.isArray(data.parts)) {
      marks ??= new Marks();
      marks.show(data.parts.filter((it) => typeof it === "string" && SELECTOR.test(it)));
    }
    if (data?.glassrec === "ask") tell({ glassrec: "numbers", numbers: await numbersAtRest() });
  });
}
