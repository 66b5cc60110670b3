// Inside the families that are sums: what stands in a row adds up to the score that the engine gives, cell by cell.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const HISTORY = golden('ease').cases.find(({ name }) => name === 'full').history.slice(0, 6);
const linkOf = (rows, family) => `#v2&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&f=${family}&t=i`;
const N_TOP = 10;
/** Numbers on the page are rounded to thousandths. */
const ROUNDED = 0.00051;

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
  await page.getByText(/All numbers here come from/).waitFor();
  await page.locator('.sums tbody tr').first().waitFor();
  return { page, reader, complaints };
}

const numberOf = (cell) => (cell.trim() === '·' ? 0 : Number(cell.trim().replace('−', '-').replace('+', '')));
const rowsOf = (page) =>
  page.locator('.sums tbody tr').evaluateAll((rows) => rows.map((row) => ({ item: Number(row.dataset.row), cells: [...row.querySelectorAll('td')].map((it) => it.innerText) })));

describe('every row adds up', () => {
  for (const family of ['markov', 'markov_multilag', 'itemknn', 'ease', 'ease_recency', 'popularity', 'text_history']) {
    test(family, async () => {
      const { page, complaints } = await look(family);
      const recommended = await engine.ask({ Recommend: { family, history: HISTORY, top: N_TOP } });
      const rows = await rowsOf(page);
      assert.deepEqual(rows.map(({ item }) => item), recommended.list.map(({ item }) => item));
      for (const [at, { item, cells }] of rows.entries()) {
        const numbers = cells.map(numberOf);
        const score = numbers.pop();
        assert.ok(Math.abs(score - recommended.list[at].score) < ROUNDED, `${score} on the page`);
        const sum = numbers.reduce((a, b) => a + b);
        assert.ok(Math.abs(sum - score) < ROUNDED * (numbers.length + 1), `${sum} for ${score}`);
        const explained = await engine.ask({ Explain: { family, history: HISTORY, item, within: 1 } });
        explained.explanation.contributions.picks.forEach((part, pick) => assert.ok(Math.abs(part - numbers[pick]) < ROUNDED, `pick ${pick} of ${item}`));
      }
      assert.deepEqual(complaints, []);
    });
  }
});

test('a film chosen by keyboard has its sum written out', async () => {
  const { page } = await look('ease');
  const [, second] = await rowsOf(page);
  await page.locator('.sums .row-name').nth(1).focus();
  await page.keyboard.press('Enter');
  await page.getByText(new RegExp(`^${catalogue.title[second.item].replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}: ${second.cells.at(-1)} = `)).waitFor();
  assert.equal(await page.locator('.sums [aria-pressed=true]').count(), 1);
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
  for (const [at, { cells }] of (await rowsOf(page)).entries()) {
    const numbers = cells.map(numberOf);
    const score = numbers.pop();
    assert.ok(Math.abs(numbers.reduce((a, b) => a + b) - score) < ROUNDED * (numbers.length + 1));
    assert.ok(Math.abs(score - recommended.list[at].score) < ROUNDED);
  }
});

test('axe finds nothing serious, and a phone shows all of it', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await look('ease', { colorScheme, viewport: { width: 360, height: 740 } });
    assert.deepEqual(await findings(page), []);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
  }
});
