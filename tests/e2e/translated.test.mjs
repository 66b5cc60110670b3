// A page that a browser translates, or an extension writes into: what it says about films stays true.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, movieIdOf } from './support/artifacts.mjs';
import { insideOf } from './support/inside.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const LINK = `#v2&h=${['Alien', 'Blade Runner', 'Heat'].map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease`;

let browser;
let site;
before(async () => {
  browser = await launch();
  site = await startSite();
});

/** Does what Chromium's translator does: each text node gives way to two nested <font> elements with other words. Again and again, if `isLasting`. */
const translate = (page, isLasting) =>
  page.evaluate((again) => {
    const wrap = (root) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      for (const text of texts) {
        if (!text.data.trim() || text.parentElement.closest('font, script, style')) continue;
        const [outer, inner] = ['font', 'font'].map((name) => document.createElement(name));
        inner.textContent = `«${text.data}»`;
        outer.append(inner);
        text.replaceWith(outer);
      }
    };
    wrap(document.body);
    if (again) new MutationObserver(() => wrap(document.body)).observe(document.body, { childList: true, subtree: true });
  }, isLasting);

const wordsOf = async (locator) => (await locator.allTextContents()).map((it) => it.replace(/[«»]/g, '').trim());

/** What the page says, without the marks of the translator: the heading, the list with its scores, the explanation's heading. */
async function said(page) {
  return {
    heading: await wordsOf(page.locator('.list h2')),
    films: await wordsOf(page.locator('.columns .rec .film-title')),
    scores: await wordsOf(page.locator('.columns .rec .rec-score')),
    ranks: await wordsOf(page.locator('.columns .rec .rec-rank')),
    why: await wordsOf(page.locator('#why-title')),
    picks: await wordsOf(page.locator('.strip .pick-name')),
  };
}

const FAMILIES = { ease: 'EASE', gru4rec: 'GRU4Rec', sasrec_ease: "SASRec with EASE's links" };

for (const isLasting of [false, true]) {
  test(`${isLasting ? 'translated again and again' : 'translated once'}, lists, scores and headings stay those of the family chosen`, async () => {
    const open = async () => {
      const page = await (await browser.newContext()).newPage();
      const complaints = watch(page);
      const reader = await openPage(page, site, { link: LINK });
      await reader.waitForRecommendations();
      await reader.waitForExplanation();
      return { page, reader, complaints };
    };
    const [plain, translated] = await Promise.all([open(), open()]);
    await translate(translated.page, isLasting);
    assert.ok((await translated.page.locator('font').count()) > 50);

    for (const [family, title] of Object.entries(FAMILIES)) {
      for (const { page, reader } of [plain, translated]) {
        await reader.chooseFamily(family);
        await page.waitForFunction((it) => document.querySelector('.list h2').textContent.includes(it), title);
        await page.waitForFunction(() => document.querySelector('.columns .is-stale') === null);
      }
      const wanted = await said(plain.page);
      await translated.page.waitForFunction(
        (films) => [...document.querySelectorAll('.columns .rec .film-title')].map((it) => it.textContent.replace(/[«»]/g, '').trim()).join('|') === films,
        wanted.films.join('|'),
      );
      assert.deepEqual(await said(translated.page), wanted, family);
    }

    // Another film is explained, a pick is taken out.
    for (const { page, reader } of [plain, translated]) {
      await page.locator('.columns .rec .rec-name').nth(3).click();
      await page.waitForFunction(
        () => document.querySelector('#why-title').textContent.includes(document.querySelectorAll('.columns .rec .film-title')[3].textContent.replace(/[«»]/g, '').trim()),
      );
      await page.getByRole('button', { name: /^Take out Heat/ }).click();
      await page.waitForFunction(() => document.querySelectorAll('.strip .pick').length === 2 && document.querySelector('.columns .is-stale') === null);
      await reader.page.locator('.columns').getByText(/\b2 films?, /).first().waitFor();
    }
    assert.deepEqual(await said(translated.page), await said(plain.page));
    assert.deepEqual(translated.complaints, []);
  });
}

