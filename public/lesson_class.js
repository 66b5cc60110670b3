// What a teacher does with a lesson: shows it large, prints it, and makes a link that is the same for all.

import { made } from "./lesson_step.js";

/** What a link may leave out of figures, and what it is called. */
const HIDES = { claim: "the claim of each figure", table: "tables", steps: "sliders" };

const { search } = new URL(import.meta.url);
const addressOf = (name) => new URL(`./${name}${search}`, import.meta.url).href;

const box = (text, isOn = false) => {
  const input = made("input", { type: "checkbox", checked: isOn });
  return { input, label: made("label", { className: "check" }, input, made("span", { textContent: text })) };
};

/**
 * `address` gives that of the lesson at a step, `filmsNow` those that the page is read with; empty for the lesson's own.
 * Gives the panel, and what writes its link anew when another step is shown.
 */
export function forClass({ address, stepNow, filmsNow, onPresent, onPrint }) {
  const button = (textContent, onclick) => made("button", { className: "button", type: "button", textContent, onclick });
  const films = filmsNow();
  const ofFilms = films.length > 0 ? box(`The same ${films.length} films for all`, true) : null;
  const hides = Object.entries(HIDES).map(([name, title]) => ({ name, ...box(`Without ${title}`) }));
  const field = made("input", { type: "text", readOnly: true, className: "link", onfocus: () => field.select() });
  field.setAttribute("aria-label", "Link to this step");
  const said = made("span");
  said.setAttribute("role", "status");
  const place = made("div", { className: "code-place" });
  const write = () => {
    const hidden = hides.filter((it) => it.input.checked).map((it) => it.name).join(",");
    const pieces = [ofFilms?.input.checked && `h=${films.join(".")}`, hidden && `hide=${hidden}`].filter(Boolean);
    field.value = [address(stepNow()), ...pieces].join("&");
    said.textContent = "";
    place.replaceChildren();
  };
  const copy = button("Copy the link", async () => {
    write();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Copied.";
    } catch {
      field.focus();
      said.textContent = "This browser did not allow it; copy it from the field.";
    }
  });
  const code = button("Show as a code to scan", async () => {
    write();
    try {
      const { codeOf } = await import(addressOf("lesson_code.js"));
      const drawing = codeOf(field.value);
      if (drawing) place.replaceChildren(drawing);
      else said.textContent = "This link is too long for a code.";
    } catch {
      said.textContent = "The code did not come; check the connection and press again.";
    }
  });
  const details = made(
    "details",
    {},
    made("summary", { textContent: "A link to this step" }),
    made("div", { className: "checks", onchange: write }, ...[ofFilms, ...hides].filter(Boolean).map((it) => it.label)),
    field,
    made("p", { className: "row" }, copy, code, said),
    place,
  );
  const panel = made(
    "section",
    { className: "panel" },
    made("h2", { textContent: "For a class" }),
    made("p", { className: "quiet", textContent: "One step large on the screen, with keys. On paper, a worksheet with room to write." }),
    made("p", { className: "row" }, button("Present", onPresent), button("Print as a worksheet", onPrint)),
    details,
  );
  return { panel, write };
}
