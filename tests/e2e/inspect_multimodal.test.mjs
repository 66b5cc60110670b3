// Inside the multimodal model: lists, parts and nearest films are those of the shipped graph, run a second time without
// the engine, with the same modalities switched off.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden, manifest } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { loadGraph } from './support/graph.mjs';
import { ordinal, shortTitle } from './support/inside.mjs';
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
  await page.locator('[data-figure=modalities] .film').first().waitFor();
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
/** Where a film is among all that are not left out, 1 the best. */
const rankIn = (scores, leftOut, row) =>
  1 + scores.filter((it, other) => !leftOut.includes(other) && (it > scores[row] || (it === scores[row] && other < row))).length;
const shownList = (page) => page.locator('[data-figure=modalities] .film').evaluateAll((films) => films.map((it) => Number(it.dataset.row)));
const part = (data, at) => data.slice(at * N_ITEMS, (at + 1) * N_ITEMS);
const claim = async (page) => (await page.locator('[data-figure=modalities] .claim').innerText()).replaceAll('\n', ' ');
const switchOf = (page, name) => page.locator('[data-figure=modalities]').getByRole('switch', { name: new RegExp(`^${name},`) });
const isFirst = (page, row) => page.waitForFunction((it) => document.querySelector('[data-figure=modalities] .film')?.dataset.row === it, String(row));
/** Each line by its film: the height at which it begins, and the one at which it ends. */
const linesOf = async (page) =>
  new Map(await page.locator('[data-figure=modalities] .thread').evaluateAll((all) =>
    all.map((it) => {
      const numbers = it.getAttribute('d').match(/-?[\d.]+/g).map(Number);
      return [Number(it.dataset.row), [numbers[1], numbers.at(-1)]];
    })));
/** The height of a rank of the first ten. */
const height = (rank) => 110 + 34 * (rank - 0.5);
/** The rows of the twin table, each a record of its columns. */
async function table(page) {
  const twin = page.locator('[data-figure=modalities] .twin details:not(.embed)');
  if (!(await twin.evaluate((it) => it.open))) await twin.locator('summary').click();
  return page.locator('[data-figure=modalities] .twin-rows').evaluate((it) => {
    const heads = [...it.querySelectorAll('th')].map((head) => head.textContent);
    return [...it.querySelectorAll('tbody tr')].map((row) =>
      Object.fromEntries([...row.cells].map((cell, at) => [heads[at], cell.textContent])));
  });
}

