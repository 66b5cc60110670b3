// Figures on somebody else's page, from another origin.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { keyOf, linkOf } from '../../tools/post_figures.mjs';
import { HISTORIES, wanted } from '../../tools/stored_figures.mjs';
import { ROOT } from '../../tools/steps.mjs';
import { atTheEnd } from './support/cleanup.mjs';
import { launch, launchAsShipped } from './support/launch.mjs';
import { until } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const FIGURES = JSON.parse(readFileSync(join(ROOT, 'public/figures.json'), 'utf8'));
const STORED = JSON.parse(readFileSync(join(ROOT, 'public/embed/stored.json'), 'utf8'));
const HISTORY = HISTORIES[0].join(',');
/** What the stored figure `name` of that history says, and where it leads. */
const stored = (name) => STORED[keyOf({ figure: name, family: FIGURES[name].family, history: HISTORY })];
const frameOf = (name) => `${site.url}${stored(name).link.replace('explore', 'figure')}`;
const ELEMENT = `<glassrec-figure figure="memory" history="${HISTORY}"></glassrec-figure>`;
const LIVE_MILLIS = 60_000;

let browser;
let site;

before(async () => {
  browser = await launch();
  site = await startSite();
});

/** A post on another origin: `body` and the script, with everything its author likes around them. */
async function post(body, { of = site, html = '', style = '', headers = {}, script = `<script src="${of.url}glassrec-figure.js" async></script>`, doctype = '<!doctype html>', by = browser, ...options } = {}) {
  const host = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers }).end(`${doctype}<html ${html}><head><style>${style}</style></head><body>${body}${script}</body></html>`);
  });
  await new Promise((resolve) => host.listen(0, resolve));
  atTheEnd(() => {
    host.closeAllConnections();
    host.close();
  });
  const page = await (await by.newContext({ viewport: { width: 720, height: 900 }, ...options })).newPage();
  const requests = [];
  page.on('request', (request) => requests.push(new URL(request.url())));
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  const figure = page.locator('glassrec-figure').first();
  const run = page.getByRole('button', { name: /^Run it live/ });
  return { page, requests, figure, run, frame: page.frameLocator('iframe').first() };
}

const isLive = (figure) => figure.evaluate((it) => it.shadowRoot.querySelector('.is-live') !== null);
const waitUntilLive = (figure) => until(() => isLive(figure), 'the live figure', LIVE_MILLIS);
const status = (page) => page.locator('glassrec-figure [role=status]');

describe('what is stored', () => {
  test('is a picture and a link, and nothing else is asked for before the reader wants it', async () => {
    const { page, requests, figure, run } = await post(ELEMENT);
    const image = figure.locator('img');
    await until(() => image.evaluate((it) => it.complete && it.naturalWidth > 0), 'the stored picture');
    assert.equal(await figure.locator('a').getAttribute('href'), `${site.url}explore.html#v2&h=1214.541.2571&f=gru4rec&t=i`);
    assert.ok(await run.isVisible());
    const asked = requests.filter((it) => it.origin === new URL(site.url).origin).map((it) => it.pathname);
    assert.deepEqual(asked.sort(), ['/embed/memory-gru4rec-1214-541-2571.svg', '/glassrec-figure.js']);
    assert.deepEqual(await page.context().cookies(), []);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  });

  test('stays as the author wrote it, where the author wrote something', async () => {
    const { figure } = await post('<glassrec-figure figure="memory"><p>My own caption.</p></glassrec-figure>');
    await until(() => figure.evaluate((it) => it.shadowRoot !== null), 'the element');
    assert.equal(await figure.innerText(), 'My own caption.');
  });

  test('is narrow on a phone', async () => {
    const { figure } = await post(ELEMENT, { viewport: { width: 360, height: 740 } });
    const image = figure.locator('img');
    await until(() => image.evaluate((it) => it.complete && it.naturalWidth > 0), 'the stored picture');
    assert.match(await image.evaluate((it) => it.currentSrc), /-narrow\.svg$/);
  });

  test('is what is printed', async () => {
    const { page, figure, run } = await post(ELEMENT);
    await run.click();
    await waitUntilLive(figure);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await figure.locator('img').isVisible());
    assert.ok(!(await page.locator('glassrec-figure iframe').isVisible()));
  });
});

