// Kept for use without a network: nothing before the reader chooses; then what was kept works with the network off, what
// was not says so, a new build never mixes with the old one, and clearing leaves other projects' entries alone.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { movieIdOf } from './support/artifacts.mjs';
import { nextBuild } from './support/builds.mjs';
import { atTheEnd } from './support/cleanup.mjs';
import { asAVisitor, launch, watch } from './support/launch.mjs';
import { openPage, until } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const HISTORY = ['Alien', 'Blade Runner', 'Heat'];
const LINK = `#v2&h=${HISTORY.map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease`;
const BASE = '/some/where/';

let browser;
before(async () => (browser = await launch()));

/** A visitor of `site` who looks at what is on this device. */
async function devicePage(site, { by = browser, url = site.url, ...options } = {}) {
  const context = await by.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints = watch(page);
  await page.goto(`${url}device.html`);
  await page.getByRole('button', { name: 'Keep Pages and program' }).waitFor();
  return { context, page, complaints };
}

const group = (page, title) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

async function keep(page, title) {
  await page.getByRole('button', { name: `Keep ${title}`, exact: true }).click();
  await group(page, title).getByText(/, kept\.$/).waitFor();
}

const workers = (page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map((it) => it.scope));
const isReady = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

/** Cuts the network for pages and workers, and ends the server: nothing answers any more. */
async function goOffline(context, site) {
  await context.setOffline(true);
  site.stop();
}

describe('before the reader chooses', () => {
  test('no worker, no cache and no request is there', async () => {
    const site = await startSite();
    const { page } = await devicePage(site);
    assert.deepEqual(await workers(page), []);
    assert.deepEqual(await page.evaluate(() => caches.keys()), []);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    for (const path of ['explore.html', 'talk.html', 'results.html', '']) {
      await page.goto(`${site.url}${path}`);
      await page.waitForLoadState('networkidle');
      assert.deepEqual(await workers(page), [], path);
    }
    assert.deepEqual(site.requests.filter(({ path }) => path.endsWith('/offline.js') || path.endsWith('.webmanifest')), []);
  });
});

describe('with the network off', () => {
  test('a kept model answers, one that was not kept says so, and unknown pages have the site’s own words', async () => {
    const site = await startSite({ base: BASE, isolated: true });
    const { context, page, complaints } = await devicePage(site);
    await keep(page, 'Pages and program');
    await keep(page, 'GRU4Rec');
    await isReady(page);
    assert.deepEqual(await workers(page), [site.url]);
    await goOffline(context, site);

    const reader = await openPage(await context.newPage(), site, { link: LINK });
    await reader.waitForRecommendations();
    assert.equal(await reader.page.evaluate(() => crossOriginIsolated), true, 'what the host allowed is still allowed');
    await reader.chooseFamily('gru4rec');
    await reader.waitForRecommendations();
    await until(() => reader.page.locator('.columns').getByText(/GRU4Rec/).first().isVisible(), 'the list of GRU4Rec');
    await reader.chooseFamily('mult_vae');
    await reader.page.getByText(/did not arrive/).first().waitFor();
    // What is here goes on.
    await reader.chooseFamily('sasrec_ease');
    await reader.waitForRecommendations();

    for (const [path, heading] of [['', /.+/], ['results.html', 'Results'], ['words.html', 'Words used here'], ['device.html', 'On this device']]) {
      await page.goto(`${site.url}${path}`);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    }
    await page.goto(`${site.url}post/`);
    await page.getByRole('heading', { name: 'This page is not kept on this device' }).waitFor();
    assert.deepEqual(complaints.filter((it) => !/503|404/.test(it)), []);
  });

  test('a class has its lessons: pages, pictures and live figures', async () => {
    const site = await startSite({ base: BASE, isolated: true });
    const { context, page, complaints } = await devicePage(site);
    await keep(page, 'Ten lessons');
    await isReady(page);
    await goOffline(context, site);
    const lesson = await context.newPage();
    lesson.setDefaultTimeout(60_000);
    for (const name of ['', '02-order.html', '06-diffusion.html']) {
      await lesson.goto(`${site.url}learn/${name}`);
      await lesson.getByRole('heading', { level: 1 }).first().waitFor();
      if (name === '') continue;
      const frame = lesson.frameLocator('glassrec-figure iframe').first();
      await frame.locator('.picture svg > *').first().waitFor({ state: 'attached' });
      assert.ok(await lesson.evaluate(() => [...document.styleSheets].some((it) => it.href?.includes('lessons.css') && it.cssRules.length > 0)), 'in its own styles');
    }
    assert.deepEqual(complaints.filter((it) => !/503|404/.test(it)), []);
  });

  test('the engine runs what a host sent under a wrong type, ranges pass by, and no other folder is touched', async () => {
    const site = await startSite({ base: BASE, bare: true });
    for (const end of ['.wasm', '.onnx', '.table']) site.faults.set(end, { kind: 'text' });
    const { context, page } = await devicePage(site);
    await keep(page, 'Pages and program');
    await isReady(page);
    await page.reload();
    const seen = await page.evaluate(async () => {
      const wasm = await fetch('glassrec_bg.wasm');
      const part = await fetch('models/manifest.json', { headers: { range: 'bytes=0-9' } });
      const elsewhere = await fetch('/other/').catch(() => null);
      return { type: wasm.headers.get('content-type'), status: part.status, n: (await part.text()).length, elsewhere: elsewhere?.status };
    });
    assert.deepEqual(seen, { type: 'application/wasm', status: 206, n: 10, elsewhere: 404 });
    const asked = site.requests.map(({ path, range }) => [path, range]);
    assert.ok(asked.some(([path, range]) => path.endsWith('manifest.json') && range === 'bytes=0-9'), 'the range went to the host');
    assert.ok(asked.some(([path]) => path === '/other/'), 'the other folder was asked');
    site.faults.clear();
    await goOffline(context, site);
    const reader = await openPage(await context.newPage(), site, { link: LINK });
    await reader.waitForRecommendations();
  });
});

