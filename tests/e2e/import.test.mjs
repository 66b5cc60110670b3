// The reader's own films: files are chosen, dropped or pasted, reviewed, kept on this device, used as a history, taken
// away and cleared. On the samples of crates/imports, which have every trap, and the real catalogue.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { findings } from './support/axe.mjs';
import { launch, launchWithoutStorage, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const SAMPLES = join(import.meta.dirname, '../../crates/imports/tests/samples');
const KEPT = 'glassrec/films.v1';
const LINK = 'talk.html#v2&t=y';

const sample = (name) => join(SAMPLES, name);
const bytesOf = (name) => readFileSync(sample(name));
/** A file that only this test has. */
const csv = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

async function visit({ context, link = LINK, ...options } = {}) {
  const page = await (context ?? (await browser.newContext(options))).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link });
  return { page, reader, complaints };
}

const part = (page) => page.getByRole('region', { name: 'Your films' });
const button = (page, name) => part(page).getByRole('button', { name, exact: true });
const kept = (page) => page.evaluate((name) => localStorage.getItem(name), KEPT);
/** Chooses files, and waits for what was found in them. */
async function choose(page, files) {
  await part(page).getByLabel('Choose files').setInputFiles(files);
  await part(page).getByRole('heading', { name: 'What was found' }).waitFor();
}
const says = (page, text) => part(page).getByText(text).first().waitFor();

const LETTERBOXD = ['diary', 'ratings', 'watched', 'watchlist', 'profile'].map((it) => sample(`letterboxd/${it}.csv`));

test('an export is read, reviewed, kept, used as a history with one undo, and cleared', async () => {
  const { page, reader, complaints } = await visit({ link: `${LINK}&h=1214` });
  await choose(page, LETTERBOXD);
  await says(page, /^20 films found, 1 not found$/);
  await part(page).getByText('Not found · 1', { exact: true }).click();
  await says(page, 'Some Unreleased Film: no film here is called so; it may be its title in another country');
  await part(page).getByText('Found · 20', { exact: true }).click();
  await says(page, 'Seven (1995): watched 2024-05-10, 2 times in all, 3 stars');
  await says(page, /^Letterboxd diary, 7 rows, UTF-8, commas, ratings of 5; days from /);
  await part(page).getByText(/^Files that are not needed · /).click();
  await says(page, 'profile.csv: holds no films you saw. It was not read.');
  assert.equal(await kept(page), null, 'nothing is kept before the reader says so');

  await button(page, 'Use 20 films').click();
  await says(page, '20 films added.');
  await says(page, '20 films: 19 watched, 1 on your watch-list');
  assert.equal(JSON.parse(await kept(page)).films.length, 20);

  await button(page, 'Use as my history').click();
  await reader.waitForPick('Seven');
  const history = await reader.history();
  assert.ok(!history.includes('Toy Story'), 'a day of many films says nothing of their order');
  assert.ok(history.indexOf('Seven') < history.indexOf('Me, Myself & Irene'), 'oldest first');
  assert.ok(!history.includes('Alien'));
  await reader.undo();
  await reader.waitForHistory(['Alien']);

  await reader.reload();
  await says(page, '20 films: 19 watched, 1 on your watch-list');
  await button(page, 'Clear all').click();
  await button(page, 'Keep them').click();
  await button(page, 'Clear all').click();
  await button(page, 'Clear 20 films').click();
  await button(page, 'Use as my history').waitFor({ state: 'detached' });
  assert.equal(await kept(page), null);
  assert.deepEqual(await reader.history(), ['Alien'], 'the history stays');
  assert.deepEqual(complaints, []);
});

test('what is downloaded can be opened again, and adds nothing twice', async () => {
  const { page } = await visit();
  await choose(page, LETTERBOXD);
  await button(page, 'Use 20 films').click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()]);
  assert.equal(download.suggestedFilename(), 'glassrec-films.json');
  const buffer = readFileSync(await download.path());
  assert.equal(JSON.parse(buffer).films.length, 20);
  const before = await kept(page);
  await choose(page, [{ name: 'glassrec-films.json', mimeType: 'application/json', buffer }]);
  await button(page, 'Use 20 films').click();
  await says(page, '20 films were here before; nothing is double.');
  assert.equal(await kept(page), before);

  const other = await visit();
  await choose(other.page, [{ name: 'x.json', mimeType: 'application/json', buffer }]);
  await button(other.page, 'Use 20 films').click();
  await says(other.page, '20 films added.');
});