describe('on a known history', () => {
  test('the list is that of all four, and each switch says how many of it change', async () => {
    const { page, complaints } = await look();
    const list = await listOf(HISTORY);
    assert.deepEqual(await shownList(page), list);
    const changed = [];
    for (const [number, name] of MODALITIES.entries()) {
      const without = await listOf(HISTORY, [number]);
      const n = list.filter((row) => !without.includes(row)).length;
      changed.push(n);
      assert.equal(await page.locator('.modality').nth(number).locator('text').last().textContent(), String(n), name);
      assert.equal(await switchOf(page, name).getAttribute('aria-label'), `${name}, ${n} of the first ten change without it`);
    }
    // The claim is about the ones without which most and least change.
    const said = await claim(page);
    const [most, least] = [Math.max(...changed), Math.min(...changed)];
    const [before, after] = said.split(';');
    for (const [number, name] of MODALITIES.entries()) {
      assert.equal(before.includes(name.toLowerCase()), changed[number] === most, said);
      if (most !== least) assert.equal(after.includes(name.toLowerCase()), changed[number] === least, said);
    }
    assert.ok(before.includes(`${most} of the first 10 films change`), said);
    if (most !== least) assert.ok(after.endsWith(least === 0 ? 'none' : String(least)), said);
    assert.deepEqual(complaints, []);
  });

  test('a switch gives the list without its modality, is in the link, and has a way back', async () => {
    const { page } = await look();
    const own = await listOf(HISTORY);
    for (const [number, name] of MODALITIES.entries()) {
      const list = await listOf(HISTORY, [number]);
      await switchOf(page, name).click();
      await page.locator('.modality [aria-checked=false]').waitFor();
      await isFirst(page, list[0]);
      assert.deepEqual(await shownList(page), list);
      assert.match(page.url(), new RegExp(`&p=w${number}`));
      const n = own.filter((row) => !list.includes(row)).length;
      const said = await claim(page);
      assert.ok(said.startsWith(`Without ${name.toLowerCase()}, ${n === 0 ? 'the' : `${n} of the`} first 10 films`), said);
      const scores = (await answer(HISTORY, ['scores'], [number])).scores.data;
      const rank = rankIn(scores, HISTORY, own[0]);
      const title = shortTitle(catalogue.title[own[0]]);
      const written = ordinal(rank).replace(/\d{4,}/, (it) => Number(it).toLocaleString('en'));
      assert.ok(said.endsWith(rank === 1 ? `${title} stays first` : `${title} falls to ${written}, ${shortTitle(catalogue.title[list[0]])} comes first`), said);
      await page.getByRole('button', { name: 'As it was' }).click();
      await page.locator('.modality [aria-checked=false]').waitFor({ state: 'detached' });
    }
    assert.deepEqual(await shownList(page), own);
  });

  test('lines lead from the rank by all four to the rank by what is on', async () => {
    const { page } = await look({ link: linkOf(HISTORY, '&p=w3') });
    const [all, now] = await Promise.all([[], [3]].map(async (off) => (await answer(HISTORY, ['scores'], off)).scores.data));
    const [own, list] = [all, now].map((scores) => best(scores, HISTORY, 10));
    const lines = await linesOf(page);
    assert.deepEqual([...lines.keys()], [...new Set([...own, ...list])]);
    for (const [row, [from, to]] of lines) {
      for (const [at, scores] of [[from, all], [to, now]]) {
        const rank = rankIn(scores, HISTORY, row);
        if (rank <= 10) assert.ok(Math.abs(at - height(rank)) < 0.11, `${catalogue.title[row]}: ${at} for ${rank}`);
        else assert.ok(at > height(10) + 10, `${catalogue.title[row]}: ${at} for ${rank}`);
      }
    }
    // Films that left say where they are now; scores a rounding apart may change places.
    const words = await page.locator('[data-figure=modalities] .picture text').allTextContents();
    const ranks = words.filter((it) => /^[\d,]+(st|nd|rd|th)$/.test(it)).map((it) => Number.parseInt(it.replaceAll(',', ''), 10));
    const gone = own.filter((it) => !list.includes(it)).map((row) => rankIn(now, HISTORY, row));
    assert.equal(ranks.length, gone.length);
    for (const rank of gone) assert.ok(ranks.some((it) => Math.abs(it - rank) <= 2), `${rank} in ${ranks}`);
  });

  test('the last modality cannot be switched off', async () => {
    const { page } = await look({ link: linkOf(HISTORY, '&p=w123') });
    const list = await listOf(HISTORY, [1, 2, 3]);
    assert.deepEqual(await shownList(page), list);
    const text = switchOf(page, 'Text');
    assert.equal(await text.getAttribute('aria-disabled'), 'true');
    await text.press('Enter');
    await switchOf(page, 'Sound').press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('.modality [aria-checked=true]').length === 2);
    assert.equal(await text.getAttribute('aria-checked'), 'true');
    assert.match(page.url(), /&p=w23/);
    assert.ok(await switchOf(page, 'Sound').evaluate((it) => it === document.activeElement), 'the focus stays');
  });

  test('scores are the sum of the parts that are shown, and squares are as large', async () => {
    const { page } = await look();
    const { scores, parts } = await answer(HISTORY, ['scores', 'parts']);
    const rows = (await table(page)).filter((it) => it.Score);
    const items = await shownList(page);
    assert.equal(rows.length, 10);
    const squares = await page.locator('[data-figure=modalities] .film').evaluateAll((films) =>
      films.map((it) => [...it.querySelectorAll('.part')].map((square) => Number(square.getAttribute('width')))));
    const largest = Math.max(...items.flatMap((row) => [0, 1, 2, 3, 4].map((at) => Math.abs(part(parts.data, at)[row]))));
    const side = Math.max(...squares.flat());
    for (const [at, row] of items.entries()) {
      const want = [0, 1, 2, 3, 4].map((of) => part(parts.data, of)[row]);
      const sum = want.reduce((total, it) => total + it, 0);
      assert.ok(Math.abs(sum - scores.data[row]) < 1e-3, `${sum} is not ${scores.data[row]}`);
      assert.equal(Number(rows[at]['Movie id']), catalogue.movie_id[row]);
      for (const [of, name] of [...MODALITIES, 'Popularity', 'Score'].entries()) {
        const number = Number(rows[at][name].replace('−', '-'));
        const wanted = [...want, scores.data[row]][of];
        assert.ok(Math.abs(number - wanted) < 0.011, `${name}: ${number} for ${wanted}`);
      }
      // The smallest are dots.
      const wanted = want.map((it) => side * Math.sqrt(Math.abs(it) / largest)).filter((it) => it > 3);
      const drawn = squares[at].filter((it) => it > 3);
      assert.equal(drawn.length, wanted.length, `row ${at}`);
      drawn.forEach((it, n) => assert.ok(Math.abs(it - wanted[n]) < 0.3, `row ${at}: ${it} for ${wanted[n]}`));
    }
  });

  /** The films drawn as nearest to one by each modality are those with the highest cosines. */
  async function areNearest(page, film) {
    const { alike } = await answer([film], ['alike']);
    await page.locator('[data-figure=modalities] .picture').getByText(`nearest to ${shortTitle(catalogue.title[film])}`).waitFor();
    for (const number of MODALITIES.keys()) {
      const cosines = part(alike.data, number);
      const column = page.locator('.nearest-by').nth(number);
      const shown = await column.locator('.near').evaluateAll((films) => films.map((it) => Number(it.dataset.row)));
      // −2 says that one of the two lacks it.
      const want = cosines[film] < -1.5 ? [] : best(cosines, [film], 5).filter((row) => cosines[row] > -1.5);
      assert.deepEqual(shown, want);
      const said = await column.locator('.near text:last-child').allTextContents();
      said.forEach((it, at) => assert.ok(Math.abs(Number(it.replace('−', '-')) - cosines[want[at]]) < 0.0051, `${it} for ${cosines[want[at]]}`));
    }
  }

  test('the nearest films are those with the highest cosines by each modality, of any film that is looked at', async () => {
    const { page } = await look();
    await areNearest(page, HISTORY.at(-1));
    await page.getByRole('slider', { name: 'Which of your films' }).fill('0');
    await page.locator('output', { hasText: `, 1 of ${Math.min(HISTORY.length, 8)}` }).waitFor();
    await areNearest(page, HISTORY.slice(-8)[0]);
    const [, second] = await shownList(page);
    await page.locator('[data-figure=modalities] .film [data-act]').nth(1).press('Enter');
    await page.locator('[data-figure=modalities] [aria-pressed=true]').waitFor();
    await areNearest(page, second);
    await page.getByRole('button', { name: 'Next step' }).click();
    await page.locator('[data-figure=modalities] [aria-pressed=true]').waitFor({ state: 'detached' });
    await areNearest(page, HISTORY.slice(-8)[1]);
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
