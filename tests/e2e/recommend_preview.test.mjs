// One pick less, before it is one pick less: a pick can be switched off, replaced, or only pointed at, and every list says
// what would enter, leave and move. All of it is what the engine answers for the history without that pick.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const HISTORY = golden('sasrec_ease').cases[1].history.slice(0, 12);
const FAMILIES = ['sasrec_ease', 'gru4rec', 'bert4rec', 'ease_recency', 'popularity'];
const code = (name) => name.slice(0, 2) + name.at(-1);
const linkOf = (rows, families) => `#v2&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&f=sasrec_ease${families ? `&c=${families.map(code).join('')}` : ''}`;
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const N_FIRST = 10;
const N_RANKED = 50;
/** The pick that is switched: not the newest, so that its place counts. */
const PICK = HISTORY.at(-3);
const filmOf = (row) => `${catalogue.title[row]} (${catalogue.year[row]})`;
const without = (row) => HISTORY.filter((it) => it !== row);

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

async function visit({ families, ...options } = {}) {
  const page = await (await browser.newContext({ viewport: WIDE, ...options })).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link: linkOf(HISTORY, families) });
  if (families) await settled(page);
  else await reader.waitForRecommendations();
  return { page, reader, complaints };
}

const settled = (page) =>
  page.waitForFunction(() => {
    const columns = [...document.querySelectorAll('.column')];
    return columns.length > 0 && columns.every((it) => it.ariaBusy === 'false' && it.querySelector('.place') && !it.matches('.is-stale')) && !document.querySelector('.side-by-side.is-stale');
  });

const switchOf = (page, row) => page.getByRole('switch', { name: `Read ${filmOf(row)}`, exact: true });
const note = (page) => page.locator('.preview-note');
const shownRows = (page) => page.locator('.recs .rec').evaluateAll((all) => all.map((it) => Number(it.dataset.row)));
const shownMoves = (page) => page.locator('.recs .rec .move').allInnerTexts();
const column = (page, family) => page.locator(`section[aria-labelledby=column-${family}]`);
const rowsOf = (page, family) => column(page, family).locator('.place').evaluateAll((all) => all.map((it) => Number(it.dataset.row)));
const movesOf = (page, family) => column(page, family).locator('.place .move').allInnerTexts();

async function answerOf(family, history) {
  const recommended = await engine.ask({ Recommend: { family, history, top: N_RANKED } });
  return recommended.list.map(({ item }) => item);
}

/** What a list says of itself beside the one before it, written a second time. */
function diffOf(old, now) {
  const [first, before] = [now.slice(0, N_FIRST), old.slice(0, N_FIRST)];
  const marks = first.map((row, at) => {
    const from = old.indexOf(row);
    if (from < 0) return 'new';
    return from === at ? '' : `${from > at ? '▲' : '▼'}${Math.abs(from - at)}`;
  });
  const stay = first.filter((row) => before.includes(row));
  const n = { enter: first.length - stay.length, leave: before.length - stay.length, move: stay.filter((row) => first.indexOf(row) !== before.indexOf(row)).length };
  return { first, marks, n, gone: before.filter((row) => !first.includes(row)) };
}
const told = ({ enter, leave, move }) => `${enter} enter the first ${N_FIRST}, ${leave} leave, ${move} move.`;

describe('pointing at a switch', () => {
  test('shows the list without that pick in place, marked against the list of the page, and leaving restores it', async () => {
    const { page, complaints } = await visit();
    const old = await answerOf('sasrec_ease', HISTORY);
    const { first, marks, n, gone } = diffOf(old, await answerOf('sasrec_ease', without(PICK)));
    assert.ok(n.enter > 0, 'the pick matters, or there is nothing to see');
    const hash = new URL(page.url()).hash;
    const movesBefore = await shownMoves(page);

    await switchOf(page, PICK).hover();
    await page.getByText(`Without ${catalogue.title[PICK]}: ${told(n)}`).waitFor();
    assert.deepEqual(await shownRows(page), first);
    assert.deepEqual(await shownMoves(page), marks);
    const left = await page.locator('.list-gone').innerText();
    for (const row of gone) assert.ok(left.includes(catalogue.title[row]), left);
    assert.equal(new URL(page.url()).hash, hash, 'nothing of the state changed');
    assert.equal(await switchOf(page, PICK).getAttribute('aria-checked'), 'true');
    assert.equal(await page.getByRole('button', { name: /^Undo/ }).count(), 0);

    await page.mouse.move(5, 5);
    await page.waitForFunction(() => document.querySelector('.preview-note').textContent === '');
    assert.deepEqual(await shownRows(page), old.slice(0, N_FIRST));
    assert.deepEqual(await shownMoves(page), movesBefore);
    assert.deepEqual(complaints, []);
  });

  test('a click takes the place of the preview at once, and is as predicted', async () => {
    const { page, reader } = await visit();
    const old = await answerOf('sasrec_ease', HISTORY);
    const { first, marks } = diffOf(old, await answerOf('sasrec_ease', without(PICK)));
    await switchOf(page, PICK).click();
    await reader.waitForRecommendations();
    assert.equal(await note(page).innerText(), '');
    assert.deepEqual(await shownRows(page), first);
    assert.deepEqual(await shownMoves(page), marks);
  });
});