test('a folder is chosen with the files in its folders', async () => {
  const { page } = await visit();
  await part(page).getByLabel('Choose a folder').setInputFiles(sample('letterboxd'));
  await says(page, /^20 films found, 1 not found$/);
  await part(page).getByText('Found · 20', { exact: true }).click();
  await says(page, /^Seven \(1995\): .*liked$/);
});

/** Drops files on the place for them, as far as a script can: as items that are files. */
async function drop(page, files, onto) {
  const transfer = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const [name, text] of all) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  const place = onto ?? part(page).locator('.drop');
  await place.dispatchEvent('dragover', { dataTransfer: transfer });
  if (!onto) await place.getByText('Let go to read it').waitFor();
  await place.dispatchEvent('drop', { dataTransfer: transfer });
}

test('files that are dropped are read', async () => {
  const { page, complaints } = await visit();
  await drop(page, [['four.csv', bytesOf('any/four.csv').toString()], ['titles.txt', bytesOf('any/titles.txt').toString()]]);
  await part(page).getByRole('heading', { name: 'What was found' }).waitFor();
  await says(page, /^four\.csv$/);
  await says(page, /^titles\.txt$/);
  await part(page).getByRole('button', { name: /^Use \d+ films$/ }).click();
  // Where the place for them is folded, the whole part of the page takes them.
  await drop(page, [['one.csv', 'Title,Year\nHeat,1995\n']], page.getByRole('region', { name: 'Recommended for you' }));
  await says(page, /^1 film found$/);
  assert.deepEqual(complaints, []);
});

test('titles are pasted', async () => {
  const { page } = await visit();
  await part(page).getByText('Paste text', { exact: true }).click();
  assert.ok(await button(page, 'Read this text').isDisabled());
  await part(page).getByLabel('Films, one a line, or rows of a table').fill('Heat (1995)\nAlien (1979)\nFilm Nobody Knows (2031)');
  await button(page, 'Read this text').click();
  await says(page, /^2 films found, 1 not found$/);
  await button(page, 'Use 2 films').click();
  await says(page, /^No film has a day on which you watched it/);
  assert.ok(await button(page, 'Use as my history').isDisabled());
});

test('whose films, and day or month, are asked; the answer is read at once and the focus stays', async () => {
  const { page } = await visit();
  await choose(page, [sample('movielens/class.csv'), sample('netflix/undecided.csv')]);
  const whose = part(page).getByRole('group', { name: /holds films of several people\. Which are you\?$/ });
  const first = part(page).getByRole('group', { name: /which comes first in 03\/02\/2024\?$/ });
  await says(page, /^2 films found, 2 to choose/);
  await whose.getByRole('radio', { name: '7', exact: true }).check();
  await says(page, /^3 films found, 1 to choose/);
  await page.waitForFunction(() => document.activeElement?.type === 'radio' && document.activeElement.checked);
  await first.getByRole('radio', { name: 'The day' }).check();
  await says(page, /^3 films found$/);
  await part(page).getByText('Found · 3', { exact: true }).click();
  await says(page, 'Heat (1995): watched 2023-04-05');
  await first.getByRole('radio', { name: 'The month' }).check();
  await says(page, 'Heat (1995): watched 2023-05-04');
});

test('a review that is cancelled leaves the films, the history and the device as they were', async () => {
  const { page, reader, complaints } = await visit({ link: `${LINK}&h=1214` });
  await choose(page, [csv('one.csv', 'Title,Year,WatchedDate\nHeat,1995,2024-02-03\n')]);
  await button(page, 'Use 1 film').click();
  const before = await kept(page);
  await choose(page, LETTERBOXD);
  await button(page, 'Cancel').click();
  await part(page).getByRole('heading', { name: 'What was found' }).waitFor({ state: 'detached' });
  await says(page, '1 film: 1 watched');
  assert.equal(await kept(page), before);
  assert.deepEqual(await reader.history(), ['Alien']);
  assert.deepEqual(complaints, []);
});

test('a long file shows how far it is, lets the page answer, and can be cancelled', async () => {
  const { page } = await visit();
  const rows = Array.from({ length: 60_000 }, (_, at) => `Heat,1995,20${String(10 + (at % 14))}-0${1 + (at % 9)}-11`);
  const files = Array.from({ length: 12 }, (_, at) => csv(`part-${at}.csv`, `Title,Year,WatchedDate\n${rows.join('\n')}\n`));
  await part(page).getByLabel('Choose files').setInputFiles(files);
  await part(page).getByRole('progressbar', { name: 'Reading your files' }).waitFor();
  await button(page, 'Cancel').click();
  await part(page).getByText('Drop your export here').waitFor();
  assert.equal(await part(page).getByRole('heading', { name: 'What was found' }).count(), 0);
  assert.equal(await kept(page), null);
});

