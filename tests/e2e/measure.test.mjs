// Models measured in the page: on the users that ship, what the page comes to is what Python came to; a run can be paused
// and taken up; another way of asking gives other numbers and asks no model again; and all of it by link, by key, on a
// phone and for a screen reader.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { golden, manifest } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage, until } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const { tolerance, families: GOLDEN } = golden('held_out');
const N_USERS = manifest.held_out.n_users;
/** Two that count and two networks. */
const FAMILIES = ['popularity', 'ease_recency', 'gru4rec', 'mult_vae'];
const QUICK = ['popularity', 'ease_recency'];
const TITLES = { popularity: 'Popularity', ease_recency: 'EASE, recent first', gru4rec: 'GRU4Rec', mult_vae: 'Mult-VAE' };
const RUN_MILLIS = 240_000;
const PHONE = { width: 340, height: 740 };

let browser;
let site;
before(async () => {
  site = await startSite();
  // Thousands of runs: here optimised code pays.
  browser = await launch(['--js-flags=--no-wasm-lazy-compilation']);
});

const linkOf = (families, more = '') => `talk.html#v2&t=e${more}&e=${families.join('.')}`;

async function visit({ link = linkOf(QUICK), host = site, ...options } = {}) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, host, { link });
  return { page, reader, complaints };
}

const button = (page, name) => page.locator('.measure').getByRole('button', { name, exact: true });
const start = (page) => button(page, 'Start').click();
const isDone = (page, n = N_USERS) => page.locator('.run').getByText(`Done: ${n} users have been asked about.`).waitFor({ timeout: RUN_MILLIS });
const figure = (page) => page.locator('[data-figure=measure]');
const claim = (page) => figure(page).locator('.claim').innerText();
const choose = (page, group, option) => page.getByRole('group', { name: group, exact: true }).getByRole('button', { name: option }).click();
const measure = (page, name) => page.getByLabel('What is measured').selectOption(name);

/** Value and users by family, with all digits. */
const numbers = (page) =>
  figure(page).locator('[data-family]').evaluateAll((lines) => Object.fromEntries(lines.map(({ dataset: { family, value, users } }) => [family, { value: Number(value), users: Number(users) }])));

/** The rows of the table of the figure, as it is exported. */
async function exported(page) {
  const downloading = page.waitForEvent('download');
  await figure(page).locator('.save').getByRole('button', { name: 'JSON', exact: true }).click();
  const { tables } = JSON.parse(await readFile(await (await downloading).path(), 'utf8'));
  return tables.find((it) => it.name === 'measured on held-out users').rows;
}

const near = (got, want, what) => assert.ok(Math.abs(got - want) <= tolerance, `${what}: ${got}, not ${want}`);

describe('all users, asked of four models', () => {
  let page;
  let complaints;
  before(async () => {
    ({ page, complaints } = await visit({ link: linkOf(FAMILIES) }));
    await page.evaluate(() => {
      globalThis.longest = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((it) => (globalThis.longest = Math.max(globalThis.longest, it.duration)))).observe({ type: 'longtask' });
    });
    await start(page);
    await isDone(page);
  });

  test('every measure is what Python came to', async () => {
    const keys = { hr: 'hr@10', coverage: 'coverage', gini: 'gini', novelty: 'novelty', diversity: 'diversity', miscalibration: 'miscalibration', lift: 'popularity_lift', ndcg: 'ndcg@10' };
    for (const [name, key] of Object.entries(keys)) {
      await measure(page, name);
      const found = await numbers(page);
      for (const family of FAMILIES) {
        near(found[family].value, GOLDEN[family][key], `${family}, ${name}`);
        assert.equal(found[family].users, N_USERS);
      }
    }
  });

  test('so are the thirds of the users and the last films alone', async () => {
    for (const [at, who] of ['Few films', 'Some', 'Many films'].entries()) {
      await choose(page, 'Who is asked', new RegExp(`^${who}`));
      const found = await numbers(page);
      for (const family of FAMILIES) near(found[family].value, GOLDEN[family].groups[at], `${family}, ${who}`);
    }
    await choose(page, 'Who is asked', 'All users');
    await choose(page, 'What is asked', 'The newest film');
    const found = await numbers(page);
    for (const family of FAMILIES) near(found[family].value, GOLDEN[family].last['ndcg@10'], `${family}, last`);
    await choose(page, 'What is asked', 'The newest ten');
  });

  test('the claim says what the numbers say, with the interval', async () => {
    const found = await numbers(page);
    const [[first, best], [second, next]] = Object.entries(found).toSorted(([, a], [, b]) => b.value - a.value);
    const said = (await claim(page)).replaceAll('\u00a0', ' ');
    const [, winner, other, by] = /^(.+) leads (.+) by (0\.\d{3}); after 200 users /.exec(said) ?? assert.fail(said);
    assert.deepEqual([winner, other], [TITLES[first], TITLES[second]]);
    assert.ok(Math.abs(Number(by) - (best.value - next.value)) < 6e-4, said);
    const rows = await exported(page);
    assert.equal(rows.length, FAMILIES.length);
    for (const { model: title, 'NDCG@10': value, low, high, users } of rows) {
      const family = FAMILIES.find((it) => TITLES[it] === title);
      near(value, found[family].value, title);
      assert.ok(low < value && value < high && high - low < 0.08, `${title}: ${low} to ${high}`);
      assert.equal(users, N_USERS);
    }
  });

  test('another way of asking gives other numbers and asks nobody again', async () => {
    const nOfModels = () => site.requests.filter(({ path }) => path.includes('/models/')).length;
    const [exact, n] = [await numbers(page), nOfModels()];
    await choose(page, 'Ranked against', '100 at random');
    const sampled = await numbers(page);
    for (const family of FAMILIES) assert.ok(sampled[family].value > 2 * exact[family].value, family);
    await figure(page).getByText('easy').waitFor();
    await choose(page, 'Ranked against', /^All/);
    await choose(page, 'Films the user has rated before', 'Ranked too');
    const seen = await numbers(page);
    for (const family of FAMILIES) assert.ok(seen[family].value < exact[family].value, family);
    await choose(page, 'Films the user has rated before', 'Left out');
    assert.deepEqual(await numbers(page), exact);
    await choose(page, 'A film that ties with others ranks', 'First of them');
    const kind = await numbers(page);
    for (const family of FAMILIES) assert.ok(kind[family].value >= exact[family].value, family);
    assert.equal(nOfModels(), n);
    await choose(page, 'A film that ties with others ranks', 'Last of them');
  });

  test('the reader goes back among the users by key, and forward again', async () => {
    const all = await claim(page);
    await figure(page).locator('.picture').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await figure(page).getByText(`after ${N_USERS - 2} users`).first().waitFor();
    await figure(page).getByRole('button', { name: 'As it was' }).click();
    await until(async () => (await claim(page)) === all, 'the claim about all users');
  });

  test('the page never stood still, and nothing was complained of', async () => {
    assert.ok((await page.evaluate(() => globalThis.longest)) < 200, `${await page.evaluate(() => globalThis.longest)} ms`);
    assert.deepEqual(complaints, []);
    assert.deepEqual(await findings(page), []);
  });
});

