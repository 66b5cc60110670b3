// A page that cannot start says so, and why, whatever it is that does not come; one that has crashed says that. The
// notice stands in the HTML and waits for nothing: its script is part of the page, and without it CSS shows it in time.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { movieIdOf } from './support/artifacts.mjs';
import { atTheEnd } from './support/cleanup.mjs';
import { launch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { DIST, PROGRAM, startSite } from './support/site.mjs';

const LINK = `#v2&h=${['Alien', 'Blade Runner', 'Heat'].map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease`;

let browser;
before(async () => (browser = await launch()));

/** A fresh visit, with nothing in the cache. */
async function visit({ faults = {}, link = LINK, page = PROGRAM, ...options } = {}) {
  const site = await startSite(options);
  for (const [path, fault] of Object.entries(faults)) site.faults.set(path, fault);
  const context = await browser.newContext();
  const reader = await openPage(await context.newPage(), site, { link: `${page}${link}`, isAwaited: false }).catch((error) => error);
  if (reader instanceof Error) throw reader;
  return { reader, site };
}

/** How often the page itself was asked for. */
const visits = (site) => site.requests.filter(({ path, method }) => method === 'GET' && /(\/|\.html)$/.test(path)).length;

/** The notice, its heading and cause, as they are seen. */
async function notice(page, text) {
  const alert = page.locator('#cannot-start').filter({ hasText: text });
  await alert.waitFor({ timeout: 60_000 });
  return alert;
}

describe('a file of the page that does not come is named', () => {
  const files = { [PROGRAM]: ['page_boot.js', 'glassrec.js', 'glassrec_bg.wasm'], 'talk.html': ['page_boot.js', 'talk.js', 'talk_bg.wasm'] };
  const says = {
    missing: /The server does not have (\S+)\. /,
    truncated: /(\S+) arrived but cannot be used/,
    corrupt: /(\S+) arrived but cannot be used/,
    text: /The server sends (\S+) as text\/plain/,
  };
  for (const [page, names] of Object.entries(files)) {
    for (const kind of Object.keys(says)) {
      // A program is taken under any type.
      for (const name of names.filter((it) => kind !== 'text' || it.endsWith('.js'))) {
        test(`${name} of ${page}, ${kind}`, async () => {
          const { reader, site } = await visit({ page, faults: { [`/${name}`]: { kind } } });
          const said = await (await notice(reader.page, says[kind])).textContent();
          assert.equal(says[kind].exec(said)[1], name);
          assert.match(said, /Glassrec cannot start/);
          assert.ok(visits(site) <= 2, 'it may have been reloaded once, never again');
          assert.ok(reader.page.url().endsWith(LINK), reader.page.url());
        });
      }
    }
  }

  test('one that hangs, by its name and in seconds', async () => {
    const hung = async (name, file = name) => {
      const context = await browser.newContext();
      const site = await startSite();
      site.faults.set(`/${name}`, { kind: 'hang' });
      const page = await context.newPage();
      await page.goto(`${site.program}${LINK}`, { waitUntil: 'commit' });
      const began = performance.now();
      await notice(page, new RegExp(`Still on its way: .*${file.replace('.', '\\.')}`));
      assert.ok(performance.now() - began < 20_000);
      await context.close();
    };
    await Promise.all(['page_boot.js', 'glassrec.js', 'glassrec_bg.wasm', 'models/catalogue.json'].map((name) => hung(name)));
  });
});

test('styles that are gone are looked for by one reload, and missed by nothing else', async () => {
  const { reader, site } = await visit({ faults: { '/site.css': { kind: 'missing' } } });
  await reader.waitForRecommendations();
  assert.equal(visits(site), 2);
});

test('styles that hang keep nothing else from being seen', async () => {
  const site = await startSite();
  site.faults.set('/site.css', { kind: 'hang' });
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.program}${LINK}`, { waitUntil: 'commit' });
  await page.locator('.columns .rec').nth(9).waitFor({ timeout: 60_000 });
});

describe('a browser or a frame that forbids what the page needs', () => {
  test('scripts that a host forbids: the notice comes by itself', async () => {
    const page = await (await browser.newContext()).newPage();
    const site = await startSite();
    await page.route('**/*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': "script-src 'none'" } });
    });
    await page.goto(`${site.program}${LINK}`);
    assert.equal(await page.locator('#cannot-start').isVisible(), false, 'not before its time');
    await notice(page, /Glassrec has not started yet.*WebAssembly may be switched off.*extension/s);
  });

  test('WebAssembly switched off', async () => {
    const page = await (await browser.newContext()).newPage();
    const site = await startSite();
    // As Lockdown Mode does; Firefox's own setting is tried in engines.test.mjs.
    await page.addInitScript(() => delete globalThis.WebAssembly);
    await page.goto(`${site.program}${LINK}`);
    await notice(page, /WebAssembly is switched off in this browser/);
    assert.ok(page.url().endsWith(LINK), page.url());
  });

  test('opened as a file', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(pathToFileURL(join(DIST, PROGRAM)).href);
    await notice(page, /It was opened as a file.*make demo/);
  });

  test('a sandboxed frame: a link leads out, and nobody speaks of an address bar', async () => {
    const site = await startSite();
    const host = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<iframe sandbox="allow-scripts allow-popups" src="${site.program}${LINK}" width="1200" height="900"></iframe>`);
    });
    await new Promise((resolve) => host.listen(0, resolve));
    atTheEnd(() => {
      host.closeAllConnections();
      host.close();
    });
    const page = await (await browser.newContext()).newPage();
    await page.goto(`http://127.0.0.1:${host.address().port}/`);
    const frame = page.frameLocator('iframe');
    const alert = frame.locator('#cannot-start').filter({ hasText: /This frame keeps the page from its own files/ });
    await alert.waitFor();
    assert.doesNotMatch(await alert.textContent(), /address bar/);
    assert.equal(await alert.getByRole('link', { name: 'Open it in a window of its own' }).getAttribute('href'), `${site.program}${LINK}`);
  });
});

