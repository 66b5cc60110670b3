// The list of lessons: how far each is done on this device. Without it the list is the same, and says nothing of that.

import { Kept, save } from "./lesson_kept.js";
import { made } from "./lesson_step.js";
import { KEPT_HERE } from "./lesson_words.js";

const kept = new Kept();
const entries = [...document.querySelectorAll("[data-lesson]")];
const titles = Object.fromEntries(entries.map((it) => [it.dataset.lesson, it.querySelector("b").textContent]));

/** "Left at step 3 of 8; 2 of 4 questions answered, 1 guessed right." */
function said({ lesson, steps, questions }) {
  const { at, answers } = kept.of(lesson);
  const all = Object.values(answers);
  const nRight = all.filter((it) => it.isRight).length;
  const parts = [at > 0 && at < Number(steps) - 1 && `left at step ${at + 1} of ${steps}`, all.length > 0 && `${Math.min(all.length, questions)} of ${questions} questions answered, ${nRight} guessed right`].filter(Boolean);
  const text = parts.join("; ");
  return text && `${text[0].toUpperCase()}${text.slice(1)}.`;
}

let nKept = 0;
for (const it of entries) {
  const text = said(it.dataset);
  const line = it.querySelector(".kept");
  line.textContent = text;
  line.hidden = !text;
  if (text) nKept += 1;
}

if (nKept > 0 || kept.fault) {
  const file = made("button", { className: "button", type: "button", textContent: "Save all answers as a file", onclick: () => save("glassrec-lessons.csv", kept.asFile(titles)) });
  const clear = made("button", { className: "button is-bare", type: "button", textContent: "Forget all of them" });
  clear.addEventListener("click", () => {
    kept.forget();
    location.reload();
  });
  const words = made("p", { className: "quiet", textContent: kept.faultSaid || KEPT_HERE });
  document.querySelector(".teach").before(made("section", { className: "panel" }, made("h2", { textContent: "Your answers" }), words, made("p", { className: "row" }, file, clear)));
}
