// Back: parts of the page and sheets are entries of the browser's history, edits of the picks are not. And links that
// are put into a page that is open.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { movieIdOf } from './support/artifacts.mjs';
import { goBack, goForward } from './support/entries.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const [ALIEN, HEAT, FARGO, MATRIX] = [
  movieIdOf('Alien', 1979),
  movieIdOf('Heat', 1995),
  movieIdOf('Fargo', 1996),
  movieIdOf('The Matrix', 1999),
];
const KEPT = 'glassrec/history';

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

async function visit({ link = '', ...options } = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link });
  return { page, reader, complaints };
}

/** A reader with a history of their own. */
async function visitWithOwn(...options) {
  const it = await visit(...options);
  await it.reader.pick('Alien');
  await it.reader.pick('Heat');
  await it.reader.waitForRecommendations();
  return it;
}

const open = (page, name) => page.getByRole('navigation', { name: 'Parts of the site' }).getByRole('button', { name }).click();
const seesOpen = (page, name) => page.locator('.tab[aria-current=page]').getByText(name, { exact: true }).waitFor();
const kept = (page) => page.evaluate((key) => localStorage.getItem(key), KEPT);
const keptIs = (page, text) => page.waitForFunction(([key, text]) => localStorage.getItem(key) === text, [KEPT, text]);
/** Also that the browser has heard it: a step back that starts before that is lost. */
const addressHas = (page, piece) => page.waitForURL((url) => url.hash.includes(piece));
const hashHas = (page, piece) => page.waitForFunction((piece) => location.hash.includes(piece), piece);

describe('Back', () => {
  test('goes through the parts of the page and takes no pick back', async () => {
    const { page, reader, complaints } = await visitWithOwn();
    await open(page, 'How it came about');
    await hashHas(page, 't=i');
    await open(page, 'Compare');
    await hashHas(page, 'c=');
    await reader.pick('Fargo');
    await open(page, 'Map');
    await hashHas(page, 't=m');

    const picks = `h=${ALIEN}.${HEAT}.${FARGO}`;
    for (const part of ['Compare', 'How it came about', 'The list']) {
      await goBack(page);
      await seesOpen(page, part);
      await addressHas(page, picks);
    }
    assert.deepEqual(await reader.history(), ['Alien', 'Heat', 'Fargo'], 'a pick was taken back');
    await goForward(page);
    await seesOpen(page, 'How it came about');
    await addressHas(page, picks);
    await goBack(page);
    await seesOpen(page, 'The list');
    await reader.waitForRecommendations();
    await goBack(page);
    assert.equal(page.url(), 'about:blank', 'before the first part there is nothing of the site');
    assert.deepEqual(complaints, []);
  });

  test('works after a reload, and the part that was open is open again', async () => {
    const { page, reader } = await visitWithOwn();
    await open(page, 'Compare');
    await hashHas(page, 'c=');
    await reader.reload();
    await seesOpen(page, 'Compare');
    await goBack(page);
    await seesOpen(page, 'The list');
    assert.deepEqual(await reader.history(), ['Alien', 'Heat']);
  });

  test('goes through the parts of the page of conversations', async () => {
    const { page, reader, complaints } = await visit({ link: 'talk.html' });
    await reader.pick('Alien');
    await open(page, 'Prompt');
    await hashHas(page, 't=l');
    await page.getByRole('link', { name: 'For you' }).click();
    await hashHas(page, 't=y');
    await reader.pick('Heat');
    await goBack(page);
    await seesOpen(page, 'Prompt');
    await goBack(page);
    await seesOpen(page, 'Talk');
    assert.deepEqual(await reader.history(), ['Alien', 'Heat']);
    await goBack(page);
    assert.equal(page.url(), 'about:blank');
    assert.deepEqual(complaints, []);
  });

  test('closes the sheet of reasons on a phone; one that was closed is no step', async () => {
    const { page, reader, complaints } = await visitWithOwn({ viewport: { width: 390, height: 800 } });
    await open(page, 'Compare');
    await hashHas(page, 'c=');
    await open(page, 'The list');
    await reader.waitForRecommendations();
    const sheet = page.locator('.why.is-open');
    const first = page.locator('.rec-name').first();

    await first.click();
    await sheet.waitFor();
    await goBack(page);
    await sheet.waitFor({ state: 'detached' });
    await seesOpen(page, 'The list');

    await first.click();
    await sheet.waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await sheet.waitFor({ state: 'detached' });
    await page.waitForFunction(() => !location.hash.includes('x='));
    await reader.pick('Fargo');
    await hashHas(page, `.${FARGO}`);
    await goBack(page);
    await seesOpen(page, 'Compare');
    assert.deepEqual(await reader.history(), ['Alien', 'Heat', 'Fargo']);
    assert.deepEqual(complaints, []);
  });

  test('leaves the sheet of reasons for the list when its film is picked', async () => {
    const { page, reader } = await visitWithOwn({ viewport: { width: 390, height: 800 } });
    await page.locator('.rec-name').first().click();
    await page.locator('.why.is-open').waitFor();
    const film = await page.locator('.rec .film-title').first().textContent();
    await page.locator('.rec-add').first().dispatchEvent('click');
    await reader.waitForPick(film);
    await page.waitForFunction(() => !location.hash.includes('x='));
    assert.deepEqual(await reader.history(), ['Alien', 'Heat', film]);
    await page.waitForFunction((key) => localStorage.getItem(key).split('.').length === 3, KEPT);
    await goBack(page);
    assert.equal(page.url(), 'about:blank');
  });
});

