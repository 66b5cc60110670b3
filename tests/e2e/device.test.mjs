// The page "On this device": all that this folder has stored, and nothing of others; cleared in one act; requests counted, a
// network cut, a policy in plain words; usable by everyone, and shortly in Firefox and WebKit as well.

import assert from 'node:assert/strict';
import { afterEach, before, describe, test } from 'node:test';
import { movieIdOf } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { launch, launchWithoutStorage, watch } from './support/launch.mjs';
import { openPage, until } from './support/page.mjs';
import { startSite } from './support/site.mjs';
import { lacksFirefox, lacksWebKit, launchFirefox, launchWebKit } from './support/webdriver.mjs';

const BASE = '/some/where/';
const OWN = 'glassrec/some/where/';
const [ALIEN, HEAT] = [movieIdOf('Alien'), movieIdOf('Heat')];
const LINK = `#v2&h=${ALIEN}.${HEAT}&f=sasrec_ease`;

let browser;
let site;
before(async () => {
  browser = await launch();
  site = await startSite({ base: BASE });
});

async function visit({ of = site, prepare, by = browser, ...options } = {}) {
  const context = await by.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  if (prepare) {
    await page.goto(`${of.url}licences.txt`);
    await page.evaluate(prepare, OWN);
  }
  const complaints = watch(page);
  await page.goto(`${of.url}device.html`);
  return { page, context, complaints };
}

/** Stores what this site stores, and what others do at the same address. Runs in the page. */
async function storeMuch(own) {
  const open = (name, stores) =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 2);
      request.onupgradeneeded = () => Object.keys(stores).forEach((it) => request.result.createObjectStore(it));
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const written = request.result.transaction(Object.keys(stores), 'readwrite');
        for (const [store, entries] of Object.entries(stores)) for (const [key, value] of entries) written.objectStore(store).put(value, key);
        written.oncomplete = () => resolve(request.result.close());
      };
    });
  localStorage.setItem(`${own}history`, '#v1&h=1214.6');
  localStorage.setItem(`${own}feedback`, '#v1&h=1s');
  localStorage.setItem(`${own}new_thing`, 'of a later version');
  localStorage.setItem('glassrec.encoder', 'encoder');
  const vectors = [['wasm-aa-bb/0000000', new Uint8Array(1000)], ['wasm-aa-bb/0000200', new Uint8Array(500)], ['webgpu-aa-bb/0000000', new Uint8Array(300)]];
  await open(own, { vectors, files: [['ab'.repeat(32), new Uint8Array(2_500_000)]] });
  // Of others: another project, a copy of this one below this folder, one above, one whose name begins alike.
  for (const name of ['other', `${own}below/history`, 'glassrec/some/history', 'glassrec/some/wherever/history', 'glassrecorder']) localStorage.setItem(name, 'theirs');
  for (const name of ['theirs', `${own}below/`, 'glassrec/some/']) await open(name, { files: [['key', new Uint8Array(10)]] });
  for (const name of ['theirs', `${own}below/offline`]) await (await caches.open(name)).put('/theirs', new Response('theirs'));
  await (await caches.open(`${own}offline`)).put('kept/choice', new Response('[]'));
  await navigator.serviceWorker.register('offline.js', { scope: './models/' });
  await navigator.serviceWorker.register('offline.js', { scope: './' });
}

/** What an address has stored, all of it. */
const stored = (page) =>
  page.evaluate(async () => ({
    texts: Object.keys(localStorage).sort(),
    databases: (await indexedDB.databases()).map(({ name }) => name).sort(),
    caches: (await caches.keys()).sort(),
    workers: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname).sort(),
  }));

const THEIRS = {
  texts: ['glassrec/some/history', `${OWN}below/history`, 'glassrec/some/wherever/history', 'glassrecorder', 'other'],
  databases: ['glassrec/some/', `${OWN}below/`, 'theirs'],
  caches: [`${OWN}below/offline`, 'theirs'],
  workers: [`${BASE}models/`],
};

const table = (page) => page.getByRole('region', { name: 'Table: what is kept here' });
const said = (page) => page.locator('[data-part=kept-state]');
const rowsOf = (page) =>
  table(page).locator('.kept > tbody > tr').evaluateAll((rows) => rows.map((row) => [row.cells[0].firstChild.textContent, row.cells[1].textContent]));

