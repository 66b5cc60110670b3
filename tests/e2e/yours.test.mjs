// What is recommended from a reader's own films: the list by the blend, its reasons put to the test, what it is based
// on, what steers it. On the built site, the shipped models and exports of our own.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findings } from './support/axe.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage, until } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const LINK = 'talk.html#v2&t=y';

/** A reader's ratings in the order of their days, as an export has them. */
const FILMS = [
  ['Seven Samurai', 1954, 5], ['The Third Man', 1949, 4.5], ['Chinatown', 1974, 4.5], ['Jaws', 1975, 4], ['Taxi Driver', 1976, 4.5],
  ['Star Trek: The Motion Picture', 1979, 2], ['Alien', 1979, 5], ['Blade Runner', 1982, 5], ['The Terminator', 1984, 4], ['Brazil', 1985, 4.5],
  ['Die Hard', 1988, 4], ['Goodfellas', 1990, 5], ['Reservoir Dogs', 1992, 4.5], ['Pulp Fiction', 1994, 5], ['Batman & Robin', 1997, 1],
  ['L.A. Confidential', 1997, 4.5], ['The Big Lebowski', 1998, 4.5], ['Memento', 2000, 4.5], ['No Country for Old Men', 2007, 5],
  ['Zodiac', 2007, 4.5], ['Heat', 1995, 5], ['Fargo', 1996, 5],
];
const day = (at) => `2024-0${1 + Math.trunc(at / 20)}-${String(1 + (at % 20)).padStart(2, '0')}`;
const RATINGS = `Title,Year,Rating,WatchedDate\n${FILMS.map(([title, year, stars], at) => `"${title}",${year},${stars},${day(at)}`).join('\n')}\n`;
const WATCH_LIST = 'Date,Name,Year,Letterboxd URI\n2024-05-01,The Usual Suspects,1995,https://boxd.it/zz01\n';

const csv = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

const films = (page) => page.getByRole('region', { name: 'Your films' });
const part = (page) => page.getByRole('region', { name: 'Recommended for you' });
const rows = (page) => part(page).locator('.rec');
const titles = (page) => part(page).locator('.rec .film-title').allTextContents();
/** The first film that falls where one of the reader's is left out. */
const carried = (page) => rows(page).filter({ hasText: /because of / }).first();
const isCurrent = (page) => until(async () => (await part(page).getAttribute('class')).includes('is-stale') === false, 'a list that is not stale');
/** The list of the moment, once its reasons are here as well. */
async function settled(page) {
  await rows(page).first().waitFor();
  await isCurrent(page);
  await part(page).getByText(/each film left out once/).waitFor();
  return titles(page);
}

async function visit({ files = [csv('ratings.csv', RATINGS)], ...options } = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link: LINK });
  await films(page).getByLabel('Choose files').setInputFiles(files);
  await films(page).getByRole('button', { name: /^Use \d+ films?$/ }).click();
  return { page, reader, complaints, list: await settled(page) };
}

test('an export gives a list without what was seen, and says what it is based on', async () => {
  const { page, list, complaints } = await visit();
  assert.equal(list.length, 10);
  const seen = FILMS.map(([title]) => title);
  assert.deepEqual(list.filter((it) => seen.includes(it)), []);
  await part(page).getByText(/^From 20 of the 22 films you watched\. Newer ones count more\. More stars count more; your average is 4\.\d\. 2 films a star or more under it are left out\.$/).waitFor();
  await part(page).getByText(/^Blend, 20 films, /).waitFor();
  await part(page).getByRole('button', { name: 'Show ranks 11 to 50' }).click();
  await until(async () => (await titles(page)).length === 50, 'fifty ranks');
  assert.deepEqual((await titles(page)).filter((it) => seen.includes(it)), []);
  assert.deepEqual(complaints, []);
});

test('who has no export tries a sample, and can clear it', async () => {
  const page = await (await browser.newContext()).newPage();
  await openPage(page, site, { link: LINK });
  await films(page).getByRole('button', { name: 'Try a sample' }).click();
  await films(page).getByText(/^26 films found$/).waitFor();
  await films(page).getByRole('button', { name: 'Use 26 films' }).click();
  assert.equal((await settled(page)).length, 10);
  await films(page).getByRole('button', { name: 'Clear all' }).click();
  await films(page).getByRole('button', { name: 'Clear 26 films' }).click();
  await part(page).waitFor({ state: 'detached' });
  await films(page).getByRole('button', { name: 'Try a sample' }).waitFor();
});