test('what is damaged says so at once, and the rest counts', async () => {
  const { page, complaints } = await visit();
  await choose(page, [{ name: 'login.html', mimeType: 'text/html', buffer: bytesOf('any/login.html') }, csv('one.csv', 'Title,Year\nHeat,1995\nFargo,1996\n"Alien,1979\nJaws,1975\n')]);
  await part(page).getByRole('alert').getByText(/^login\.html: a web page and no export\./).waitFor();
  await says(page, /^3 films found/);
  await part(page).getByText(/^Remarks on rows · /).click();
  await says(page, /^one\.csv, row 4: the row has too many or too few fields/);
  assert.deepEqual(complaints, []);
});

test('two tabs keep what both took in, and what one clears goes from the other', async () => {
  const { page } = await visit();
  const other = await visit({ context: page.context() });
  await choose(page, [csv('one.csv', 'Title,Year\nHeat,1995\n')]);
  await button(page, 'Use 1 film').click();
  await says(other.page, '1 film: 1 watched');
  await choose(other.page, [csv('two.csv', 'Title,Year\nAlien,1979\n')]);
  await button(other.page, 'Use 1 film').click();
  await says(page, '2 films: 2 watched');
  await button(page, 'Clear all').click();
  await button(page, 'Clear 2 films').click();
  await button(other.page, 'Clear all').waitFor({ state: 'detached' });
});

for (const [what, text] of [['is damaged', '{"file":'], ['a newer version kept', '{"file":"glassrec films","version":9,"films":[]}']]) {
  test(`what ${what} is set aside before new films are stored, and the page tells`, async () => {
    const { page, reader } = await visit();
    await page.evaluate(([name, it]) => localStorage.setItem(name, it), [KEPT, text]);
    await reader.reload();
    await part(page).getByRole('alert').getByText(/cannot be read by this version/).waitFor();
    assert.equal(await kept(page), text, 'a look changes nothing');
    await choose(page, [csv('one.csv', 'Title,Year\nHeat,1995\n')]);
    await button(page, 'Use 1 film').click();
    await page.getByRole('alert').filter({ hasText: 'set aside' }).waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem('glassrec/aside')), `films.v1: ${text}\n`);
  });
}

test('where storage is forbidden films can be used and downloaded, and the page says so', async () => {
  const context = await launchWithoutStorage();
  const { page, reader } = await visit({ context });
  await choose(page, LETTERBOXD);
  await button(page, 'Use 20 films').click();
  await part(page).getByRole('alert').getByText(/^This browser stores nothing for this page\./).waitFor();
  await button(page, 'Use as my history').click();
  await reader.waitForPick('Seven');
  await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()]);
});

test('nothing is asked of the net while an export is read and kept', async () => {
  const { page, reader } = await visit();
  await reader.history();
  // With it come the films' details, and the models for a list.
  await choose(page, [csv('warm.csv', 'Title,Year\nHeat,1995\n')]);
  await button(page, 'Use 1 film').click();
  await page.locator('.for-you .rec').first().waitFor();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.context().setOffline(true);
  await choose(page, LETTERBOXD);
  await button(page, 'Use 20 films').click();
  await says(page, /^(19|20) films added/);
  await page.getByText(/^Blend, \d+ films, .* each film left out once/).waitFor();
  assert.deepEqual(asked, []);
});

describe('axe has no serious finding', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 360, height: 740 }]) {
      test(`${colorScheme}, ${viewport.width} px`, async () => {
        const { page } = await visit({ colorScheme, viewport, reducedMotion: 'reduce' });
        const check = async (where) => {
          assert.deepEqual(await findings(page), [], where);
          const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
          assert.ok(wide <= screen, `${where}: the page is ${wide} px wide on a screen of ${screen} px`);
        };
        await part(page).getByText('Paste text', { exact: true }).click();
        await part(page).getByText('Where to get an export', { exact: true }).click();
        await check('choosing');
        await choose(page, [...LETTERBOXD, sample('movielens/class.csv'), sample('any/login.html')]);
        for (const fold of await part(page).locator('summary').all()) await fold.click();
        await check('reviewing');
        await part(page).getByRole('button', { name: /^Use \d+ films$/ }).click();
        await button(page, 'Clear all').click();
        await check('kept');
      });
    }
  }
});
