// Inside Mult-VAE: the sliders are the dimensions farthest from the prior, a push gives the list of the pushed reader,
// and all of it works by keyboard, from a link and on a phone.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { inspect } from './support/inside.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const FAMILY = 'mult_vae';
const [{ history: HISTORY }] = golden(FAMILY).cases;
const linkOf = (rows) => `#v2&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&f=${FAMILY}&t=i`;
const N_TOP = 10;

/** The two strongest dimensions of that history, and the list two deviations up: onnxruntime on the shipped file. */
const FROM_PYTHON = [
  {
    number: 122, mean: -1.15152, deviation: 0.1118, bits: 3.40519, low: [4946, 5584, 3719], high: [241, 225, 1094],
    list: [97, 1114, 284, 992, 529, 1530, 475, 136, 477, 2939],
  },
  {
    number: 44, mean: -0.55466, deviation: 0.10523, bits: 2.75699, low: [2513, 2563, 1780], high: [5391, 5785, 6181],
    list: [5832, 5809, 6028, 4598, 5250, 950, 231, 3778, 6257, 7030],
  },
];

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

async function look({ link = linkOf(HISTORY), ...options } = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link });
  await page.getByText(/All numbers here come from Mult-VAE itself/).waitFor();
  return { page, reader, complaints };
}

const posteriorOf = (history, moves = []) => {
  const probe = moves.length > 0 ? `z${moves.map((it) => it.join(':')).join()}` : '';
  return inspect(engine, { family: FAMILY, history, probe });
};
const listOf = async (history) =>
  (await engine.ask({ Recommend: { family: FAMILY, history, top: N_TOP } })).list;
const rowsOf = (list) => list.map(({ item }) => item);
const shownList = (page) => page.locator('.small-film').evaluateAll((films) => films.map((it) => Number(it.dataset.row)));
const slider = (page, number) => page.getByRole('slider', { name: `Dimension ${number + 1}`, exact: true });
const signed = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

describe('on a known history', () => {
  test('the sliders are the dimensions that are farthest from the prior, with mean, standard deviation and bits', async () => {
    const { page, complaints } = await look();
    const { dimensions, ends } = await posteriorOf(HISTORY);
    assert.equal(dimensions.length, 128);
    for (const { mean, deviation, bits } of dimensions) {
      const nats = (mean ** 2 + deviation ** 2 - 1 - Math.log(deviation ** 2)) / 2;
      assert.ok(Math.abs(bits - nats / Math.LN2) < 1e-4, `${bits} bits, not ${nats / Math.LN2}`);
    }
    const byBits = dimensions.toSorted((a, b) => b.bits - a.bits).map(({ number }) => number);
    const names = await page.getByRole('slider').evaluateAll((sliders) => sliders.map((it) => it.ariaLabel));
    assert.deepEqual(names, byBits.slice(0, 6).map((number) => `Dimension ${number + 1}`));
    const heads = await page.locator('.dimension-head').allInnerTexts();
    const feet = await page.locator('.dimension-ends').allInnerTexts();
    for (const [at, { dimension, low, high }] of ends.entries()) {
      const { mean, deviation, bits } = dimensions[at];
      assert.ok(heads[at].includes(`you ${signed(mean)} ± ${deviation.toFixed(2)}`), heads[at]);
      assert.ok(heads[at].includes(`${bits.toFixed(1)} bits`), heads[at]);
      assert.equal(dimension, dimensions[at].number);
      for (const row of [...low, ...high]) assert.ok(feet[at].includes(catalogue.title[row]), feet[at]);
    }
    assert.deepEqual(await shownList(page), rowsOf(await listOf(HISTORY)));
    await page.getByText('The same as your list.').waitFor();
    assert.deepEqual(complaints, []);
  });

  test('places, ends and lists are those that Python reads off the same file', async () => {
    const { dimensions } = await posteriorOf(HISTORY);
    for (const [at, { number, mean, deviation, bits, low, high, list }] of FROM_PYTHON.entries()) {
      assert.equal(dimensions[at].number, number);
      const got = [dimensions[at].mean, dimensions[at].deviation, dimensions[at].bits];
      [mean, deviation, bits].forEach((want, n) => assert.ok(Math.abs(got[n] - want) < 1e-3, `${got[n]}, not ${want}`));
      const pushed = await posteriorOf(HISTORY, [[number, 2]]);
      assert.deepEqual([pushed.ends[at].low, pushed.ends[at].high], [low, high]);
      assert.deepEqual(rowsOf(pushed.list), list);
      assert.deepEqual(pushed.before.slice(0, N_TOP), rowsOf(await listOf(HISTORY)));
    }
  });

  test('a push gives the list of the pushed reader, with what moved, and the way back', async () => {
    const { page } = await look();
    const number = (await posteriorOf(HISTORY)).dimensions[1].number;
    await slider(page, number).fill('-2');
    const { list, before: own } = await posteriorOf(HISTORY, [[number, -2]]);
    await page.getByText('The list from the moved position').waitFor();
    await page.getByText(/Compared with your list/).waitFor();
    assert.deepEqual(await shownList(page), rowsOf(list));
    const entered = rowsOf(list).filter((row) => !own.slice(0, N_TOP).includes(row)).length;
    assert.ok(entered > 0);
    await page.getByText(`${entered} ${entered === 1 ? 'film' : 'films'} entered`).waitFor();
    const first = await page.locator('.small-film').first().innerText();
    const stood = own.indexOf(list[0].item) + 1;
    if (stood > 1) assert.ok(first.includes(`▲${stood - 1}`), first);
    assert.match(page.url(), new RegExp(`&p=z${number}:-2`));
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByText('The same as your list.').waitFor();
    assert.deepEqual(await shownList(page), rowsOf(await listOf(HISTORY)));
  });
});