test('stars and the span change the list, and the page says so', async () => {
  const { page, list } = await visit();
  await part(page).getByLabel('Count my stars').uncheck();
  await part(page).getByText(/^From 22 films you watched\. Newer ones count more\. Your stars do not count\.$/).waitFor();
  const alike = await settled(page);
  assert.notDeepEqual(alike, list);
  await part(page).getByRole('radio', { name: 'Newest 20' }).check();
  await part(page).getByText(/^From the 20 films you watched last\./).waitFor();
  assert.equal(await part(page).getByRole('radio', { name: 'Newest 50' }).count(), 0, 'there are not so many');
  await part(page).getByLabel('Count my stars').check();
  await part(page).getByRole('radio', { name: 'All years' }).check();
  await part(page).getByText(/^From 20 of the 22 films you watched\./).waitFor();
  assert.deepEqual(await settled(page), list);
});

test('three films that are sent away are gone from the list, and come back', async () => {
  const { page, reader, list } = await visit();
  for (const title of list.slice(0, 3)) {
    await part(page).getByRole('button', { name: new RegExp(`^Not for me: ${title.replace(/[()?.*+]/g, '\\$&')} `) }).click();
  }
  await until(async () => !(await titles(page)).some((it) => list.slice(0, 3).includes(it)), 'three films to go');
  const without = await settled(page);
  assert.equal(without.length, 10);
  assert.deepEqual(without.slice(0, 7), list.slice(3));
  for (let at = 0; at < 3; at += 1) await reader.undo();
  await until(async () => (await titles(page)).join() === list.join(), 'the list before');
});

test('a film says which of yours carry it; left out, the rank is as foretold', async () => {
  const { page, list } = await visit();
  const first = carried(page);
  const title = await first.locator('.film-title').textContent();
  const because = await first.locator('.because').textContent();
  await first.locator('.rec-name').click();
  const line = first.locator('.falls li').first();
  const [, now, then] = /^(\d+)\D+ → (\d+)\D+$/.exec(await line.locator('.number').textContent());
  assert.equal(Number(now), list.indexOf(title) + 1);
  assert.ok(Number(then) > Number(now));
  const film = await line.locator('span').first().textContent();
  assert.ok(because.includes(film.replace(/ \(\d{4}\)$/, '')), `${because} names ${film}`);
  await line.getByRole('button', { name: `Leave out ${film}`, exact: true }).click();
  const said = part(page).getByRole('status').filter({ hasText: /^Left out: / });
  await said.getByText(new RegExp(`was ${now}\\D+ and is ${then}\\D+, as foretold\\.$`)).waitFor();
  assert.ok((await said.textContent()).includes(title));
  await settled(page);
  await part(page).getByRole('button', { name: 'Count them again' }).click();
  await said.waitFor({ state: 'detached' });
  assert.deepEqual(await settled(page), list);
});

test('how a film came about is seen in Explore, with the same films', async () => {
  const { page, reader, list } = await visit();
  await rows(page).first().locator('.rec-name').click();
  await rows(page).first().getByRole('link', { name: /^See in Explore how it came about/ }).click();
  await reader.waitForExplanation(list[0]);
  await page.locator('[data-figure=why]').waitFor();
  assert.equal(await reader.chosenFamily(), 'blend');
  const history = await reader.history();
  assert.equal(history.length, 20);
  assert.equal(history.at(-1), 'Fargo');
  assert.ok(!history.includes('Batman & Robin'));
});

test('films of the watch-list are marked, and the list can be of them alone', async () => {
  const { page } = await visit({ files: [csv('ratings.csv', RATINGS), csv('watchlist.csv', WATCH_LIST)] });
  await part(page).getByText('Steer the list', { exact: true }).click();
  await part(page).getByLabel('Only my watch-list (1)').check();
  await until(async () => (await titles(page)).join() === 'The Usual Suspects', 'the watch-list alone');
  await rows(page).first().getByText('watch-list', { exact: true }).waitFor();
  await part(page).getByText(/^1 of 7,\d+ films are left\./).waitFor();
  await part(page).getByRole('button', { name: 'Show all again' }).click();
  await until(async () => (await titles(page)).length === 10, 'all again');
});

