// Hosts as they are: such as send no headers, wrong types or no ranges, in a sub-path, in a frame. The page works there,
// and its worker is under the page's policy although nothing but the page's own HTML names one.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { movieIdOf } from './support/artifacts.mjs';
import { atTheEnd } from './support/cleanup.mjs';
import { asAVisitor, launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { DIST, startSite } from './support/site.mjs';

const LINK = `#v2&h=${['Alien', 'Blade Runner', 'Heat'].map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease`;

let browser;
before(async () => (browser = await launch()));

const newPage = async () => (await browser.newContext()).newPage();

/** What the policy refused in the engine so far. */
const refusedIn = (engine) => engine.evaluate(() => globalThis.glassrecRefused);

/** Tries all ways out of a worker, from a timer: what the devtools evaluate themselves may do more. */
const tryToLeave = (engine) =>
  engine.evaluate(
    () =>
      new Promise((resolve) => {
        setTimeout(async () => {
          const foreign = 'http://elsewhere.test/';
          const outcome = async (attempt) => {
            try {
              return await attempt();
            } catch (error) {
              return `refused: ${error.name}`;
            }
          };
          const heard = (target) =>
            new Promise((answer) => {
              target.onopen = target.onload = target.onmessage = () => answer('went through');
              target.onerror = () => answer('refused: error');
            });
          resolve({
            fetch: await outcome(() => fetch(foreign, { mode: 'no-cors' }).then(() => 'went through')),
            xhr: await outcome(() => {
              const request = new XMLHttpRequest();
              request.open('GET', foreign);
              const answer = heard(request);
              request.send();
              return answer;
            }),
            socket: await outcome(() => heard(new WebSocket(foreign.replace('http', 'ws')))),
            events: await outcome(() => heard(new EventSource(foreign))),
            module: await outcome(() => import(`${foreign}script.js`).then(() => 'went through')),
            eval: await outcome(() => (0, eval)('"went through"')),
            Function: await outcome(() => Function('return "went through"')()),
          });
        });
      }),
  );

/** A host that answers everything, so that whatever leaves the page is seen to leave. */
async function startElsewhere() {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' }).end('export {};');
  });
  await new Promise((resolve) => server.listen(0, resolve));
  atTheEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, port: server.address().port };
}

