// What a reader does on the page, by the names that a screen reader would say.

import assert from 'node:assert/strict';
import { PROGRAM } from './site.mjs';

/** Rows of the recommendations, for those who watch them from inside the page. */
export const LIST_ROWS = '.columns .rec';

/** Long enough for a busy machine; nothing waits that long unless something is wrong. */
const PATIENCE_MILLIS = 60_000;

/** Where `link` leads: a fragment alone, or a query, is of the program's page. */
const addressOf = ({ url }, link) => `${url}${/^([#?]|$)/.test(link) ? PROGRAM : ''}${link}`;

/**
 * Opens the site at `link`, a fragment with its `#`, or at an `address` of its own. With `isAwaited`, waits until the page can be used; without it
 * leaves that to the test, which wants to see what goes wrong.
 */
export async function openPage(page, site, { link = '', address = addressOf(site, link), isAwaited = true } = {}) {
  page.setDefaultTimeout(PATIENCE_MILLIS);
  const reader = readerOf(page);
  await page.goto(address);
  if (isAwaited) await reader.waitForPage();
  return reader;
}

/** Polls `probe` until it gives something true; ends with `what` in the error where it never does. */
export async function until(probe, what, timeout = PATIENCE_MILLIS) {
  const end = Date.now() + timeout;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) assert.fail(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function readerOf(page) {
  const search = page.getByRole('combobox', { name: 'Add a film' });
  const alerts = page.getByRole('alert');
  const reader = {
    page,
    search_box: search,
    waitForPage: () => search.waitFor(),

    async reload({ isAwaited = true } = {}) {
      await page.reload();
      if (isAwaited) await reader.waitForPage();
    },

    /** Titles of the picks, oldest first. Waits for the strip, which is there even where the engine is not. */
    async history() {
      await page.getByRole('heading', { name: /^Your history/ }).waitFor();
      // A long history is folded by year, where each film says its place.
      return page.locator('.strip .pick-name').evaluateAll((picks) =>
        picks.toSorted((a, b) => (Number(a.dataset.place) || 0) - (Number(b.dataset.place) || 0)).map((pick) => {
          const year = pick.querySelector('small')?.textContent ?? '';
          return pick.textContent.trim().slice(0, -year.length || undefined).trim();
        }));
    },

    /** Types a title and takes the first film that is called that. */
    async pick(title) {
      await search.fill(title);
      await page.getByRole('option').filter({ hasText: title }).first().click();
      await reader.waitForPick(title);
    },

    /** Opens the part of a folded history that a film is in, and on a phone the film. */
    async openPick(title) {
      const button = page.getByRole('button', { name: new RegExp(`^Take out ${title} `), includeHidden: true });
      const out = page.locator('.strip').locator(button);
      await out.waitFor({ state: 'attached' });
      await out.evaluate((it) => it.closest('details')?.setAttribute('open', ''));
      if (!(await out.isVisible())) await page.locator('.strip .pick').filter({ has: button }).locator('.pick-name').click();
      return out;
    },
    unpick: async (title) => (await reader.openPick(title)).click(),
    undo: () => page.getByRole('button', { name: /^Undo/ }).click(),
    clear: () => page.getByRole('button', { name: 'Clear', exact: true }).click(),
    /** By its name in the manifest; the radio button itself may be drawn as a card. */
    async chooseFamily(name) {
      const radio = page.locator(`input[name=family][value=${name}]`);
      if (!(await radio.isVisible())) await reader.showAllFamilies();
      await radio.click({ force: true });
    },
    /** Unfolds the list of all models, where it is folded. */
    async showAllFamilies() {
      const all = page.locator('.chooser:not(.is-open) .all-models'); // whatever a translator calls it
      if (await all.count()) await all.click();
    },

    chosenFamily: () => page.locator('input[name=family]:checked').getAttribute('value'),
    waitForFamily: (name) => until(async () => (await reader.chosenFamily()) === name, `${name} to be the chosen family`),
    /** The families whose card says that they are not available. */
    unavailableFamilies: () =>
      page.locator('.family').filter({ hasText: 'not available' }).locator('input').evaluateAll((inputs) => inputs.map((it) => it.value)),

    /** The ranked films, once the list is that of the picks as they are now. */
    async waitForRecommendations() {
      await reader.history();
      const n = await page.locator('.strip .pick:not(.is-off)').count();
      await page.locator('.columns').getByText(new RegExp(`\\b${n} films?, `)).first().waitFor();
      await until(() => page.locator('.columns .is-stale').count().then((it) => it === 0), 'a list that is not stale');
      await page.locator(LIST_ROWS).first().waitFor();
      return page.locator(`${LIST_ROWS} .film-title`).allTextContents();
    },

    waitForPick: (title) => until(async () => (await reader.history()).includes(title), `${title} in the history`),
    waitForHistory: (titles) =>
      until(async () => (await reader.history()).join() === titles.join(), `the history to be ${titles.join(', ')}`),

    /** The explanation of a film, or of whichever is in focus, with its influence measured. */
    async waitForExplanation(film) {
      if (film) await page.getByRole('heading', { name: `Why ${film}?` }).waitFor();
      await page.getByText(/It stands \d+/).first().waitFor();
    },

    /** Asks in the reader's own words. */
    async search(text) {
      await search.fill(text);
      await page.getByRole('button', { name: /^Search by meaning/ }).click();
    },
    async waitForFound() {
      await page.getByText(/MiniLM read your words/).waitFor();
      return page.locator('.found .film-title').allTextContents();
    },

    chooseEncoder: (name) => page.getByRole('radio', { name: new RegExp(`^${name}`) }).check(),

    /** The part of the page that says what runs here is folded at first. */
    async openEngineNotice() {
      const summary = page.locator('summary').filter({ hasText: 'What runs here' });
      if (!(await summary.evaluate((it) => it.parentElement.open))) await summary.click();
    },
    async startEmbedding() {
      await reader.openEngineNotice();
      await page.getByRole('button', { name: 'Compute them here' }).click();
    },
    waitForEmbedding: ({ timeout = PATIENCE_MILLIS } = {}) => page.getByText(/Mean cosine with the shipped ones/).first().waitFor({ timeout }),
    waitForEmbedded: (n) => until(async () => (await reader.nEmbedded()) >= n, `${n} films to have a vector`),
    /** How many films have a vector of this device. */
    async nEmbedded() {
      const said = await page.getByText(/[\d,]+ of 7,\d+ films/).first().textContent();
      return Number(/([\d,]+) of/.exec(said)[1].replaceAll(',', ''));
    },

    seesAlert: (text, { timeout = PATIENCE_MILLIS } = {}) => alerts.filter({ hasText: text }).first().waitFor({ timeout }),
    seesNotice: (text, options) => reader.seesAlert(text, options),
    seesText: (text, { timeout = PATIENCE_MILLIS } = {}) => page.getByText(text).first().waitFor({ timeout }),
    tryAgain: () => page.getByRole('button', { name: 'Try again' }).first().click(),
    /** Of a family that is not available. */
    tryAgainWith: (title) => alerts.filter({ hasText: title }).getByRole('button', { name: 'Try again' }).click(),
    restartEngine: () => page.getByRole('button', { name: 'Restart the engine' }).first().click(),

    async askForWebGpu() {
      await reader.openEngineNotice();
      await page.getByRole('button', { name: 'Test WebGPU and use it' }).click();
    },
    /** On the software adapter the self-test of both models takes a minute or two. */
    async useWebGpu() {
      await reader.askForWebGpu();
      await reader.seesText('WebGPU gave the stored answers and is in use.', { timeout: 400_000 });
    },

    /** The engine's worker as the devtools see it: a blob, which takes over the page's policy (public/fence.js). */
    engine: () => until(() => page.workers().filter((it) => it.url().includes('engine_boot.js')).at(-1), 'an engine worker'),
    async killEngine() {
      const worker = await reader.engine();
      const ended = worker.waitForEvent('close');
      // Later, so that the driver has its answer: a worker that is gone gives none.
      await worker.evaluate(() => void setTimeout(() => globalThis.close()));
      await ended;
    },
    loseGraphicsDevice: async () => (await reader.engine()).evaluate(() => globalThis.glassrecDevice.destroy()),
  };
  return reader;
}
