// Inside SASRec: what it would have said after every pick is what it says of that much of the history, and the walk
// through it works by hand, by keyboard and on a phone.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { lookInside, ordinal, shownList } from './support/inside.mjs';
import { launch } from './support/launch.mjs';
import { startSite } from './support/site.mjs';

const [{ history: SHORT }] = golden('sasrec').cases;
const HISTORY = [...SHORT, ...golden('sasrec').cases.find(({ name }) => name === 'full').history.filter((row) => !SHORT.includes(row)).slice(0, 2)];
const LINK = `#v2&h=${HISTORY.map((row) => catalogue.movie_id[row]).join('.')}&f=sasrec`;
const N_TOP = 10;

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

const look = ({ link = LINK, ...options } = {}) => lookInside(browser, site, { link, title: 'SASRec', ...options });

const listOf = async (history, family = 'sasrec') =>
  (await engine.ask({ Recommend: { family, history, top: 10_000 } })).list.map(({ item }) => item);
const walk = (page) => page.getByRole('slider', { name: 'After which film' });

describe('on a known history', () => {
  test('each step shows the list of the history up to there, and where the next pick stood in it', async () => {
    const { page, complaints } = await look();
    for (let n = HISTORY.length; n >= 1; n -= 1) {
      await walk(page).fill(String(n - 1));
      await page.getByText(`After ${n} of ${HISTORY.length}: ${catalogue.title[HISTORY[n - 1]]}`).waitFor();
      const list = await listOf(HISTORY.slice(0, n));
      assert.deepEqual(await shownList(page), list.slice(0, N_TOP), `after ${n}`);
      if (n === HISTORY.length) continue;
      const rank = ordinal(list.indexOf(HISTORY[n]) + 1);
      const row = page.locator('.inside-table tbody tr').nth(n);
      assert.equal(await row.locator('td').last().innerText(), rank);
      await page.getByText(`Your next film was ${catalogue.title[HISTORY[n]]}: it ranked ${rank}.`).waitFor();
    }
    assert.deepEqual(complaints, []);
  });

  test('with EASE’s links added, each step shows the list that has them', async () => {
    const { page } = await look({ link: LINK.replace('f=sasrec', 'f=sasrec_ease'), title: "SASRec with EASE's links" });
    for (let n = HISTORY.length; n >= 1; n -= 1) {
      await walk(page).fill(String(n - 1));
      await page.getByText(`After ${n} of ${HISTORY.length}: ${catalogue.title[HISTORY[n - 1]]}`).waitFor();
      const [linked, alone] = [await listOf(HISTORY.slice(0, n), 'sasrec_ease'), await listOf(HISTORY.slice(0, n))];
      assert.deepEqual(await shownList(page), linked.slice(0, N_TOP), `after ${n}`);
      assert.notDeepEqual(linked, alone, 'the links change the list');
    }
  });

  test('each layer’s attention sums to one over the picks so far, and is that of the explanation', async () => {
    const { page } = await look();
    const cells = await page.locator('.inside-table .weight').allInnerTexts();
    const weights = cells.map((it) => Number.parseFloat(it));
    const layers = [weights.filter((_, at) => at % 2 === 0), weights.filter((_, at) => at % 2 === 1)];
    for (const layer of layers) assert.ok(Math.abs(layer.reduce((a, b) => a + b) - 100) <= 3, `${layer}`);
    const item = (await listOf(HISTORY))[0];
    const explained = await engine.ask({ Explain: { family: 'sasrec', history: HISTORY, item, within: 10 } });
    explained.explanation.attention.weights.forEach((mean, at) => {
      const shown = (layers[0][at] + layers[1][at]) / 200;
      assert.ok(Math.abs(shown - mean) < 0.011, `pick ${at}: ${shown} on the page, ${mean} in the explanation`);
    });
  });

  test('a pick taken out changes the walk at once', async () => {
    const { page, reader } = await look();
    await reader.unpick(catalogue.title[HISTORY[0]]);
    const rest = HISTORY.slice(1);
    await page.getByText(`After ${rest.length} of ${rest.length}`).waitFor();
    assert.deepEqual(await shownList(page), (await listOf(rest)).slice(0, N_TOP));
  });
});

test('the walk works by keyboard, and says where it is', async () => {
  const { page } = await look();
  await walk(page).focus();
  await page.keyboard.press('ArrowLeft');
  const n = HISTORY.length;
  const said = `After ${n - 1} of ${n}: ${catalogue.title[HISTORY[n - 2]]}`;
  await page.getByText(said).waitFor();
  assert.equal(await walk(page).getAttribute('aria-valuetext'), said);
  await page.keyboard.press('Home');
  await page.getByText(`After 1 of ${n}:`).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Previous step' }).isDisabled());
  await page.getByRole('button', { name: 'Next step' }).click();
  await page.getByText(`After 2 of ${n}:`).waitFor();
  await page.locator('.inside-table').getByRole('button', { name: catalogue.title[HISTORY[3]] }).click();
  await page.getByText(`After 4 of ${n}:`).waitFor();
});

for (const n of [1, 500]) {
  test(`a history of ${n} ${n === 1 ? 'pick' : 'picks'} is shown as far as it is read`, async () => {
    const ids = catalogue.movie_id.slice(100, 100 + n);
    const { page, complaints } = await look({ link: `#v2&h=${ids.join('.')}&f=sasrec` });
    const nRead = Math.min(n, 100);
    assert.equal(await page.locator('.inside-table tbody tr').count(), nRead);
    await page.getByText(`After ${nRead} of ${nRead}: ${catalogue.title[100 + n - 1]}`).waitFor();
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
