// What the page of a lesson says.

export const WORDS = {
  lock: "Lock in and see",
  hidden: "Hidden until you have guessed",
  reading: "Reading the figure…",
  starting: "Starting the model, which names the films…",
  readIt: "Read the answer",
  again: "Read it again",
  failed: "The figure does not run here, so nothing is judged. The picture is a stored one.",
  silent: "The figure gave no numbers. Nothing is judged.",
  done: "Done.",
  whatSeen: "What do you see there?",
  seen: "That is what I see",
  whatHappened: "what happened",
  right: "You guessed right.",
  wrong: "It came out otherwise.",
  unguessed: "Shown without a guess.",
  nothing: "nothing",
  back: "Back",
  next: "Next",
  skip: "Go on without a guess",
  pass: "Go on",
  ownFilms: "your own films",
  otherFilms: "the films of this link",
  open: "Open it in Glassrec",
  yourGuess: "Your guess",
};

/** "Nothing is judged": why an answer could not be read off. */
export const notShown = (reason) => `The figure does not show it: ${reason}. Nothing is judged.`;

const signed = (text) => text.replace("-", "−");

/** A value as a reader sees it: whole numbers as they are, others with two digits that count. */
export function shown(value) {
  if (value === null) return WORDS.nothing;
  if (typeof value !== "number") return String(value);
  return signed(Number.isInteger(value) ? String(value) : Math.abs(value) < 1e-4 ? value.toExponential(1) : String(Number(value.toPrecision(2))));
}

/** "Step 3 of 8 · guess first". */
export const place = (at, n, isQuestion) => `Step ${at + 1} of ${n}${isQuestion ? " · guess first" : ""}`;

const counted = (n, one, more) => `${n} ${n === 1 ? one : more}`;

/** "3 of 4 questions answered, 2 guessed right." */
export function answered({ n, nAnswered, nRight }) {
  if (nAnswered === 0) return `${counted(n, "question", "questions")}, none answered yet.`;
  return `${nAnswered} of ${counted(n, "question", "questions")} answered, ${nRight} guessed right.`;
}

export const resumed = (at) => `You left this lesson at step ${at + 1}.`;
export const KEPT_HERE = "Answers are kept on this device alone.";