test('a run is paused, taken up and forgotten', async () => {
  const { page } = await visit({ link: linkOf(['gru4rec']) });
  await start(page);
  await page.getByText(/^[1-9]\d* of 200 users$/).waitFor();
  await button(page, 'Pause').click();
  const paused = page.locator('.run').getByText(/^Paused after \d+ of 200 users\.$/);
  await paused.waitFor();
  const n = Number(/\d+/.exec(await paused.innerText())[0]);
  assert.ok(n > 0 && n < N_USERS);
  assert.equal((await numbers(page)).gru4rec.users, n);
  await button(page, 'Go on').click();
  await isDone(page);
  near((await numbers(page)).gru4rec.value, GOLDEN.gru4rec['ndcg@10'], 'gru4rec');
  await button(page, 'Forget the answers').click();
  await page.getByText('Nothing has been asked yet.').waitFor();
  await button(page, 'Start').waitFor();
});

test('the reader is one more user, and a model that is added catches up', async () => {
  const { page, reader } = await visit();
  const own = page.getByLabel('Count my own history as one more user');
  assert.ok(await own.isDisabled());
  await reader.pick('Alien');
  await reader.pick('Heat');
  await reader.pick('Fargo');
  await start(page);
  await isDone(page);
  await own.check();
  await isDone(page, N_USERS + 1);
  assert.equal((await numbers(page)).popularity.users, N_USERS + 1);
  await page.locator('.measure input[value=markov]').click({ force: true });
  await isDone(page, N_USERS + 1);
  assert.equal(Object.keys(await numbers(page)).length, 3);
});

test('a link opens what it was sent with', async () => {
  const { page } = await visit({ link: linkOf(QUICK, '&q=last.sampled.few&n=lift') });
  assert.equal(await page.getByLabel('What is measured').inputValue(), 'lift');
  const pressed = await page.locator('.ask .button[aria-pressed=true]').allInnerTexts();
  assert.deepEqual(pressed, ['The newest film', '100 at random', 'Left out', 'Last of them', 'Few films']);
  assert.equal(await page.locator('.measure input:checked').count(), QUICK.length);
  await choose(page, 'Who is asked', /^Many/);
  await until(() => page.url().includes('q=last.sampled.many'), 'the address to say so');
});

test('users that do not come are said, and asked for again', async () => {
  const host = await startSite();
  host.faults.set('held_out.json', { kind: 'missing' });
  const { page, reader } = await visit({ host });
  await start(page);
  await reader.seesAlert('held_out.json');
  host.faults.clear();
  await start(page);
  await isDone(page);
});

test('the page of results leads here, and this leads there', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.url}results.html`);
  await page.getByRole('link', { name: 'Run it yourself' }).first().click();
  await page.getByRole('heading', { name: 'Run it yourself', level: 2 }).waitFor();
  assert.equal(await page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Results' }).getAttribute('aria-current'), 'true');
  await page.getByRole('link', { name: 'All tables of results' }).click();
  await page.waitForURL(/results\.html$/);
});

for (const colorScheme of ['light', 'dark']) {
  test(`on a phone, in ${colorScheme}, nothing is cut off and axe finds nothing`, async () => {
    const { page, complaints } = await visit({ viewport: PHONE, colorScheme });
    assert.deepEqual(await findings(page), []);
    const heading = await page.getByRole('heading', { name: /^Your history/ }).boundingBox();
    assert.ok(heading.width > 100 && heading.height < 60, 'the heading of an empty history is a line of words');
    await start(page);
    await isDone(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 340));
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(complaints, []);
  });
}
