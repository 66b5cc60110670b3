// How the answer to a question of a lesson is read off a figure: out of its table, by column and row. Nothing here reads a
// file, so a page can use it too. A table is as the site writes it: { columns, rows }, an empty cell is null or missing.

const ROW = /^(.+) in (?:(row|film|pick) (\d+)|(first|last) (row|pick)|(largest|smallest) (.+))$/;
const COUNT = /^rows where (.+) is (above|below) (.+)$/;
const SAME = /^rows where (.+) is "(.*)"$/;
const NUMBER = /^[+−-]?\d+(?:\.\d+)?$/;

const numberOf = (text) => Number(text.replace('−', '-'));

/** One cell, by its column and its row; null where it is not written that way. */
function readCell(text) {
  const [, column, kind, number, end, what, most, by] = ROW.exec(text) ?? [];
  if (!column) return null;
  if (kind) return { column, row: { kind, number: Number(number) } };
  if (end) return { column, row: { kind: what, number: end === 'first' ? 1 : 'last' } };
  return { column, row: { kind: most, by } };
}

/** How an answer is read off, out of one line of a lesson; null where it is not written as docs/lessons.md has it. */
export function readAnswer(text) {
  const measured = /^measured (\{\{[^}]*\}\})$/.exec(text);
  if (measured) return { measured: measured[1], columns: [] };
  const same = SAME.exec(text);
  if (same) return { count: { column: same[1], is: 'same', text: same[2] }, columns: [same[1]] };
  const [, counted, is, bound] = COUNT.exec(text) ?? [];
  if (counted) {
    return NUMBER.test(bound) ? { count: { column: counted, is, bound: numberOf(bound) }, columns: [counted] } : { count: { column: counted, is, other: bound }, columns: [counted, bound] };
  }
  const cells = text.split(' less ').map(readCell);
  if (cells.length > 2 || cells.includes(null)) return null;
  return { cells, columns: cells.flatMap(({ column, row }) => [column, ...(row.by ? [row.by] : [])]) };
}

/** The name that a table has for a column of a lesson. `films` is the history with titles. */
function columnNamed(name, films) {
  const [, at] = /^part of (pick \d+|last pick)$/.exec(name) ?? [];
  return at ? films.at(at === 'last pick' ? -1 : at.slice(5) - 1)?.title : name;
}

function reader({ columns, rows }, films) {
  const cell = (row, name) => row[columns.indexOf(columnNamed(name, films))] ?? null;
  const filmAt = ({ kind, number }) => (kind === 'film' ? number : films[(number === 'last' ? films.length : number) - 1]?.id);
  const rowOf = (row) => {
    if (row.kind === 'row') return rows.at(row.number === 'last' ? -1 : row.number - 1);
    if (row.kind === 'film' || row.kind === 'pick') return rows.find((it) => cell(it, 'movie_id') === filmAt(row));
    const sign = row.kind === 'largest' ? 1 : -1;
    const filled = rows.filter((it) => typeof cell(it, row.by) === 'number');
    // The first of equals.
    return filled.reduce((best, it) => (best && sign * cell(best, row.by) >= sign * cell(it, row.by) ? best : it), undefined);
  };
  const has = (name) => columns.includes(columnNamed(name, films));
  return { cell, rowOf, has };
}

/**
 * What the figure says: { value } or, where its table has no such column or row now, { reason }. An empty cell is the value
 * null. `films` is the history, oldest first, as { id, title }.
 */
export function answerOf(answer, table, films) {
  const { cell, rowOf, has } = reader(table, films);
  const missing = answer.columns.find((it) => !has(it));
  if (missing !== undefined) return { reason: `the table has no column "${columnNamed(missing, films) ?? missing}" now` };
  if (answer.count) {
    const { column, is, bound, other, text } = answer.count;
    const limit = (row) => (other === undefined ? bound : cell(row, other));
    const holds = (row) => {
      const value = cell(row, column);
      if (is === 'same') return value === text;
      if (typeof value !== 'number' || typeof limit(row) !== 'number') return false;
      return is === 'above' ? value > limit(row) : value < limit(row);
    };
    return { value: table.rows.filter(holds).length };
  }
  const values = [];
  for (const { column, row } of answer.cells) {
    const found = rowOf(row);
    if (!found) return { reason: 'the table has no such row now' };
    values.push(cell(found, column));
  }
  const [one, other] = values;
  if (values.length === 1) return { value: one };
  return typeof one === 'number' && typeof other === 'number' ? { value: one - other } : { value: null };
}

const SPAN = /^(?:(more than|less than) (\S+)|(\S+) or (more|less)|(\S+) to (\S+)|(\S+))$/;

/** What an option stands for: "2 to 5", "11 or more", "more than 0", "nothing", "\"yes\"". Null where it is none of these. */
export function readSpan(text) {
  if (text === 'nothing') return { nothing: true };
  const quoted = /^"(.*)"$/.exec(text);
  if (quoted) return { text: quoted[1] };
  const [, than, limit, bound, or, from, to, only] = SPAN.exec(text) ?? [];
  const said = [limit, bound, from, to, only].filter((it) => it !== undefined);
  if (said.length === 0 || !said.every((it) => NUMBER.test(it))) return null;
  const [a, b = a] = said.map(numberOf);
  if (than) return than === 'more than' ? { low: a, high: Infinity, isOpenLow: true } : { low: -Infinity, high: a, isOpenHigh: true };
  if (or) return or === 'more' ? { low: a, high: Infinity } : { low: -Infinity, high: a };
  return a <= b ? { low: a, high: b } : null;
}

/** Whether a value that was read off is what an option stands for. */
export function isIn(span, value) {
  if (value === null) return span.nothing === true;
  if (span.text !== undefined) return value === span.text;
  if (span.low === undefined || typeof value !== 'number') return false;
  return (span.isOpenLow ? value > span.low : value >= span.low) && (span.isOpenHigh ? value < span.high : value <= span.high);
}

/** Whether a guess is right, once `value` was read off: the place of an option, a number, or a film's number. */
export function isRight(question, guess, value) {
  if (question.kind === 'choice') return isIn(question.options[guess].span, value);
  if (question.kind === 'number') return typeof value === 'number' && Math.abs(guess - value) <= question.within;
  return guess === value;
}
