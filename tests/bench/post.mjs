// A post on another origin with six figures: stored, then live, one after the other and all at once.

import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browser as browserProgram } from '../../tools/browser.mjs';
import { PAGE_FIGURES, figureElement } from '../../tools/post_figures.mjs';
import { ROOT } from '../../tools/steps.mjs';
import { slowPage } from './front.mjs';
import { median } from './numbers.mjs';

const FIGURES = ['memory', 'attention', 'masking', 'denoising', 'sums', 'blend'];
const HISTORY = '1214,541,2571';
const N_ROUNDS = 3;

async function serve(origin) {
  const stored = JSON.parse(readFileSync(join(ROOT, 'public/embed/stored.json'), 'utf8'));
  // As authors are told to write it: with the picture and its size in the element.
  const elementOf = (figure) => figureElement({ figure, family: PAGE_FIGURES[figure].family, history: HISTORY }, { stored, root: `${origin}/` });
  const figures = FIGURES.map((it) => `${elementOf(it)}<p style="height: 60px">…</p>`).join('');
  const host = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html><html lang="en"><title>post</title><style>glassrec-figure { display: block; margin: 1.5em 0; padding-bottom: 44px } img { display: block; max-width: 100%; height: auto }</style><body style="max-width: 680px; margin: auto">${figures}<script src="${origin}/glassrec-figure.js" async></script></body></html>`));
  await new Promise((resolve) => host.listen(0, resolve));
  const url = `http://127.0.0.1:${host.address().port}/`;
  return { url, close: () => host.close() };
}

/** How long after it is seen each stored picture is here, at worst, and how much the page moved. */
async function measureStored(browser, url) {
  const page = await slowPage(browser, { width: 720, height: 900 });
  await page.goto(url);
  const waits = await page.evaluate(async () => {
    const waits = [];
    for (const figure of document.querySelectorAll('glassrec-figure')) {
      figure.scrollIntoView({ block: 'center' });
      const from = performance.now();
      for (;;) {
        const image = figure.querySelector('img');
        if (image?.complete && image.naturalWidth > 0) break;
        await new Promise(requestAnimationFrame);
      }
      waits.push(performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    return waits;
  });
  const shift = await page.evaluate(() => globalThis.seen.shift);
  await page.context().close();
  return { worst: Math.max(...waits), layout_shift: shift };
}

const isLive = (at) => document.querySelectorAll('glassrec-figure')[at].shadowRoot.querySelector('.is-live') !== null;

/** From the press to a live figure, and the longest task meanwhile on the thread of the page around. */
async function measureFirst(browser, url, isSlow) {
  const page = isSlow ? await slowPage(browser, { width: 720, height: 900 }) : await (await browser.newContext({ viewport: { width: 720, height: 900 } })).newPage();
  await page.goto(url);
  await page.waitForFunction(() => document.querySelector('glassrec-figure')?.shadowRoot);
  await page.evaluate(() => {
    globalThis.longest = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((it) => (globalThis.longest = Math.max(globalThis.longest, it.duration)))).observe({ type: 'longtask' });
  });
  const from = Date.now();
  await page.getByRole('button', { name: /^Run it live/ }).first().click();
  await page.waitForFunction(isLive, 0, { timeout: 120_000 });
  const took = Date.now() - from;
  const longest = await page.evaluate(() => globalThis.longest);
  await page.context().close();
  return { took, longest };
}

/** Resident memory of every process of the browser in `profile`, in bytes, shared pages counted once a process. */
function memoryOf(profile) {
  const lines = execFileSync('ps', ['-eo', 'rss=,args='], { encoding: 'utf8', maxBuffer: 1e8 }).split('\n');
  const all = lines.filter((it) => it.includes(profile) && it.includes('--type=renderer'));
  return all.reduce((sum, it) => sum + Number(it.trim().split(/\s+/)[0]) * 1024, 0);
}

/** Memory with one live figure and with all, and how often the runtime was sent. */
async function measureAll(browser, profile, url, plain) {
  const page = await (await browser.newContext({ viewport: { width: 720, height: 4000 } })).newPage();
  plain.requests.length = 0;
  await page.goto(url);
  await page.waitForFunction(() => document.querySelector('glassrec-figure')?.shadowRoot);
  const start = async (at) => {
    await page.evaluate((n) => document.querySelectorAll('glassrec-figure')[n].run(), at);
    await page.waitForFunction(isLive, at, { timeout: 120_000 });
  };
  await start(0);
  await page.waitForTimeout(3000);
  const one = memoryOf(profile);
  for (let at = 1; at < FIGURES.length; at += 1) await start(at);
  await page.waitForTimeout(3000);
  const runtimes = plain.requests.filter(({ path, status }) => status === 200 && /^\/ort\/.*\.wasm$/.test(path)).length;
  return { n: FIGURES.length, one_bytes: one, all_bytes: memoryOf(profile), engines: page.workers().length, runtimes };
}

export async function measurePost(_, plain) {
  const { url, close } = await serve(plain.origin);
  // A browser as it ships: Playwright's own flags put frames of other sites into the process of the page around.
  const profile = mkdtempSync(join(tmpdir(), 'glassrec-bench-'));
  const browser = await chromium.launch({ executablePath: browserProgram(), ignoreDefaultArgs: true, args: ['--headless', '--no-sandbox', '--remote-debugging-pipe', '--no-first-run', `--user-data-dir=${profile}`] });
  try {
    const rounds = async (isSlow) => {
      const all = [];
      for (let n = 0; n < N_ROUNDS; n += 1) all.push(await measureFirst(browser, url, isSlow));
      return { millis: median(all.map((it) => it.took)), longest_task: Math.max(...all.map((it) => it.longest)) };
    };
    const alone = { stored: await measureStored(browser, url), slow: await rounds(true), cold: await rounds(false) };
    return { ...alone, together: await measureAll(browser, profile, url, plain) };
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
    close();
  }
}
