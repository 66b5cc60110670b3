// Inside GRU4Rec: what each pick left in the state is what onnxruntime says of the shipped file, what it would have said
// is its list of that much of the history, and the walk works by hand, by keyboard and on a phone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { inspect, lookInside, ordinal, shortTitle, shownList } from './support/inside.mjs';
import { launch } from './support/launch.mjs';
import { startSite } from './support/site.mjs';

const full = golden('gru4rec').cases.find(({ name }) => name === 'full').history;
const [{ history: SHORT }] = golden('gru4rec').cases;
const HISTORY = [...SHORT, ...full.filter((row) => !SHORT.includes(row)).slice(0, 2)];
const LINK = `#v2&h=${HISTORY.map((row) => catalogue.movie_id[row]).join('.')}&f=gru4rec`;
const TITLES = HISTORY.map((row) => catalogue.title[row]);
const N_TOP = 10;

// ‖h − h without the pick‖ / ‖h‖ after the pick and each later one, by native onnxruntime on the shipped file.
const LEFT = [[1.0, 0.8464, 0.7198, 0.4875, 0.4283], [0.6921, 0.5783, 0.3945, 0.3212], [0.5868, 0.4288, 0.3276], [0.4988, 0.3618], [0.2536]];

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

const look = ({ link = LINK, ...options } = {}) => lookInside(browser, site, { link, title: 'GRU4Rec', ...options });

const listOf = async (history) =>
  (await engine.ask({ Recommend: { family: 'gru4rec', history, top: 10_000 } })).list.map(({ item }) => item);
const walk = (page) => page.getByRole('slider', { name: 'After which film' });
const ridges = (page) => page.locator('.picture .ridge');
const acts = (page) => page.locator('.picture [data-act]');
/** Of each ridge its share, or nothing where the film comes later. */
const shares = (page) => ridges(page).evaluateAll((all) => all.map((it) => it.querySelector('text.xs')?.textContent ?? ''));
const names = (page) => acts(page).evaluateAll((all) => all.map((it) => it.getAttribute('aria-label').replace('After ', '')));
const percent = (share) => `${Math.round(share * 100)} %`;

describe('on a known history', () => {
  test('the engine follows every pick as onnxruntime does', async () => {
    const { traces } = await inspect(engine, { family: 'gru4rec', history: HISTORY });
    assert.deepEqual(traces.map(({ at }) => at), [0, 1, 2, 3, 4]);
    traces.forEach(({ left }, at) => {
      assert.equal(left.length, LEFT[at].length);
      left.forEach((it, later) => assert.ok(Math.abs(it - LEFT[at][later]) < 2e-3, `pick ${at}, ${later} later: ${it}`));
    });
  });

  test('each step shows what is left of every pick, its list, and where the next pick stood in it', async () => {
    const { page, complaints } = await look();
    assert.deepEqual(await names(page), TITLES.map(shortTitle));
    for (let step = HISTORY.length - 1; step >= 0; step -= 1) {
      await walk(page).fill(String(step));
      await page.getByText(`after ${step + 1} of ${HISTORY.length}`).waitFor();
      const left = LEFT.map((trace, at) => (at > step ? '' : percent(trace[step - at])));
      assert.deepEqual(await shares(page), left, `after ${step + 1}`);
      const claim = step === 0 ? 'changed the state by 100 %' : `${percent(LEFT[0][step])} is left after ${step} more film`;
      await page.locator('.claim', { hasText: claim }).waitFor();
      const list = await listOf(HISTORY.slice(0, step + 1));
      assert.deepEqual(await shownList(page), list.slice(0, N_TOP));
      if (step === HISTORY.length - 1) continue;
      const next = HISTORY[step + 1];
      await page.getByText(`Your next film was ${catalogue.title[next]}: it ranked ${ordinal(list.indexOf(next) + 1)}.`).waitFor();
    }
    assert.deepEqual(complaints, []);
  });

  test('ridges are as high as their shares', async () => {
    const { page } = await look();
    const heights = await ridges(page).evaluateAll((all) =>
      all.map((it) => {
        const base = Number(it.querySelector('.rule').getAttribute('d').match(/^M\S+ (\S+)L/)[1]);
        const [, ...points] = (it.querySelector('.kind-area') ?? it.querySelector('.stem')).getAttribute('d').split('L');
        return points.map((point) => (base - Number(point.split(' ')[1].replace('Z', ''))) / 52);
      }));
    LEFT.forEach((left, at) =>
      left.forEach((it, later) => assert.ok(Math.abs(heights[at][later] - it) < 3e-3, `pick ${at}, ${later} later: ${heights[at][later]}`)));
  });

  test('the table and the files hold what the picture shows', async () => {
    const { page } = await look();
    await page.getByText('The same as a table').click();
    const cells = await page.locator('.twin-rows tbody tr').first().locator('td').allInnerTexts();
    assert.deepEqual(cells.slice(2, 4), [TITLES[0], String(catalogue.year[HISTORY[0]])]);
    cells.slice(4).forEach((cell, later) => assert.ok(Math.abs(Number(cell) - LEFT[0][later]) < 2e-3, cell));
    for (const [form, has] of [['SVG', /<svg[^]*after film|<svg[^]*now/], ['CSV', /trace in the state|after 1/], ['JSON', /"after 1"/]]) {
      const download = page.waitForEvent('download');
      await page.locator('.save').getByRole('button', { name: form, exact: true }).click();
      const file = await download;
      assert.equal(file.suggestedFilename(), `glassrec-memory.${form.toLowerCase()}`);
      assert.match(await readFile(await file.path(), 'utf8'), has);
    }
  });

  test('a pick taken out leaves no trace', async () => {
    const { page, reader } = await look();
    await reader.unpick(TITLES[0]);
    await page.getByText('after 4 of 4').waitFor();
    assert.deepEqual(await names(page), TITLES.slice(1).map(shortTitle));
    // The first pick of all is the whole state.
    await acts(page).first().click();
    await page.locator('.claim', { hasText: `${shortTitle(TITLES[1])} changed the state by 100 %` }).waitFor();
  });
});

test('the walk works by keyboard, and says where it is', async () => {
  const { page } = await look();
  await walk(page).focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByText('after 4 of 5').waitFor();
  assert.equal(await walk(page).getAttribute('aria-valuetext'), 'after 4 of 5');
  await page.locator('.picture').focus();
  await page.keyboard.press('Home');
  await page.getByText('after 1 of 5').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByText('after 2 of 5').waitFor();
  await acts(page).nth(2).press('Enter');
  await page.getByText('after 3 of 5').waitFor();
  assert.equal(await acts(page).nth(2).evaluate((it) => it === document.activeElement), true, 'the focus stays');
});

for (const [n, nRead, nFollowed] of [[1, 1, 1], [50, 50, 30], [500, 100, 30]]) {
  test(`of ${n} ${n === 1 ? 'pick' : 'picks'} the newest ${nFollowed} are followed`, async () => {
    const ids = catalogue.movie_id.slice(100, 100 + n);
    const { page, complaints } = await look({ link: `#v2&h=${ids.join('.')}&f=gru4rec` });
    await page.getByText(`after ${nRead} of ${nRead}`).waitFor();
    assert.deepEqual(await names(page), catalogue.title.slice(100 + n - nFollowed, 100 + n).map(shortTitle));
    const limit = page.getByText(`Only the newest 30 of the ${nRead} films it reads are followed.`);
    assert.equal(await limit.count(), nFollowed < nRead ? 1 : 0);
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
