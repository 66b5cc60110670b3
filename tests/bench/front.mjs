// The first page on a slow line and a slow processor, and a figure while it is stepped.

import { movieIdOf } from '../e2e/support/artifacts.mjs';
import { openPage } from '../e2e/support/page.mjs';
import { median, quantile } from './numbers.mjs';

const N_VISITS = 5;
const N_STEPS = 60;
/** 10 Mbit/s, 40 ms there and back, a processor four times as slow. */
const LINE = { offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };
const SLOWER = 4;
/** As many films as one history has, so that every step draws much. */
const TITLES = ['Alien', 'Blade Runner', 'The Matrix', 'Heat', 'Fargo', 'Seven', 'Casablanca', 'Vertigo', 'Psycho', 'Jaws'];
const N_FILMS = 50;

/** Runs in the page before its own scripts. */
function observe() {
  const seen = { shift: 0, painted: 0, tasks: [] };
  globalThis.seen = seen;
  new PerformanceObserver((list) => list.getEntries().forEach((it) => (seen.shift += it.hadRecentInput ? 0 : it.value))).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((it) => (seen.painted = it.startTime))).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach((it) => seen.tasks.push(it.duration))).observe({ type: 'longtask', buffered: true });
}

export async function slowPage(browser, viewport = { width: 1280, height: 900 }) {
  const page = await (await browser.newContext({ viewport })).newPage();
  const line = await page.context().newCDPSession(page);
  await line.send('Network.emulateNetworkConditions', LINE);
  await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(observe);
  return page;
}

async function measureHome(browser, plain) {
  const visits = [];
  for (let round = 0; round <= N_VISITS; round += 1) {
    plain.requests.length = 0;
    const page = await slowPage(browser);
    await page.goto(`${plain.origin}/`, { waitUntil: 'load' });
    const bytes = plain.requests.reduce((all, it) => all + it.bytes, 0);
    await page.waitForTimeout(500);
    const { first, largest, shift } = await page.evaluate(() => ({
      first: performance.getEntriesByName('first-contentful-paint')[0].startTime,
      largest: globalThis.seen.painted,
      shift: globalThis.seen.shift,
    }));
    // The first visit fills the machine's own caches.
    if (round > 0) visits.push({ first, largest, shift, bytes });
    await page.context().close();
  }
  const of = (name) => median(visits.map((it) => it[name]));
  return { bytes: of('bytes'), first_paint: of('first'), answer_painted: of('largest'), layout_shift: Math.max(...visits.map((it) => it.shift)) };
}

/** Steps GRU4Rec's figure from end to end over a long history, as fast as the screen shows. */
async function measureStepping(browser, plain, films) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 1000 } })).newPage();
  await page.addInitScript(observe);
  await openPage(page, { url: `${plain.origin}/` }, { link: `#v2&h=${films.join('.')}&f=gru4rec&t=i` });
  await page.locator('[data-figure=memory] .picture svg > *').first().waitFor({ state: 'attached' });
  await page.waitForTimeout(1500);
  const { frames, tasks } = await page.evaluate(async (n) => {
    const slider = document.querySelector('[data-figure=memory] input[type=range]');
    globalThis.seen.tasks.length = 0;
    const frames = [];
    let before = performance.now();
    for (let step = 0; step < n; step += 1) {
      slider.value = Math.abs((Number(slider.max) - step) % Number(slider.max));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      const now = await new Promise((resolve) => requestAnimationFrame(resolve));
      frames.push(now - before);
      before = now;
    }
    return { frames: frames.slice(2), tasks: globalThis.seen.tasks };
  }, N_STEPS);
  await page.context().close();
  return { n_films: films.length, frame: { p50: median(frames), p95: quantile(frames, 0.95) }, long_tasks: { n: tasks.length, worst: Math.max(0, ...tasks) } };
}

export async function measureFront(browser, plain) {
  const { catalogue } = await import('../e2e/support/artifacts.mjs');
  const known = catalogue.movie_id.map((id, row) => [id, catalogue.n_ratings[row]]).sort((a, b) => b[1] - a[1]);
  const films = [...new Set([...TITLES.map((title) => movieIdOf(title)), ...known.map(([id]) => id)])].slice(0, N_FILMS);
  return { home: await measureHome(browser, plain), stepping: await measureStepping(browser, plain, films) };
}
