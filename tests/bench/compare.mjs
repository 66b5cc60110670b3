// Ten families on one history of fifty films: how long after an edit each list is painted, and whether the page's own
// thread ever stands still.

import { catalogue } from '../e2e/support/artifacts.mjs';
import { openPage } from '../e2e/support/page.mjs';
import { summary } from './numbers.mjs';
import { wellKnown } from './recommend.mjs';

const FAMILIES = ['sasrec_ease', 'gru4rec', 'bert4rec', 'mult_vae', 'diffrec', 'irgan', 'semantic_id', 'text_history', 'ease_recency', 'popularity'];
const N_WARM = 6;
const N_EDITS = 20;
const N_PREVIEWS = 10;
/** A reader looks at what an edit did before the next one. */
const LOOK_MILLIS = 400;

/** Runs in the page before its own scripts: notes long tasks, and when each column is painted after a click. */
function observe() {
  const seen = { clickedAt: null, first: null, last: null, longTasks: [] };
  globalThis.seen = seen;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longTasks.push(duration);
  }).observe({ type: 'longtask' });
  const afterPaint = (note) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => note(performance.now());
    channel.port2.postMessage(null);
  };
  addEventListener('click', ({ isTrusted, timeStamp }) => {
    if (!isTrusted) return;
    Object.assign(seen, { clickedAt: timeStamp, first: null, last: null });
    const look = () => {
      const columns = [...document.querySelectorAll('.column')];
      const nHere = columns.filter((it) => !it.matches('.is-stale') && it.ariaBusy === 'false').length;
      if (nHere > 0 && seen.first === null) afterPaint((at) => (seen.first = at - timeStamp));
      if (nHere < columns.length) requestAnimationFrame(look);
      else afterPaint((at) => (seen.last = at - timeStamp));
    };
    // Listeners of the page, and what they set off, come first.
    requestAnimationFrame(look);
  }, { capture: true });
}

/** From the pointer's rest on a pick's switch to the last list's diff on the page, nothing changed by it. */
async function measurePreview(page) {
  const millis = [];
  const switches = page.locator('.pick-switch');
  const note = '.preview-note';
  for (let round = 0; round < N_PREVIEWS; round += 1) {
    await page.evaluate(([selector, n]) => {
      const seen = globalThis.seen;
      Object.assign(seen, { pointedAt: null, told: null });
      addEventListener('pointermove', ({ timeStamp }) => (seen.pointedAt = timeStamp), { once: true, capture: true });
      const look = () => {
        const said = document.querySelector(selector).textContent;
        if (!said.includes(`, ${n} lists:`)) return requestAnimationFrame(look);
        return setTimeout(() => (seen.told = performance.now() - seen.pointedAt));
      };
      requestAnimationFrame(look);
    }, [note, FAMILIES.length]);
    await switches.nth(2 * round + 1).hover();
    await page.waitForFunction(() => globalThis.seen.told !== null);
    millis.push(await page.evaluate(() => globalThis.seen.told));
    await page.mouse.move(2, 2);
    await page.waitForFunction((selector) => document.querySelector(selector).textContent === '', note);
  }
  return millis;
}

export async function measureCompare(browser, { origin }) {
  const history = wellKnown();
  const codes = FAMILIES.map((name) => name.slice(0, 2) + name.at(-1)).join('');
  const link = `#v2&h=${history.map((row) => catalogue.movie_id[row]).join('.')}&f=sasrec_ease&c=${codes}`;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(observe);
  await openPage(page, { url: `${origin}/` }, { link });
  // So many films are folded by year.
  await page.evaluate(() => document.querySelectorAll('.strip details').forEach((it) => (it.open = true)));
  await page.waitForFunction((n) => [...document.querySelectorAll('.column')].filter((it) => it.querySelector('.place') && it.ariaBusy === 'false').length === n, FAMILIES.length);

  const first = [];
  const last = [];
  let longTasks = [];
  for (let round = 0; round < N_WARM + N_EDITS; round += 1) {
    if (round === N_WARM) await page.evaluate(() => (globalThis.seen.longTasks.length = 0));
    // By place, not by role: to compute every name on the page would be a long task of its own.
    await page.locator(round % 2 === 0 ? '.pick .pick-act:last-child' : '.undo').last().click();
    await page.waitForFunction(() => globalThis.seen.last !== null);
    await page.waitForTimeout(LOOK_MILLIS);
    if (round < N_WARM) continue;
    const seen = await page.evaluate(() => globalThis.seen);
    first.push(seen.first);
    last.push(seen.last);
    longTasks = seen.longTasks;
  }
  const preview = await measurePreview(page);
  await context.close();
  return {
    preview: { ...summary(preview), worst: Math.max(...preview) },
    n_families: FAMILIES.length,
    n_picks: history.length,
    first: summary(first),
    last: { ...summary(last), worst: Math.max(...last) },
    long_tasks: { n: longTasks.length, worst: Math.max(0, ...longTasks), n_edits: N_EDITS },
  };
}
