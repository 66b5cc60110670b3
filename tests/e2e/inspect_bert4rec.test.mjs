// Inside BERT4Rec: what it puts at a masked pick, from both sides and from each alone, is what onnxruntime says of the
// shipped file; with nothing masked it is its list; and masking works by hand, by keyboard, by link and on a phone.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { inspect as inspectFamily, lookInside, ordinal, shownList } from './support/inside.mjs';
import { launch } from './support/launch.mjs';
import { startSite } from './support/site.mjs';

const full = golden('bert4rec').cases.find(({ name }) => name === 'full').history;
const [{ history: SHORT }] = golden('bert4rec').cases;
const HISTORY = [...SHORT, ...full.filter((row) => !SHORT.includes(row)).slice(0, 2)];
const TITLES = HISTORY.map((row) => catalogue.title[row]);
const LINK = `#v2&h=${HISTORY.map((row) => catalogue.movie_id[row]).join('.')}&f=bert4rec`;
const N_TOP = 10;

// By native onnxruntime on the shipped file, for each pick masked in turn: rank and share of the masked film and the
// first guess, reading both sides, those before, those after; and where the first layer looked.
const MASKED = [
  { ranked: [[899, 0.00007, 2560], [55, 0.00316, 528], [899, 0.00007, 2560]], looked: [0, 0.463, 0.273, 0.156, 0.093] },
  { ranked: [[863, 0.00006, 2401], [2183, 0, 1053], [921, 0.00003, 2401]], looked: [0.54, 0, 0.284, 0.112, 0.056] },
  { ranked: [[1020, 0.00007, 1834], [772, 0.00022, 232], [1465, 0.00002, 1824]], looked: [0.298, 0.366, 0, 0.237, 0.092] },
  { ranked: [[226, 0.00083, 2560], [328, 0.0006, 2560], [68, 0.00152, 1294]], looked: [0.182, 0.181, 0.439, 0, 0.192] },
  { ranked: [[36, 0.0051, 1534], [36, 0.0051, 1534], [454, 0.00016, 528]], looked: [0.141, 0.134, 0.271, 0.447, 0] },
];

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

const look = ({ link = LINK, ...options } = {}) => lookInside(browser, site, { link, title: 'BERT4Rec', ...options });

const mask = (page, title) => page.locator('.inside-table').getByRole('button', { name: `Mask ${title}`, exact: true });
const masked = (page, title) => page.getByRole('button', { name: `${title}, masked`, exact: true });
const walk = (page) => page.getByRole('slider', { name: 'Which film is masked' });
const inspect = (probe) => inspectFamily(engine, { family: 'bert4rec', history: HISTORY, probe });

