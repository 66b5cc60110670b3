// One step of a lesson: its figure, which runs when the step is reached, what it waits for, and its question
// (lesson_question.js), until whose answer the figure is veiled.

import { Question } from "./lesson_question.js";
import { WORDS } from "./lesson_words.js";

/** What a figure tells of what is waited for: pieces of its address, and what is in none. */
const PIECES = { "leave-out": ["o"], follow: ["x"], step: ["s", "p", "x", "stepper"], mask: ["p"], drag: ["p"], noise: ["p"], switch: ["p"], table: ["table"] };

/** An element with properties, and what is in it. */
export function made(tag, properties = {}, ...inside) {
  const { dataset, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  Object.assign(element.dataset, dataset);
  element.append(...inside);
  return element;
}

/** The films of a table, in its order, each once. */
export function filmsOf({ columns, rows }) {
  const [id, title] = ["movie_id", "title"].map((it) => columns.indexOf(it));
  const films = new Map(rows.filter((it) => it[id]).map((it) => [it[id], { id: it[id], title: it[title] }]));
  return [...films.values()];
}

/** Says "answer" when there is one, or more of one, and "change" when anything else is new. */
export class Step extends EventTarget {
  section;
  name;
  title;
  /** Nothing where the step asks nothing. */
  question = null;
  /** The history with its titles; nothing before the figure has named the reader's own films. */
  films = null;
  /** The history by its numbers, where it is not the lesson's. */
  history = null;
  /** How many films a reader's own history has to have here; null where the films are the lesson's. */
  nOwn;
  hasFailed = false;
  #isDone = false;
  #figure;
  #shown;
  #asked = [];

  constructor(section) {
    super();
    this.section = section;
    this.name = section.dataset.name;
    this.title = section.querySelector("h2").textContent.replace(/^\d+\s*/, "").trim();
    this.#figure = section.querySelector("glassrec-figure");
    this.#shown = section.querySelector(".shown");
    const { titles, own } = this.#figure?.dataset ?? {};
    this.nOwn = own === undefined ? null : Number(own);
    const ids = this.#figure?.getAttribute("history")?.split(",").map(Number) ?? [];
    if (titles) this.films = JSON.parse(titles).map((title, at) => ({ id: ids[at], title }));
    this.#figure?.addEventListener("live", () => this.#begun());
    this.#figure?.addEventListener("failed", () => this.#failed());
    if (section.querySelector(".ask")) {
      this.question = new Question(this, this.#shown);
      this.#shown?.classList.add("is-veiled");
      this.#shown?.prepend(made("p", { className: "veil", textContent: WORDS.hidden }));
    }
  }

  get answer() {
    return this.question?.answer ?? null;
  }

  /** Whether the figure can run in a frame. */
  get isLive() {
    return this.#figure?.dataset.live !== undefined;
  }

  get isRunning() {
    return this.#figure?.classList.contains("is-running") ?? false;
  }

  set isRunning(isRunning) {
    this.#figure?.classList.toggle("is-running", isRunning);
  }

  /** The window of the live figure, by which its messages are known. */
  get window() {
    return this.#figure?.shadowRoot?.querySelector("iframe")?.contentWindow ?? null;
  }

  /** Where on the site the figure is. */
  get link() {
    return this.#figure.querySelector("p a").href;
  }

  /** What the step waits for, until it is done. */
  get waits() {
    const wait = this.#line?.dataset.wait;
    return this.#isDone || !this.isLive ? undefined : wait;
  }

  get #line() {
    return this.section.querySelector(".do");
  }

  /** What is to be done, in words. */
  get toDo() {
    return this.#line.textContent;
  }

  get #isVeiled() {
    return this.#shown?.classList.contains("is-veiled") ?? false;
  }

  unveil() {
    this.#shown?.classList.remove("is-veiled");
    this.#shown?.querySelector(".veil")?.remove();
    if (this.isRunning) this.#seen();
  }

  /** Sets which films the figure is of; none for those of the lesson. `isOwn` where they are the reader's. */
  readWith(history, { isOwn = false, hide = [], seed } = {}) {
    if (!this.#figure) return;
    if (history && history.join() !== this.#figure.getAttribute("history")) {
      this.#figure.setAttribute("history", history.join(","));
      for (const it of this.#figure.querySelectorAll("a")) it.href = it.href.replace(/&h=[\d.]+/, `&h=${history.join(".")}`);
      this.films = null;
      this.history = history;
      this.#nameFilms(isOwn ? WORDS.ownFilms : WORDS.otherFilms);
      this.question?.offer();
    }
    if (hide.length > 0) {
      const before = this.#figure.getAttribute("controls");
      this.#figure.setAttribute("controls", [before, ...hide.map((it) => `-${it}`)].filter(Boolean).join(","));
    }
    // A seed is fixed where the lesson has drawn one.
    if (seed && this.#figure.hasAttribute("seed")) this.#figure.setAttribute("seed", seed);
  }

  #nameFilms(text) {
    const watched = this.section.querySelector(".watched span");
    if (watched) watched.textContent = text;
  }

  run() {
    if (this.isLive && !this.isRunning) this.#figure.run?.();
  }

  stop() {
    this.isRunning = false;
    this.#figure?.stop?.();
  }

  #begun() {
    this.isRunning = true;
    this.hasFailed = false;
    this.#post({ glassrec: "mark", parts: [] });
    if (!this.#isVeiled) this.#seen();
    if (this.question?.lacksFilms) this.numbers().then((it) => it && this.question.offer());
    // Numbers that were waited for are asked for anew: the frame is another.
    if (this.#asked.length > 0) this.#post({ glassrec: "ask" });
  }

  /** Of a figure that runs and is seen: what the lesson speaks of is marked in it. */
  #seen() {
    this.#post({ glassrec: "mark", parts: [...this.section.querySelectorAll("[data-part]")].map((it) => it.dataset.part) });
    if (this.waits === "run") this.#did();
  }

  #failed() {
    this.isRunning = false;
    this.hasFailed = true;
    this.#asked.splice(0).forEach((tell) => tell(undefined));
    this.dispatchEvent(new Event("change"));
  }

  #post(message) {
    this.window?.postMessage(message, location.origin);
  }

  /** The numbers that the live figure has now; null where it has none, nothing where it does not run. */
  numbers() {
    return new Promise((tell) => {
      this.#asked.push(tell);
      if (this.isRunning) this.#post({ glassrec: "ask" });
      else this.run();
    });
  }

  /** Takes what the figure's window says. */
  hear({ glassrec, keys, numbers }) {
    if (glassrec === "did" && this.waits && !this.#isVeiled && PIECES[this.waits]?.some((it) => keys?.includes(it))) this.#did();
    if (glassrec !== "numbers") return;
    if (numbers) {
      this.films ??= filmsOf(numbers.history);
      if (this.history) this.#nameFilms(this.films.map((it) => it.title).join(", "));
      this.question?.see(numbers);
    }
    this.#asked.splice(0).forEach((tell) => tell(numbers));
  }

  #did() {
    this.#isDone = true;
    this.#line.classList.add("is-done");
    this.#line.setAttribute("role", "status");
    this.#line.append(" ", made("b", { textContent: WORDS.done }));
    this.dispatchEvent(new Event("change"));
  }
}
