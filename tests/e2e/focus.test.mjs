// Where the reader is: the focus stays where something was, the title names what is open, and what is chosen can be told
// where the reader's own colours rule.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { movieIdOf } from './support/artifacts.mjs';
import { launch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const HISTORY = ['Alien', 'Blade Runner', 'The Matrix', 'Heat', 'Fargo'];
const linkOf = (more = '') => `#v2&h=${HISTORY.map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease${more}`;

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

async function visit({ more, ...options } = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const reader = await openPage(page, site, { link: linkOf(more) });
  if (!more) {
    await reader.waitForRecommendations();
    await reader.waitForExplanation();
  }
  return { page, reader };
}

const focused = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? document.activeElement.localName);

describe('the focus', () => {
  test('goes to the next film once one is added', async () => {
    const { page, reader } = await visit();
    const [first] = await reader.waitForRecommendations();
    await page.locator('.recs .rec-add').first().focus();
    await page.keyboard.press('Enter');
    await reader.waitForPick(first);
    await page.waitForFunction((title) => document.querySelector('.recs .film-title').textContent !== title, first);
    await page.waitForFunction(() => document.activeElement.matches('.rec-add'));
    const next = await page.locator('.recs .film-title').first().textContent();
    assert.ok((await focused(page)).startsWith(`Add ${next}`), await focused(page));
  });

  test('stays with a reason that is tried and taken back', async () => {
    const { page } = await visit();
    await page.getByRole('button', { name: 'Try it' }).last().focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^You left out/).waitFor();
    await page.waitForFunction(() => document.activeElement.closest('.counterfactual') && document.activeElement.innerText === 'Undo');
    await page.keyboard.press('Enter');
    await page.locator('.counterfactual').getByText('Without').waitFor();
    await page.waitForFunction(() => document.activeElement.closest('.counterfactual') && document.activeElement.innerText === 'Try it');
  });

  test('goes to the neighbour of a pick that is taken out by its cross', async () => {
    const { page, reader } = await visit();
    await page.getByRole('button', { name: /^Take out Blade Runner/ }).focus();
    await page.keyboard.press('Enter');
    await reader.waitForHistory(HISTORY.filter((title) => title !== 'Blade Runner'));
    await page.waitForFunction(() => document.activeElement.closest('.pick'));
    assert.notEqual(await focused(page), 'body');
  });

  test('is not taken from a reader who has gone elsewhere', async () => {
    const { page, reader } = await visit();
    await page.locator('.recs .rec-add').first().focus();
    await page.keyboard.press('Enter');
    await reader.search_box.focus();
    await page.waitForFunction(() => document.querySelectorAll('.strip .pick').length === 6);
    await reader.waitForRecommendations();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'combobox');
  });
});

test('the title of the page names film, part and model', async () => {
  const { page, reader } = await visit();
  const titled = (title) => page.waitForFunction((it) => document.title === it, title);
  await titled("SASRec with EASE's links recommends · Glassrec");
  await page.locator('.columns .rec-name').nth(1).click();
  const film = await page.locator('.columns .rec').nth(1).locator('.film-title').innerText();
  await page.waitForFunction(([it, end]) => document.title.startsWith(it) && document.title.endsWith(end), [film, " · SASRec with EASE's links recommends · Glassrec"]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'How it came about' }).click();
  await page.waitForFunction(() => document.title.endsWith("Inside SASRec with EASE's links · Glassrec"));
  await reader.chooseFamily('ease');
  await page.waitForFunction(() => document.title.endsWith('Inside EASE · Glassrec'));
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.waitForFunction(() => document.title.endsWith('Models side by side · Glassrec'));
});

test('a link that is shared shows what it leads to', async () => {
  const page = await (await browser.newContext()).newPage();
  for (const [path, title] of [['', 'Glassrec'], ['explore.html', 'Explore'], ['talk.html', 'Talk'], ['results.html', 'Results']]) {
    await page.goto(`${site.url}${path}`);
    const told = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll('meta[property^="og:"]')].map((it) => [it.getAttribute('property'), it.content])));
    assert.ok(told['og:title'].includes(title) && told['og:description'].length > 40 && told['og:type'] === 'website', JSON.stringify(told));
    const picture = new URL(told['og:image'], page.url());
    assert.equal(picture.origin, new URL(site.url).origin);
    const answer = await page.request.get(picture.href);
    assert.equal(answer.headers()['content-type'], 'image/jpeg');
    assert.ok((await answer.body()).length <= 60_000);
    const size = await page.evaluate(async (src) => {
      const image = Object.assign(new Image(), { src });
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, picture.href);
    assert.deepEqual(size, [told['og:image:width'], told['og:image:height']].map(Number));
    assert.ok(told['og:image:alt'].length > 20);
  }
});

test('what is chosen can be told in forced colours', async () => {
  const { page } = await visit({ forcedColors: 'active' });
  await page.locator('.columns .rec-name').nth(1).click();
  await page.locator('.rec.is-on').nth(0).waitFor();
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement.blur());
  const lines = (selector) => page.locator(selector).first().evaluate((it) => {
    const style = getComputedStyle(it);
    return ['border-bottom-color', 'border-bottom-width', 'border-left-width', 'outline-style', 'outline-width'].map((name) => style.getPropertyValue(name)).join();
  });
  for (const [chosen, other] of [
    ['.tab[aria-current]', 'button.tab:not([aria-current])'],
    ['.family:has(:checked)', '.family:not(:has(:checked))'],
    ['.rec.is-on', '.rec:not(.is-on)'],
  ]) {
    assert.notEqual(await lines(chosen), await lines(other), chosen);
  }
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.locator('.place').first().waitFor();
  assert.notEqual(await page.locator('.family.is-check:has(:checked)').first().evaluate((it) => getComputedStyle(it).borderTopWidth), await page.locator('.family.is-check:not(:has(:checked))').first().evaluate((it) => getComputedStyle(it).borderTopWidth));
});
