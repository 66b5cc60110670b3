// What a reader exports of the open view: its numbers as CSV or JSON, its picture as PNG or SVG. Fetched at the first
// wish for one. `taken` is what src/shell/take_away.rs hands over as JSON: tables and words, nothing read off the page.

import { pictureOf, pointsOf } from "./picture.js";
import { csvOf, jsonOf } from "./tables.js";

/** Lets the browser save `blob` as a file. */
export function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Exports the open view as `kind`: "csv", "json", "png", "svg", or "copy" for a picture on the clipboard. */
export async function take(kind, taken) {
  const state = JSON.parse(taken);
  const name = `glassrec ${state.figure ?? state.title}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/-$/, "");
  if (kind === "csv") return save(`${name}.csv`, new Blob([csvOf(state.tables)], { type: "text/csv;charset=utf-8" }));
  if (kind === "json") return save(`${name}.json`, new Blob([jsonOf(state)], { type: "application/json" }));
  const view = document.querySelector(state.figure ? `[data-figure="${state.figure}"]` : "[data-view]");
  if (!view) throw new Error("nothing is open");
  if (kind === "svg") return save(`${name}.svg`, new Blob([pictureOf(view, state).svg], { type: "image/svg+xml" }));
  const points = pointsOf(pictureOf(view, state));
  if (kind === "png") return save(`${name}.png`, await points);
  return navigator.clipboard.write([new ClipboardItem({ "image/png": points })]);
}