test('sliders move by keyboard and say towards what', async () => {
  const { page } = await look();
  const { dimensions, ends } = await posteriorOf(HISTORY);
  const strongest = slider(page, dimensions[0].number);
  await strongest.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.getByText('+0.50', { exact: true }).waitFor();
  const said = await strongest.getAttribute('aria-valuetext');
  assert.ok(said.startsWith('+0.50 towards ') && said.includes(catalogue.title[ends[0].high[0]]), said);
  assert.ok(await strongest.evaluate((it) => it === document.activeElement), 'the slider stays in place');
  await page.keyboard.press('End');
  await page.getByText('+3.00', { exact: true }).waitFor();
  const { list } = await posteriorOf(HISTORY, [[dimensions[0].number, 3]]);
  await page.waitForFunction((row) => Number(document.querySelector('.small-film').dataset.row) === row, list[0].item);
  assert.deepEqual(await shownList(page), rowsOf(list));
});

test('a link brings its pushes along, of other dimensions too, and a damaged one is told', async () => {
  const { dimensions } = await posteriorOf(HISTORY);
  const weak = dimensions.at(-1).number;
  const { page } = await look({ link: `${linkOf(HISTORY)}&p=z${weak}:1.5` });
  assert.equal(await slider(page, weak).inputValue(), '1.5');
  assert.equal(await page.getByRole('slider').count(), 7);
  const damaged = await look({ link: `${linkOf(HISTORY)}&p=z3:99` });
  await damaged.page.getByText(/damaged and was left out: p=z3:99/).waitFor();
});

for (const n of [1, 500]) {
  test(`a history of ${n} ${n === 1 ? 'pick' : 'picks'} has its dimensions`, async () => {
    const rows = Array.from({ length: n }, (_, at) => 100 + at);
    const { page, complaints } = await look({ link: linkOf(rows) });
    assert.equal(await page.getByRole('slider').count(), 6);
    assert.deepEqual(await shownList(page), rowsOf(await listOf(rows)));
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
