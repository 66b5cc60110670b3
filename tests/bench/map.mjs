// The map of all films: from the click on its tab to the first picture, and its frames while a hand pushes it.

import { catalogue, manifest, movieIdOf } from '../e2e/support/artifacts.mjs';
import { openPage } from '../e2e/support/page.mjs';
import { quantile, summary } from './numbers.mjs';

const N_VISITS = 9;
const N_FRAMES = 300;
const START = ['Alien', 'Blade Runner', 'The Matrix', 'Heat', 'Fargo'];
const LINK = `#v2&h=${START.map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease`;

/** Runs in the page before its own scripts: notes when the map is painted after a click, and what each frame's work takes. */
function observe() {
  const seen = { clickedAt: null, painted: null, work: [] };
  globalThis.seen = seen;
  addEventListener('click', ({ timeStamp }) => (seen.clickedAt = timeStamp), { capture: true });
  new MutationObserver(() => {
    if (seen.painted !== null || !document.querySelector('canvas[data-dots]')) return;
    // The message is handled once the frame that is being made has been painted.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => (seen.painted = performance.now() - seen.clickedAt);
    channel.port2.postMessage(null);
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-dots'] });
  const ask = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (work) =>
    ask((now) => {
      const start = performance.now();
      work(now);
      seen.work.push(performance.now() - start);
    });
  globalThis.askFrame = ask;
}

/** One push of the hand between every two frames, as a browser tells them, round in a circle, so that all films stay to be drawn. */
function push(nFrames) {
  const canvas = document.querySelector('.map canvas');
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const send = (type, turn) =>
    canvas.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true, pointerId: 1, pointerType: 'mouse',
        clientX: left + width / 2 + 60 * Math.cos(turn), clientY: top + height / 2 + 60 * Math.sin(turn),
      }),
    );
  globalThis.seen.work.length = 0;
  return new Promise((resolve) => {
    const at = [];
    const step = (now) => {
      at.push(now);
      if (at.length <= nFrames) {
        setTimeout(() => send('pointermove', at.length / 9));
        return globalThis.askFrame(step);
      }
      send('pointerup', at.length / 9);
      return resolve({ intervals: at.slice(1).map((it, i) => it - at[i]), work: globalThis.seen.work });
    };
    send('pointerdown', 0);
    globalThis.askFrame(step);
  });
}

export async function measureMap(browser, { origin }) {
  const first = [];
  let frames;
  let nDots;
  for (let round = 0; round <= N_VISITS; round += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(observe);
    const reader = await openPage(page, { url: `${origin}/` }, { link: LINK });
    await reader.waitForRecommendations();
    await page.getByRole('button', { name: 'Map', exact: true }).click();
    await page.waitForFunction(() => globalThis.seen.painted !== null);
    // The first visit fills the machine's own caches.
    if (round > 0) first.push(await page.evaluate(() => globalThis.seen.painted));
    if (round === N_VISITS) {
      await page.evaluate(push, 60);
      frames = await page.evaluate(push, N_FRAMES);
      nDots = Number(await page.locator('canvas').getAttribute('data-dots'));
    }
    await context.close();
  }
  // A frame in which nothing was drawn would flatter the others.
  if (frames.work.length < 0.9 * N_FRAMES) throw new Error(`only ${frames.work.length} of ${N_FRAMES} frames were drawn`);
  const spread = (values) => ({ ...summary(values), p95: quantile(values, 0.95) });
  return {
    n_films: catalogue.movie_id.length,
    n_bytes: manifest.map.files.text.bytes,
    n_dots: nDots,
    first_paint: spread(first),
    frame: spread(frames.intervals),
    drawing: spread(frames.work),
  };
}
