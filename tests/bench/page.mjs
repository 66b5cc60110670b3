// The page as a reader has it: first visit, click to list, memory.

import { manifest, movieIdOf } from '../e2e/support/artifacts.mjs';
import { LIST_ROWS, openPage } from '../e2e/support/page.mjs';
import { median, summary } from './numbers.mjs';

const N_COLD_STARTS = 7;
const N_CLICKS = 30;
const START = ['Alien', 'Blade Runner', 'The Matrix', 'Heat', 'Fargo'];
const LINK = `#v2&h=${START.map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease`;

/** What each path is a part of. */
function partOf(path) {
  if (path.startsWith('/ort/')) return 'runtime';
  if (path === `/models/${manifest.families.sasrec_ease.files.graph.path}`) return 'model';
  if (path === '/models/manifest.json' || path === `/models/${manifest.catalogue.file.path}`) return 'catalogue';
  return 'app';
}

/**
 * Runs in the page before its own scripts. Notes when the list is first painted, when it is painted after a click, and
 * what the engine says of its own time: it hears the same messages as the page does.
 */
function observe(listRows) {
  const seen = { firstPainted: null, clickedAt: null, painted: [], engine: [], ready: null };
  globalThis.seen = seen;
  const afterPaint = (note) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => note(performance.now());
    channel.port2.postMessage(null);
  });
  const PageWorker = globalThis.Worker;
  globalThis.Worker = class extends PageWorker {
    constructor(...parts) {
      super(...parts);
      this.addEventListener('message', ({ data }) => {
        if (data.Ready) seen.ready = performance.now();
        const cost = data.Reply?.outcome?.Ok?.list && data.Reply.outcome.Ok.cost;
        if (cost) seen.engine.push(cost.millis);
      });
    }
  };
  addEventListener('click', (event) => event.isTrusted && (seen.clickedAt = event.timeStamp), { capture: true });
  const titles = () => [...document.querySelectorAll(listRows)].map((row) => row.textContent).join('\n');
  let shown = '';
  new MutationObserver(() => {
    const now = titles();
    if (now === '' || now === shown) return;
    shown = now;
    if (seen.firstPainted === null) afterPaint((at) => (seen.firstPainted = at));
    if (seen.clickedAt !== null && seen.engine.length > 0) {
      const from = seen.clickedAt;
      seen.clickedAt = null;
      afterPaint((at) => seen.painted.push(at - from));
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

async function visit(browser, { origin }, link = LINK) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(observe, LIST_ROWS);
  const reader = await openPage(page, { url: `${origin}/` }, { link });
  await page.waitForFunction(() => globalThis.seen.firstPainted !== null);
  return { context, page, reader };
}

async function measureColdStart(browser, plain) {
  const millis = [];
  const arrivals = {};
  let bytes;
  for (let round = 0; round <= N_COLD_STARTS; round += 1) {
    plain.requests.length = 0;
    const { context, page } = await visit(browser, plain);
    const until = await page.evaluate(() => performance.timeOrigin + globalThis.seen.firstPainted);
    const { entries, seen } = await page.evaluate(() => ({
      entries: performance.getEntriesByType('resource').map(({ name, responseEnd }) => ({ path: new URL(name).pathname, responseEnd })),
      seen: globalThis.seen,
    }));
    // The first visit fills the machine's own caches.
    if (round > 0) {
      millis.push(seen.firstPainted);
      const round_ = { 'engine ready': seen.ready };
      for (const { path, responseEnd } of entries) {
        const name = `${partOf(path)} here`;
        round_[name] = Math.max(round_[name] ?? 0, responseEnd);
      }
      for (const [name, at] of Object.entries(round_)) (arrivals[name] ??= []).push(at);
    }
    const sent = plain.requests.filter(({ status, at }) => status === 200 && performance.timeOrigin + at <= until);
    const parts = {};
    for (const { path, bytes: size } of sent) parts[partOf(path)] = (parts[partOf(path)] ?? 0) + size;
    const total = Object.values(parts).reduce((a, b) => a + b, 0);
    bytes = { total, ours: total - (parts.runtime ?? 0), parts };
    await context.close();
  }
  const parts = Object.fromEntries(Object.entries(arrivals).map(([name, list]) => [name, median(list)]));
  return { bytes, cold_start: { millis: summary(millis), parts } };
}

async function measureClicks(browser, plain) {
  const { context, page, reader } = await visit(browser, plain);
  const painted = [];
  const engine = [];
  // Every click changes the list: a pick is taken out, and put back by undoing that.
  for (let round = -5; round < N_CLICKS; round += 1) {
    await page.evaluate(() => Object.assign(globalThis.seen, { painted: [], engine: [], clickedAt: null }));
    if (round % 2) await reader.unpick(START.at(-1));
    else await reader.undo();
    await page.waitForFunction(() => globalThis.seen.painted.length > 0 && globalThis.seen.engine.length > 0);
    const seen = await page.evaluate(() => globalThis.seen);
    if (round < 0) continue;
    painted.push(seen.painted[0]);
    engine.push(seen.engine[0]);
  }
  await context.close();
  return { painted: summary(painted), engine: summary(engine), beyond_engine: summary(painted.map((it, i) => it - engine[i])) };
}

async function measureMemory(browser, isolated) {
  const { context, page, reader } = await visit(browser, isolated);
  await reader.search('slow space horror with a female lead');
  await reader.waitForFound();
  // MiniLM is the larger one; from its first answer on, the idle engine embeds the catalogue.
  await reader.chooseEncoder('MiniLM');
  await reader.openEngineNotice();
  await reader.waitForEmbedding({ timeout: 600_000 });
  const { bytes } = await page.evaluate(() => performance.measureUserAgentSpecificMemory());
  await context.close();
  return { bytes, note: 'page and engine together, after recommendations, a search and the embedding of all films' };
}

export async function measurePage(browser, plain, isolated) {
  return {
    ...(await measureColdStart(browser, plain)),
    click: await measureClicks(browser, plain),
    memory: await measureMemory(browser, isolated),
  };
}
