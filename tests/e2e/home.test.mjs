// The first page: one example answered before anything runs, out of stored answers that are those of the models; its ticks,
// models and reasons; its doors; and what it is without a script.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, manifest, read, rowOf } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { goBack } from './support/entries.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage, until } from './support/page.mjs';
import { DIST, startSite } from './support/site.mjs';

const stored = read('stored.json');
const [FIRST, , GENERATIVE] = Object.keys(stored.lists);
const WHOLE = 2 ** stored.n_history - 1;
const HISTORY = stored.films.slice(0, stored.n_history).map(([id]) => id);
const titleOf = (film) => stored.films[film][1];
/** Titles of the first ten after the part `on` of the history. */
const tenOf = (family, on = WHOLE) => stored.lists[family][on - 1].slice(0, 10).map(titleOf);
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const MOST_BYTES = 250_000;

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

async function visit({ path = '', host = site, ...options } = {}) {
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints = watch(page);
  await page.goto(`${host.url}${path}`);
  return { page, complaints };
}

const titles = (page) => page.locator('.recs .film-name').allTextContents();
const listIs = (page, wanted) => until(async () => (await titles(page)).join() === wanted.join(), `the list to be ${wanted.join(', ')}`);
const tick = (page, film) => page.getByRole('checkbox', { name: titleOf(film) });
const model = (page, name) => page.locator(`[data-family=${name}]`);
const why = (page) => page.locator('.why');
const ordinal = (n) => `${n}${{ 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] && ![11, 12, 13].includes(n % 100) ? { 1: 'st', 2: 'nd', 3: 'rd' }[n % 10] : 'th'}`;
const standing = (rank) => (rank ? ordinal(rank) : 'past the 50th');
const rankIn = (family, on, film) => stored.lists[family][on - 1].indexOf(film) + 1;

