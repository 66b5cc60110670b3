// The table of what is kept, with a button for each and one for all.

import { clearAll, readKept } from "./device_kept.js";
import { act, fileTable, make, part } from "./device_parts.js";
import { WORDS, sizeOf } from "./device_words.js";

export function showKept() {
  let cleared = () => {};
  let looking = 0;

  async function forget(row) {
    try {
      await row.forget();
      await look(WORDS.deleted(row.what));
    } catch (error) {
      console.warn(error);
      part("kept-state").textContent = WORDS.held;
    }
    cleared();
    // Its button has gone with it.
    if (document.activeElement === document.body) (part("kept").querySelector("button") ?? part("kept-state")).focus();
  }

  function rowOf(row) {
    const what = make("th", { scope: "row" }, row.what, make("small", {}, row.why), ...(row.files?.length ? [make("details", {}, make("summary", {}, "Checksums"), fileTable(row.files))] : []));
    const forgetIt = make("button", { type: "button", class: "button is-bare", "aria-label": `Delete: ${row.what}`, onclick: () => forget(row) }, "Delete");
    return make("tr", {}, what, make("td", { class: "size" }, row.bytes ? sizeOf(row.bytes) : ""), make("td", {}, forgetIt));
  }

  /** Reads the stores again; `news` is said before what was found. Gives whether all could be read, and nothing is there. */
  async function look(news = "") {
    const turn = ++looking;
    const { rows, unread, isBlocked } = await readKept();
    const isEmpty = rows.length === 0 && unread.length === 0;
    if (turn !== looking) return isEmpty;
    const others = unread.filter(({ name }) => name !== "its texts").map(({ name }) => name);
    const found = rows.length > 0 ? WORDS.kept(rows.length, rows.reduce((sum, it) => sum + it.bytes, 0)) : isBlocked ? WORDS.blocked : isEmpty ? WORDS.nothing : "";
    part("kept-state").textContent = [news, found].filter(Boolean).join(" ");
    part("kept-state").tabIndex = -1;
    part("kept-table").hidden = rows.length === 0;
    part("kept").replaceChildren(...rows.map(rowOf));
    part("unread").hidden = isBlocked || others.length === 0;
    part("unread").textContent = others.map(WORDS.unread).join(" ");
    act("clear").hidden = rows.length === 0 && (isEmpty || isBlocked);
    return isEmpty;
  }

  const question = part("clear");
  function close() {
    question.hidden = true;
    act("clear").focus();
  }
  act("clear").addEventListener("click", () => {
    question.hidden = false;
    act("clear-no").focus();
  });
  act("clear-no").addEventListener("click", close);
  question.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  act("clear-yes").addEventListener("click", async () => {
    act("clear-yes").disabled = true;
    await clearAll();
    const isEmpty = await look();
    act("clear-yes").disabled = false;
    question.hidden = true;
    part("kept-state").textContent = isEmpty ? WORDS.cleared + WORDS.clearedTabs : WORDS.left;
    part("kept-state").focus();
    cleared();
  });
  if (navigator.vendor?.startsWith("Apple")) part("seven").textContent = WORDS.seven;

  return { look, onCleared: (hear) => (cleared = hear) };
}