describe('live', () => {
  test('the figure of the model takes the place of the picture, says the same, and goes again', async () => {
    const { page, figure, run, frame } = await post(ELEMENT);
    await run.click();
    await waitUntilLive(figure);
    const claim = (await frame.locator('.claim').innerText()).replace(/\s+/g, ' ');
    assert.equal(claim, stored('memory').claim);
    assert.ok(!(await figure.locator('img').isVisible()));
    await page.getByRole('button', { name: 'Stop' }).click();
    assert.ok(await figure.locator('img').isVisible());
    assert.equal(await page.locator('glassrec-figure iframe').count(), 0);
  });

  test('it is as high as it has to be, grows and shrinks, and obeys nobody else', async () => {
    const { page, figure, run, frame } = await post(ELEMENT);
    await run.click();
    await waitUntilLive(figure);
    const heights = async () => {
      const inside = await frame.locator('main').evaluate((it) => it.getBoundingClientRect().height);
      return [await page.locator('iframe').evaluate((it) => it.getBoundingClientRect().height), inside];
    };
    const fits = () => until(async () => {
      const [outside, inside] = await heights();
      return Math.abs(outside - inside) <= 1;
    }, 'the frame to fit');
    await fits();
    const [before] = await heights();
    for (let round = 0; round < 3; round += 1) {
      await frame.getByText('The same as a table').click();
      await until(async () => (await heights())[0] > before + 40, 'the frame to grow');
      await fits();
      await frame.getByText('The same as a table').click();
      await until(async () => Math.abs((await heights())[0] - before) <= 1, 'the frame to shrink');
    }
    await page.evaluate(() => {
      for (let n = 0; n < 1000; n += 1) postMessage({ glassrec: 'height', height: 99999 }, '*');
      for (const bad of ['a string', null, { glassrec: 'failed', words: '<b>' }, { glassrec: 'live' }]) postMessage(bad, '*');
    });
    await page.waitForTimeout(200);
    assert.ok(Math.abs((await heights())[0] - before) <= 1);
    assert.ok(await isLive(figure));
  });

  test('it is of the state that the author wrote', async () => {
    const { figure, run, frame } = await post(`<glassrec-figure figure="denoising" history="${HISTORY}" step="3" controls="-save -table"></glassrec-figure>`);
    await run.click();
    await waitUntilLive(figure);
    assert.match(await frame.locator('.stepper-said').innerText(), /^Step 3 of/);
    assert.ok(!(await frame.locator('.save').isVisible()));
    assert.ok(!(await frame.getByText('The same as a table').isVisible()));
  });

  test('arcs of attention are lines, in the frame and in what is stored', async () => {
    const { figure, run, frame } = await post(`<glassrec-figure figure="attention" history="${HISTORY}"></glassrec-figure>`);
    await run.click();
    await waitUntilLive(figure);
    assert.equal(await frame.locator('.picture .look').first().evaluate((it) => getComputedStyle(it).fill), 'none');
    const { file } = stored('attention');
    const svg = readFileSync(join(ROOT, 'public/embed', file), 'utf8');
    const wide = [...svg.matchAll(/\.(\w+)\{([^}]*stroke-width:[^}]*)\}/g)].filter(([, , look]) => !/paint-order|fill:(?!none)/.test(look));
    assert.ok(wide.length > 2);
    for (const [, name, look] of wide) assert.match(look, /fill:none/, `${file}: .${name}`);
  });

  test('keys typed in it reach it and not the page around', async () => {
    const { page, figure, run, frame } = await post(`${ELEMENT}<script>window.heard = []; addEventListener('keydown', (it) => heard.push(it.key))</script>`);
    await run.click();
    await waitUntilLive(figure);
    await page.evaluate(() => (window.heard = []));
    await frame.locator('.picture').focus();
    const said = await frame.locator('.stepper-said').innerText();
    await page.keyboard.press('ArrowLeft');
    await until(async () => (await frame.locator('.stepper-said').innerText()) !== said, 'the step before');
    await page.keyboard.type('so far, bob / escape');
    assert.deepEqual(await page.evaluate(() => window.heard), []);
  });

  test('Tab goes through it and out again', async () => {
    const { page, figure, run } = await post(`${ELEMENT}<button id="after">after</button>`);
    await run.click();
    await waitUntilLive(figure);
    for (let n = 0; n < 40; n += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.id === 'after')) return;
    }
    assert.fail('the focus never left the figure');
  });

  test('the wheel scrolls the page around', async () => {
    const { page, figure, run } = await post(`${ELEMENT}<div style="height: 3000px"></div>`);
    await run.click();
    await waitUntilLive(figure);
    const box = await page.locator('iframe').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + 200);
    await page.mouse.wheel(0, 400);
    await until(() => page.evaluate(() => scrollY > 200), 'the page to scroll');
  });
});