test('years, genres, countries, languages, length and fame steer the list, each with its effect', async () => {
  const { page, list } = await visit();
  const facts = () => part(page).locator('.rec .film-facts').allTextContents();
  const left = async () => Number(/^([\d,]+) of /.exec(await part(page).locator('.steered [role=status]').textContent())[1].replace(',', ''));
  await part(page).getByText('Steer the list', { exact: true }).click();
  await part(page).getByRole('slider', { name: 'Last year' }).fill('1970');
  await until(async () => (await facts()).every((it) => Number(it.slice(0, 4)) <= 1970), 'films up to 1970');
  const nOld = await left();
  await part(page).getByRole('button', { name: 'Drama', exact: true }).click();
  await until(async () => (await facts()).every((it) => !it.includes('Drama')), 'films without drama');
  assert.ok((await left()) < nOld);
  await part(page).getByRole('button', { name: 'Show all again' }).click();
  assert.deepEqual(await titles(page), list);

  await part(page).getByLabel('Spoken in').selectOption('French');
  const nFrench = await left();
  assert.ok(nFrench > 100 && nFrench < 2000, String(nFrench));
  await part(page).getByLabel('Made in').selectOption('France');
  assert.ok((await left()) <= nFrench);
  await part(page).getByLabel('Running time').selectOption('Up to 90 min');
  const nShort = await left();
  assert.ok(nShort < nFrench);
  await part(page).getByRole('slider', { name: 'How known' }).fill('3');
  assert.ok((await left()) < nShort);
  await part(page).getByText('the least known 40 %').waitFor();
  await part(page).getByLabel('Only this genre').selectOption('Western');
  await part(page).getByText(/^No film passes all of this\./).waitFor();
  await part(page).getByRole('button', { name: 'Show all again' }).click();
  assert.deepEqual(await titles(page), list);
});

test('a film that is missed says its rank, and what holds it back', async () => {
  const { page } = await visit();
  await part(page).getByText('Why not another film?', { exact: true }).click();
  const ask = async (title) => {
    await part(page).getByLabel('A film that you miss in the list').fill(title);
    await part(page).locator('.why-not-found').getByRole('button', { name: title }).first().click();
  };
  await ask('Toy Story');
  await part(page).getByText(/^Toy Story is \d+\D\D of 7,\d+ films that you have not seen\.$/).waitFor();
  await part(page).getByText(/^(Of your films these hold it back: without |None of your films holds it back)/).waitFor();
  await part(page).getByText('Steer the list', { exact: true }).click();
  await part(page).getByRole('button', { name: 'Animation', exact: true }).click();
  await part(page).getByText('Held back by “Without Animation”.').waitFor();
  await ask('Heat');
  await part(page).getByText('You watched Heat, so it is not listed.').waitFor();
});

test('groups of films say what they carry, and each can be left out', async () => {
  const { page, list } = await visit();
  await part(page).getByText('What the models believe about you', { exact: true }).click();
  const lines = part(page).locator('.beliefs li');
  await lines.first().waitFor();
  const carried = await lines.locator('.number').allTextContents();
  const counts = carried.map((it) => Number(/^(\d+) of 10$/.exec(it)[1]));
  assert.ok(counts[0] > 0 && counts.every((it, at) => at === 0 || it <= counts[at - 1]), carried.join());
  const name = await lines.first().locator('b').textContent();
  await part(page).getByRole('button', { name: `Leave out ${name}`, exact: true }).click();
  await part(page).getByRole('button', { name: `Count again ${name}`, exact: true }).waitFor();
  const without = await settled(page);
  assert.equal(without.filter((it) => !list.includes(it)).length, counts[0], 'as many are others as was said');
  await part(page).getByRole('button', { name: `Count again ${name}`, exact: true }).click();
  await until(async () => (await titles(page)).join() === list.join(), 'the list before');
});

test('the list works without the net once its models are here', async () => {
  const { page, list } = await visit();
  await page.context().setOffline(true);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await part(page).getByLabel('Count my stars').uncheck();
  await part(page).getByText(/Your stars do not count\.$/).waitFor();
  assert.notDeepEqual(await settled(page), list);
  assert.deepEqual(asked, []);
});

test('all of it can be done by keyboard', async () => {
  const { page } = await visit();
  const name = carried(page).locator('.rec-name');
  await name.focus();
  await page.keyboard.press('Enter');
  await carried(page).locator('.falls').waitFor();
  assert.equal(await name.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), /^Leave out /);
  await page.keyboard.press('Enter');
  await part(page).getByText(/as foretold\.$/).waitFor();
});

describe('axe has no serious finding', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 340, height: 740 }]) {
      test(`${colorScheme}, ${viewport.width} px`, async () => {
        const { page } = await visit({ colorScheme, viewport, reducedMotion: 'reduce' });
        await rows(page).first().locator('.rec-name').click();
        await part(page).getByText('Steer the list', { exact: true }).click();
        await part(page).getByText('Why not another film?', { exact: true }).click();
        await part(page).getByRole('button', { name: 'Horror', exact: true }).click();
        await part(page).getByText('What the models believe about you', { exact: true }).click();
        await part(page).locator('.beliefs li').first().waitFor();
        assert.deepEqual(await findings(page), []);
        const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(wide <= screen, `the page is ${wide} px wide on a screen of ${screen} px`);
      });
    }
  }
});