test('film titles and their numbers are not for translators', async () => {
  const reader = await openPage(await (await browser.newContext()).newPage(), site, { link: LINK });
  await reader.waitForRecommendations();
  for (const part of ['.film-title', '.rec-score', '.rec-rank', '.pick-name']) {
    const marks = await reader.page.locator(part).evaluateAll((all) => all.map((it) => it.translate));
    assert.ok(marks.length > 0 && marks.every((it) => it === false), part);
  }
});

/** What a translator would take for words: texts in tables, and figures anywhere, that are a number or the name of a film. */
const leftToTranslators = (page) =>
  page.evaluate((titles) => {
    const films = new Set(titles);
    const isNumber = (text) => /^[-−+±]?\d[\d.,]*\s*(%|st|nd|rd|th|[kM]?B|bits)?$/.test(text);
    const isFilm = (text) => films.has(text.replace(/ \(\d{4}\)$/, ''));
    const found = { nSeen: 0, left: [] };
    for (const place of document.querySelectorAll('table td, table th[scope=row], .figure, .number:not([scope=col]), .place')) {
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const [text, around] = [walker.currentNode.data.trim(), walker.currentNode.parentElement];
        if (!isNumber(text) && !isFilm(text)) continue;
        found.nSeen += 1;
        if (around.translate) found.left.push(`${text}: ${around.outerHTML.slice(0, 80)}`);
      }
    }
    return found;
  }, catalogue.title);

describe('figures and films in tables are not for translators', () => {
  const check = async (page, what) => {
    const { nSeen, left } = await leftToTranslators(page);
    assert.ok(nSeen >= 5, `${what} has ${nSeen} figures`);
    assert.deepEqual(left, [], what);
  };
  const visit = async (more, start = '') => {
    const page = await (await browser.newContext()).newPage();
    return { page, reader: await openPage(page, site, { link: `${start}${LINK}${more}` }) };
  };

  test('of a reason', async () => {
    const { page, reader } = await visit('');
    await reader.waitForRecommendations();
    await reader.waitForExplanation();
    await page.locator('summary').filter({ hasText: 'Do these reasons hold?' }).click();
    await page.locator('.truth-table td').first().waitFor();
    await check(page, 'Try');
  });

  test('of the inside of every family', async () => {
    const { page, reader } = await visit('&t=i');
    await insideOf(page, "SASRec with EASE's links").waitFor();
    for (const family of ['sasrec_ease', 'gru4rec', 'bert4rec', 'mult_vae', 'diffrec', 'irgan', 'ease_recency', 'text_history']) {
      await reader.chooseFamily(family);
      await reader.waitForFamily(family);
      const title = await page.locator('.family:has(:checked) .family-name').textContent();
      await insideOf(page, title).waitFor();
      await page.locator('.picture svg > *').first().waitFor({ state: 'attached' });
      await check(page, family);
    }
  });

  test('of lists side by side and of the map', async () => {
    const { page } = await visit('&c=saegrceay');
    await page.locator('[data-figure=compare] .nodes').first().waitFor({ state: 'attached' });
    await check(page, 'Compare');
    await page.getByRole('button', { name: 'Map' }).click();
    await page.locator('.map-films tbody tr').first().waitFor({ state: 'attached' });
    await check(page, 'Map');
  });

  test('of a talk', async () => {
    const { page } = await visit('', 'talk.html');
    await page.getByRole('textbox', { name: 'Your message' }).fill('science fiction');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('[data-figure=talk] .ranked').first().waitFor();
    await page.locator('[data-figure=talk] .twin details:not(.embed) summary').click();
    await page.locator('[data-figure=talk] .twin td').first().waitFor();
    await check(page, 'Talk');
  });

  test('of the results', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${site.url}results.html`);
    await check(page, 'Results');
  });
});

test('nodes that an extension puts between do not stop the page', async () => {
  const page = await (await browser.newContext()).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link: LINK });
  await reader.waitForRecommendations();
  await page.evaluate(() => {
    for (const it of document.querySelectorAll('.columns *, .strip *')) it.prepend(document.createElement('x-extension'));
  });
  await reader.chooseFamily('ease');
  await reader.pick('Fargo');
  await reader.waitForRecommendations();
  assert.equal((await reader.history()).length, 4);
  assert.deepEqual(complaints, []);
});
