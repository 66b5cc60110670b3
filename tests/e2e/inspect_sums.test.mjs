// Inside the families that are sums: what stands in a row adds up to the score that the engine gives, cell by cell.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { insideOf, shortTitle } from './support/inside.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const HISTORY = golden('ease').cases.find(({ name }) => name === 'full').history.slice(0, 6);
const linkOf = (rows, family) => `#v2&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&f=${family}&t=i`;
const N_TOP = 10;

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

async function look(family, { history = HISTORY, ...options } = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link: linkOf(history, family) });
  await insideOf(page).waitFor();
  await page.locator('.picture .film').first().waitFor();
  return { page, reader, complaints };
}

const numberOf = (cell) => Number(cell.trim().replace('−', '-'));
/** How far a number as it is written may lie from the number. */
const roundingOf = (text) => 0.51 * 10 ** -(/\.(\d+)/.exec(text)?.[1].length ?? 0);
/** The films of the picture, best first. */
const filmsOf = (page) => page.locator('.picture .film [data-act]').evaluateAll((all) => all.map((it) => Number(it.dataset.act.replace('film', ''))));
/** The table of what is drawn: of each film its parts, one a film watched, its popularity's, and the score. */
async function rowsOf(page) {
  const twin = page.locator('.twin details:not(.embed)');
  if (!(await twin.evaluate((it) => it.open))) await twin.locator('summary').click();
  await twin.locator('tbody tr').first().waitFor();
  const cells = await twin.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].slice(3).map((it) => it.innerText)));
  const items = await filmsOf(page);
  return cells.map((row, at) => ({ item: items[at], numbers: row.map(numberOf), rounded: row.map(roundingOf) }));
}
/** That the parts of a row are its score, which is `score`. */
function addsUp({ numbers, rounded }, score) {
  assert.ok(Math.abs(numbers.at(-1) - score) < rounded.at(-1), `${numbers.at(-1)} for ${score}`);
  const sum = numbers.slice(0, -1).reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(sum - score) < rounded.reduce((a, b) => a + b), `${sum} for ${score}`);
}

describe('every row adds up', () => {
  for (const family of ['markov', 'markov_multilag', 'itemknn', 'ease', 'ease_recency', 'popularity', 'text_history']) {
    test(family, async () => {
      const { page, complaints } = await look(family);
      const recommended = await engine.ask({ Recommend: { family, history: HISTORY, top: N_TOP } });
      const rows = await rowsOf(page);
      assert.deepEqual(rows.map(({ item }) => item), recommended.list.map(({ item }) => item));
      for (const [at, row] of rows.entries()) {
        addsUp(row, recommended.list[at].score);
        const explained = await engine.ask({ Explain: { family, history: HISTORY, item: row.item, within: 1 } });
        explained.explanation.contributions.picks.forEach((part, pick) =>
          assert.ok(Math.abs(part - row.numbers[pick]) < row.rounded[pick], `pick ${pick} of ${row.item}`));
      }
      assert.deepEqual(complaints, []);
    });
  }
});

test('squares are as large as parts, and bars as long as sums', async () => {
  const { page } = await look('ease');
  const rows = await rowsOf(page);
  const drawn = await page.locator('.picture .film').evaluateAll((all) =>
    all.map((it) => ({
      bar: Number(it.querySelector('.sum').getAttribute('width')),
      parts: [...it.querySelectorAll('.part')].map((part) => [Number(part.getAttribute('width')), part.classList.contains('is-less')]),
    })));
  const partsOf = ({ numbers }) => numbers.slice(0, HISTORY.length);
  const largest = Math.max(...rows.flatMap(partsOf).map(Math.abs));
  const side = Math.max(...drawn.flatMap(({ parts }) => parts.map(([wide]) => wide)));
  rows.forEach((row, at) => {
    assert.ok(Math.abs(drawn[at].bar / drawn[0].bar - row.numbers.at(-1) / rows[0].numbers.at(-1)) < 0.02, `bar ${at}`);
    // The smallest are dots.
    const wanted = partsOf(row).map((it) => [side * Math.sqrt(Math.abs(it) / largest), it < 0]).filter(([wide]) => wide > 3);
    const shown = drawn[at].parts.filter(([wide]) => wide > 3);
    assert.equal(shown.length, wanted.length, `row ${at}`);
    shown.forEach(([wide, isLess], part) => assert.ok(Math.abs(wide - wanted[part][0]) < 0.5 && isLess === wanted[part][1], `row ${at}, part ${part}: ${wide} for ${wanted[part][0]}`));
  });
});

test('a film chosen by keyboard has its sum written out, and the claim is about it', async () => {
  const { page } = await look('ease');
  const { list } = await engine.ask({ Recommend: { family: 'ease', history: HISTORY, top: N_TOP } });
  const second = page.locator('.picture .film [data-act]').nth(1);
  await second.press('Enter');
  const title = catalogue.title[list[1].item];
  await page.getByText(new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}: ${list[1].score.toFixed(3)} = `)).waitFor();
  await page.locator('.claim', { hasText: `${shortTitle(title)} is 2nd with ` }).waitFor();
  assert.equal(await page.locator('.picture [aria-pressed=true]').count(), 1);
  assert.equal(await second.evaluate((it) => it === document.activeElement), true, 'the focus stays');
});

test('a film left out adds nothing, and comes back', async () => {
  const { page } = await look('ease');
  const before = await filmsOf(page);
  await page.locator('.picture .column [data-act]').first().click();
  await page.locator('.picture .column [aria-checked=false]').waitFor();
  const { list } = await engine.ask({ Recommend: { family: 'ease', history: HISTORY.slice(1), top: N_TOP } });
  assert.deepEqual(await filmsOf(page), list.map(({ item }) => item));
  const claim = await page.locator('.claim').innerText();
  assert.ok(claim.startsWith(`Without ${shortTitle(catalogue.title[HISTORY[0]])}, ${shortTitle(catalogue.title[before[0]])} `), claim);
  await page.getByRole('button', { name: 'As it was' }).click();
  await page.locator('.picture .column [aria-checked=false]').waitFor({ state: 'detached' });
  assert.deepEqual(await filmsOf(page), before);
});

test('words and facts say why a film reads like a pick, once the reader asks', async () => {
  const { page } = await look('text_history');
  await page.getByRole('button', { name: /^Which words make .* alike\?/ }).click();
  await page.getByRole('heading', { name: 'Facts' }).or(page.locator('.alike .label').nth(1)).first().waitFor();
  const [words, facts] = await page.locator('.alike table').all();
  assert.ok((await words.locator('tr').count()) > 3 && (await facts.locator('tr').count()) > 3);
});

test('many picks share a column, and the rows still add up', async () => {
  const history = golden('ease').cases.find(({ name }) => name === 'full').history.slice(0, 40);
  const { page } = await look('ease', { history });
  const recommended = await engine.ask({ Recommend: { family: 'ease', history, top: N_TOP } });
  await page.locator('.picture').getByText(/^\d+ other films$/).waitFor();
  (await rowsOf(page)).forEach((row, at) => addsUp(row, recommended.list[at].score));
});

test('axe finds nothing serious, and a phone shows all of it', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await look('ease', { colorScheme, viewport: { width: 360, height: 740 } });
    assert.deepEqual(await findings(page), []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
  }
});
