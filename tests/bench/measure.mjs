// The models measured in the page: all users that ship, by ten models, from the press to the last answer.

import { manifest } from '../e2e/support/artifacts.mjs';
import { openPage } from '../e2e/support/page.mjs';

/** One or two of every kind; the blend asks both of its members each time. */
const FAMILIES = ['popularity', 'markov', 'ease_recency', 'multimodal', 'diffrec', 'irgan', 'mult_vae', 'bert4rec', 'gru4rec', 'blend'];
const PATIENCE_MILLIS = 300_000;

export async function measureMeasure(browser, { origin }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.tasks = [];
    new PerformanceObserver((list) => list.getEntries().forEach((it) => globalThis.tasks.push(it.duration))).observe({ type: 'longtask' });
  });
  await openPage(page, { url: `${origin}/` }, { link: `talk.html#v2&t=e&e=${FAMILIES.join('.')}` });
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await start.waitFor();
  await page.evaluate(() => (globalThis.tasks.length = 0));
  const began = performance.now();
  await start.click();
  await page.locator('.run').getByText(/^Done/).waitFor({ timeout: PATIENCE_MILLIS });
  const millis = performance.now() - began;
  const tasks = await page.evaluate(() => globalThis.tasks);
  await context.close();
  return {
    n_users: manifest.held_out.n_users,
    n_families: FAMILIES.length,
    millis,
    long_tasks: { n: tasks.length, worst: Math.max(0, ...tasks) },
  };
}
