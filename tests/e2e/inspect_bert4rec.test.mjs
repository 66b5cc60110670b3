// Inside BERT4Rec: what it puts at a masked pick, from both sides and from each alone, is what onnxruntime says of the
// shipped file; with nothing masked it is its list; and masking works by hand, by keyboard, by link and on a phone.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { inspect as inspectFamily, lookInside, ordinal, shortTitle, shownList } from './support/inside.mjs';
import { launch } from './support/launch.mjs';
import { startSite } from './support/site.mjs';

const full = golden('bert4rec').cases.find(({ name }) => name === 'full').history;
const [{ history: SHORT }] = golden('bert4rec').cases;
const HISTORY = [...SHORT, ...full.filter((row) => !SHORT.includes(row)).slice(0, 2)];
const TITLES = HISTORY.map((row) => catalogue.title[row]);
const LINK = `#v2&h=${HISTORY.map((row) => catalogue.movie_id[row]).join('.')}&f=bert4rec`;
const N_TOP = 10;
const N_FIRST = 5;

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

const mask = (page, title) => page.getByRole('switch', { name: `Mask ${shortTitle(title)}`, exact: true });
const masked = (page, title) => page.getByRole('switch', { name: `${shortTitle(title)}, masked`, exact: true });
const claimed = (page, words) => page.locator('.claim', { hasText: words }).waitFor();
/** Of each column, from the left, its films. */
async function columns(page) {
  const films = await page.locator('.picture [data-row]').evaluateAll((all) =>
    all.map((it) => [Number(it.getAttribute('transform').match(/\((\S+) /)[1]), Number(it.dataset.row)]));
  return [...new Set(films.map(([x]) => x))].toSorted((a, b) => a - b).map((left) => films.filter(([x]) => x === left).map(([, row]) => row));
}
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
      // Every film of a column is followed through all three readings.
      for (const [at, guess] of [filling.whole, filling.sides.before, filling.sides.after].entries()) {
        guess.top.slice(0, N_FIRST).forEach(({ item }, rank) => {
          assert.equal(filling.films.find((it) => it.item === item).readings[at].rank, rank + 1);
        });
        assert.deepEqual(filling.films.find(({ item }) => item === HISTORY[position]).readings[at], guess.masked);
      }
      filling.attention[0].forEach((weight, at) => assert.ok(Math.abs(weight - looked[at]) < 2e-3, `${weight}`));
    }
  });

  test('with nothing masked it shows its list', async () => {
    const { page, complaints } = await look();
    await page.getByText('Nothing masked: the film after the last').waitFor();
    const recommended = await engine.ask({ Recommend: { family: 'bert4rec', history: HISTORY, top: N_TOP } });
    const list = recommended.list.map(({ item }) => item);
    assert.deepEqual(await shownList(page), list);
    assert.deepEqual(await columns(page), [list.slice(0, N_FIRST)]);
    await claimed(page, `After ${shortTitle(TITLES[4])} it puts ${shortTitle(catalogue.title[list[0]])} first, with`);
    const filling = await inspect('');
    assert.equal(filling.sides, null);
    assert.deepEqual(complaints, []);
  });

  test('a click masks a pick: blank in the history, its rank and share from three sides', async () => {
    const { page, complaints } = await look();
    for (const [position, { ranked }] of MASKED.entries()) {
      await mask(page, TITLES[position]).click();
      await masked(page, TITLES[position]).waitFor();
      await page.getByText(`Masked ${position + 1} of 5: ${TITLES[position]}`).waitFor();
      const [[both], [left], [right]] = ranked;
      await claimed(page, `${shortTitle(TITLES[position])}, masked, comes ${ordinal(both)}`);
      const claim = await page.locator('.claim').innerText();
      if (position === 0) assert.match(claim, /all its context is on the right$/);
      else if (position === 4) assert.match(claim, /all its context is on the left$/);
      else if (both < Math.min(left, right)) assert.ok(claim.endsWith(`the left alone has it ${ordinal(left)}, the right alone ${ordinal(right)}`), claim);
      else assert.match(claim, left < right ? /the left alone does better, with/ : /the right alone does better, with/);
      const filling = await inspect(`c${position}`);
      const inOrder = [filling.sides.before, filling.whole, filling.sides.after];
      assert.deepEqual(await columns(page), inOrder.map(({ top }) => top.slice(0, N_FIRST).map(({ item }) => item)));
      assert.deepEqual(await shownList(page), filling.whole.top.map(({ item }) => item));
      // Later ranks are on the ground under the columns, as low as their logarithm.
      const far = await page.locator('.picture .far').evaluateAll((all) =>
        all.map((it) => [Number(it.getAttribute('transform').match(/ (\S+)\)/)[1]), it.querySelector('text').textContent.match(/\d+\w\w$/)[0]]));
      const wanted = [left, both, right].filter((rank) => rank > N_FIRST);
      assert.deepEqual(far.map(([, rank]) => rank), wanted.map(ordinal));
      far.forEach(([y], at) => assert.ok(Math.abs(y - 346 - (74 * Math.log(wanted[at] / 6)) / Math.log(10_000 / 6)) < 0.2, `${y} for ${wanted[at]}`));
      const share = await page.locator('.say').innerText();
      const said = share.match(/has (under 0\.01|[\d.]+) %/)[1];
      if (said.startsWith('under')) assert.ok(ranked[0][1] < 0.00006, said);
      else assert.ok(Math.abs(Number(said) / 100 - ranked[0][1]) < 0.0051, `${said} for ${ranked[0][1]}`);
      const noted = await page.locator('.small-film.is-on').evaluateAll((films) => films.map((it) => Number(it.dataset.row)));
      assert.deepEqual(noted, both <= N_TOP ? [HISTORY[position]] : []);
    }
    await page.getByRole('switch', { name: 'Mask nothing' }).click();
    await page.getByText('Nothing masked: the film after the last').waitFor();
    await mask(page, TITLES[2]).click();
    await masked(page, TITLES[2]).waitFor();
    await page.getByRole('button', { name: 'As it was' }).click();
    await page.getByText('Nothing masked: the film after the last').waitFor();
    assert.deepEqual(complaints, []);
  });

  test('a side with no picks says so', async () => {
    const { page } = await look();
    await mask(page, TITLES[0]).click();
    await page.locator('.picture text', { hasText: 'no film before' }).waitFor();
    await mask(page, TITLES[4]).click();
    await page.locator('.picture text', { hasText: 'no film after' }).waitFor();
    assert.equal(await page.locator('.picture text', { hasText: 'no film before' }).count(), 0);
  });

  test('the table holds what the columns show', async () => {
    const { page } = await look();
    await mask(page, TITLES[3]).click();
    await masked(page, TITLES[3]).waitFor();
    await page.getByText('The same as a table').click();
    const { films } = await inspect('c3');
    const cells = await page.locator('.twin-rows tbody tr').first().locator('td').allInnerTexts();
    const [both, left, right] = films[0].readings;
    assert.equal(cells[1], catalogue.title[films[0].item]);
    assert.deepEqual([cells[3], cells[5], cells[7]].map(Number), [left.rank, both.rank, right.rank]);
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
    // The place after the last film is one more.
    assert.equal(Number(await walk(page).getAttribute('max')), nRead);
    const nSwitches = await page.getByRole('switch', { name: /^Mask / }).count();
    assert.ok(nSwitches <= 14 && nSwitches >= Math.min(nRead, 8), `${nSwitches}`);
    await walk(page).focus();
    await page.keyboard.press('Home');
    await page.getByText(`Masked 1 of ${nRead}: ${oldest}`).waitFor();
    await claimed(page, `${shortTitle(oldest)}, masked, comes`);
    await masked(page, oldest).waitFor();
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
