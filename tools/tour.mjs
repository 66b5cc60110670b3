// Takes the pictures of docs/tour.md: `node tools/tour.mjs [view …]` after a build. Each view in light, dark and on a phone.
// `preview` is the one that stands beside links to the site, public/preview.jpg.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { movieIdOf } from '../tests/e2e/support/artifacts.mjs';
import { launch } from '../tests/e2e/support/launch.mjs';
import { openPage } from '../tests/e2e/support/page.mjs';
import { startSite } from '../tests/e2e/support/site.mjs';
import { ROOT, main, step } from './steps.mjs';

const HISTORY = ['Alien', 'Blade Runner', 'The Matrix', 'Heat', 'Fargo'].map((title) => movieIdOf(title)).join('.');
const inside = (family) => ({ link: `#v2&h=${HISTORY}&f=${family}&t=i`, ready: '.inspect .stated', part: '[data-view]' });

const VIEWS = {
  try: { link: `#v2&h=${HISTORY}&f=sasrec_ease`, ready: '.rec', part: '[data-view]' },
  compare: { link: `#v2&h=${HISTORY}&f=sasrec_ease&c=saegrcbecmuesedeay`, ready: '[data-figure=compare] .nodes', part: '[data-view]' },
  'two-histories': { link: `#v2&h=${HISTORY}&f=sasrec_ease&b=${HISTORY.split('.').slice(0, 4).join('.')}&c=saegrceay`, ready: '[data-figure=compare] .nodes', part: '[data-view]' },
  'inside-sasrec': inside('sasrec_ease'),
  'inside-gru4rec': inside('gru4rec'),
  'inside-bert4rec': inside('bert4rec'),
  'inside-mult-vae': inside('mult_vae'),
  'inside-diffrec': inside('diffrec'),
  'inside-irgan': inside('irgan'),
  'inside-semantic-ids': inside('semantic_id'),
  'inside-ease': inside('ease_recency'),
  'inside-texts': inside('text_history'),
  talk: {
    link: 'talk.html',
    ready: '.transcript .say',
    part: '.talk',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Your message' }).fill('a heist film from the 90s, nothing with Robert De Niro');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.locator('[data-figure=talk] .ranked').first().waitFor();
    },
  },
  prompt: {
    link: `talk.html#v2&h=${HISTORY}&f=sasrec_ease&t=l`,
    ready: '.prompt .card',
    part: '.prompt',
    act: async (page) => {
      await page.getByRole('button', { name: /start it/ }).click();
      await page.getByText(/^Ready after/).waitFor({ timeout: 180_000 });
      await page.getByRole('button', { name: 'Rank 20 films' }).click();
      await page.locator('.prompted .title').first().waitFor({ timeout: 180_000 });
      await page.getByRole('button', { name: /Name five/ }).click();
      await page.locator('.named li').first().waitFor({ timeout: 180_000 });
    },
  },
  personalise: {
    link: `talk.html#v2&h=${HISTORY}&t=h`,
    ready: '.reranker',
    part: '.reranker > .card',
    act: async (page) => {
      await page.getByRole('button', { name: /made-up reader/ }).click();
      await page.getByRole('button', { name: 'Train on these marks' }).click();
      await page.locator('.verdict').waitFor();
    },
  },
  map: { link: `#v2&h=${HISTORY}&f=sasrec_ease&t=m`, ready: 'canvas', part: '[data-view]' },
};

const LOOKS = {
  light: { viewport: { width: 1200, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 740 }, colorScheme: 'light' },
};

/** Long enough for rows to have glided to their places. */
const STILL_MILLIS = 800;

/** What sites that show a picture beside a link ask for. */
const PREVIEW = { viewport: { width: 1200, height: 630 }, colorScheme: 'light', reducedMotion: 'reduce' };

async function takePreview(browser, site) {
  const context = await browser.newContext(PREVIEW);
  const page = await context.newPage();
  const reader = await openPage(page, site, { link: VIEWS.try.link });
  await reader.waitForRecommendations();
  await reader.waitForExplanation();
  await page.locator('.columns').evaluate((it) => scrollTo(0, it.getBoundingClientRect().top + scrollY - 24));
  await page.screenshot({ path: join(ROOT, 'public/preview.jpg'), type: 'jpeg', quality: 38 });
  await context.close();
}

main(async () => {
  const named = process.argv.slice(2);
  const folder = join(ROOT, 'docs/tour');
  mkdirSync(folder, { recursive: true });
  const site = await startSite();
  const browser = await launch();
  for (const [view, { link, ready, part, act }] of Object.entries(VIEWS)) {
    if (named.length > 0 && !named.includes(view)) continue;
    await step(view, async () => {
      for (const [look, options] of Object.entries(LOOKS)) {
        const context = await browser.newContext(options);
        const page = await context.newPage();
        await openPage(page, site, { link });
        await page.locator(ready).first().waitFor();
        await act?.(page);
        await page.waitForFunction(() => !document.querySelector('[aria-busy=true], .is-stale, .spin'));
        await page.waitForTimeout(STILL_MILLIS);
        await page.locator(part).first().screenshot({ path: join(folder, `${view}-${look}.jpg`), type: 'jpeg', quality: 78 });
        await context.close();
      }
    });
  }
  if (named.length === 0 || named.includes('preview')) await step('preview', () => takePreview(browser, site));
  await browser.close();
  process.exit(0); // the site of the tests would go on serving
});
