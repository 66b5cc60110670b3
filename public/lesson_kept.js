// What this device keeps of lessons: where the reader is, and what was answered. Nothing is sent anywhere. Storage is a
// comfort: where it is forbidden or full, answers last as long as the page, and the reader is told.

import { csvOf } from "./tables.js";

/** Names carry the site's folder, as src/profile.rs has it: other copies of the site lie in other folders. */
const FOLDER = `glassrec${new URL(".", import.meta.url).pathname.replace(/\/[^/]*$/, "")}`;
const NAME = `${FOLDER}/lessons`;
const VERSION = 1;
/** A history as crates/core/src/kept.rs writes it. */
const HISTORY = /^#v1&h=([\d.]+)$/;
/** So many of the reader's own films are read in a lesson, the newest. */
const MOST_FILMS = 12;

const FAULTS = {
  forbidden: "This browser keeps nothing for this page: answers last until you leave it. Save them as a file.",
  full: "This browser has no room left for answers: they last until you leave the page. Save them as a file.",
  foreign: "What this device kept of lessons is of another version and cannot be read. It stays until you clear it; new answers last until you leave the page.",
};

const isAnswers = (it) => it?.v === VERSION && typeof it.lessons === "object" && it.lessons !== null;

export class Kept {
  /** Why nothing is kept; empty while it is. */
  fault = "";
  #memory = { v: VERSION, lessons: {} };

  constructor() {
    this.#read();
  }

  /** Where the reader was, from 0, and the answers by the names of their steps. */
  of(lesson) {
    const { at = 0, answers = {} } = this.#read().lessons[lesson] ?? {};
    return { at: Number.isInteger(at) ? at : 0, answers };
  }

  /** Whether lessons are read with the reader's own films, where they may be. */
  get isOwn() {
    return this.#read().isOwn !== false;
  }

  set isOwn(isOwn) {
    this.#write({ ...this.#read(), isOwn });
  }

  /** Keeps what `change` makes of a lesson. Other tabs may have kept something since: it is read first. */
  keep(lesson, change) {
    const all = this.#read();
    this.#write({ ...all, lessons: { ...all.lessons, [lesson]: { ...this.of(lesson), ...change(this.of(lesson)) } } });
  }

  /** Forgets a lesson, or all of them. */
  forget(lesson) {
    const all = this.#read();
    if (lesson === undefined || this.fault === "foreign") {
      this.#memory = { v: VERSION, lessons: {} };
      try {
        localStorage.removeItem(NAME);
        this.fault = "";
      } catch {
        this.fault = "forbidden";
      }
      return;
    }
    const { [lesson]: gone, ...lessons } = all.lessons;
    this.#write({ ...all, lessons });
  }

  get faultSaid() {
    return FAULTS[this.fault] ?? "";
  }

  /** All answers as a table for a spreadsheet. `titles` are those of lessons, by their names. */
  asFile(titles) {
    const rows = Object.entries(this.#read().lessons).flatMap(([lesson, { answers = {} }]) =>
      Object.values(answers).map((it) => [titles[lesson] ?? lesson, it.step, it.question, it.said, it.answer, it.isRight === undefined ? null : it.isRight ? "yes" : "no", it.films ?? null]),
    );
    return csvOf([{ name: "Answers to lessons of Glassrec", columns: ["lesson", "step", "question", "guess", "answer", "right", "films"], rows }]);
  }

  #read() {
    try {
      const text = localStorage.getItem(NAME);
      if (this.fault === "forbidden") this.fault = "";
      if (text === null) return this.fault === "full" ? this.#memory : { v: VERSION, lessons: {} };
      const all = JSON.parse(text);
      if (isAnswers(all)) return this.fault === "full" ? this.#memory : all;
      this.fault = "foreign";
    } catch (error) {
      this.fault = error instanceof SyntaxError ? "foreign" : "forbidden";
    }
    return this.#memory;
  }

  #write(all) {
    this.#memory = all;
    if (this.fault === "foreign") return;
    try {
      localStorage.setItem(NAME, JSON.stringify(all));
      this.fault = "";
    } catch (error) {
      this.fault = /quota/i.test(error?.name) ? "full" : "forbidden";
    }
  }
}

/** The reader's own films that the site keeps, the newest of them, oldest first; none where there are none. */
export function ownFilms() {
  try {
    const [, films = ""] = HISTORY.exec(localStorage.getItem(`${FOLDER}/history`) ?? "") ?? [];
    return films.split(".").filter(Boolean).slice(-MOST_FILMS).map(Number);
  } catch {
    return [];
  }
}

/** Hands `text` to the reader as a file. */
export function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
