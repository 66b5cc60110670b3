// What this device keeps: written by the reader's acts alone, shared by all tabs, never lost without a word. Tabs are
// real pages of one browser, stored data is what a visit left, and older and newer versions of the site are played by
// page scripts that do to the storage what they would.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { catalogue, movieIdOf } from './support/artifacts.mjs';
import { goBack, goForward } from './support/entries.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const [ALIEN, HEAT, FARGO] = [movieIdOf('Alien', 1979), movieIdOf('Heat', 1995), movieIdOf('Fargo', 1996)];
const DATABASE = 'glassrec/';

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

const key = (name) => `glassrec/${name}`;
const keep = (page, entries) => page.evaluate((all) => Object.entries(all).forEach(([name, text]) => localStorage.setItem(name, text)), entries);
const all = (page) => page.evaluate(() => ({ ...localStorage }));
const kept = async (page, name = 'history') => (await all(page))[key(name)];
const keptIs = (page, text, name = 'history') =>
  page.waitForFunction(([name, text]) => localStorage.getItem(name) === text, [key(name), text]);
const goneAlert = (page, text) => page.getByRole('alert').filter({ hasText: text }).waitFor({ state: 'detached' });

/** A tab that has what `stored` says in its storage from an earlier visit. */
async function visit({ stored = {}, link = '', host = site, context } = {}) {
  const page = await (context ?? (await browser.newContext())).newPage();
  const complaints = watch(page);
  if (Object.keys(stored).length > 0) {
    await page.goto(`${host.url}icon.svg`);
    await keep(page, stored);
  }
  const reader = await openPage(page, host, { link });
  return { page, reader, complaints, context: page.context() };
}

describe('storage changes by the reader alone', () => {
  test('a first visit that nobody touches writes nothing', async () => {
    const { page, reader } = await visit();
    await reader.seesText('Start with a few films');
    assert.deepEqual(await all(page), {});
  });

  test('the films of a link become the own ones with the first act', async () => {
    const { page, reader } = await visit({ link: `#v2&h=${ALIEN}.${HEAT}&f=sasrec_ease` });
    await reader.waitForRecommendations();
    await reader.reload();
    assert.deepEqual(await reader.history(), ['Alien', 'Heat']);
    assert.deepEqual(await all(page), {});
    assert.equal(await page.getByRole('alert').count(), 0);
    await reader.pick('Fargo');
    await keptIs(page, `#v1&h=${ALIEN}.${HEAT}.${FARGO}`);
    await reader.undo();
    await keptIs(page, `#v1&h=${ALIEN}.${HEAT}`);
  });
});