describe('addresses and builds', () => {
  test('a folder without its slash leads to the page', async () => {
    const site = await startSite({ base: '/glassrec/' });
    const page = await (await browser.newContext()).newPage();
    // A host that serves the page there instead of sending on.
    await page.route(`**/glassrec`, async (route) => route.fulfill({ response: await route.fetch({ url: site.url }) }));
    const reader = await openPage(page, site, { address: `${site.url.slice(0, -1)}${LINK}` });
    assert.deepEqual(await reader.history(), ['Alien', 'Blade Runner', 'Heat']);
    assert.equal(new URL(page.url()).pathname, '/glassrec/explore.html');
  });

  test('HTML of an older build finds the files of this one, without a reload', async () => {
    const site = await startSite();
    const page = await (await browser.newContext()).newPage();
    await page.route(site.program, async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replaceAll(/\?build=[0-9a-f]{12}/g, '?build=0123456789ab').replace(/(glassrec-build" content=")[0-9a-f]+/, '$10123456789ab');
      await route.fulfill({ response, body: html });
    });
    const reader = await openPage(page, site, { link: LINK });
    await reader.waitForRecommendations();
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.card')).borderTopStyle), 'solid');
    assert.equal(visits(site), 1);
  });

  test('every program, script and style that is fetched names its build', async () => {
    const site = await startSite();
    const page = await (await browser.newContext()).newPage();
    const asked = [];
    page.on('request', (it) => asked.push(it.url()));
    const reader = await openPage(page, site, { link: LINK });
    await reader.waitForRecommendations();
    await page.getByRole('button', { name: 'Copy link' }).waitFor();
    const parts = asked.filter((url) => url.startsWith(site.url) && /\.(m?js|wasm|css)(\?|$)/.test(url));
    for (const name of ['glassrec.js', 'glassrec_bg.wasm', 'page_boot.js', 'engine_boot.js', 'ort-wasm-simd-threaded.wasm', 'site.css']) {
      assert.ok(parts.some((url) => url.includes(name)), `${name} was not seen to be fetched`);
    }
    assert.deepEqual(parts.filter((url) => !/\?(.*&)?build=[0-9a-f]{6,}/.test(url)), []);
  });

  test('a program that does not fit its script is fetched anew by one reload', async () => {
    const { reader, site } = await visit({ faults: { '/glassrec.js': { kind: 'truncated', times: 1 } } });
    await reader.waitForRecommendations();
    assert.equal(visits(site), 2);
  });
});

describe('a program that has crashed', () => {
  test('a panic ends in a notice, and a reload brings the films back', async () => {
    const { reader } = await visit();
    await reader.waitForRecommendations();
    // A browser that cannot make what the map is drawn on: the program has no way on.
    await reader.page.evaluate(() => {
      const { createElement } = Document.prototype;
      Document.prototype.createElement = function (name, ...rest) {
        if (name === 'canvas') throw new Error('no canvas');
        return createElement.call(this, name, ...rest);
      };
    });
    await reader.page.getByRole('button', { name: 'Map' }).click();
    const alert = await notice(reader.page, /Glassrec has stopped/);
    assert.match(await alert.textContent(), /your films are in its address/);
    assert.equal(await reader.page.locator('.rec').count(), 0, 'nothing that no longer works is left');
    await alert.getByRole('link', { name: 'Reload the page' }).click();
    await reader.waitForHistory(['Alien', 'Blade Runner', 'Heat']);
    assert.equal(await reader.page.locator('#cannot-start').count(), 0);
  });

  test('a trap that no panic told of, too', async () => {
    const { reader } = await visit();
    await reader.waitForRecommendations();
    await reader.page.evaluate(async () => {
      const { href } = document.querySelector('link[rel=modulepreload][href*="glassrec.js"]');
      const program = await (await import(href)).default();
      // A reference that nobody gave out: the program ends itself.
      setTimeout(() => program.__externref_table_dealloc(0x7fffffff));
    });
    await notice(reader.page, /Glassrec has stopped/);
  });

  test('the map can be left while it comes to rest', async () => {
    const { reader } = await visit();
    await reader.waitForRecommendations();
    await reader.page.getByRole('button', { name: 'Map' }).click();
    const canvas = reader.page.locator('canvas');
    await canvas.waitFor();
    const crashes = [];
    reader.page.on('pageerror', (error) => crashes.push(String(error)));
    // In one task, so that it is left before the map has come to rest; then its timer is waited for.
    await canvas.evaluate((map) => {
      const { x, y } = map.getBoundingClientRect();
      map.dispatchEvent(new WheelEvent('wheel', { deltaY: -300, clientX: x + 200, clientY: y + 200, bubbles: true, cancelable: true, ctrlKey: true }));
      [...document.querySelectorAll('button')].find((it) => it.textContent.trim() === 'The list').click();
      return new Promise((resolve) => setTimeout(resolve, 400));
    });
    await reader.waitForRecommendations();
    assert.deepEqual(crashes, []);
    assert.equal(await reader.page.locator('#cannot-start').count(), 0);
  });
});
