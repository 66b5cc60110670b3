// Explanations put to the test: every rank in the panel is the one that asking for the list without those picks gives,
// the words say what the ranks say, and nothing of it runs before the reader wants to know.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden, manifest } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

/** Fourteen picks: five are left out at most. */
const HISTORY = golden('sasrec_ease').cases[1].history.slice(0, 14);
const linkOf = (rows, family) => `#v2&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&f=${family}`;
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const MOST = 5;
const TELLING = 3;
const N_ITEMS = catalogue.title.length;

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

async function visit({ rows = HISTORY, family = 'sasrec_ease', ...options } = {}) {
  const page = await (await browser.newContext({ viewport: WIDE, ...options })).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link: linkOf(rows, family) });
  await reader.waitForRecommendations();
  if (options.viewport === PHONE) await page.locator('.columns .rec button').first().click();
  await reader.waitForExplanation();
  return { page, reader, complaints };
}

const summary = (page) => page.locator('summary').filter({ hasText: 'Do these reasons hold?' });
const settled = (page) =>
  page.waitForFunction(() => document.querySelector('.truth[open]:not(.is-stale) .truth-table') && !document.querySelector('.why.is-stale') && !document.querySelector('.truth .spin'));

/** Explainer → what it names and the rank with one pick left out, with two, and so on, as the page shows them. */
async function tableOf(page) {
  const rows = await page.locator('.truth-table tbody tr').evaluateAll((all) =>
    all.map((row) => [row.cells[0].firstChild.textContent.trim(), row.querySelector('small').textContent, [...row.cells].slice(1).map((it) => ({ rank: Number(it.innerText.replace(',', '')), isOut: it.querySelector('b') !== null }))]));
  return Object.fromEntries(rows.map(([name, named, after]) => [name, { named, after }]));
}

const without = (rows, left) => rows.filter((row) => !left.includes(row));
async function listOf(family, history) {
  const recommended = await engine.ask({ Recommend: { family, history, top: N_ITEMS } });
  return recommended.list;
}
const rankOf = (list, item) => list.findIndex((it) => it.item === item) + 1;

/** Leave-one-out, the exact parts, attention and age, each written a second time from what the engine says of lists alone. */
async function ordersOf(family, history, item) {
  const scoreOf = (list) => list.find((it) => it.item === item).score;
  const whole = scoreOf(await listOf(family, history));
  const drops = [];
  for (const pick of history) drops.push(whole - scoreOf(await listOf(family, without(history, [pick]))));
  const explained = await engine.ask({ Explain: { family, history, item, within: 10 } });
  const { attention, contributions } = explained.explanation;
  const by = (numbers) => history.map((pick, at) => [pick, numbers[at], at]).sort((a, b) => b[1] - a[1] || b[2] - a[2]).map(([pick]) => pick);
  return {
    'Leave-one-out': by(drops),
    ...(contributions ? { 'Exact parts': by(contributions.picks) } : {}),
    ...(attention ? { Attention: by(attention.weights) } : {}),
    Newest: [...history].reverse(),
  };
}