describe('a link put into the open page', () => {
  for (const link of ['#', '#foo', '#v9&h=1', '#v2&h=', '#v2&h=0', '#v2&t=m', '#v2&h=x.y']) {
    test(`${link} changes no pick`, async () => {
      const { page, reader } = await visitWithOwn();
      const before = await kept(page);
      assert.equal(before, `#v1&h=${ALIEN}.${HEAT}`);
      await page.evaluate((link) => (location.hash = link), link);
      await hashHas(page, `h=${ALIEN}.${HEAT}`); // the address is mended
      assert.deepEqual(await reader.history(), ['Alien', 'Heat']);
      assert.equal(await kept(page), before);
      await reader.pick('Fargo');
      await keptIs(page, `#v1&h=${ALIEN}.${HEAT}.${FARGO}`);
    });
  }

  test('sets the own history aside, which comes back by button, by undoing and by going back', async () => {
    const { page, reader, complaints } = await visitWithOwn();
    const own = `#v1&h=${ALIEN}.${HEAT}`;
    const follow = async () => {
      await page.evaluate((link) => (location.hash = link), `#v2&h=${FARGO}.${MATRIX}&f=ease`);
      await reader.waitForHistory(['Fargo', 'The Matrix']);
      await reader.seesNotice(/This link brought a history of 2 films\. Your own, of 2 films, is kept/);
      assert.equal(await kept(page), own);
    };
    const isOwnAgain = async () => {
      await reader.waitForHistory(['Alien', 'Heat']);
      await page.getByRole('alert').filter({ hasText: 'This link brought' }).waitFor({ state: 'detached' });
      assert.equal(await kept(page), own);
    };
    await follow();
    await reader.waitForFamily('ease');
    await reader.undo();
    await isOwnAgain();

    await follow();
    await page.getByRole('button', { name: 'Back to mine' }).click();
    await isOwnAgain();

    await follow();
    await open(page, 'Compare');
    await hashHas(page, 'c=');
    await goBack(page);
    await seesOpen(page, 'The list');
    await reader.waitForHistory(['Fargo', 'The Matrix']);
    await goBack(page);
    await isOwnAgain();
    await goForward(page);
    await reader.waitForHistory(['Fargo', 'The Matrix']);

    // What is picked there is the link's, and is gone with it, undone or not.
    await reader.pick('Alien');
    assert.equal(await kept(page), own);
    await page.getByRole('button', { name: 'Back to mine' }).click();
    await isOwnAgain();
    assert.equal(await page.getByRole('button', { name: /^Undo: followed a link/ }).count(), 0);
    await reader.undo(); // the newest act of their own: the second film
    await reader.waitForHistory(['Alien']);
    await keptIs(page, `#v1&h=${ALIEN}`);
    assert.deepEqual(complaints, []);
  });

  test('is the own history once the reader keeps it, and that can be undone', async () => {
    const { page, reader } = await visitWithOwn();
    await page.evaluate((link) => (location.hash = link), `#v2&h=${FARGO}`);
    await reader.waitForHistory(['Fargo']);
    await page.getByRole('button', { name: 'Keep this one' }).click();
    await keptIs(page, `#v1&h=${FARGO}`);
    await reader.pick('The Matrix');
    await keptIs(page, `#v1&h=${FARGO}.${MATRIX}`);
    await reader.undo();
    await reader.undo();
    await reader.waitForHistory(['Alien', 'Heat']);
    await keptIs(page, `#v1&h=${ALIEN}.${HEAT}`);
  });
});