describe('the engine is under the policy of the page', () => {
  for (const [name, options] of Object.entries({ 'a host without headers': { bare: true }, 'a host with headers': {} })) {
    test(`on ${name}`, async () => {
      const elsewhere = await startElsewhere();
      const site = await startSite(options);
      const origin = new URL(site.at('demo.test')).origin;
      const [first, ...flags] = asAVisitor(origin);
      const visitor = await launch([`${first}, MAP elsewhere.test:80 127.0.0.1:${elsewhere.port}`, ...flags]);
      const page = await visitor.newPage();
      const reader = await openPage(page, { ...site, url: site.at('demo.test') }, { link: LINK });
      await reader.waitForRecommendations();
      await reader.search('slow space horror');
      await reader.waitForFound();
      const engine = await reader.engine();
      assert.deepEqual(await refusedIn(engine), [], 'normal use asks for nothing that the policy refuses');

      const outcomes = await tryToLeave(engine);
      for (const [way, outcome] of Object.entries(outcomes)) assert.match(outcome, /^refused/, way);
      assert.deepEqual(elsewhere.asked, []);
      assert.ok((await refusedIn(engine)).length >= 5, 'the worker saw the policy at work');
      assert.equal(await page.evaluate(() => typeof RTCPeerConnection), 'undefined');

      // The same attempts from a worker that nobody fenced go through: the test can fail.
      if (options.bare) {
        const started = page.waitForEvent('worker');
        await page.evaluate(() => {
          const Plain = Object.getPrototypeOf(Worker);
          globalThis.unfenced = new Plain('engine_boot.js?backend=wasm', { type: 'module' });
        });
        const unfenced = await started;
        assert.equal((await tryToLeave(unfenced)).fetch, 'went through');
        assert.ok(elsewhere.asked.length > 0);
      }
    });
  }

  test('with threads, on a host that sends the isolation headers and no policy', async () => {
    const site = await startSite({ isolated: true });
    const page = await newPage();
    await page.route('**/*', async (route) => {
      const response = await route.fetch();
      const { 'content-security-policy': _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    const reader = await openPage(page, site, { link: LINK });
    await reader.waitForRecommendations();
    const engine = await reader.engine();
    assert.equal(await engine.evaluate(() => crossOriginIsolated), true);
    assert.ok((await engine.evaluate(() => globalThis.glassrecBoot.nThreads)) > 1);
    assert.deepEqual(await refusedIn(engine), []);
    assert.match((await tryToLeave(engine)).fetch, /^refused/);
  });
});

describe('the page works', () => {
  test('from a plain "python -m http.server"', async () => {
    const server = spawn('python3', ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1', '--directory', DIST]);
    atTheEnd(() => server.kill());
    const port = await new Promise((resolve) => {
      let said = '';
      server.stdout.on('data', (piece) => {
        said += piece;
        const found = /port (\d+)/.exec(said);
        if (found) resolve(found[1]);
      });
    });
    const page = await newPage();
    const complaints = watch(page);
    const reader = await openPage(page, { url: `http://127.0.0.1:${port}/` }, { link: LINK });
    await reader.waitForRecommendations();
    assert.deepEqual(complaints, []);
  });

  test('where programs and models have no type and ranges are ignored', async () => {
    const site = await startSite({ bare: true });
    for (const end of ['.wasm', '.onnx', '.table', '.json']) site.faults.set(end, { kind: 'text' });
    const reader = await openPage(await newPage(), site, { link: LINK });
    await reader.waitForRecommendations();
  });

  test('in a frame of another host', async () => {
    const site = await startSite();
    const host = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<iframe src="${site.program}${LINK}" width="1200" height="900"></iframe>`);
    });
    await new Promise((resolve) => host.listen(0, resolve));
    atTheEnd(() => {
      host.closeAllConnections();
      host.close();
    });
    const page = await newPage();
    await page.goto(`http://127.0.0.1:${host.address().port}/`);
    const frame = page.frameLocator('iframe');
    await frame.locator('.columns .rec').first().waitFor({ timeout: 60_000 });
    // The address that the browser shows is that of the other page: nobody is sent to it.
    await frame.getByRole('button', { name: 'Copy link' }).click();
    const takeAway = frame.locator('.take-away');
    await takeAway.getByText('The page around this one did not allow it.').waitFor();
    assert.doesNotMatch(await takeAway.innerText(), /address/);
    assert.equal(await takeAway.getByRole('link', { name: 'Open this page in a window of its own' }).getAttribute('href'), `${site.program}${LINK}`);
  });
});

test('in a frame the colours are those of the page around it', async () => {
  const site = await startSite();
  const host = createServer((_, response) => {
    const frame = (name) => `<iframe name="${name}" style="color-scheme: ${name}" src="${site.program}" width="800" height="600"></iframe>`;
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><html>${frame('light')}${frame('dark')}</html>`);
  });
  await new Promise((resolve) => host.listen(0, resolve));
  atTheEnd(() => {
    host.closeAllConnections();
    host.close();
  });
  // What the driver asks of the colours by itself would count before what the page around asks.
  const page = await (await browser.newContext({ colorScheme: null })).newPage();
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  const brightness = async (name) => {
    const frame = page.frame(name);
    await frame.getByRole('combobox', { name: 'Add a film' }).waitFor({ timeout: 60_000 });
    const colour = await frame.evaluate(() => getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor);
    return Math.max(...colour.match(/rgb\([^)]*\)/g).flatMap((it) => it.match(/\d+/g).map(Number)));
  };
  assert.ok((await brightness('light')) > 200);
  assert.ok((await brightness('dark')) < 80);
});

describe('an address that was changed on its way', () => {
  for (const [name, path] of Object.entries({
    'its # as %23': LINK.replace('#', '%23'),
    'its # as %23 and its & as &amp;': LINK.replace('#', '%23').replaceAll('&', '&amp;'),
    'its & as &amp;': LINK.replaceAll('&', '&amp;'),
    'the file named': `index.html${LINK.replace('#', '%23')}`,
  })) {
    test(`${name}: the films are there`, async () => {
      const reader = await openPage(await newPage(), await startSite({ base: '/some/where/' }), { link: path });
      assert.deepEqual(await reader.history(), ['Alien', 'Blade Runner', 'Heat']);
    });
  }

  test('a page that is nowhere says so, and does not go round in circles', async () => {
    const site = await startSite();
    const page = await newPage();
    await page.goto(`${site.url}nowhere`);
    await page.getByRole('heading', { name: 'There is no such page here' }).waitFor();
    assert.equal(site.requests.filter(({ path }) => path === '/nowhere').length, 1);
  });
});

test('the licences of what is shipped are shipped', async () => {
  const site = await startSite();
  const reader = await openPage(await newPage(), site);
  await reader.page.getByRole('link', { name: 'Sources and licences' }).click();
  const text = await reader.page.locator('body').innerText();
  for (const words of ['MovieLens', 'CC BY 4.0', 'Microsoft Corporation', 'leptos 0.8', 'Apache License']) {
    assert.ok(text.includes(words), words);
  }
});

test('nothing is shipped that would speak to the maker of a part', () => {
  const scripts = readdirSync(DIST, { recursive: true }).filter((name) => /\.(m?js|html|wasm)$/.test(name) && !name.startsWith('ort'));
  assert.ok(scripts.includes('glassrec.js') && scripts.includes('glassrec_bg.wasm'));
  for (const name of scripts) {
    assert.doesNotMatch(readFileSync(join(DIST, name), 'latin1'), /(signal|cdn)\.pyke\.io|sendBeacon/, name);
  }
});
