// Inside SASRec: what it would have said after every pick is what it says of that much of the history, and the walk
// through it works by hand, by keyboard and on a phone.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { lookInside, ordinal, shortTitle, shownList } from './support/inside.mjs';
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
const films = (page) => page.locator('.picture .film');
const acts = (page) => page.locator('.picture [data-act]');
const names = (page) => acts(page).evaluateAll((all) => all.map((it) => it.getAttribute('aria-label').replace('After ', '')));
/** Of each film the words beside it: its title, shares of attention, and the rank that it had. */
const wordsOf = (page) => films(page).evaluateAll((all) => all.map((it) => [...it.querySelectorAll('text')].map((text) => text.textContent)));
/** The table of what is drawn, each row by its heads. */
async function tableOf(page) {
  const twin = page.locator('.twin details:not(.embed)');
  if (!(await twin.evaluate((it) => it.open))) await twin.locator('summary').click();
  await twin.locator('tbody tr').first().waitFor();
  return twin.locator('table').evaluate((table) => {
    const heads = [...table.querySelectorAll('th')].map((it) => it.innerText.trim());
    return [...table.querySelectorAll('tbody tr')].map((row) => Object.fromEntries([...row.cells].map((it, at) => [heads[at], it.innerText.trim()])));
  });
}
const walk = (page) => page.getByRole('slider', { name: 'After which film' });

describe('on a known history', () => {
  test('each step shows the list of the history up to there, and where the next pick stood in it', async () => {
    const { page, complaints } = await look();
    for (let n = HISTORY.length; n >= 1; n -= 1) {
      await walk(page).fill(String(n - 1));
      await page.getByText(`after ${n} of ${HISTORY.length}`).waitFor();
      const list = await listOf(HISTORY.slice(0, n));
      assert.deepEqual(await shownList(page), list.slice(0, N_TOP), `after ${n}`);
      if (n === HISTORY.length) continue;
      const rank = ordinal(list.indexOf(HISTORY[n]) + 1);
      const last = (await wordsOf(page))[n].at(-1);
      assert.equal(last.replace(',', ''), last.includes(',') ? rank.replace(/\D+$/, '') : rank);
      assert.equal((await tableOf(page))[n]['Rank before'], rank.replace(/\D+$/, ''));
      const say = await page.locator('.say').innerText();
      assert.ok(say.includes(`${shortTitle(catalogue.title[list[0]])} came first; ${shortTitle(catalogue.title[HISTORY[n]])}, your next film, ${rank}.`), say);
      await page.getByText(`Your next film was ${catalogue.title[HISTORY[n]]}: it ranked ${rank}.`).waitFor();
    }
    assert.deepEqual(complaints, []);
  });

  test('with EASE’s links added, each step shows the list that has them', async () => {
    const { page } = await look({ link: LINK.replace('f=sasrec', 'f=sasrec_ease'), title: "SASRec with EASE's links" });
    for (let n = HISTORY.length; n >= 1; n -= 1) {
      await walk(page).fill(String(n - 1));
      await page.getByText(`after ${n} of ${HISTORY.length}`).waitFor();
      const [linked, alone] = [await listOf(HISTORY.slice(0, n), 'sasrec_ease'), await listOf(HISTORY.slice(0, n))];
      assert.deepEqual(await shownList(page), linked.slice(0, N_TOP), `after ${n}`);
      assert.notDeepEqual(linked, alone, 'the links change the list');
    }
  });

  test('each layer’s attention sums to one over the picks so far, and is that of the explanation', async () => {
    const { page } = await look();
    const rows = await tableOf(page);
    const layers = ['Layer 1', 'Layer 2'].map((name) => rows.map((row) => Number(row[name])));
    for (const layer of layers) assert.ok(Math.abs(layer.reduce((a, b) => a + b) - 1) <= 3e-3, `${layer}`);
    const item = (await listOf(HISTORY))[0];
    const explained = await engine.ask({ Explain: { family: 'sasrec', history: HISTORY, item, within: 10 } });
    explained.explanation.attention.weights.forEach((mean, at) => {
      const shown = (layers[0][at] + layers[1][at]) / 2;
      assert.ok(Math.abs(shown - mean) < 1e-3, `pick ${at}: ${shown} on the page, ${mean} in the explanation`);
    });
  });

  test('arcs are as wide as attention, and the claim names what the last layer looks at most', async () => {
    const { page } = await look();
    const rows = await tableOf(page);
    const weights = ['Layer 1', 'Layer 2'].flatMap((name) => rows.map((row) => Number(row[name])));
    const widths = await page.locator('.picture .look').evaluateAll((all) => all.map((it) => Number.parseFloat(getComputedStyle(it).strokeWidth)));
    assert.equal(widths.length, weights.length);
    const largest = Math.max(0.12, ...weights);
    widths.forEach((it, at) => assert.ok(Math.abs(it - (16 * weights[at]) / largest) < 0.11, `${at}: ${it} for ${weights[at]}`));
    const last = rows.map((row) => Number(row['Layer 2']));
    const most = last.indexOf(Math.max(...last));
    const name = most === HISTORY.length - 1 ? 'that film itself' : shortTitle(catalogue.title[HISTORY[most]]);
    const claim = (await page.locator('.claim').innerText()).replaceAll('\u00a0', ' ');
    assert.ok(claim.includes(`From ${shortTitle(catalogue.title[HISTORY.at(-1)])}, layer 2 looks most at ${name} (${Math.round(100 * last[most])} %)`), claim);
  });

  test('films keep the colours of their genres in a picture', async () => {
    const { page } = await look();
    const colours = (within) => page.locator(`${within} .mark`).evaluateAll((marks) => marks.map((it) => [...it.querySelectorAll('.arc')].map((arc) => getComputedStyle(arc).stroke).join()));
    assert.deepEqual(await colours('.picture'), await colours('.strip'));
  });

  test('a pick taken out changes the walk at once', async () => {
    const { page, reader } = await look();
    await reader.unpick(catalogue.title[HISTORY[0]]);
    const rest = HISTORY.slice(1);
    await page.getByText(`after ${rest.length} of ${rest.length}`).waitFor();
    assert.deepEqual(await names(page), rest.map((row) => shortTitle(catalogue.title[row])));
    assert.deepEqual(await shownList(page), (await listOf(rest)).slice(0, N_TOP));
  });
});

