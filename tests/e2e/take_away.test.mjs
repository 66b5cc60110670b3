// What a reader takes along: tables are the engine's numbers with MovieLens ids, pictures are what stands on the screen over
// a caption, and what a browser spoils is not called done.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { csvOf } from '../../public/tables.js';
import { catalogue, golden, manifest } from './support/artifacts.mjs';
import { startEngine } from './support/engine.mjs';
import { insideOf } from './support/inside.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const [{ history: HISTORY }] = golden('sasrec_ease').cases;
const linkOf = (family, more = '') => `#v2&h=${HISTORY.map((row) => catalogue.movie_id[row]).join('.')}&f=${family}${more}`;
const MARGIN = 16;
const SCALE = 2;

/** Three families as a link writes them: the first two letters of each and its last. */
const COMPARED = ['sasrec_ease', 'gru4rec', 'ease_recency'].map((name) => name.slice(0, 2) + name.at(-1)).join('');

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

async function visit({ link = linkOf('sasrec_ease'), colorScheme, by = browser, spoil, ...options } = {}) {
  const context = await by.newContext({ permissions: ['clipboard-read', 'clipboard-write'], colorScheme, reducedMotion: 'reduce', ...options });
  if (spoil) await context.addInitScript(spoil);
  const page = await context.newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link });
  if (link.includes('&t=i')) await insideOf(page).waitFor();
  else if (!link.includes('&t=')) {
    await reader.waitForRecommendations();
    await reader.waitForExplanation();
  }
  return { page, reader, complaints };
}

async function saved(page, kind) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.take-away').getByRole('button', { name: kind, exact: true }).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

const jsonOf = async (page) => JSON.parse((await saved(page, 'JSON')).bytes);
const tableNamed = ({ tables }, name) => tables.find((it) => it.name === name)?.rows ?? assert.fail(`${name} is not among ${tables.map((it) => it.name)}`);
const film = (row) => ({ movie_id: catalogue.movie_id[row], title: catalogue.title[row], year: catalogue.year[row] });
const near = (got, want) => assert.ok(typeof got === 'number' && Math.abs(got - want) <= 1e-5 * Math.max(1, Math.abs(want)), `${got} is not ${want}`);