describe('on a known history', () => {
  test('the engine fills in every pick as onnxruntime does', async () => {
    for (const [position, { ranked, looked }] of MASKED.entries()) {
      const filling = await inspect(`c${position}`);
      assert.equal(filling.masked, position);
      for (const [at, guess] of [filling.whole, filling.sides.before, filling.sides.after].entries()) {
        const [rank, share, first] = ranked[at];
        assert.equal(guess.masked.rank, rank, `pick ${position}, reading ${at}`);
        assert.ok(Math.abs(guess.masked.share - share) < 1e-4, `pick ${position}: ${guess.masked.share}`);
        assert.equal(guess.top[0].item, first);
        const others = HISTORY.filter((_, other) => other !== position);
        assert.ok(!guess.top.some(({ item }) => others.includes(item)));
      }
      filling.attention[0].forEach((weight, at) => assert.ok(Math.abs(weight - looked[at]) < 2e-3, `${weight}`));
    }
  });

  test('with nothing masked it shows its list', async () => {
    const { page, complaints } = await look();
    await page.getByText('Nothing masked: the film after the last').waitFor();
    const recommended = await engine.ask({ Recommend: { family: 'bert4rec', history: HISTORY, top: N_TOP } });
    assert.deepEqual(await shownList(page), recommended.list.map(({ item }) => item));
    assert.equal(await page.locator('.sides').count(), 0);
    const filling = await inspect('');
    assert.equal(filling.sides, null);
    assert.deepEqual(complaints, []);
  });

  test('a click masks a pick: blank in the table, its rank and share from three sides', async () => {
    const { page, complaints } = await look();
    for (const [position, { ranked, looked }] of MASKED.entries()) {
      await mask(page, TITLES[position]).click();
      await masked(page, TITLES[position]).waitFor();
      await page.getByText(`Masked ${position + 1} of 5: ${TITLES[position]}`).waitFor();
      await page.getByText(`The masked film is ${TITLES[position]}: it ranks ${ordinal(ranked[0][0])}, with`).waitFor();
      const rows = page.locator('.sides tbody tr');
      assert.deepEqual(await rows.locator('td:nth-child(2)').allInnerTexts(), ranked.map(([rank]) => ordinal(rank)));
      assert.deepEqual(await rows.locator('td:last-child').allInnerTexts(), ranked.map(([, , first]) => catalogue.title[first]));
      const shares = await rows.locator('td:nth-child(3)').allInnerTexts();
      shares.forEach((it, at) => {
        if (it.startsWith('under')) assert.ok(ranked[at][1] < 0.00006, `${it} for ${ranked[at][1]}`);
        else assert.ok(Math.abs(Number.parseFloat(it) / 100 - ranked[at][1]) < 0.0051, `${it} for ${ranked[at][1]}`);
      });
      const noted = await page.locator('.small-film.is-on').evaluateAll((films) => films.map((it) => Number(it.dataset.row)));
      assert.deepEqual(noted, ranked[0][0] <= N_TOP ? [HISTORY[position]] : []);
      const weights = await page.locator('tbody .weight:nth-child(2)').allInnerTexts();
      assert.equal(weights[position], '');
      looked.forEach((it, at) => assert.ok(Math.abs((Number.parseFloat(weights[at]) || 0) / 100 - it) < 0.0056, `${weights[at]} for ${it}`));
    }
    await page.getByRole('button', { name: 'Mask nothing' }).click();
    await page.getByText('Nothing masked: the film after the last').waitFor();
    assert.deepEqual(complaints, []);
  });

  test('a side with no picks says so', async () => {
    const { page } = await look();
    await mask(page, TITLES[0]).click();
    await page.getByText('None before').waitFor();
    await mask(page, TITLES[4]).click();
    await page.getByText('None after').waitFor();
    assert.equal(await page.getByText('None before').count(), 0);
  });
});

test('arrow keys step the mask, and the link keeps it', async () => {
  const { page, reader } = await look();
  await walk(page).focus();
  await page.keyboard.press('ArrowLeft');
  await masked(page, TITLES[4]).waitFor();
  await page.keyboard.press('ArrowLeft');
  await masked(page, TITLES[3]).waitFor();
  assert.equal(await walk(page).getAttribute('aria-valuetext'), `Masked 4 of 5: ${TITLES[3]}`);
  assert.ok(await walk(page).evaluate((it) => it === document.activeElement), 'the focus stays');
  await page.waitForFunction(() => location.hash.includes('p=c3'));
  await reader.reload();
  await masked(page, TITLES[3]).waitFor();
  await mask(page, TITLES[1]).press('Enter');
  await masked(page, TITLES[1]).waitFor();
  assert.ok(await masked(page, TITLES[1]).evaluate((it) => it === document.activeElement), 'the focus stays');
});

test('another model takes the mask off, and a pick taken out moves nothing out of reach', async () => {
  const { page, reader } = await look();
  await mask(page, TITLES[4]).click();
  await masked(page, TITLES[4]).waitFor();
  await reader.unpick(TITLES[0]);
  await page.getByText('Nothing masked: the film after the last').waitFor();
  await mask(page, TITLES[1]).click();
  await masked(page, TITLES[1]).waitFor();
  await reader.chooseFamily('gru4rec');
  await page.waitForFunction(() => !location.hash.includes('p='));
});

for (const [n, nRead] of [[1, 1], [50, 50], [500, 100]]) {
  test(`of ${n} ${n === 1 ? 'pick' : 'picks'} any that is read can be masked`, async () => {
    const ids = catalogue.movie_id.slice(100, 100 + n);
    const { page, complaints } = await look({ link: `#v2&h=${ids.join('.')}&f=bert4rec` });
    const oldest = catalogue.title[100 + n - nRead];
    assert.equal(await page.locator('.inside-table .row-name').count(), nRead + 1);
    await walk(page).focus();
    await page.keyboard.press('Home');
    await page.getByText(`Masked 1 of ${nRead}: ${oldest}`).waitFor();
    await page.getByText(`The masked film is ${oldest}: it ranks`).waitFor();
    assert.deepEqual(complaints, []);
  });
}

test('axe finds nothing serious, and a phone shows all of it', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await look({ colorScheme, viewport: { width: 360, height: 740 } });
    await mask(page, TITLES[1]).click();
    await masked(page, TITLES[1]).waitFor();
    assert.deepEqual(await findings(page), []);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} wide`);
  }
});