describe('light and dark', () => {
  const brightness = (frame) => frame.locator('.claim').evaluate((it) => Math.max(...getComputedStyle(it).color.match(/\d+/g).slice(0, 3).map(Number)));
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, html] of Object.entries({ light: 'data-bs-theme="light"', dark: 'data-bs-theme="dark"' })) {
      test(`a ${colorScheme} system and a ${name} page: as the page is`, async () => {
        const { page, figure, run, frame } = await post(ELEMENT, { html, colorScheme });
        await run.click();
        await waitUntilLive(figure);
        const isDark = async () => (await brightness(frame)) > 128;
        assert.equal(await isDark(), name === 'dark');
        // No box of another colour: the frame has no ground of its own.
        assert.equal(await frame.locator('body').evaluate((it) => getComputedStyle(it).backgroundColor + getComputedStyle(it.parentElement).backgroundColor), 'rgba(0, 0, 0, 0)'.repeat(2));
        const other = name === 'dark' ? 'light' : 'dark';
        await page.evaluate((theme) => document.documentElement.setAttribute('data-bs-theme', theme), other);
        await until(async () => (await isDark()) === (other === 'dark'), 'the other theme');
        assert.equal(await figure.locator('img').evaluate((it) => it.style.colorScheme), other);
      });
    }
  }

  test('Quarto says it by a class, others by what they are painted with', async () => {
    for (const [options, expected] of [
      [{ script: `<script>document.body.className = 'quarto-dark'</script><script src="${site.url}glassrec-figure.js"></script>` }, 'dark'],
      [{ style: 'body { background: #202020 }' }, 'dark'],
      [{ style: 'body { background: #fffdf5 }', colorScheme: 'dark' }, 'light'],
    ]) {
      const { figure } = await post(ELEMENT, options);
      await until(async () => (await figure.evaluate((it) => it.style.colorScheme)) === expected, `${expected} by ${JSON.stringify(options)}`);
    }
  });
});