test('at the root of its address it leaves the folders of other projects alone', async () => {
  const site = await startSite();
  const { context, page } = await devicePage(site);
  await keep(page, 'Pages and program');
  await isReady(page);
  await page.reload();
  const ask = (path) => page.evaluate((it) => fetch(it).then(({ status }) => status), path);
  assert.equal(await ask('page_boot.js?build=ff'), 410, 'a part of another build of ours');
  assert.equal(await ask('/other/page_boot.js?build=ff'), 404, 'theirs, which the host does not have');
  await goOffline(context, site);
  await assert.rejects(page.goto(`${site.url}other/`), /ERR_/, 'the browser’s own words and not ours');
});

describe('what comes wrong is not kept', () => {
  test('a damaged file is named, and what came before it goes on from there', async () => {
    const site = await startSite();
    const { page } = await devicePage(site);
    site.faults.set('catalogue.json', { kind: 'corrupt' });
    await page.getByRole('button', { name: 'Keep Pages and program' }).click();
    await page.getByText(/models\/catalogue\.json came, but is not the file/).waitFor();
    assert.deepEqual(await workers(page), [], 'half of it has no worker');
    site.faults.clear();
    const before = site.requests.length;
    await page.getByRole('button', { name: 'Keep the rest of Pages and program' }).click();
    await group(page, 'Pages and program').getByText(/, kept\.$/).waitFor();
    assert.ok(!site.requests.slice(before).some(({ path }) => path.endsWith('glassrec_bg.wasm')), 'what was there did not come again');
  });

  test('a stopped download is kept as far as it came', async () => {
    const site = await startSite();
    const { page } = await devicePage(site);
    site.slowDown(200_000, '.onnx');
    await page.getByRole('button', { name: 'Keep Pages and program' }).click();
    await until(async () => /^[1-9][\d.]* [kM]B of/.test(await group(page, 'Pages and program').locator('.coming').innerText()), 'some of it');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText(/Stopped\./).waitFor();
    await page.getByRole('button', { name: 'Keep the rest of Pages and program' }).waitFor();
    assert.deepEqual(await workers(page), []);
  });

  test('checking again finds a file that was changed and asks to keep it again', async () => {
    const site = await startSite();
    const { page } = await devicePage(site);
    await keep(page, 'ItemKNN');
    await page.getByRole('button', { name: 'Check all files again' }).click();
    await page.getByText(/every checksum is right/).waitFor();
    await page.evaluate(async () => {
      const { groups } = await (await fetch('offline.json')).json();
      const { sha256 } = groups.find(({ id }) => id === 'itemknn').files[0];
      const store = await caches.open((await caches.keys())[0]);
      const key = (await store.keys()).find(({ url }) => url.endsWith(sha256));
      await store.put(key, new Response('nothing like it', { headers: { 'Content-Length': '15' } }));
    });
    await page.getByRole('button', { name: 'Check all files again' }).click();
    await page.getByText(/Not as it was kept: models\/itemknn\.table/).waitFor();
    await page.getByRole('button', { name: 'Keep the rest of ItemKNN' }).waitFor();
  });
});

