// The history over every part of the site: all of it in sight at every width, and each verb of it: put in order, switched
// off, taken out, undone. A long one is folded by year of release.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 340, height: 740 };
const linkOf = (rows, more = '') => `#v2&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&f=sasrec_ease${more}`;
const rows = (n) => Array.from({ length: n }, (_, at) => at * 13);
const titles = (of) => of.map((row) => catalogue.title[row]);

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

async function visit(n, options = {}) {
  const page = await (await browser.newContext({ viewport: WIDE, ...options })).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link: linkOf(rows(n)) });
  return { page, reader, complaints };
}

const names = (page) => page.locator('.strip .pick-name');
const folds = (page) => page.locator('.strip .fold');
/** A part by when its films came out: "1990s", "1995–99" or "1994". */
const fold = (page, years) => folds(page).filter({ has: page.locator('summary b', { hasText: new RegExp(`^${years}$`) }) });
/** Which part a film is in: the widest of decade, half and year that has few films; src/state/folds.rs written a second time. */
function labelOf(row, all, isNarrow = false) {
  const year = catalogue.year[row];
  if (!year) return 'Year unknown';
  const most = 24 * (all.length > 288 ? 2 : 1) * (isNarrow ? 2 : 1);
  for (const [width, label] of [[10, (first) => `${first}s`], [5, (first) => `${first}–${String((first + 4) % 100).padStart(2, '0')}`]]) {
    const first = year - (year % width);
    if (all.filter((it) => catalogue.year[it] >= first && catalogue.year[it] < first + width).length <= most) return label(first);
  }
  return String(year);
}

/** What of the strip, or of its open parts, stands beyond the screen to either side. */
const beyond = (page) =>
  page.locator('.strip').evaluate((strip) => {
    const screen = document.documentElement.clientWidth;
    const shown = [...strip.querySelectorAll('.pick, .fold, summary')].filter((it) => !it.closest('details:not([open]) ol'));
    const out = shown.map((it) => [it.textContent.trim(), it.getBoundingClientRect()]).filter(([, { left, right }]) => left < 0 || right > screen);
    return [...out.map(([name]) => name), ...(document.documentElement.scrollWidth > screen ? ['the page'] : []), ...(strip.scrollWidth > strip.clientWidth + 1 ? ['the strip'] : [])];
  });

describe('every film is in sight at every width', () => {
  for (const [n, width] of [[5, 340], [10, 340], [5, 1280], [24, 1280], [24, 700]]) {
    test(`${n} films at ${width} px`, async () => {
      const { page, complaints } = await visit(n, { viewport: { width, height: 900 } });
      await names(page).nth(n - 1).waitFor();
      assert.equal(await folds(page).count(), 0);
      for (let at = 0; at < n; at += 1) assert.ok(await names(page).nth(at).isVisible());
      assert.deepEqual(await beyond(page), []);
      assert.deepEqual(complaints, []);
    });
  }

  for (const [n, viewport] of [[25, WIDE], [500, WIDE], [11, PHONE], [500, PHONE]]) {
    test(`${n} films are folded by year at ${viewport.width} px, and parts open`, async () => {
      const { page, reader, complaints } = await visit(n, { viewport });
      const all = rows(n);
      const isNarrow = viewport === PHONE;
      await page.getByRole('heading', { name: `Your history · ${n} films by year` }).waitFor();
      assert.deepEqual(await reader.history(), titles(all), 'numbered in the order of the history');
      const labels = [...new Set(all.toSorted((a, b) => (catalogue.year[a] || 9999) - (catalogue.year[b] || 9999)).map((row) => labelOf(row, all, isNarrow)))];
      assert.deepEqual(await page.locator('.fold summary b').allTextContents(), labels);
      assert.deepEqual(await beyond(page), []);
      const label = labelOf(all.at(-1), all, isNarrow);
      const part = fold(page, label);
      const inside = all.filter((row) => labelOf(row, all, isNarrow) === label);
      await part.getByText(`${inside.length} film${inside.length === 1 ? '' : 's'}`, { exact: true }).click();
      for (const name of await part.locator('.pick-name').all()) assert.ok(await name.isVisible());
      assert.deepEqual(await part.locator('.pick-name').evaluateAll((it) => it.map((name) => Number(name.dataset.place) - 1)), inside.map((row) => all.indexOf(row)));
      assert.deepEqual(await beyond(page), []);
      assert.deepEqual(complaints, []);
    });
  }
});