describe('pages that hide, move and repeat', () => {
  test('nothing is started while it is hidden, and all is right when it is shown', async () => {
    const { page, requests, figure } = await post(`<details><summary>More</summary><glassrec-figure figure="memory" history="${HISTORY}" start="visible"></glassrec-figure></details>`);
    await page.waitForTimeout(500);
    assert.ok(requests.every((it) => !/figure\.html|\.wasm|\.onnx/.test(it.pathname)));
    await page.locator('summary').click();
    await waitUntilLive(figure);
    await until(async () => (await page.locator('iframe').boundingBox()).height > 200, 'its height');
  });

  test('a script that runs twice registers once', async () => {
    const twice = `<script src="${site.url}glassrec-figure.js"></script>`.repeat(2);
    const { page, figure } = await post(ELEMENT, { script: twice });
    const errors = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.reload();
    await until(() => figure.evaluate((it) => it.shadowRoot !== null), 'the element');
    assert.deepEqual(errors, []);
  });

  test('moved within a task it goes on; taken out it ends', async () => {
    const { page, figure, run } = await post(`${ELEMENT}<div id="there"></div>`);
    await run.click();
    await waitUntilLive(figure);
    await page.evaluate(() => document.getElementById('there').append(document.querySelector('glassrec-figure')));
    await waitUntilLive(figure);
    const gone = await page.evaluateHandle(() => {
      const it = document.querySelector('glassrec-figure');
      it.remove();
      return it;
    });
    await until(() => gone.evaluate((it) => it.shadowRoot.querySelector('iframe') === null), 'the engine to end');
    await page.evaluate((it) => document.body.prepend(it), gone);
    await run.click();
    await waitUntilLive(figure);
  });

  test('of many figures six run at once, on one engine, and the reader may stop the others', async () => {
    const { page, requests } = await post(['memory', 'attention', 'masking', 'duel', 'sums', 'denoising', 'blend'].map((it) => `<glassrec-figure figure="${it}" history="${HISTORY}"></glassrec-figure>`).join(''), { by: await launchAsShipped(), viewport: { width: 720, height: 5000 } });
    const figures = page.locator('glassrec-figure');
    await until(async () => (await page.getByRole('button', { name: /^Run it live/ }).count()) === 7, 'seven figures');
    for (let n = 0; n < 7; n += 1) await figures.nth(n).evaluate((it) => it.run());
    for (let n = 0; n < 6; n += 1) await waitUntilLive(figures.nth(n));
    assert.equal(await page.locator('iframe').count(), 6);
    assert.equal(page.workers().length, 1, 'one engine');
    const runtimes = requests.filter((it) => /ort-wasm.*\.wasm$/.test(it.pathname)).length;
    assert.match(await status(page).nth(6).innerText(), /6 figures run on this page/);
    await page.getByRole('button', { name: 'Stop the others' }).click();
    await waitUntilLive(figures.nth(6));
    assert.equal(await page.locator('iframe').count(), 1);
  });
});

test('where the figure that has the engine goes, another takes it over', async () => {
  const { page } = await post(`<glassrec-figure figure="memory" history="${HISTORY}"></glassrec-figure><glassrec-figure figure="why" history="${HISTORY}"></glassrec-figure>`, { by: await launchAsShipped(), viewport: { width: 720, height: 2400 } });
  const [first, second] = [0, 1].map((n) => page.locator('glassrec-figure').nth(n));
  for (const figure of [first, second]) {
    await until(() => figure.evaluate((it) => it.run !== undefined), 'the element');
    await figure.evaluate((it) => it.run());
    await waitUntilLive(figure);
  }
  assert.equal(page.workers().length, 1, 'one engine');
  await first.evaluate((it) => it.stop());
  const frame = page.frameLocator('iframe').first();
  const before = await frame.locator('.claim').innerText();
  await frame.locator('.picture [data-act]').first().press('Enter');
  await until(async () => (await frame.locator('.claim').innerText()) !== before, 'an answer of the engine that took over', LIVE_MILLIS);
  assert.equal(page.workers().length, 1, 'one engine again');
});