describe('what is kept here', () => {
  test('nothing, on a first visit, and looking stores nothing', async () => {
    const { page, complaints } = await visit();
    await said(page).getByText('Nothing. This site has stored nothing on this device.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Clear all' }).isVisible(), false);
    assert.deepEqual(await stored(page), { texts: [], databases: [], caches: [], workers: [] });
    assert.deepEqual(complaints, []);
  });

  test('each text, set of vectors and file with its size, and nothing of others', async () => {
    const { page, complaints } = await visit({ prepare: storeMuch });
    await table(page).waitFor();
    assert.deepEqual(await rowsOf(page), [
      ['Your history (2 films)', '39 bytes'],
      ['What you said of films (1 film)', '36 bytes'],
      ['Your choice of text encoder', '23 bytes'],
      ['“new_thing”', '47 bytes'],
      ['Parts of the language model (1 file)', '2.5 MB'],
      ['Vectors of film texts', '2 kB'],
      ['Vectors of film texts, from the graphics device', '300 bytes'],
      ['The offline worker', ''],
    ]);
    await said(page).getByText(/^8 entries, 2\.5 MB\.$/).waitFor();
    await page.getByText('Checksums').click();
    await page.getByText('ab'.repeat(32)).waitFor();
    assert.deepEqual(complaints, []);
  });

  test('one is deleted alone', async () => {
    const { page } = await visit({ prepare: storeMuch });
    await page.getByRole('button', { name: 'Delete: Your history (2 films)' }).click();
    await said(page).getByText('Deleted: Your history (2 films).').waitFor();
    await page.getByRole('button', { name: 'Delete: Vectors of film texts', exact: true }).click();
    await said(page).getByText('Deleted: Vectors of film texts.').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement !== document.body), true, 'the focus is somewhere');
    const { texts } = await stored(page);
    assert.deepEqual(texts, [`${OWN}feedback`, `${OWN}new_thing`, 'glassrec.encoder', ...THEIRS.texts].sort());
    await page.reload();
    await table(page).waitFor();
    const names = (await rowsOf(page)).map(([name]) => name);
    assert.ok(!names.includes('Vectors of film texts') && names.includes('Vectors of film texts, from the graphics device'));
  });

  test('all of it goes after one question, and other projects’ entries stay', async () => {
    const { page, complaints } = await visit({ prepare: storeMuch });
    const before = await (await table(page).waitFor(), stored(page));
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByRole('button', { name: 'Keep it', exact: true }).click();
    assert.deepEqual(await stored(page), before);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.keyboard.press('Escape');
    assert.equal(await page.getByText('Delete all of it?').isVisible(), false);
    assert.deepEqual(await stored(page), before);

    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.locator('[data-act=clear-yes]').click();
    await said(page).getByText(/nothing of this site is left/).waitFor();
    assert.deepEqual(await stored(page), THEIRS);
    await page.reload();
    await said(page).getByText('Nothing.').waitFor();
    assert.deepEqual(complaints, []);
  });

  test('where a tab of before holds the database, it says that not all is gone', async () => {
    const { page, context } = await visit({ prepare: storeMuch });
    await table(page).waitFor();
    const holder = await context.newPage();
    await holder.goto(`${site.url}licences.txt`);
    await holder.evaluate((name) => new Promise((resolve) => (indexedDB.open(name).onsuccess = ({ target }) => resolve((globalThis.held = target.result).version))), OWN);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.locator('[data-act=clear-yes]').click();
    await said(page).getByText(/^Not all of it could be deleted\./).waitFor();
    await holder.close();
    await page.reload();
    await said(page).getByText('Nothing.').waitFor();
    assert.deepEqual(await stored(page), THEIRS);
  });

  test('another tab that keeps something is heard', async () => {
    const { page, context } = await visit();
    await said(page).getByText('Nothing.').waitFor();
    const reader = await openPage(await context.newPage(), site);
    await reader.pick('Alien');
    await table(page).getByText('Your history (1 film)').waitFor();
  });

  test('where storage is forbidden it says so, and the rest of the page works', async () => {
    const context = await launchWithoutStorage();
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${site.url}device.html`);
    await said(page).getByText(/This browser keeps nothing for this site/).waitFor();
    await page.getByText(/Not possible here/).waitFor();
    await page.getByText(/^\d+ requests by this page, 0 of them to other sites\.$/).waitFor();
  });
});

describe('that nothing is sent', () => {
  test('requests of this page, of another tab and of its engine are counted, and a foreign one shows', async () => {
    // Without a policy on Explore, so that a request can leave at all.
    const open = await startSite({ policy: false });
    const { page, context } = await visit({ of: open });
    const reader = await openPage(await context.newPage(), open, { link: LINK });
    await reader.waitForRecommendations();
    await page.getByRole('button', { name: 'Count again' }).click();
    await page.getByText(/^An engine \(worker\): [1-9]\d*, to other sites 0$/).waitFor();
    await page.getByText(/^Explore, in another tab: [1-9]\d*, to other sites 0$|^.*in another tab: [1-9]\d*, to other sites 0$/).waitFor();
    await page.getByText(/, 0 of them to other sites\.$/).waitFor();
    // All that the host was asked by pages is listed; nobody asks for the icon but the browser.
    const listed = await page.locator('.addresses li').allTextContents();
    for (const name of ['engine_boot.js', 'glassrec_bg.wasm', 'models/sasrec_ease.onnx', 'ort/ort.wasm.min.mjs']) assert.ok(listed.some((it) => it.startsWith(name)), name);

    await reader.page.evaluate(() => fetch('http://elsewhere.test/', { mode: 'no-cors' }).catch(() => null));
    await page.getByRole('button', { name: 'Count again' }).click();
    await page.getByText(/, 1 of them to other sites\.$/).waitFor();
    assert.deepEqual(await page.locator('.addresses .is-foreign').allTextContents(), ['http://elsewhere.test/']);
  });

  test('with the network cut for the frame a film is left out, the list is made again, and nothing is asked for', async () => {
    const { page, complaints } = await visit();
    await page.getByRole('button', { name: 'Start the models' }).click();
    const frame = page.frameLocator('iframe');
    await frame.locator('svg .film').first().waitFor();
    const cut = page.getByRole('button', { name: 'Cut the network' });
    await until(() => cut.isEnabled(), 'a list in the frame');
    await cut.click();
    await page.getByText(/The network is cut for the frame/).waitFor();
    const before = site.requests.length;
    const list = () => frame.locator('svg').evaluate((it) => it.textContent);
    const made = await list();
    await frame.locator('svg .film').filter({ hasText: 'Alien' }).first().click();
    await until(async () => (await list()) !== made && (await frame.locator('.claim').textContent()).length > 0, 'another list');
    await page.getByText(/0 requests since you cut the network\. The frame has tried to ask for nothing\./).waitFor();
    assert.equal(site.requests.length, before);

    // What would ask is refused by the browser, and counted.
    const inside = page.frames().at(-1);
    const outcome = await inside.evaluate(() => fetch('models/manifest.json', { cache: 'no-store' }).then(() => 'went through', () => 'refused'));
    assert.equal(outcome, 'refused');
    await page.getByText(/tried to ask 1 time and was refused/).waitFor();
    assert.equal(site.requests.length, before);
    assert.ok(complaints.every((it) => /Content.Security.Policy/i.test(it)), complaints.join('\n'));

    await page.getByRole('button', { name: 'Close and reconnect' }).click();
    assert.equal(await page.locator('iframe').count(), 0);
    await page.getByRole('button', { name: 'Start the models' }).click();
    await until(() => cut.isEnabled(), 'a list in a frame with a network');
  });

  test('with the offline worker the cut holds for the whole site, and ends with the page', async () => {
    const { page, context } = await visit();
    await page.getByRole('button', { name: 'Keep Pages and program' }).click();
    await page.getByText('All that is kept works without a network').waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.reload();
    await page.getByRole('button', { name: 'Start the models' }).click();
    const cut = page.getByRole('button', { name: 'Cut the network' });
    await until(() => cut.isEnabled(), 'a list in the frame');
    await cut.click();
    await page.getByText(/lets nothing of this site through/).waitFor();
    const other = await context.newPage();
    await other.goto(`${site.url}device.html`);
    const ask = (path) => other.evaluate((it) => fetch(it, { cache: 'no-store' }).then(({ status }) => status, () => 0), path);
    assert.equal(await ask('models/gru4rec.onnx'), 404);
    assert.equal(await ask('words.html'), 200, 'what is kept is answered');
    await page.getByRole('button', { name: 'Close and reconnect' }).click();
    await until(async () => (await ask('models/gru4rec.onnx')) === 200, 'the network');
  });

  test('the policy stands there in plain words, as the page has it', async () => {
    const { page } = await visit();
    const policy = await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
    await page.getByRole('region', { name: 'Table: the policy' }).locator('tbody tr').first().waitFor();
    const rules = await page.locator('.policy tbody code').allTextContents();
    assert.deepEqual(rules, policy.split(';').map((it) => it.trim()));
    await page.getByRole('row', { name: /Requests by scripts this site alone/ }).waitFor();
    await page.getByRole('row', { name: /All that is not named here nothing/ }).waitFor();
  });
});

describe('for everyone', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, viewport] of Object.entries({ wide: { width: 1280, height: 900 }, '320 px': { width: 320, height: 640 } })) {
      test(`axe finds nothing and nothing scrolls sideways: ${colorScheme}, ${name}`, async () => {
        const { page } = await visit({ prepare: storeMuch, colorScheme, viewport, reducedMotion: 'reduce' });
        await table(page).waitFor();
        await page.getByText(/^\d+ files$/).first().click();
        await page.getByRole('button', { name: 'Clear all' }).click();
        assert.deepEqual(await findings(page), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways');
      });
    }
  }

  test('all is cleared by keyboard alone', async () => {
    const { page } = await visit({ prepare: storeMuch });
    await table(page).waitFor();
    const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
    for (let n = 0; (await focused()) !== 'Clear all'; n += 1) {
      assert.ok(n < 60, 'Tab does not get there');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'Keep it', 'what deletes nothing is first');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await focused(), 'Delete all of it');
    await page.keyboard.press('Enter');
    await said(page).getByText(/nothing of this site is left/).waitFor();
    assert.match(await focused(), /nothing of this site is left/);
  });

  test('without a script it says what to do, and how to look oneself', async () => {
    const { page } = await visit({ javaScriptEnabled: false });
    await page.getByText(/needs JavaScript/).waitFor();
    await page.getByRole('heading', { name: 'Look for yourself' }).waitFor();
    assert.equal(await page.getByRole('button').count(), 0);
  });

  test('it can be installed: the browser finds nothing wrong with the manifest, and each icon is as large as it says', async () => {
    const { page, context } = await visit();
    const devtools = await context.newCDPSession(page);
    const { errors, data } = await devtools.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // A context of a test is a private window to the browser.
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
    for (const { src, sizes } of JSON.parse(data).icons.filter(({ type }) => type === 'image/png')) {
      const bytes = await (await page.request.get(`${site.url}${src}`)).body();
      assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
    }
  });

  test('it is linked from every page’s foot', async () => {
    const page = await (await browser.newContext()).newPage();
    for (const path of ['', 'explore.html', 'talk.html', 'results.html', 'words.html']) {
      await page.goto(`${site.url}${path}`);
      const link = page.getByRole('link', { name: 'On this device', exact: true });
      await link.waitFor({ timeout: 60_000 });
      assert.equal(await link.evaluate((it) => it.href), `${site.url}device.html`, path);
    }
  });
});

for (const [name, lacks, launchOther] of [
  ['Firefox', lacksFirefox, launchFirefox],
  ['WebKit', lacksWebKit, launchWebKit],
]) {
  describe(name, { skip: lacks }, () => {
    let page;
    before(async () => (page = await launchOther()));
    afterEach(async () => assert.deepEqual(await page.complaints(), [], 'the page complained'));

    test('lists what is kept, deletes it, and counts requests', async () => {
      await page.open(`${site.url}licences.txt`);
      await page.evaluate((own) => localStorage.setItem(`${own}history`, '#v1&h=1214.6'), OWN);
      await page.evaluate(() => localStorage.setItem('other', 'theirs'));
      await page.open(`${site.url}device.html`);
      await page.sees('Your history (2 films)');
      await page.until(() => /^\d+ requests by this page, 0 of them to other sites\.$/.test(document.querySelector('[data-part=requests]').textContent));
      await page.press('Clear all');
      await page.click('[data-act=clear-yes]');
      await page.sees('nothing of this site is left');
      assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ['other']);
      await page.evaluate(() => localStorage.clear());
    });

    test('keeps pages and program, and answers out of them without the host', async () => {
      const host = await startSite({ base: BASE });
      await page.open(`${host.url}device.html`);
      await page.until(() => document.querySelector('[data-part=groups] button') !== null || document.querySelector('[data-part=cannot]').textContent !== '');
      const refused = await page.evaluate(() => document.querySelector('[data-part=cannot]').textContent);
      if (refused) return assert.match(refused, /^Not possible here/);
      await page.click('[data-part=groups] button');
      await page.sees('All that is kept works without a network');
      await page.until(() => navigator.serviceWorker.getRegistrations().then((all) => all.some(({ active }) => active)));
      host.stop();
      await page.open(`${host.program}${LINK}`);
      await page.until(() => document.querySelectorAll('.columns .rec').length >= 10);
    });
  });
}