describe('tables', () => {
  test('JSON holds the list and the explanation as the engine gave them', async () => {
    const { page, complaints } = await visit({ link: linkOf('ease_recency') });
    const { name, bytes } = await saved(page, 'JSON');
    assert.equal(name, 'glassrec-ease-recent-first-recommends.json');
    const taken = JSON.parse(bytes);
    assert.ok(taken.address.endsWith(linkOf('ease_recency')), taken.address);
    assert.equal(taken.model, 'EASE, recent first');
    assert.deepEqual(tableNamed(taken, 'history'), HISTORY.map((row, at) => ({ pick: at + 1, ...film(row) })));
    const { list } = await engine.ask({ Recommend: { family: 'ease_recency', history: HISTORY, top: 50 } });
    const rows = tableNamed(taken, 'list');
    assert.deepEqual(rows.map(({ score, ...row }) => row), list.map(({ item }, at) => ({ rank: at + 1, ...film(item) })));
    rows.forEach(({ score }, at) => near(score, list[at].score));
    const { explanation } = await engine.ask({ Explain: { family: 'ease_recency', history: HISTORY, item: list[0].item, within: 10 } });
    const why = tableNamed(taken, `why ${catalogue.title[list[0].item]}`);
    explanation.influence.forEach(({ pick, score_drop: lost, rank_without: rank }, at) => {
      assert.deepEqual({ movie_id: why[at].movie_id, title: why[at].title }, { movie_id: catalogue.movie_id[pick], title: catalogue.title[pick] });
      near(why[at].score_lost, lost);
      near(why[at].part, explanation.contributions.picks[at]);
      assert.equal(why[at].rank_without, rank);
    });
    assert.deepEqual(complaints, []);
  });

  test('CSV has the same numbers, with a plain minus and quotes where they are needed', async () => {
    const { page } = await visit();
    const taken = await jsonOf(page);
    const { name, bytes } = await saved(page, 'CSV');
    assert.equal(name, 'glassrec-sasrec-with-ease-s-links-recommends.csv');
    const text = bytes.toString('utf8');
    assert.ok(text.startsWith('\ufeff'));
    const blocks = text.slice(1).trimEnd().split('\r\n\r\n').map((block) => block.split('\r\n'));
    assert.deepEqual(blocks.map(([title]) => title.replaceAll('"', '')), taken.tables.map((it) => it.name));
    blocks.forEach(([, heads, ...rows], at) => {
      assert.equal(heads, Object.keys(taken.tables[at].rows[0]).join(','));
      assert.equal(rows.length, taken.tables[at].rows.length);
    });
    const [first] = tableNamed(taken, 'list');
    const title = first.title.includes(',') ? `"${first.title}"` : first.title;
    assert.ok(text.includes(`\r\n1,${first.movie_id},${title},${first.year},${first.score}\r\n`), text.slice(0, 800));
    assert.ok(taken.tables.some(({ rows }) => rows.some((row) => Object.values(row).some((it) => typeof it === 'number' && it < 0))), 'something is below nothing');
    assert.doesNotMatch(text, /[−▲▼]/);
  });

  test('no text is run by a spreadsheet as a formula', () => {
    const rows = [['=1+1', -0.5], ['+1', 2], ['-1', 3], ['@x', 4], ['a, "b"', null]];
    const text = csvOf([{ name: 't', columns: ['title', 'number'], rows }]);
    assert.equal(text, '\ufefft\r\ntitle,number\r\n\'=1+1,-0.5\r\n\'+1,2\r\n\'-1,3\r\n\'@x,4\r\n"a, ""b""",\r\n');
  });

  test('every look inside gives tables of numbers, films by their ids', async () => {
    const { page, reader } = await visit({ link: linkOf('sasrec_ease', '&t=i') });
    for (const family of Object.keys(manifest.families)) {
      const title = await page.locator('label.family', { has: page.locator(`input[value=${family}]`) }).locator('.family-name').innerText();
      await reader.chooseFamily(family);
      await insideOf(page, title).waitFor();
      const taken = await jsonOf(page);
      assert.equal(taken.model, title);
      const [, ...inside] = taken.tables;
      assert.ok(inside.length > 0, `${family} has no table`);
      const ids = new Set(catalogue.movie_id);
      for (const { name, rows } of inside) {
        for (const row of rows) {
          if ('movie_id' in row) assert.ok(ids.has(row.movie_id), `${family}, ${name}: ${JSON.stringify(row)}`);
          for (const [column, value] of Object.entries(row)) {
            const isText = typeof value === 'string';
            assert.ok(!isText || /title|films|reading|covered|low|high|best_known|code|^near$|^by$/.test(column), `${family}, ${name}, ${column}: ${value}`);
          }
        }
      }
    }
  });

  test('families side by side give each list and what they agree on', async () => {
    const { page } = await visit({ link: linkOf('sasrec_ease', `&t=c&c=${COMPARED}`) });
    await page.locator('[data-figure=compare] .nodes').first().waitFor();
    const taken = await jsonOf(page);
    // The list has its first fifty, the agreement every rank.
    const { list } = await engine.ask({ Recommend: { family: 'sasrec_ease', history: HISTORY, top: catalogue.movie_id.length } });
    assert.deepEqual(tableNamed(taken, "SASRec with EASE's links").map((it) => it.movie_id), list.slice(0, 50).map(({ item }) => catalogue.movie_id[item]));
    const agreed = tableNamed(taken, 'what the lists agree on');
    for (const row of agreed) {
      const rank = list.findIndex(({ item }) => catalogue.movie_id[item] === row.movie_id) + 1;
      assert.equal(row["rank SASRec with EASE's links"], rank || null);
    }
  });
});

/** How far two pictures of one size lie apart: the mean difference of a channel, and the share of points that differ plainly. */
const apart = (page, left, right) =>
  page.evaluate(async ({ urls, wide, high }) => {
    const [a, b] = await Promise.all(urls.map(async ({ url, x, y, width, height }) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const context = new OffscreenCanvas(wide, high).getContext('2d', { willReadFrequently: true });
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, x, y, width, height, 0, 0, wide, high);
      return context.getImageData(0, 0, wide, high).data;
    }));
    let sum = 0;
    let far = 0;
    const colours = new Set();
    for (let at = 0; at < a.length; at += 4) {
      const off = Math.max(...[0, 1, 2].map((channel) => Math.abs(a[at + channel] - b[at + channel])));
      sum += off;
      if (off > 64) far += 1;
      colours.add((a[at] << 16) | (a[at + 1] << 8) | a[at + 2]);
    }
    return { mean: sum / (a.length / 4), far: far / (a.length / 4), nColours: colours.size };
  }, { urls: [left, right], wide: left.width, high: left.height });

const urlOf = (bytes, type) => `data:${type};base64,${bytes.toString('base64')}`;