describe('a pick that is switched off', () => {
  test('stays in the strip, is read by nothing, and comes back in its place', async () => {
    const { page, reader, complaints } = await visit();
    await switchOf(page, PICK).click();
    await reader.waitForRecommendations();
    assert.deepEqual(await reader.history(), HISTORY.map((row) => catalogue.title[row]), 'the strip is as it was');
    assert.equal(await switchOf(page, PICK).getAttribute('aria-checked'), 'false');
    await page.getByText(`${HISTORY.length - 1} films, `).waitFor();
    await reader.waitForExplanation();
    const off = await page.locator('.why .picture [aria-checked=false]').evaluateAll((all) => all.map((it) => it.getAttribute('data-act')));
    assert.deepEqual(off, [String(PICK)], 'it explains nothing');
    assert.equal(await page.locator('.why .picture .ribbon').count(), 8);

    await page.getByRole('button', { name: `Undo: switched off ${catalogue.title[PICK]}` }).click();
    await reader.waitForRecommendations();
    assert.deepEqual(await shownRows(page), (await answerOf('sasrec_ease', HISTORY)).slice(0, N_FIRST));

    // Off, then pointed at: what comes back is told before it comes back.
    await switchOf(page, PICK).click();
    await reader.waitForRecommendations();
    await page.mouse.move(5, 5);
    const { first, n } = diffOf(await answerOf('sasrec_ease', without(PICK)), await answerOf('sasrec_ease', HISTORY));
    await switchOf(page, PICK).hover();
    await page.getByText(`With ${catalogue.title[PICK]}: ${told(n)}`).waitFor();
    assert.deepEqual(await shownRows(page), first);
    await switchOf(page, PICK).click();
    await reader.waitForRecommendations();
    assert.deepEqual(await shownRows(page), first);
    assert.deepEqual(complaints, []);
  });

  test('is gone with Clear, and every pick off leaves a word', async () => {
    const { page, reader } = await visit();
    for (const row of HISTORY) await switchOf(page, row).click();
    await page.getByText(/All films are switched off/).waitFor();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText(/All films are switched off/).waitFor();
    await page.getByRole('button', { name: 'The list', exact: true }).click();
    await reader.clear();
    await reader.pick(catalogue.title[HISTORY[0]]);
    await reader.waitForRecommendations();
    assert.equal(await switchOf(page, HISTORY[0]).getAttribute('aria-checked'), 'true', 'a film that is picked anew is read');
  });
});

test('another film takes the place of a pick', async () => {
  const { page, reader, complaints } = await visit();
  const other = catalogue.title.indexOf('Blade Runner');
  assert.ok(other >= 0 && !HISTORY.includes(other));
  await page.locator('.strip .pick-name').nth(HISTORY.indexOf(PICK)).click();
  await page.getByRole('button', { name: `Replace ${filmOf(PICK)}` }).click();
  const field = page.getByRole('combobox', { name: `Put in place of ${filmOf(PICK)}` });
  await page.waitForFunction(() => document.activeElement.role === 'combobox');
  await field.fill('Blade Runner');
  await page.getByRole('option').filter({ hasText: 'Blade Runner' }).first().click();
  const replaced = HISTORY.map((row) => (row === PICK ? other : row));
  await reader.waitForHistory(replaced.map((row) => catalogue.title[row]));
  await reader.waitForRecommendations();
  const { first, marks } = diffOf(await answerOf('sasrec_ease', HISTORY), await answerOf('sasrec_ease', replaced));
  assert.deepEqual(await shownRows(page), first);
  assert.deepEqual(await shownMoves(page), marks);
  await reader.search_box.waitFor();

  await page.getByRole('button', { name: /^Undo: put Blade Runner in place of/ }).click();
  await reader.waitForHistory(HISTORY.map((row) => catalogue.title[row]));
  // Escape keeps the pick.
  await page.locator('.strip .pick-name').first().click();
  await page.getByRole('button', { name: `Replace ${filmOf(HISTORY[0])}` }).click();
  await page.keyboard.press('Escape');
  await reader.search_box.waitFor();
  assert.deepEqual(complaints, []);
});

