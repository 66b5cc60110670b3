// What the picture of a turn shows, read from its table.

import { catalogue } from './artifacts.mjs';

/** Rows of the table under the picture, each with its cells by the heads of their columns. */
async function tableOf(page) {
  const twin = page.locator('[data-figure=talk] .twin details:not(.embed)');
  if (!(await twin.evaluate((it) => it.open))) await twin.locator('summary').click();
  await twin.locator('tbody tr').first().waitFor();
  return twin.locator('table').evaluate((table) => {
    const heads = [...table.tHead.rows[0].cells].map((it) => it.textContent);
    return [...table.tBodies[0].rows].map((row) => Object.fromEntries([...row.cells].map((it, at) => [heads[at], it.textContent])));
  });
}

const number = (text) => Number(text.replace('−', '-'));
const PIECES = ['Meaning', 'Likeness', 'People', 'Facts', 'Known', 'Named', 'Next'];

/** The films that were ranked, the best first, with what their sums are made of. */
export async function rankedFilms(page) {
  const rows = (await tableOf(page)).filter((it) => it.Rank);
  return rows.map((it, at) => ({
    row: catalogue.movie_id.indexOf(Number(it['Movie id'])),
    score: number(it.Sum),
    pieces: PIECES.map((piece) => number(it[piece])),
    was: Number(it['Rank before'] || at + 1),
  }));
}

/** The filters, with how many films each takes out and leaves. */
export async function filters(page) {
  const rows = (await tableOf(page)).filter((it) => it.Filter);
  return rows.map((it) => ({ name: it.Filter, out: Number(it.Out), left: Number(it.Left) }));
}

/** The films whose bars are drawn. */
export const drawn = (page) => page.locator('[data-figure=talk] .ranked').evaluateAll((all) => all.map((it) => Number(it.dataset.row)));