describe('what goes wrong is said, and what is stored stays', () => {
  test('a figure that there is not', async () => {
    const { page } = await post('<glassrec-figure figure="denosing"><a href="https://site.example/">A link of the author</a></glassrec-figure>');
    await status(page).getByText('There is no figure called “denosing”; there are').waitFor();
    assert.ok(await page.getByText('A link of the author').isVisible());
  });

  test('a film and a model that there are not', async () => {
    const { figure, run, frame } = await post('<glassrec-figure figure="memory" history="1214,541,999999999" family="gru5rec"></glassrec-figure>');
    await run.click();
    await until(async () => (await frame.locator('.framed').count()) === 1, 'the frame', LIVE_MILLIS);
    await frame.getByText(/not in the catalogue/).waitFor();
    await frame.getByText(/a model that is not part of the site/).waitFor();
    assert.equal(await figure.evaluate((it) => it.isConnected), true);
  });

  for (const [what, end] of Object.entries({ 'a model that the site lacks': 'gru4rec.onnx', 'an engine that does not come': 'glassrec_bg.wasm' })) {
    test(what, async () => {
      const broken = await startSite();
      broken.faults.set(end, { kind: 'missing' });
      const { page, figure, run } = await post(ELEMENT, { of: broken });
      await run.click();
      await status(page).getByText(/It does not run here; what you see is stored/).waitFor({ timeout: LIVE_MILLIS });
      assert.ok(await figure.locator('img').isVisible());
      broken.faults.clear();
      await page.getByRole('button', { name: 'Try again' }).click();
      await waitUntilLive(figure);
    });
  }

  test('a script that was written into the page', async () => {
    const source = readFileSync(join(ROOT, 'dist/glassrec-figure.js'), 'utf8');
    const inline = `<script>${source.replaceAll('</', '<\\/')}</script>`;
    const { page } = await post(ELEMENT, { script: inline });
    await status(page).getByText(/cannot tell where the site is/).waitFor();
    const named = await post(ELEMENT.replace('figure=', `site="${site.url}" figure=`), { script: inline });
    await named.run.click();
    await waitUntilLive(named.figure);
  });

  test('a sandbox and policies that allow too little', async () => {
    const { page } = await post(`<iframe sandbox="allow-scripts" src="${frameOf('memory')}" width="600" height="600"></iframe>`, { script: '' });
    await page.frameLocator('iframe').getByText(/This frame keeps the page from its own files|Glassrec cannot start/).first().waitFor({ timeout: LIVE_MILLIS });
    const held = await post(ELEMENT, { headers: { 'Content-Security-Policy': `script-src ${new URL(site.url).origin}; frame-src 'none'` } });
    await held.run.click();
    assert.ok(await held.figure.locator('img').isVisible());
  });

  test('what pages must allow is enough', async () => {
    const origin = new URL(site.url).origin;
    const { figure, run } = await post(ELEMENT, { headers: { 'Content-Security-Policy': `default-src 'none'; script-src ${origin}; frame-src ${origin}; img-src ${origin}` } });
    await run.click();
    await waitUntilLive(figure);
  });

  test('a plain frame without our script', async () => {
    const { page } = await post(`<iframe src="${frameOf('memory')}" width="680" height="640"></iframe>`, { script: '' });
    await page.frameLocator('iframe').locator('.glass .picture > svg > *').first().waitFor({ state: 'attached', timeout: LIVE_MILLIS });
  });
});

test('the script has at most 8 kB, and every stored picture at most 60', async () => {
  const { gzipSync } = await import('node:zlib');
  assert.ok(gzipSync(readFileSync(join(ROOT, 'dist/glassrec-figure.js'))).length <= 8_000);
  assert.deepEqual(Object.keys(STORED).sort(), wanted().map(keyOf).sort());
  const manifest = readFileSync(join(ROOT, 'models/artifacts/manifest.json'), 'utf8');
  for (const [key, { file, narrow, made_from }] of Object.entries(STORED)) {
    for (const name of [file, narrow.file]) assert.ok(readFileSync(join(ROOT, 'public/embed', name)).length <= 60_000, name);
    for (const [path, sum] of Object.entries(made_from)) assert.ok(manifest.includes(sum), `${key} was drawn with another ${path}: run "node tools/stored_figures.mjs"`);
  }
});

describe('stored pictures say what the models say now', () => {
  for (const [name, { live }] of Object.entries(FIGURES)) {
    if (!live) continue;
    test(name, async () => {
      const page = await (await browser.newContext({ viewport: { width: 640, height: 1000 } })).newPage();
      for (const asked of wanted().filter(({ figure }) => figure === name).slice(0, 3)) {
        await page.goto('about:blank');
        await page.goto(`${site.url}${linkOf(asked).replace('explore', 'figure')}`);
        const { claim } = STORED[keyOf(asked)];
        const now = () => page.locator('.glass .claim').innerText({ timeout: LIVE_MILLIS });
        await until(async () => (await now()).replace(/\s+/g, ' ') === claim, `“${claim}” of ${keyOf(asked)}`, 15_000);
        // Black is what a browser paints where no style says anything; no colour of ours is.
        const unpainted = await page.locator('.glass .picture svg').evaluateAll((all) =>
          all.flatMap((it) => [...it.querySelectorAll('path, rect, circle, text, polygon')]).filter((it) => getComputedStyle(it).fill === 'rgb(0, 0, 0)').map((it) => it.outerHTML.slice(0, 120)));
        assert.deepEqual(unpainted, [], keyOf(asked));
      }
    });
  }
});