test('in Compare every list shows what it would be, marked against its own', async () => {
  const { page, complaints } = await visit({ families: FAMILIES });
  await switchOf(page, PICK).hover();
  const diffs = {};
  const sum = { enter: 0, leave: 0, move: 0 };
  for (const family of FAMILIES) {
    diffs[family] = diffOf(await answerOf(family, HISTORY), await answerOf(family, without(PICK)));
    for (const key of Object.keys(sum)) sum[key] += diffs[family].n[key];
  }
  await page.getByText(`Without ${catalogue.title[PICK]}, ${FAMILIES.length} lists: ${told(sum)}`).waitFor();
  for (const family of FAMILIES) {
    assert.deepEqual(await rowsOf(page, family), diffs[family].first, family);
    assert.deepEqual(await movesOf(page, family), diffs[family].marks, family);
    const said = await column(page, family).locator('.column-moves').innerText();
    for (const row of diffs[family].gone) assert.ok(said.includes(catalogue.title[row]), `${family}: ${said}`);
  }
  await page.mouse.move(5, 5);
  await page.waitForFunction(() => document.querySelector('.preview-note').textContent === '');
  for (const family of FAMILIES) assert.deepEqual(await rowsOf(page, family), (await answerOf(family, HISTORY)).slice(0, N_FIRST), family);
  assert.deepEqual(complaints, []);
});

test('by keyboard: Tab to the switch previews, arrows walk the switches, Space switches, Escape lets go', async () => {
  const { page, reader } = await visit();
  const old = await answerOf('sasrec_ease', HISTORY);
  // The pointer lies where the strip will scroll under it.
  await page.locator('.strip').hover();
  await page.locator('.strip .pick-name').last().focus();
  await page.keyboard.press('Tab');
  const newest = HISTORY.at(-1);
  await page.getByText(`Without ${catalogue.title[newest]}: ${told(diffOf(old, await answerOf('sasrec_ease', without(newest))).n)}`).waitFor();
  await page.keyboard.press('ArrowLeft');
  const before = HISTORY.at(-2);
  const { first, n } = diffOf(old, await answerOf('sasrec_ease', without(before)));
  await page.getByText(`Without ${catalogue.title[before]}: ${told(n)}`).waitFor();
  assert.deepEqual(await shownRows(page), first);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector('.preview-note').textContent === '');
  await page.keyboard.press('Space');
  await reader.waitForRecommendations();
  assert.equal(await switchOf(page, before).getAttribute('aria-checked'), 'false');
  assert.deepEqual(await shownRows(page), first);
});

describe('axe has no serious finding and nothing scrolls sideways', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, viewport] of Object.entries({ wide: WIDE, '360 px': PHONE })) {
      test(`${colorScheme}, ${name}`, async () => {
        const { page } = await visit({ colorScheme, viewport, reducedMotion: 'reduce' });
        // So many films are folded on a phone; there a film's switch is shown once it is open.
        await page.locator('.strip details').evaluateAll((all) => all.forEach((it) => it.setAttribute('open', '')));
        await page.locator('.strip .pick-name').first().click();
        await switchOf(page, HISTORY[0]).click();
        await page.locator('.strip .pick-name').nth(1).focus();
        await page.keyboard.press('Tab');
        await note(page).filter({ hasText: 'enter the first' }).waitFor();
        assert.deepEqual(await findings(page), []);
        const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(wide <= screen, `the page is ${wide} px wide on a screen of ${screen} px`);
        if (viewport === PHONE) {
          const small = await page.locator('.strip button').evaluateAll((all) => all.map((it) => [it.className, it.getBoundingClientRect()]).filter(([, { width, height }]) => width > 0 && Math.min(width, height) < 44).map(([name, { width, height }]) => `${name} ${width} × ${height}`));
          assert.deepEqual(small, [], 'targets of 44 px');
        }
      });
    }
  }
});