test('the walk works by keyboard, and says where it is', async () => {
  const { page } = await look();
  await walk(page).focus();
  await page.keyboard.press('ArrowLeft');
  const n = HISTORY.length;
  const said = `after ${n - 1} of ${n}`;
  await page.getByText(said).waitFor();
  assert.equal(await walk(page).getAttribute('aria-valuetext'), said);
  await page.keyboard.press('Home');
  await page.getByText(`after 1 of ${n}`).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Previous step' }).isDisabled());
  await page.getByRole('button', { name: 'Next step' }).click();
  await page.getByText(`after 2 of ${n}`).waitFor();
  await acts(page).nth(3).click();
  await page.getByText(`after 4 of ${n}`).waitFor();
  await page.locator('.picture').focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByText(`after 3 of ${n}`).waitFor();
  await acts(page).nth(1).press('Enter');
  await page.getByText(`after 2 of ${n}`).waitFor();
  assert.equal(await acts(page).nth(1).evaluate((it) => it === document.activeElement), true, 'the focus stays');
});

for (const n of [1, 500]) {
  test(`a history of ${n} ${n === 1 ? 'pick' : 'picks'} is shown as far as it is read`, async () => {
    const ids = catalogue.movie_id.slice(100, 100 + n);
    const { page, complaints } = await look({ link: `#v2&h=${ids.join('.')}&f=sasrec` });
    const nRead = Math.min(n, 100);
    await page.getByText(`after ${nRead} of ${nRead}`).waitFor();
    const rows = await tableOf(page);
    assert.deepEqual(rows.map((row) => row.Title), catalogue.title.slice(100 + n - nRead, 100 + n));
    // Of many films the strongest have a line, and the rest one together.
    const drawn = await names(page);
    assert.ok(drawn.length <= 16 && drawn.at(-1) === shortTitle(catalogue.title[100 + n - 1]), drawn.join());
    const others = page.locator('.picture').getByText(`${nRead - drawn.length} other films: `);
    assert.equal(await others.count(), nRead > 16 ? 1 : 0);
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
