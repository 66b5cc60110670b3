// What a reader takes along of the open view: its tables as CSV or JSON, its picture as PNG or SVG. Fetched at the
// first wish for one. Pictures are drawn by html-to-image; the build puts it into this file.

import { toBlob, toSvg } from "html-to-image";

const wordsOf = (element) => (element?.innerText ?? "").replace(/\s+/g, " ").trim();

/** The view that is open, and what its heading says. */
function openView() {
  const view = document.querySelector("[data-view]");
  const heading = view?.querySelector("h2");
  return { view, title: wordsOf(heading) || document.title };
}

/** What the table or list stands under. */
function nameOf(element) {
  const caption = wordsOf(element.querySelector("caption"));
  if (caption) return caption;
  const section = element.closest("[aria-labelledby]");
  const titles = section?.getAttribute("aria-labelledby").split(" ").map((id) => wordsOf(document.getElementById(id)));
  return titles?.join(" ").trim() || "list";
}

function tableOf(element) {
  const cells = (row) => [...row.cells].map(wordsOf);
  const heads = [...(element.tHead?.rows ?? [])].slice(-1).flatMap(cells);
  return { name: nameOf(element), heads, rows: [...element.tBodies].flatMap((body) => [...body.rows].map(cells)) };
}

/** A ranked list of films: rank, film, and the number beside it. */
function listOf(element) {
  const films = [...element.querySelectorAll(":scope > li[data-row]")];
  const part = (film, selector) => wordsOf(film.querySelector(selector));
  const rows = films.map((film, at) => [
    String(at + 1),
    part(film, ".film-title, .place-title, .small-title"),
    part(film, ".film-facts"),
    part(film, ".rec-score, .number"),
  ]);
  return { name: nameOf(element), heads: ["rank", "film", "facts", "score"], rows };
}

/** Every table and ranked list of the view, as it stands on the page. */
function tablesOf(view) {
  const tables = [...view.querySelectorAll("table, ol")].map((it) => (it.tagName === "TABLE" ? tableOf(it) : listOf(it)));
  return tables.filter(({ rows }) => rows.length > 0);
}

const quoted = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** One table after another, each under its name, an empty line between. */
const csvOf = (tables) =>
  tables.map(({ name, heads, rows }) => [[name], heads, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n")).join("\r\n\r\n") + "\r\n";

const jsonOf = (title, tables) => JSON.stringify({ title, link: location.href, tables }, null, 1);

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const paper = () => getComputedStyle(document.body).backgroundColor;
const pictured = () => ({ backgroundColor: paper(), pixelRatio: 2, skipFonts: true });

/** Takes the open view along as `kind`: "csv", "json", "png", "svg", or "copy" for a picture on the clipboard. */
export async function take(kind) {
  const { view, title } = openView();
  if (!view) throw new Error("nothing is open");
  const name = `glassrec ${title}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/-$/, "");
  switch (kind) {
    case "csv":
      return save(`${name}.csv`, new Blob([csvOf(tablesOf(view))], { type: "text/csv;charset=utf-8" }));
    case "json":
      return save(`${name}.json`, new Blob([jsonOf(title, tablesOf(view))], { type: "application/json" }));
    case "svg": {
      const url = await toSvg(view, pictured());
      return save(`${name}.svg`, new Blob([decodeURIComponent(url.slice(url.indexOf(",") + 1))], { type: "image/svg+xml" }));
    }
    case "png":
      return save(`${name}.png`, await toBlob(view, pictured()));
    default:
      return navigator.clipboard.write([new ClipboardItem({ "image/png": toBlob(view, pictured()) })]);
  }
}