describe('pictures', () => {
  const views = [
    ['the list and its reasons', linkOf('sasrec_ease')],
    ['a look inside', linkOf('sasrec_ease', '&t=i')],
    ['a look inside with bars', linkOf('mult_vae', '&t=i')],
  ];
  for (const colorScheme of ['light', 'dark']) {
    for (const [what, link] of views) {
      test(`${what}, ${colorScheme}: what is saved is what is seen`, async () => {
        // So high that nothing is scrolled, and so wide that the page stands on whole pixels.
        const { page, complaints } = await visit({ link, colorScheme, viewport: { width: 1279, height: 2600 } });
        await page.evaluate(() => document.activeElement.blur());
        const view = page.locator('[data-view]');
        // On whole pixels: words between two of them are drawn on either.
        await view.evaluate((it) => {
          const { top } = it.getBoundingClientRect();
          document.body.style.paddingTop = `${Math.ceil(top + scrollY) - top - scrollY}px`;
        });
        const png = (await saved(page, 'PNG')).bytes;
        const svg = (await saved(page, 'SVG')).bytes;
        await page.mouse.move(0, 0);
        await page.evaluate(() => document.activeElement.blur());
        const screen = await view.screenshot();
        const { width, height } = await view.boundingBox();
        assert.equal(png.subarray(1, 4).toString(), 'PNG');
        const [wide, high] = [width, height].map(Math.floor);
        const size = { width: wide * SCALE, height: high * SCALE };
        assert.ok(png.readUInt32BE(16) >= size.width + 2 * MARGIN * SCALE && png.readUInt32BE(20) > size.height + 2 * MARGIN * SCALE, 'a caption stands below');
        // Point by point, each at the scale it was made for: the SVG beside the screen, the PNG beside the SVG drawn twice as large.
        const source = svg.toString('utf8');
        const doubled = source.replace(/^<svg([^>]*?) width="(\d+)" height="(\d+)"/, (_, rest, w, h) => `<svg${rest} width="${w * SCALE}" height="${h * SCALE}"`);
        assert.notEqual(doubled, source);
        const seen = { url: urlOf(screen, 'image/png'), x: 0, y: 0, width: wide, height: high };
        const drawn = await apart(page, { url: urlOf(svg, 'image/svg+xml'), x: MARGIN, y: MARGIN, width: wide, height: high }, seen);
        assert.ok(drawn.nColours > 20 && drawn.mean < 3 && drawn.far < 0.01, `SVG: ${JSON.stringify(drawn)}`);
        const inside = { x: MARGIN * SCALE, y: MARGIN * SCALE, ...size };
        const points = await apart(page, { url: urlOf(png, 'image/png'), ...inside }, { url: urlOf(Buffer.from(doubled), 'image/svg+xml'), ...inside });
        assert.ok(points.nColours > 20 && points.mean < 3 && points.far < 0.01, `PNG: ${JSON.stringify(points)}`);
        assert.deepEqual(complaints, []);
      });
    }
  }

  test('a caption names the history, the model and the address', async () => {
    const { page } = await visit();
    const { name, bytes } = await saved(page, 'SVG');
    assert.equal(name, 'glassrec-sasrec-with-ease-s-links-recommends.svg');
    const words = await page.evaluate((svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement.textContent, bytes.toString('utf8'));
    assert.ok(words.includes("Glassrec · SASRec with EASE's links recommends"), words.slice(-400));
    assert.ok(words.includes(`History: ${HISTORY.map((row) => catalogue.title[row]).join(', ')}`));
    assert.ok(words.includes(page.url()));
  });

  test('the picture and the link go to the clipboard', async () => {
    const { page } = await visit();
    await page.getByRole('button', { name: 'Copy picture' }).click();
    await page.getByText('Done.').waitFor();
    assert.deepEqual(await page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types)), ['image/png']);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Copied').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
  });

  test('where the browser alters what is drawn the page says so, and nothing is called done', async () => {
    /** What guards against fingerprinting do, as extensions do it: other points than were drawn. */
    const spoil = () => {
      const whole = CanvasRenderingContext2D.prototype.getImageData;
      CanvasRenderingContext2D.prototype.getImageData = function spoilt(...args) {
        const image = whole.apply(this, args);
        image.data.forEach((_, at) => (image.data[at] = (at * 97) % 256));
        return image;
      };
    };
    const refusing = await launch(['--disable-reading-from-canvas']);
    for (const { page } of [await visit({ spoil }), await visit({ by: refusing })]) {
      let nSaved = 0;
      page.on('download', () => (nSaved += 1));
      await page.locator('.take-away').getByRole('button', { name: 'PNG', exact: true }).click();
      await page.getByText('This browser alters what a page draws').waitFor();
      assert.equal(nSaved, 0);
      assert.match((await saved(page, 'SVG')).bytes.toString('utf8'), /^<svg/);
    }
  });
});
