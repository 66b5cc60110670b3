// The question of a step: the reader guesses, then the right answer is read off the live figure's table
// (lesson_answers.js), and the text that follows the question is shown.

import { answerOf, isIn, isRight, readAnswer, readSpan } from "./lesson_answers.js";
import { filmsOf, made } from "./lesson_step.js";
import { WORDS, notShown, shown } from "./lesson_words.js";

export class Question {
  /** What was answered, as it is kept; nothing before. */
  answer = null;
  #step;
  #ask;
  #kind;
  #options;
  #within;
  /** Of which films one is the answer: those of the history, or those of the table. */
  #among;
  #answerAt;
  #measured;
  #listed = null;
  #form = null;
  #revealed;
  #where;
  #verdict;

  /** What is folded away without a script, the text after the question, stands beside the figure in `shown`. */
  constructor(step, shown) {
    this.#step = step;
    this.#ask = step.section.querySelector(".ask");
    const { kind, answer, within, among } = this.#ask.dataset;
    this.#kind = kind;
    this.#within = Number(within);
    this.#among = among ?? "history";
    this.#options = [...this.#ask.querySelectorAll("[data-span]")].map((it) => ({ label: it.textContent, span: readSpan(it.dataset.span) }));
    this.#answerAt = answer && readAnswer(answer);
    const see = step.section.querySelector(".see");
    this.#where = see.querySelector(".where");
    // What was measured is known without a figure.
    this.#measured = this.#where.dataset.value === undefined ? undefined : Number(this.#where.dataset.value);
    this.#where.hidden = this.#measured === undefined;
    this.#verdict = made("div", { className: "verdict" });
    this.#verdict.setAttribute("role", "status");
    this.#revealed = made("div", { className: "revealed", hidden: true }, see.querySelector(".after"), this.#where);
    see.replaceWith(...[shown, this.#revealed].filter(Boolean));
    this.#ask.append(this.#verdict);
    this.offer();
  }

  get asked() {
    return this.#ask.querySelector(".question").textContent;
  }

  /** Whether it asks for films that only the figure can name. */
  get lacksFilms() {
    return this.#kind === "film" && !this.answer && !this.#films;
  }

  get #films() {
    if (this.#among === "history") return this.#step.films;
    // By title: the order of the table would tell.
    return this.#listed?.toSorted((a, b) => a.title.localeCompare(b.title)) ?? null;
  }

  /** Takes what the figure shows. */
  see({ table }) {
    if (this.#among === "list" && table) this.#listed ??= filmsOf(table);
  }

  /** Makes the form; of films that only the figure can name it is made once it runs. */
  offer() {
    if (this.answer) return;
    const labels = this.#kind === "choice" ? this.#options.map((it) => it.label) : this.#kind === "film" ? this.#films?.map((it) => it.title) : null;
    const lock = made("button", { className: "button is-main", textContent: WORDS.lock, disabled: true });
    const fields = labels ? made("div", { className: "choices" }, ...this.#radios(labels, "guess")) : this.#kind === "number" ? numberField() : made("p", { className: "quiet", textContent: WORDS.starting });
    const legend = made("legend", { className: "visually-hidden", textContent: this.asked });
    const form = made("form", { className: "guess" }, made("fieldset", {}, legend, fields), lock);
    form.addEventListener("input", () => (lock.disabled = this.#guess === null));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#guess !== null) this.reveal();
    });
    if (this.#form) this.#form.replaceWith(form);
    else this.#verdict.before(form);
    this.#form = form;
  }

  #radios(labels, name) {
    return labels.map((label, at) => made("label", {}, made("input", { type: "radio", name: `${name}-${this.#step.name}`, value: at }), made("span", { textContent: label }), made("em")));
  }

  /** What stands in the form: the place of an option or a film, or a number; null for nothing. */
  get #guess() {
    const picked = this.#form?.querySelector("input:checked");
    if (picked) return Number(picked.value);
    const input = this.#form?.querySelector("input[type=number]");
    return input && input.value !== "" && Number.isFinite(input.valueAsNumber) ? input.valueAsNumber : null;
  }

  #said(guess) {
    if (guess === null) return null;
    return this.#kind === "choice" ? this.#options[guess].label : this.#kind === "film" ? this.#films[guess].title : shown(guess);
  }

  /** Locks the guess that stands there, or none, and shows the figure with what it says. */
  async reveal() {
    if (this.answer) return;
    const guess = this.#guess;
    this.answer = { step: this.#step.title, question: this.asked, said: this.#said(guess), guess };
    if (this.#step.history) this.answer.films = this.#step.history.join(", ");
    this.#close();
    this.#step.unveil();
    this.#tellOf("answer");
    await this.#judge();
  }

  #close() {
    for (const it of this.#form.querySelectorAll("input, button")) it.disabled = true;
    this.#form.querySelector("button").hidden = true;
  }

  #tellOf(name) {
    this.#step.dispatchEvent(new Event(name));
  }

  async #judge() {
    const step = this.#step;
    if (this.#measured !== undefined) return this.#tell(this.#measured);
    if (!step.isLive) return this.#askWhatIsSeen();
    if (step.waits) await this.#untilDone();
    this.#say(WORDS.reading);
    const numbers = await step.numbers();
    if (numbers === undefined) return this.#end(WORDS.failed);
    if (!numbers) return this.#end(WORDS.silent, () => this.#judge());
    const films = filmsOf(numbers.history);
    const { value, reason } = answerOf(this.#answerAt, numbers.table, films);
    if (reason) return this.#end(notShown(reason), () => this.#judge());
    this.#tell(value, films, filmsOf(numbers.table));
  }

  /** Until the reader has done what the step waits for, and wants the answer read; or the figure has failed. */
  #untilDone() {
    const step = this.#step;
    return new Promise((resolve) => {
      const button = made("button", { className: "button is-main", type: "button", textContent: WORDS.readIt, disabled: true, onclick: resolve });
      step.addEventListener("change", () => {
        button.disabled = Boolean(step.waits);
        if (step.hasFailed) resolve();
      });
      this.#say(made("span", { textContent: step.toDo }), button);
    });
  }

  /** Says what came out, and whether the guess was right. `films` are those of the history, as the figure numbers them. */
  #tell(value, films = [], listed = []) {
    const { guess } = this.answer;
    const isFilm = this.#kind === "film";
    const found = this.#kind === "choice" ? this.#options.find((it) => isIn(it.span, value)) : null;
    const film = isFilm ? [...films, ...listed].find((it) => it.id === value) : null;
    const said = found ? `${found.label}${typeof value === "number" ? ` (${shown(value)})` : ""}` : (film?.title ?? shown(value));
    const meant = isFilm && guess !== null ? (this.#among === "history" ? films : this.#films)[guess]?.id : guess;
    Object.assign(this.answer, { answer: said, value });
    if (guess !== null) this.answer.isRight = isRight({ kind: this.#kind, options: this.#options, within: this.#within }, meant, value);
    this.#markRight(found ? this.#options.indexOf(found) : isFilm ? (this.#films?.findIndex((it) => it.title === said) ?? -1) : -1);
    this.#end();
    this.#tellOf("answer");
  }

  #markRight(place) {
    const label = this.#form?.querySelectorAll(".choices label")[place];
    if (!label) return;
    label.classList.add("is-right");
    label.querySelector("em").textContent = WORDS.whatHappened;
  }

  #say(...inside) {
    this.#verdict.replaceChildren(...inside);
  }

  /** The verdict, or in its place why there is none; `retry` does it again. */
  #end(instead, retry) {
    if (instead) {
      this.#where.hidden = false;
      this.#say(instead, ...(retry ? [" ", made("button", { className: "button", type: "button", textContent: WORDS.again, onclick: retry })] : []));
    } else {
      const { isRight: right, said, answer } = this.answer;
      const verdict = right === undefined ? WORDS.unguessed : right ? WORDS.right : WORDS.wrong;
      // Where the form is there the guess stands in it.
      const guessed = said !== null && (!this.#form || this.#kind === "number") && !right ? ` You guessed ${said}.` : "";
      const says = this.#kind === "number" ? ` The figure says ${answer}.` : ` ${answer}.`;
      this.#say(made("b", { textContent: verdict }), `${says}${guessed}`);
      this.#verdict.classList.toggle("is-right", right === true);
    }
    this.#revealed.hidden = false;
    this.#tellOf("change");
  }

  /** A figure that runs only on the site is looked at there: what it says is told by the reader. */
  #askWhatIsSeen() {
    if (this.#kind !== "choice") return this.#end(WORDS.silent);
    const choices = made("div", { className: "choices" }, ...this.#radios(this.#options.map((it) => it.label), "seen"));
    const button = made("button", { className: "button is-main", textContent: WORDS.seen, disabled: true });
    const link = made("a", { href: this.#step.link, target: "_blank", textContent: WORDS.open });
    const form = made("form", { className: "guess seen" }, made("p", {}, link), made("fieldset", {}, made("legend", { textContent: WORDS.whatSeen }), choices), button);
    form.addEventListener("input", () => (button.disabled = false));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const at = Number(form.querySelector("input:checked").value);
      Object.assign(this.answer, { answer: this.#options[at].label, isSeen: true });
      if (this.answer.guess !== null) this.answer.isRight = this.answer.guess === at;
      this.#markRight(at);
      this.#end();
      this.#tellOf("answer");
    });
    this.#say(form);
  }

  /** Puts back what was answered on an earlier visit. */
  restore(answer) {
    this.answer = answer;
    if (this.#kind === "choice") {
      const picked = this.#form.querySelectorAll(".choices input")[answer.guess];
      if (picked) picked.checked = true;
      this.#close();
      this.#markRight(this.#options.findIndex((it) => answer.answer?.replace(/ \([^()]*\)$/, "") === it.label));
    } else {
      this.#form.remove();
      this.#form = null;
    }
    this.#step.unveil();
    if (answer.answer === undefined) this.#judge();
    else this.#end();
  }
}

function numberField() {
  const input = made("input", { type: "number", step: "any", inputMode: "decimal", required: true, autocomplete: "off" });
  return made("label", { className: "number" }, made("span", { textContent: WORDS.yourGuess }), input);
}