describe('a new build', () => {
  /** Every script, program and sheet of a page names the build that its page names. */
  const builds = (page) =>
    page.evaluate(() => {
      const all = performance.getEntriesByType('resource').map(({ name }) => new URL(name)).filter(({ pathname }) => !pathname.includes('/ort/'));
      return [...new Set(all.map(({ searchParams }) => searchParams.get('build')).filter(Boolean))];
    });

  test('waits while tabs of the old one are open, and comes whole once the reader takes it', async () => {
    const old = await startSite({ base: BASE });
    const { context, page } = await devicePage(old);
    await keep(page, 'Pages and program');
    await keep(page, 'ItemKNN');
    await isReady(page);
    const reader = await openPage(await context.newPage(), old, { link: LINK });
    await reader.waitForRecommendations();
    const [before] = await builds(reader.page);

    const { dist, build } = await nextBuild();
    old.serveFrom(dist);
    assert.notEqual(build, before);
    await page.reload();
    await page.getByText('A new version of this site is here.').waitFor();
    // The old one goes on, in the open tab and in a new one, with the network and without.
    const again = await openPage(await context.newPage(), old, { link: LINK });
    await again.waitForRecommendations();
    assert.deepEqual(await builds(again.page), [before]);
    assert.equal(await again.page.evaluate(async (name) => (await fetch(`page_boot.js?build=${name}`)).status, build), 410, 'a part of the other build');

    await reader.chooseFamily('itemknn');
    await reader.waitForRecommendations();
    const films = await reader.history();
    await page.getByRole('button', { name: 'Take the new version' }).click();
    await until(async () => (await builds(again.page).catch(() => []))[0] === build, 'the other tab to load itself anew');
    assert.deepEqual(await builds(again.page), [build]);
    await reader.waitForPage();
    assert.deepEqual(await reader.history(), films, 'the films of the tab are still there');
    await page.getByRole('button', { name: 'Delete ItemKNN' }).waitFor();
    assert.equal(await page.getByText('A new version of this site is here.').isVisible(), false);

    await goOffline(context, old);
    const after = await openPage(await context.newPage(), old, { link: LINK.replace('sasrec_ease', 'itemknn') });
    await after.waitForRecommendations();
    assert.deepEqual(await builds(after.page), [build]);
    assert.equal(await after.page.evaluate(() => document.querySelector('meta[name=glassrec-build]').content), build);
    // Nothing of the old build is left.
    const left = await after.page.evaluate(async () => {
      const { groups } = await (await fetch('offline.json')).json();
      const wanted = groups.flatMap(({ files }) => files.map(({ sha256 }) => sha256));
      const store = await caches.open((await caches.keys())[0]);
      return (await store.keys()).map(({ url }) => url.split('/').at(-1)).filter((it) => it !== 'choice' && !wanted.includes(it));
    });
    assert.deepEqual(left, []);
  });

  test('takes over by itself when the last tab of the old one is closed', async () => {
    const site = await startSite({ base: BASE });
    const { context, page } = await devicePage(site);
    await keep(page, 'Pages and program');
    await isReady(page);
    const { dist, build } = await nextBuild();
    site.serveFrom(dist);
    await page.reload();
    await page.getByText('A new version of this site is here.').waitFor();
    await page.close();
    const reader = await openPage(await context.newPage(), site, { link: LINK });
    await reader.waitForRecommendations();
    assert.deepEqual(await builds(reader.page), [build]);
  });
});

test('through keeping, offline and clearing, no page and no worker asks anyone else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'glassrec-netlog-'));
  atTheEnd(() => rmSync(folder, { recursive: true }));
  const netLog = join(folder, 'net.json');
  const site = await startSite({ base: BASE });
  const url = site.at('demo.test');
  const { origin } = new URL(url);
  const visitor = await launch([...asAVisitor(origin), `--log-net-log=${netLog}`]);
  const { context, page, complaints } = await devicePage(site, { by: visitor, url });
  await keep(page, 'Pages and program');
  await isReady(page);
  await page.reload();
  const reader = await openPage(await context.newPage(), { ...site, url }, { link: LINK });
  await reader.waitForRecommendations();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.locator('[data-act=clear-yes]').click();
  await page.getByText(/nothing of this site is left/).waitFor();
  assert.deepEqual(complaints, []);
  await visitor.close();
  // What a page or worker asked for has an origin as its initiator; tests/e2e/privacy.test.mjs shows that a foreign one would be there.
  const asked = readFileSync(netLog, 'utf8').split('\n').map((line) => /"initiator":"https?:[^"]*".*?"url":"([^"]+)"/.exec(line)?.[1]).filter(Boolean);
  assert.ok(asked.some((it) => it.startsWith(`${url}offline.js`)) && asked.length > 40, `the log has to show the site being kept, and has ${asked.length} requests`);
  assert.deepEqual(asked.filter((it) => new URL(it).origin !== origin), []);
});