describe('two tabs', () => {
  test('keep the films of both, and what one takes out stays out', async () => {
    const { page, reader: first, context } = await visit();
    await first.pick('Alien');
    const { reader: second } = await visit({ context });
    await second.waitForHistory(['Alien']);
    await second.pick('Heat');
    await first.waitForHistory(['Alien', 'Heat']);
    await first.pick('Fargo');
    await second.waitForHistory(['Alien', 'Heat', 'Fargo']);
    await keptIs(page, `#v1&h=${ALIEN}.${HEAT}.${FARGO}`);

    // Undoing takes back the own act, not the other tab's.
    await second.undo();
    await second.waitForHistory(['Alien', 'Fargo']);
    await first.waitForHistory(['Alien', 'Fargo']);

    await second.clear();
    await first.waitForHistory([]);
    await first.pick('Heat');
    await second.waitForHistory(['Heat']);
    await keptIs(page, `#v1&h=${HEAT}`);
  });

  test('a history set aside for a link takes in what the other tab does', async () => {
    const { page, reader: first, context } = await visit();
    await first.pick('Alien');
    await first.pick('Heat');
    const { page: linked, reader: second } = await visit({ context, link: `#v2&h=${FARGO}` });
    await second.seesNotice(/Your own, of 2 films, is kept/);
    await first.unpick('Alien');
    await keptIs(page, `#v1&h=${HEAT}`);
    await linked.getByRole('button', { name: 'Back to mine' }).click();
    await second.waitForHistory(['Heat']);
  });

  test('a page that was laid aside takes in what changed meanwhile, before its next pick', async () => {
    const { page, reader } = await visit();
    await reader.pick('Alien');
    await keptIs(page, `#v1&h=${ALIEN}`);
    // A page in the back-forward cache hears no event of the storage: nor does one of its own writing.
    await keep(page, { [key('history')]: `#v1&h=${ALIEN}.${HEAT}` });
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await reader.waitForHistory(['Alien', 'Heat']);
    // And without that event, the pick itself takes it in.
    await keep(page, { [key('history')]: `#v1&h=${HEAT}` });
    await reader.pick('Fargo');
    await reader.waitForHistory(['Heat', 'Fargo']);
    await keptIs(page, `#v1&h=${HEAT}.${FARGO}`);
  });

  test('what is said of films in either is said in both', async () => {
    const link = `#v2&h=${ALIEN}.${HEAT}&f=sasrec_ease`;
    const { page, reader: first, context } = await visit({ link });
    const { page: other, reader: second } = await visit({ link, context });
    for (const reader of [first, second]) await reader.waitForRecommendations();
    const say = (tab, words) => tab.locator('.list').getByRole('button', { name: new RegExp(`^${words}: `) }).first().click();
    const bothSay = async (text) => {
      for (const tab of [page, other]) await tab.locator('.hidden-films > summary').getByText(text).waitFor();
    };
    await say(page, 'Seen');
    await bothSay(/1 seen/);
    await say(other, 'Not for me');
    await bothSay(/1 seen, 1 not for you/);
    await say(page, 'Seen');
    await bothSay(/2 seen, 1 not for you/);
    assert.match(await kept(page, 'feedback'), /^#v1&h=\d+s\.\d+n\.\d+s$/);
    await second.undo();
    await bothSay(/^2 films are hidden: 2 seen$/);
  });

  test('Talk, then Back, then a pick: the film added in Talk is there', async () => {
    const { page, reader, complaints } = await visit();
    await reader.pick('Alien');
    await page.getByRole('link', { name: 'With words' }).click();
    await page.waitForURL(/talk\.html/);
    await reader.waitForHistory(['Alien']);
    await reader.pick('Heat');
    await keptIs(page, `#v1&h=${ALIEN}.${HEAT}`);
    await goBack(page);
    await reader.waitForHistory(['Alien', 'Heat']);
    assert.equal(await page.getByRole('alert').count(), 0);
    await reader.pick('Fargo');
    await keptIs(page, `#v1&h=${ALIEN}.${HEAT}.${FARGO}`);
    await goForward(page);
    await reader.waitForHistory(['Alien', 'Heat', 'Fargo']);
    assert.deepEqual(complaints, []);
  });
});

describe('nothing is dropped without a word', () => {
  test('1,001 picks and one more are all there on the next visit, and in the link', async () => {
    const ids = catalogue.movie_id.filter((id) => id !== FARGO).slice(-1001);
    const { page, reader } = await visit({ stored: { [key('history')]: `#v1&h=${ids.join('.')}` } });
    await page.locator('.rec').first().waitFor();
    assert.equal((await reader.history()).length, 1001);
    await reader.pick('Fargo');
    await keptIs(page, `#v1&h=${ids.join('.')}.${FARGO}`);
    await reader.reload();
    const titles = await reader.history();
    assert.deepEqual([titles.length, titles.at(-1)], [1002, 'Fargo']);
    assert.equal(await page.getByRole('alert').count(), 0);
    await page.waitForFunction((end) => location.hash.includes(end), `.${FARGO}&`);
    const other = await visit({ link: new URL(page.url()).hash });
    assert.equal((await other.reader.history()).length, 1002);
    assert.equal(await other.page.getByRole('alert').count(), 0);
  });

  test('films that this catalogue lacks stay where they are kept', async () => {
    const text = `#v1&h=${ALIEN}.999999999.${HEAT}`;
    const { page, reader } = await visit({ stored: { [key('history')]: text } });
    await reader.waitForHistory(['Alien', 'Heat']);
    await reader.pick('Fargo');
    await keptIs(page, `${text}.${FARGO}`);
  });

  for (const [what, text, films] of [
    ['damaged', `#v1&h=${ALIEN}.x.${HEAT}`, ['Alien', 'Heat']],
    ['of a newer version', '#v2&h={"films":[1,2,3]}', []],
    ['no text of ours', 'some\nthing', []],
  ]) {
    test(`a history that is ${what} is kept aside, to be downloaded or deleted`, async () => {
      const { page, reader } = await visit({ stored: { [key('history')]: text } });
      await reader.waitForHistory(films);
      const notice = page.getByRole('alert').filter({ hasText: /cannot read all that is kept here.*set aside/ });
      await notice.waitFor();
      assert.equal(await kept(page), text, 'opening the page changes nothing of it');
      await reader.pick('Fargo');
      await page.waitForFunction(([name, id]) => localStorage.getItem(name).endsWith(id), [key('history'), String(FARGO)]);
      assert.equal(await kept(page, 'aside'), `history: ${text}\n`);

      await reader.reload();
      await notice.waitFor();
      const downloading = page.waitForEvent('download');
      await notice.getByRole('link', { name: 'Download it' }).click();
      const file = await (await downloading).path();
      assert.equal(readFileSync(file, 'utf8'), `history: ${text}\n`);
      await notice.getByRole('button', { name: 'Delete it' }).click();
      await notice.waitFor({ state: 'detached' });
      assert.equal(await kept(page, 'aside'), undefined);
      await reader.reload();
      await reader.waitForPick('Fargo');
      assert.equal(await notice.count(), 0);
    });
  }

  test('what was deleted before the first act does not come back', async () => {
    const { page, reader } = await visit({ stored: { [key('history')]: '#v2&h=1' } });
    await page.getByRole('button', { name: 'Delete it' }).click();
    await goneAlert(page, 'set aside');
    assert.deepEqual(await all(page), {});
    await reader.reload();
    assert.equal(await page.getByRole('alert').count(), 0);
  });
});

describe('several sites of one origin', () => {
  test('each keeps its own, under its path', async () => {
    const host = await startSite({ base: '/two/' });
    const stored = { [key('history')]: `#v1&h=${ALIEN}`, 'glassrec/one/history': `#v1&h=${HEAT}` };
    const { page, reader } = await visit({ host, stored });
    assert.deepEqual(await reader.history(), []);
    await reader.pick('Fargo');
    await page.waitForFunction((want) => localStorage.getItem('glassrec/two/history') === want, `#v1&h=${FARGO}`);
    assert.deepEqual(await all(page), { ...stored, 'glassrec/two/history': `#v1&h=${FARGO}` });
  });

  test('what an earlier version kept for the whole origin is taken over once', async () => {
    const stored = { 'glassrec.history': `#v1&h=${ALIEN}`, 'glassrec.encoder': 'encoder' };
    const { page, reader } = await visit({ stored });
    await reader.waitForHistory(['Alien']);
    assert.deepEqual(await all(page), { [key('history')]: `#v1&h=${ALIEN}`, [key('encoder')]: 'encoder' });
    await page.evaluate(() => localStorage.setItem('glassrec.history', '#v1&h=1'));
    await reader.reload();
    await reader.waitForHistory(['Alien']);
  });
});

describe('the database', () => {
  /** In the page: opens `name` at `version`, makes what is missing and keeps the connection, as an old tab would. */
  const hold = (page, name, version) =>
    page.evaluate(
      ([name, version]) =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open(name, version);
          request.onupgradeneeded = () => {
            for (const store of ['vectors', 'files']) {
              if (version !== 1 || store === 'vectors') if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
            }
          };
          request.onsuccess = () => resolve((globalThis.held = request.result).version);
          request.onerror = () => reject(request.error);
        }),
      [name, version],
    );
  /** How many vectors are kept: each piece begins with their number. */
  const nKept = (page) =>
    page.evaluate(
      (name) =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open(name);
          // Between deleting and going on there is none: an empty one, left here, would keep the site's own away.
          request.onupgradeneeded = () => request.transaction.abort();
          request.onerror = () => (request.error.name === 'AbortError' ? resolve(0) : reject(request.error));
          request.onsuccess = () => {
            const database = request.result;
            const read = database.transaction('vectors').objectStore('vectors').getAll();
            read.onsuccess = () => {
              database.close();
              resolve(read.result.reduce((sum, it) => sum + new DataView(it.buffer, it.byteOffset).getUint32(0, true), 0));
            };
          };
        }),
      DATABASE,
    );
  const untilKept = async (page, n) => {
    while ((await nKept(page)) < n) await page.waitForFunction(() => new Promise((resolve) => setTimeout(() => resolve(true), 200)));
  };
  const blank = async (context, host = site) => {
    const page = await context.newPage();
    await page.goto(`${host.url}icon.svg`);
    return page;
  };

  test('an old tab that holds an older one is named, and once it is closed all is kept', async () => {
    const context = await browser.newContext();
    const old = await blank(context);
    assert.equal(await hold(old, DATABASE, 1), 1);
    const { page, reader } = await visit({ context });
    await reader.startEmbedding();
    await reader.seesText(/Another tab holds an older version of this site: close it/);
    await reader.waitForEmbedded(200);
    const n = await reader.nEmbedded();
    await old.close();
    await page.getByText(/Another tab holds an older version/).first().waitFor({ state: 'detached' });
    await untilKept(page, n);
  });

  test('another tab may delete or upgrade it at any time', async () => {
    const { page, reader, context } = await visit();
    await reader.startEmbedding();
    await reader.waitForEmbedded(50);
    const other = await blank(context);
    await other.evaluate(
      (name) =>
        new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase(name);
          request.onsuccess = resolve;
          request.onerror = () => reject(request.error);
        }),
      DATABASE,
    );
    await untilKept(page, 1); // it goes on in a new one
    assert.equal(await hold(other, DATABASE, 7), 7);
    await reader.seesText(/Another tab has a newer version of this site: reload this page/);
    const n = await reader.nEmbedded();
    await reader.waitForEmbedded(n + 1);
  });

  test('what an earlier version kept in it is taken over', async () => {
    const context = await browser.newContext();
    const old = await blank(context);
    await hold(old, 'glassrec', 2);
    await old.evaluate(
      () =>
        new Promise((resolve) => {
          const writing = globalThis.held.transaction('vectors', 'readwrite');
          writing.objectStore('vectors').put(new Uint8Array([7]), 'of before/0000001');
          writing.oncomplete = () => resolve(globalThis.held.close());
        }),
    );
    const { page, reader } = await visit({ context });
    await reader.startEmbedding();
    await reader.waitForEmbedded(50);
    await page.waitForFunction(async () => (await indexedDB.databases()).every((it) => it.name !== 'glassrec'));
    const found = await page.evaluate(
      async (name) => {
        const names = (await indexedDB.databases()).map((it) => it.name);
        const database = await new Promise((resolve) => (indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result)));
        const read = database.transaction('vectors').objectStore('vectors').get('of before/0000001');
        const value = await new Promise((resolve) => (read.onsuccess = () => resolve(read.result)));
        database.close();
        return { names, value: [...value] };
      },
      DATABASE,
    );
    assert.deepEqual(found, { names: [DATABASE], value: [7] });
  });
});