describe('the stored answer', () => {
  test('is there at once, with its reasons, without a script and without WebAssembly', async () => {
    const { page, complaints } = await visit({ javaScriptEnabled: false });
    assert.deepEqual(await titles(page), tenOf(FIRST));
    assert.deepEqual(await page.locator('.watched .film-name').allTextContents(), HISTORY.map((_, at) => titleOf(at)));
    assert.equal(await page.locator('.because').filter({ hasText: /^because of |^carried by all/ }).count(), 10);
    assert.match(await why(page).innerText(), new RegExp(`Why ${tenOf(FIRST)[0]}\\?\\s+It stands 1st\\.`));
    assert.equal(await page.locator('.watched input:visible').count(), 0, 'nothing is offered that would do nothing');
    assert.deepEqual(await page.locator('button:visible').count(), 0);
    const links = await page.locator('a').evaluateAll((all) => all.map((it) => it.href));
    for (const href of new Set(links.map((it) => it.replace(/#.*/, '')))) assert.equal((await page.request.get(href)).status(), 200, href);
    assert.deepEqual(complaints, []);
    await page.setViewportSize(PHONE);
    const lines = await page.locator('.watched label').evaluateAll((all) => all.map((it) => it.getBoundingClientRect().height));
    assert.ok(Math.max(...lines) <= 48, `a film on a line: ${lines.join()}`);
  });

  test('is what the models answer on Explore, the same films in the same order', async () => {
    for (const [name, on] of [...Object.keys(stored.lists).map((it) => [it, WHOLE]), [FIRST, WHOLE & ~2]]) {
      const off = HISTORY.filter((_, at) => !((on >> at) & 1));
      const context = await browser.newContext();
      const reader = await openPage(await context.newPage(), site, { link: `#v2&h=${HISTORY.join('.')}${off.length ? `&o=${off.join('.')}` : ''}&f=${name}` });
      assert.deepEqual((await reader.waitForRecommendations()).slice(0, 10), tenOf(name, on), name);
      await context.close();
    }
  });

  test('names each film as the catalogue does', () => {
    for (const [id, title, year] of stored.films) {
      const row = rowOf(title, year);
      assert.ok(catalogue.movie_id[row] === id || catalogue.title[row] === title);
    }
  });
});

describe('what a reader does is answered at once', () => {
  test('a tick off makes the list again, without a film it had none for, and says what moved', async () => {
    const { page, complaints } = await visit();
    await tick(page, 4).uncheck();
    const on = WHOLE & ~(1 << 4);
    await listIs(page, tenOf(FIRST, on));
    const before = tenOf(FIRST);
    const news = tenOf(FIRST, on).filter((it) => !before.includes(it));
    assert.equal(await page.locator('.moved').filter({ hasText: 'new' }).count(), news.length);
    assert.ok(news.length > 0);
    assert.match(await page.getByRole('status').innerText(), new RegExp(`${news.length} of the first ten are new`));
    assert.ok(await tick(page, 4).evaluate((it) => it === document.activeElement), 'the tick keeps the focus');
    await tick(page, 4).check();
    await listIs(page, before);
    for (const at of HISTORY.keys()) await tick(page, at).uncheck();
    await page.getByText('All films are switched off. Switch one on.').waitFor();
    await page.getByRole('button', { name: 'Put all films back' }).click();
    await listIs(page, before);
    assert.deepEqual(complaints, []);
  });

  test('another model has another list, and the same films stay ticked', async () => {
    const { page, complaints } = await visit();
    await tick(page, 0).uncheck();
    await listIs(page, tenOf(FIRST, WHOLE & ~1));
    for (const name of Object.keys(stored.lists).reverse()) {
      await model(page, name).click();
      await listIs(page, tenOf(name, WHOLE & ~1));
      assert.equal(await model(page, name).getAttribute('aria-current'), 'true');
      assert.equal(await tick(page, 0).isChecked(), false);
    }
    assert.deepEqual(complaints, []);
  });

  test('a reason foretells a rank, and taking its films out comes to that', async () => {
    const { page, complaints } = await visit();
    for (const at of [0, 1, 4]) {
      const film = stored.lists[FIRST][WHOLE - 1][at];
      await page.locator('.rec a').nth(at).click();
      await page.getByRole('heading', { name: `Why ${titleOf(film)}?` }).waitFor();
      for (const place of HISTORY.keys()) {
        const rank = rankIn(FIRST, WHOLE & ~(1 << place), film);
        const row = page.getByRole('row', { name: new RegExp(`^${titleOf(place)}`) });
        assert.ok((await row.innerText()).includes(rank ? ordinal(rank) : '50+'), `${titleOf(film)} without ${titleOf(place)}`);
      }
      const test = why(page).getByRole('link', { name: /^Take .* out$/ });
      const href = await test.getAttribute('href');
      const off = /&o=([\d.]+)/.exec(href)[1].split('.').map(Number);
      const on = HISTORY.reduce((bits, id, place) => (off.includes(id) ? bits : bits | (1 << place)), 0);
      const rank = rankIn(FIRST, on, film);
      assert.ok(rank === 0 || rank > 10, 'it leaves the first ten');
      await test.click();
      await listIs(page, tenOf(FIRST, on));
      assert.match(await why(page).innerText(), new RegExp(`Foretold: ${standing(rank)}\\. Now: ${standing(rank)}\\. The reason holds\\.`));
      for (const place of HISTORY.keys()) assert.equal(await tick(page, place).isChecked(), Boolean((on >> place) & 1));
      await why(page).getByRole('button', { name: /^Put (it|them) back$/ }).click();
      await listIs(page, tenOf(FIRST));
    }
    assert.deepEqual(complaints, []);
  });

  test('by keyboard alone, and Back closes the sheet on a phone', async () => {
    const { page } = await visit();
    await page.locator('.rec a').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `Why ${tenOf(FIRST)[1]}?` }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.closest('.rec')?.dataset.film), String(stored.lists[FIRST][WHOLE - 1][1]));

    const phone = await visit({ viewport: PHONE });
    assert.equal(await why(phone.page).isVisible(), false);
    await phone.page.locator('.rec a').nth(2).click();
    await phone.page.getByRole('heading', { name: `Why ${tenOf(FIRST)[2]}?` }).waitFor();
    assert.equal(await phone.page.evaluate(() => document.activeElement.textContent), 'Back to the list');
    await goBack(phone.page);
    await until(async () => !(await why(phone.page).isVisible()), 'the sheet to close');
    assert.equal(await phone.page.evaluate(() => document.activeElement.closest('.rec')?.dataset.film), String(stored.lists[FIRST][WHOLE - 1][2]));
  });

  test('where the answers do not come a press goes to the models themselves', async () => {
    const host = await startSite();
    host.faults.set('/models/stored.json', { kind: 'missing' });
    const { page } = await visit({ host });
    await tick(page, 1).click();
    await page.getByRole('alert').filter({ hasText: 'The stored answers did not come' }).waitFor();
    assert.equal(await tick(page, 1).isChecked(), true);
    assert.deepEqual(await titles(page), tenOf(FIRST));
    await model(page, GENERATIVE).click();
    await page.waitForURL(new RegExp(`explore\\.html#v2&h=${HISTORY.join('\\.')}&f=${GENERATIVE}`));
  });
});

describe('doors', () => {
  test('lead to the state that was left, written as Explore writes it', async () => {
    const { page } = await visit();
    await tick(page, 3).uncheck();
    await model(page, GENERATIVE).click();
    await listIs(page, tenOf(GENERATIVE, WHOLE & ~8));
    await page.getByRole('link', { name: 'Run it live' }).click();
    await page.waitForURL(/explore\.html/);
    const asked = new URL(page.url()).hash;
    assert.equal(asked, `#v2&h=${HISTORY.join('.')}&o=${HISTORY[3]}&f=${GENERATIVE}`);
    await page.locator('.columns .rec').nth(9).waitFor({ timeout: 60_000 });
    assert.equal(new URL(page.url()).hash, asked, 'nothing in it had to be mended');
    // The name of the site leads back.
    await page.locator('a.wordmark').click();
    await page.getByRole('heading', { name: 'If you had watched' }).waitFor();
  });

  test('old links go on to Explore with all they hold, also when they are put into the open page', async () => {
    const { page } = await visit({ path: 'index.html?from=mail#v1&h=1214.6&f=ease' });
    await page.waitForURL(/explore\.html\?from=mail#v[12]&h=1214\.6&f=ease/);
    await page.goto(site.url);
    await page.locator('.rec').first().waitFor();
    await page.evaluate(() => (location.hash = '#v2&h=1214&f=ease'));
    await page.waitForURL(/explore\.html#v2&h=1214&f=ease/);
    await page.goto(`${site.url}#better`);
    await page.getByRole('heading', { name: 'Do generative models recommend better?' }).waitFor();
    assert.match(page.url(), /\/#better$/);
  });

  test('every page has the same places, and says which one it is', async () => {
    const placesOf = (page) => page.getByRole('navigation', { name: 'Site', exact: true }).getByRole('link').evaluateAll((all) => all.map((it) => [it.textContent, it.pathname.split('/').filter(Boolean).at(-1), it.hasAttribute('aria-current')]));
    const wanted = (at) => [['Explore', 'explore.html', at === 0], ['For you', 'talk.html', at === 1], ['Learn', 'learn', at === 2], ['Results', 'results.html', at === 3]];
    for (const [path, at] of [['', null], ['explore.html', 0], ['talk.html', 0], ['talk.html#v2&t=h', 1], ['learn/', 2], ['learn/02-order.html', 2], ['results.html', 3]]) {
      const { page } = await visit({ path });
      if (/explore|talk/.test(path)) await page.getByRole('combobox', { name: 'Add a film' }).waitFor({ timeout: 60_000 });
      await until(async () => JSON.stringify(await placesOf(page)) === JSON.stringify(wanted(at)), `the places of ${path}`).catch(async () => assert.deepEqual(await placesOf(page), wanted(at)));
      await page.context().close();
    }
  });
});

test('what was measured is said as results.json has it', async () => {
  const { page } = await visit();
  const { rows, differences } = read('results.json').tables.B;
  const shipped = rows.filter((it) => it.form === 'shipped' && !it.note);
  assert.equal(await page.locator('.quality tbody tr').count(), shipped.length);
  assert.equal(shipped.length, Object.keys(manifest.families).length);
  const level = shipped.filter(({ family }) => {
    const it = differences[`${family} - ease_recency`];
    return it && it.low <= 0 && it.high >= 0;
  });
  assert.equal(await page.locator('.quality .range.is-open').count(), level.length);
  for (const row of shipped) {
    const said = `${row['ndcg@10'].toFixed(3)}, 95 % interval ${row['ndcg@10_low'].toFixed(3)} to ${row['ndcg@10_high'].toFixed(3)}`;
    assert.ok(await page.locator('.quality td').filter({ hasText: said }).count(), row.family);
  }
});

test('asks its own origin only, and for what Explore needs not before it is idle', async () => {
  const host = await startSite();
  const context = await browser.newContext({ viewport: WIDE });
  const page = await context.newPage();
  const asked = [];
  page.on('request', (it) => asked.push(it.url()));
  await page.goto(host.url, { waitUntil: 'load' });
  await until(() => host.requests.some(({ path }) => path.endsWith('sasrec_ease.onnx')), 'what Explore begins with');
  assert.ok(asked.every((it) => it.startsWith(host.url) || it.startsWith('data:')), asked.join());
  const early = await page.evaluate(() => {
    const [{ loadEventStart }] = performance.getEntriesByType('navigation');
    return performance.getEntriesByType('resource').filter((it) => it.startTime < loadEventStart).map((it) => new URL(it.name).pathname);
  });
  assert.ok(early.includes('/home.js'), early.join());
  assert.deepEqual(early.filter((it) => /explore|wasm|onnx|glassrec/.test(it)), [], 'nothing of it before the page has loaded');
  assert.ok(!asked.some((it) => it.endsWith('stored.json')), 'answers come at the first gesture');
  // All of what the program then fetches before its first list was fetched ahead.
  const ahead = new Set((await page.locator('#answer').getAttribute('data-ahead')).split(' ').map((it) => new URL(it, host.url).href));
  const explore = await context.newPage();
  const wanted = [];
  explore.on('request', (it) => wanted.push(it.url()));
  const reader = await openPage(explore, host, { link: `#v2&h=${HISTORY.join('.')}&f=sasrec_ease` });
  await reader.waitForRecommendations();
  const before = wanted.slice(0, wanted.findIndex((it) => it.includes('details')) >>> 0);
  const missing = before.filter((it) => it.startsWith(host.url) && !it.includes('#') && !ahead.has(it) && !/icon\.svg|explore\.html/.test(it));
  assert.deepEqual(missing, []);
  await context.close();
});

test('one who saves data pays for nothing that was not asked for', async () => {
  const host = await startSite();
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  await page.goto(host.url);
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve))));
  assert.ok(!host.requests.some(({ path }) => /explore|wasm|onnx/.test(path)));
});