const ordinal = (n) => `${n}${n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;

for (const family of ['sasrec_ease', 'ease_recency']) {
  test(`${family}: each rank is that of the list without those picks, and the words say so`, async () => {
    const { page, complaints } = await visit({ family });
    assert.equal(await page.locator('.truth-table').count(), 0, 'nothing is tested before it is asked for');
    await summary(page).click();
    await settled(page);
    const shown = await tableOf(page);
    const [{ item }] = await listOf(family, HISTORY);
    const orders = await ordersOf(family, HISTORY, item);
    assert.deepEqual(Object.keys(shown), [...Object.keys(orders), 'Random']);
    const after = {};
    for (const [name, order] of Object.entries(orders)) {
      const named = order.slice(0, MOST);
      assert.equal(shown[name].named, named.map((row) => catalogue.title[row]).join(' · '), name);
      after[name] = [];
      for (let n = 1; n <= MOST; n += 1) after[name].push(rankOf(await listOf(family, without(HISTORY, named.slice(0, n))), item));
      assert.deepEqual(shown[name].after, after[name].map((rank) => ({ rank, isOut: rank > 10 })), name);
    }
    assert.equal(shown.Random.after.length, MOST);
    assert.ok(shown.Random.after.every(({ rank }) => rank >= 1 && rank <= N_ITEMS));

    const said = await page.locator('.truth').innerText();
    const told = (name) => ordinal(after[name][TELLING - 1]);
    assert.ok(said.includes(`Leaving out the 3 films that leave-one-out names takes it from 1st to ${told('Leave-one-out')}`), said);
    if (orders.Attention) assert.ok(said.includes(`the 3 looked at most: ${told('Attention')}`), said);
    assert.ok(said.includes(`the 3 newest: ${told('Newest')}; 3 at random: ${ordinal(shown.Random.after[TELLING - 1].rank)} in the middle of 5 draws`), said);
    const [ours, newest] = ['Leave-one-out', 'Newest'].map((name) => orders[name].slice(0, TELLING).sort().join());
    const beats = (name) => after['Leave-one-out'][TELLING - 1] > (name === 'Random' ? shown.Random.after[TELLING - 1].rank : after[name][TELLING - 1]);
    const verdict = !beats('Random') ? 'This reason does not hold' : ours === newest ? 'but they are the newest ones' : beats('Newest') ? 'The named films carry it.' : 'This reason does not hold';
    assert.ok(said.includes(verdict), `${verdict}: ${said}`);

    const { n_users: n, within, leave_one_out: kept, most_recent: recent, random } = manifest.families[family].faithfulness;
    // Rust writes a half as the even number beside it.
    const rounded = (it) => (it % 1 === 0.5 ? 2 * Math.round(it / 2) : Math.round(it));
    const percent = (it) => `${rounded(100 * it)} %`;
    assert.ok(said.includes(`For ${n} held-out readers`) && said.includes(`in the first ${within}`), said);
    for (const words of [`leave-one-out ${percent(kept)}`, `newest ${percent(recent)}`, `random ${percent(random)}`]) assert.ok(said.includes(words), `${words}: ${said}`);
    assert.deepEqual(complaints, []);
  });
}

test('the lines stand where their ranks say, the lower the worse', async () => {
  const { page } = await visit();
  await summary(page).click();
  await settled(page);
  const shown = await tableOf(page);
  const lines = await page.locator('.truth-line').evaluateAll((all) => all.map((it) => [it.textContent.trim(), [...it.querySelector('path').getAttribute('d').matchAll(/[\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y))]));
  assert.equal(lines.length, Object.keys(shown).length);
  const points = lines.flatMap(([name, ys]) => [1, ...shown[name].after.map((it) => it.rank)].map((rank, at) => [Math.log(rank), ys[at]]));
  const [worst] = points.toSorted((a, b) => b[0] - a[0]);
  const top = points.find(([rank]) => rank === 0)[1];
  for (const [rank, y] of points) assert.ok(Math.abs(y - (top + (rank / worst[0]) * (worst[1] - top))) < 0.2, `${Math.exp(rank)} at ${y}`);
});

test('it follows the history and the film, and folds away again', async () => {
  const { page, reader, complaints } = await visit();
  await summary(page).click();
  await settled(page);
  const before = await tableOf(page);
  await reader.unpick(catalogue.title[HISTORY.at(-1)].replaceAll(/[^\w ]/g, '.'));
  await reader.waitForRecommendations();
  await settled(page);
  const rest = HISTORY.slice(0, -1);
  const [{ item }] = await listOf('sasrec_ease', rest);
  const after = await tableOf(page);
  assert.notDeepEqual(after, before);
  assert.equal(after.Newest.after[0].rank, rankOf(await listOf('sasrec_ease', rest.slice(0, -1)), item));
  await summary(page).click();
  await page.locator('.truth:not([open])').waitFor();
  assert.deepEqual(complaints, []);
});

test('of two picks one is left out, of one none', async () => {
  const { page, reader } = await visit({ rows: HISTORY.slice(0, 2) });
  await summary(page).click();
  await settled(page);
  const shown = await tableOf(page);
  assert.ok(Object.values(shown).every(({ after }) => after.length === 1));
  assert.match(await page.locator('.truth').innerText(), /Leaving out the film that leave-one-out names takes it from 1st to /);
  await reader.unpick(catalogue.title[HISTORY[0]].replaceAll(/[^\w ]/g, '.'));
  await page.getByText(/There is only one film/).waitFor();
});

test('by keyboard: Enter on the question opens it, and Enter folds it', async () => {
  const { page } = await visit();
  await summary(page).focus();
  await page.keyboard.press('Enter');
  await settled(page);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), 'results.html#reasons');
  await summary(page).focus();
  await page.keyboard.press('Enter');
  await page.locator('.truth:not([open])').waitFor();
});

describe('axe has no serious finding and nothing scrolls sideways', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, viewport] of Object.entries({ wide: WIDE, '360 px': PHONE })) {
      test(`${colorScheme}, ${name}`, async () => {
        const { page } = await visit({ colorScheme, viewport, reducedMotion: 'reduce' });
        await summary(page).click();
        await settled(page);
        assert.deepEqual(await findings(page), []);
        const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(wide <= screen, `the page is ${wide} px wide on a screen of ${screen} px`);
        const [table, card] = await page.evaluate(() => ['.truth-table', '.truth'].map((it) => document.querySelector(it).getBoundingClientRect().right));
        assert.ok(table <= card + 1, `the table ends at ${table}, its card at ${card}`);
      });
    }
  }
});
