// On paper: the whole view with its reasons, nothing over it, dark on white whatever the screen is.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { launch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const [{ history: HISTORY }] = golden('sasrec_ease').cases;
const linkOf = (more) => `#v2&h=${HISTORY.map((row) => catalogue.movie_id[row]).join('.')}&f=sasrec_ease${more}`;
/** A4 between margins of 14 mm, in pixels of style. */
const A4 = { width: 688, height: 1017 };

/** Three families as a link writes them: the first two letters of each and its last. */
const COMPARED = ['sasrec_ease', 'gru4rec', 'ease_recency'].map((name) => name.slice(0, 2) + name.at(-1)).join('');

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

/** Everything that would be printed: boxes, what lies over the page, colours of the picture of it. */
async function printed(page) {
  await page.setViewportSize(A4);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const picture = (await page.screenshot({ fullPage: true })).toString('base64');
  return page.evaluate(async (url) => {
    const isShown = (it) => it.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && it.getClientRects().length > 0;
    const image = new Image();
    image.src = url;
    await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let [nWhite, nInk] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const light = Math.min(data[at], data[at + 1], data[at + 2]);
      if (light > 235) nWhite += 1;
      if (light < 110) nInk += 1;
    }
    return {
      overlaid: [...document.querySelectorAll('body *')].filter((it) => isShown(it) && ['fixed', 'sticky'].includes(getComputedStyle(it).position)).map((it) => it.className),
      pressable: [...document.querySelectorAll('.tab, .take-away button, .rec-add, .acts button')].filter(isShown).length,
      width: document.documentElement.scrollWidth,
      white: nWhite / (data.length / 4),
      ink: nInk / (data.length / 4),
      words: document.body.innerText,
    };
  }, `data:image/png;base64,${picture}`);
}

function checkPaper({ overlaid, pressable, width, white, ink }) {
  assert.deepEqual(overlaid, []);
  assert.equal(pressable, 0);
  assert.ok(width <= A4.width, `${width} pixels wide`);
  assert.ok(white > 0.7, `${white} of it is white`);
  assert.ok(ink > 0.005, `${ink} of it is ink`);
}

async function visit(more, { phone } = {}) {
  const page = await (await browser.newContext({ colorScheme: 'dark', viewport: phone ? { width: 360, height: 740 } : { width: 1280, height: 900 } })).newPage();
  const reader = await openPage(page, site, { link: linkOf(more) });
  return { page, reader };
}

for (const phone of [false, true]) {
  test(`the list and why a film is in it, from a ${phone ? 'phone with the sheet open' : 'wide screen'}`, async () => {
    const { page, reader } = await visit('', { phone });
    await reader.waitForRecommendations();
    await page.locator('.columns .rec-name').first().click();
    await reader.waitForExplanation();
    const title = await page.locator('.columns .film-title').first().innerText();
    const paper = await printed(page);
    checkPaper(paper);
    assert.ok(paper.words.includes(`Why ${title}?`) && paper.words.includes('It stands 1st'), paper.words);
    const [list, why] = await Promise.all(['.list', '.why'].map((it) => page.locator(it).boundingBox()));
    assert.ok(why.y >= list.y + list.height && why.height > 150, 'the reasons stand below the list');
    assert.ok(await page.locator('.why').evaluate((it) => it.scrollHeight <= it.clientHeight + 1), 'all of them');
    assert.ok((await page.pdf({ format: 'A4' })).length > 10_000);
  });
}

test('families side by side, each with its ten', async () => {
  const { page } = await visit(`&t=c&c=${COMPARED}`);
  await page.locator('[data-figure=compare] .nodes').first().waitFor();
  const nColumns = await page.locator('.column').count();
  assert.ok(nColumns > 2);
  checkPaper(await printed(page));
  const boxes = await page.locator('.column').evaluateAll((all) => all.map((it) => it.getBoundingClientRect().toJSON()));
  for (const { left, right, height } of boxes) assert.ok(left >= 0 && right <= A4.width && height > 400, JSON.stringify({ left, right, height }));
});

test('the page of results, none of its tables cut', async () => {
  const page = await (await browser.newContext({ colorScheme: 'dark' })).newPage();
  await page.goto(`${site.url}results.html`);
  checkPaper(await printed(page));
  const cut = await page.locator('.scrolls').evaluateAll((all) => all.filter((it) => it.scrollWidth > it.clientWidth + 1).map((it) => [it.getAttribute('aria-label'), it.scrollWidth, it.clientWidth]));
  assert.deepEqual(cut, []);
});
