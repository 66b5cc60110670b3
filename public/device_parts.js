// Elements of the page "On this device", by the names that tools/device_page.mjs gives them.

export const part = (name) => document.querySelector(`[data-part=${name}]`);
export const act = (name) => document.querySelector(`[data-act=${name}]`);

/** An element with attributes and what is in it; texts are texts. */
export function make(tag, attributes = {}, ...inner) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...inner);
  return element;
}

/** The files of a row as a table to unfold. */
export function fileTable(files) {
  const rows = files.map(({ path, bytes, sha256, says }) => make("tr", {}, ...(path ? [make("td", {}, make("span", { translate: "no" }, path))] : []), make("td", { class: "size" }, says ?? bytes.toLocaleString("en-US")), make("td", {}, make("code", { translate: "no" }, sha256))));
  const heads = [...(files[0]?.path ? ["File"] : []), "Bytes", "SHA-256"].map((it) => make("th", { scope: "col" }, it));
  const table = make("table", { class: "sums" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
  return make("div", { class: "scrolls", role: "region", tabindex: "0", "aria-label": "Table: files" }, table);
}