test('is small', () => {
  const bytes = ['index.html', 'home_site.css', 'home.js'].map((name) => brotliCompressSync(readFileSync(join(DIST, name))).length);
  assert.ok(bytes.reduce((sum, it) => sum + it) <= MOST_BYTES, bytes.join());
  assert.ok(bytes[2] <= 6_000, `home.js: ${bytes[2]}`);
});

describe('for everyone', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const viewport of [WIDE, PHONE]) {
      test(`axe has no serious finding: ${colorScheme}, ${viewport.width} px`, async () => {
        const { page } = await visit({ colorScheme, viewport });
        assert.deepEqual(await findings(page), []);
        await page.locator('.rec a').nth(1).click();
        await page.getByRole('heading', { name: `Why ${tenOf(FIRST)[1]}?` }).waitFor();
        await page.locator('[data-test]').click();
        await page.getByText('The reason holds.').waitFor();
        assert.deepEqual(await findings(page), []);
      });
    }
  }

  test('at 360 px the first film stands on the first screen, and nothing scrolls sideways down to 320', async () => {
    const { page } = await visit({ viewport: PHONE });
    const { first, nav } = await page.evaluate(() => ({ first: document.querySelector('.rec').getBoundingClientRect().bottom, nav: document.querySelector('.places').getBoundingClientRect().top }));
    assert.ok(first <= nav, `${first} > ${nav}`);
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 640 });
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
      const small = await page.locator('a:visible, button:visible, label:visible').evaluateAll((all) => all.filter((it) => getComputedStyle(it).display !== 'inline' && it.getBoundingClientRect().height < 24).map((it) => it.textContent));
      assert.deepEqual(small, []);
    }
  });

  test('nothing moves while it loads', async () => {
    for (const viewport of [WIDE, PHONE]) {
      const page = await (await browser.newContext({ viewport })).newPage();
      await page.addInitScript(() => {
        globalThis.shifted = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((it) => (globalThis.shifted += it.value))).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto(site.url, { waitUntil: 'networkidle' });
      assert.equal(await page.evaluate(() => globalThis.shifted), 0);
    }
  });
});
