// Inside the multimodal model: lists, parts and nearest films are those of the shipped graph, run a second time without
// the engine, with the same modalities switched off.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden, manifest } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { loadGraph } from './support/graph.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const FAMILY = 'multimodal';
const MODALITIES = ['Text', 'Sound', 'Look', 'Behaviour'];
const [{ history: HISTORY }] = golden(FAMILY).cases;
const N_ITEMS = manifest.catalogue.n_items;
const linkOf = (rows, more = '') => `#v1&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&f=${FAMILY}&t=i${more}`;

let browser;
let site;
let run;
before(async () => {
  site = await startSite();
  browser = await launch();
  run = await loadGraph(await browser.newPage(), site, FAMILY);
});

async function look({ link = linkOf(HISTORY), ...options } = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link });
  await page.getByText(/All numbers here come from Multimodal itself/).waitFor();
  return { page, reader, complaints };
}

/** What the graph says with the modalities of these numbers switched off. */
const answer = (history, names, off = []) =>
  run(history, names, { without: MODALITIES.map((_, number) => (off.includes(number) ? 1 : 0)) });

/** The best rows that are not left out, best first; ties stay in catalogue order. */
const best = (scores, leftOut, n) =>
  Array.from(scores, (_, row) => row)
    .filter((row) => !leftOut.includes(row))
    .sort((a, b) => scores[b] - scores[a] || a - b)
    .slice(0, n);
const listOf = async (history, off) => best((await answer(history, ['scores'], off)).scores.data, history, 10);
const shownList = (page) =>
  page.locator('.inside-columns .small-film').evaluateAll((films) => films.map((it) => Number(it.dataset.row)));
const part = (data, at) => data.slice(at * N_ITEMS, (at + 1) * N_ITEMS);

describe('on a known history', () => {
  test('the list is that of all four, and each switch says how many of it stay', async () => {
    const { page, complaints } = await look();
    const list = await listOf(HISTORY);
    assert.deepEqual(await shownList(page), list);
    for (const [number, name] of MODALITIES.entries()) {
      const without = await listOf(HISTORY, [number]);
      const nKept = list.filter((row) => without.includes(row)).length;
      await page.locator('.modality', { hasText: name }).getByText(`without it ${nKept} of 10 stay`).waitFor();
    }
    assert.deepEqual(complaints, []);
  });

  test('a switch gives the list without its modality, is in the link, and has a way back', async () => {
    const { page } = await look();
    for (const [number, name] of MODALITIES.entries()) {
      await page.getByRole('checkbox', { name }).uncheck();
      await page.getByText('The list by what is on').waitFor();
      await page.waitForFunction((row) => document.querySelector('.inside-columns .small-film')?.dataset.row === row,
        String((await listOf(HISTORY, [number]))[0]));
      assert.deepEqual(await shownList(page), await listOf(HISTORY, [number]));
      assert.match(page.url(), new RegExp(`&p=w${number}`));
      await page.getByRole('button', { name: 'Switch all on' }).click();
      await page.getByText('The list by all four').waitFor();
    }
  });

  test('the last modality cannot be switched off', async () => {
    const { page } = await look({ link: linkOf(HISTORY, '&p=w123') });
    assert.deepEqual(await shownList(page), await listOf(HISTORY, [1, 2, 3]));
    assert.ok(await page.getByRole('checkbox', { name: 'Text' }).isDisabled());
  });

  test('scores are the sum of the parts that are shown', async () => {
    const { page } = await look();
    const { scores, parts } = await answer(HISTORY, ['scores', 'parts']);
    const rows = await page.locator('.modality-parts tbody tr').evaluateAll((films) =>
      films.map((it) => ({
        row: Number(it.dataset.row),
        cells: [...it.querySelectorAll('td')].map((cell) => Number(cell.textContent.replace('−', '-'))),
      })));
    assert.equal(rows.length, 10);
    for (const { row, cells } of rows) {
      const want = [0, 1, 2, 3, 4].map((at) => part(parts.data, at)[row]);
      const sum = want.reduce((total, it) => total + it, 0);
      assert.ok(Math.abs(sum - scores.data[row]) < 1e-3, `${sum} is not ${scores.data[row]}`);
      for (const [at, number] of [...want, scores.data[row]].entries()) {
        assert.ok(Math.abs(cells[at] - number) < 0.011, `${cells[at]} for ${number}`);
      }
    }
  });

  test('the nearest films are those with the highest cosines by each modality', async () => {
    const { page } = await look();
    const pick = HISTORY.at(-1);
    const { alike } = await answer([pick], ['alike']);
    for (const [number, name] of MODALITIES.entries()) {
      const cosines = part(alike.data, number);
      const column = page.locator('.nearest-by', { hasText: `By ${name.toLowerCase()}` });
      const shown = await column.locator('.small-film').evaluateAll((films) => films.map((it) => Number(it.dataset.row)));
      // −2 says that the pick lacks it.
      const want = cosines[pick] < -1.5 ? [] : best(cosines, [pick], 5);
      assert.deepEqual(shown, want);
    }
  });
});

for (const n of [1, 500]) {
  test(`a history of ${n} ${n === 1 ? 'pick' : 'picks'} is shown`, async () => {
    const history = Array.from({ length: n }, (_, at) => 100 + at);
    const { page, complaints } = await look({ link: linkOf(history) });
    const read = history.slice(-manifest.families[FAMILY].max_history);
    const scores = (await answer(read, ['scores'])).scores.data;
    assert.deepEqual(await shownList(page), best(scores, history, 10));
    assert.deepEqual(complaints, []);
  });
}

test('axe finds nothing serious, and a phone shows all of it', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await look({ colorScheme, viewport: { width: 360, height: 740 } });
    assert.deepEqual(await findings(page), []);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} wide`);
  }
});
