// Takes the pictures of docs/tour.md: `node tools/tour.mjs [view …]` after a build. Each view in light, dark and on a phone.
// `preview` is the one that stands beside links to the site, public/preview.jpg.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { movieIdOf } from '../tests/e2e/support/artifacts.mjs';
import { launch } from '../tests/e2e/support/launch.mjs';
import { startSite } from '../tests/e2e/support/site.mjs';
import { PAGE_FIGURES, linkOf } from './post_figures.mjs';
import { ROOT, main, step } from './steps.mjs';
import { ACTS } from './stored_figures.mjs';

const HISTORY = ['Alien', 'Blade Runner', 'The Matrix', 'Heat', 'Fargo'].map((title) => movieIdOf(title)).join('.');
const BUSY = '[aria-busy=true], .is-stale, .spin';

/** On a phone the reason opens over the list. */
const why = async (page) => {
  await page.locator('.rec').first().waitFor();
  if (page.viewportSize().width < 768) await page.locator('.columns .rec-name').first().click();
};

/** The view of a figure: where it stands on the site, and what a reader does before it has something to show. */
function figureView(figure) {
  const part = `[data-figure="${figure}"]`;
  return { address: linkOf({ figure, history: HISTORY }), act: { why, ...ACTS }[figure], ready: `${part} .picture > svg > *, ${part} canvas`, part };
}

const VIEWS = {
  home: { address: '', ready: '#answer li', part: null },
  explore: { address: `explore.html#v2&h=${HISTORY}&f=blend`, ready: '.rec', part: null },
  'two-histories': { address: `explore.html#v2&h=${HISTORY}&f=sasrec_ease&b=${HISTORY.split('.').slice(0, 4).join('.')}&c=saegrceay`, ready: '[data-figure=compare] .nodes', part: '[data-view]' },
  personalise: {
    address: `talk.html#v2&h=${HISTORY}&t=h`,
    ready: '.reranker',
    part: '.reranker > .card',
    act: async (page) => {
      await page.getByRole('button', { name: /made-up reader/ }).click();
      await page.getByRole('button', { name: 'Train on these marks' }).click();
      await page.locator('.verdict').waitFor();
    },
  },
  yours: {
    address: 'talk.html#v2&t=y',
    ready: '.rec',
    part: null,
    act: async (page) => {
      await page.getByRole('button', { name: 'Try a sample' }).click();
      await page.getByRole('button', { name: /^Use \d+ films$/ }).click();
      await page.getByText(/each film left out once/).waitFor();
      await page.getByRole('heading', { name: 'Recommended for you' }).scrollIntoViewIfNeeded();
    },
  },
  learn: { address: 'learn/', ready: 'h1', part: null },
  lesson: { address: 'learn/02-order.html', ready: 'glassrec-figure iframe', part: null },
  measure: {
    address: 'talk.html#v2&t=e',
    ready: '[data-figure] .picture > svg > *',
    part: null,
    act: async (page) => {
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByText(/^Done: /).first().waitFor();
    },
  },
  device: { address: 'device.html', ready: 'h1', part: null },
  results: { address: 'results.html', ready: '[data-figure] svg', part: null },
  post: { address: 'post/index.html', ready: 'article img, main img', part: null },
  ...Object.fromEntries(Object.keys(PAGE_FIGURES).filter((it) => it !== 'results').map((it) => [it, figureView(it)])),
};

const LOOKS = {
  light: { viewport: { width: 1200, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 340, height: 740 }, colorScheme: 'light' },
};

/** The language model has to be fetched and read. */
const PATIENCE_MILLIS = 180_000;
/** Long enough for rows to have glided to their places. */
const STILL_MILLIS = 800;

/** What sites that show a picture beside a link ask for. */
const PREVIEW = { viewport: { width: 1200, height: 630 }, colorScheme: 'light', reducedMotion: 'reduce' };

async function takePreview(browser, site) {
  const context = await browser.newContext(PREVIEW);
  const page = await context.newPage();
  await page.goto(site.url);
  await page.locator(VIEWS.home.ready).first().waitFor();
  await page.screenshot({ path: join(ROOT, 'public/preview.jpg'), type: 'jpeg', quality: 38 });
  await context.close();
}

main(async () => {
  const named = process.argv.slice(2);
  const folder = join(ROOT, 'docs/tour');
  mkdirSync(folder, { recursive: true });
  const site = await startSite();
  const browser = await launch();
  for (const [view, { address, ready, part, act }] of Object.entries(VIEWS)) {
    if (named.length > 0 && !named.includes(view)) continue;
    await step(view, async () => {
      for (const [look, options] of Object.entries(LOOKS)) {
        const context = await browser.newContext(options);
        const page = await context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        await page.goto(`${site.url}${address}`);
        await act?.(page);
        await page.locator(ready).first().waitFor({ state: 'attached' });
        await page.waitForFunction((busy) => !document.querySelector(busy), BUSY);
        await page.waitForTimeout(STILL_MILLIS);
        // The bar under a phone's thumb would lie over what is higher than the screen.
        const bare = part && { style: '.places { display: none }' };
        await (part ? page.locator(part).first() : page).screenshot({ path: join(folder, `${view}-${look}.jpg`), type: 'jpeg', quality: 72, ...bare });
        await context.close();
      }
    });
  }
  if (named.length === 0 || named.includes('preview')) await step('preview', () => takePreview(browser, site));
  await browser.close();
  process.exit(0); // the site of the tests would go on serving
});