test('a part is switched off by one press, and that is undone by one', async () => {
  const { page, reader } = await visit(60);
  await reader.waitForRecommendations();
  const all = rows(60);
  const label = labelOf(all[0], all);
  const inside = all.filter((row) => labelOf(row, all) === label);
  const part = fold(page, label);
  const toggle = part.getByRole('switch', { name: new RegExp(`: ${label}$`) });
  await toggle.click();
  assert.equal(await toggle.getAttribute('aria-checked'), 'false');
  await part.getByText(/, off$/).waitFor();
  assert.equal(await page.locator('.strip .pick.is-off').count(), inside.length);
  await reader.waitForRecommendations();
  assert.ok((await page.evaluate(() => location.hash)).includes('&o='));
  await page.getByRole('button', { name: /^Undo: switched off \d+ films?$/ }).click();
  assert.equal(await toggle.getAttribute('aria-checked'), 'true');
  assert.equal(await page.locator('.strip .pick.is-off').count(), 0);
  // One film of it alone.
  await part.locator('summary').click();
  await part.locator('.pick .pick-switch').first().click();
  await part.getByText(/, 1 off$/).or(part.getByText(/, off$/)).first().waitFor();
  assert.equal(await page.locator('.strip .pick.is-off').count(), 1);
});

test('films of a folded history are put in order, taken out and brought back', async () => {
  const { page, reader } = await visit(40);
  const was = titles(rows(40));
  const label = labelOf(rows(40)[39], rows(40));
  await fold(page, label).locator('summary').click();
  const name = fold(page, label).locator('.pick-name[data-place="40"]');
  await name.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await reader.waitForHistory([...was.slice(0, 38), was[39], was[38]]);
  await reader.undo();
  await reader.waitForHistory(was);
  await name.click();
  await page.getByRole('button', { name: 'Move earlier' }).click();
  await reader.waitForHistory([...was.slice(0, 38), was[39], was[38]]);
  await reader.undo();
  await reader.unpick(was[39].replaceAll(/[^\w ]/g, '.'));
  await reader.waitForHistory(was.slice(0, 39));
  await reader.undo();
  await reader.waitForHistory(was);
});

test('arrow keys walk what is in sight', async () => {
  const { page } = await visit(40);
  await folds(page).nth(0).locator('summary').click();
  const open = folds(page).nth(0).locator('.pick-name');
  await open.first().focus();
  const n = await open.count();
  for (let step = 1; step < n + 3; step += 1) {
    await page.keyboard.press('ArrowRight');
    const at = Math.min(step, n - 1);
    await page.waitForFunction((place) => document.activeElement.dataset.place === place, await open.nth(at).getAttribute('data-place'));
  }
});

test('one film more than fits folds the history, and one less unfolds it', async () => {
  const { page, reader } = await visit(24);
  await names(page).nth(23).waitFor();
  await page.locator('.recs .rec-add').first().click();
  await page.getByRole('heading', { name: 'Your history · 25 films by year' }).waitFor();
  await reader.undo();
  await page.getByRole('heading', { name: 'Your history · oldest first' }).waitFor();
  assert.deepEqual(await reader.history(), titles(rows(24)));
});

test('on a phone a film shows what can be done to it once it is in hand', async () => {
  const { page, reader } = await visit(5, { viewport: PHONE, hasTouch: true });
  const film = names(page).nth(1);
  const out = page.getByRole('button', { name: /^Take out / });
  assert.equal(await out.count(), 0);
  await film.tap();
  for (const name of [/^Move earlier/, /^Move later/, /^Replace /, /^Take out /]) await page.getByRole('button', { name }).waitFor();
  assert.deepEqual(await beyond(page), []);
  await page.getByRole('switch', { name: /^Read / }).tap();
  assert.equal(await page.locator('.pick.is-off').count(), 1);
  await out.tap();
  await reader.waitForHistory(titles(rows(5)).toSpliced(1, 1));
});

describe('axe has no serious finding', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, viewport] of Object.entries({ wide: WIDE, '340 px': PHONE })) {
      test(`${colorScheme}, ${name}`, async () => {
        const { page, reader } = await visit(60, { colorScheme, viewport, reducedMotion: 'reduce' });
        await reader.waitForRecommendations();
        await page.locator('.fold summary').first().click();
        await page.locator('.fold > .pick-switch').first().click();
        // What is no longer true is pale until the new answers are here, and glides back.
        await page.waitForFunction(() => document.querySelector('.fold > .pick-switch[aria-checked=false], .pick.is-off') !== null);
        await page.waitForFunction(() => !document.querySelector('.is-stale') && document.getAnimations().every((it) => it.playState !== 'running'));
        assert.deepEqual(await findings(page), []);
      });
    }
  }
});
