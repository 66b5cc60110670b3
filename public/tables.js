// The numbers of the open view, as files: src/ui/table.rs makes the tables, rows of plain numbers with films by their
// MovieLens ids.

/** A cell as CSV writes it. A text that a spreadsheet would run as a formula is kept from it; numbers are numbers. */
function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One table after another, each under its name, an empty line between. */
export function csvOf(tables) {
  const line = (cells) => cells.map(cell).join(",");
  const written = ({ name, columns, rows }) => [line([name]), line(columns), ...rows.map((row) => line(columns.map((_, at) => row[at])))].join("\r\n");
  // The mark of UTF-8, without which spreadsheets misread titles.
  return `\ufeff${tables.map(written).join("\r\n\r\n")}\r\n`;
}

export function jsonOf({ title, address, model, tables }) {
  const objects = tables.map(({ name, columns, rows }) => ({ name, rows: rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null]))) }));
  return JSON.stringify({ title, address, model, tables: objects }, null, 1);
}
