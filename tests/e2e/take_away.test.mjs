// What a reader takes along: the tables and pictures are of what stands on the page, and nothing is asked of another site.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const [{ history: HISTORY, top: TOP }] = golden('sasrec').cases;
const LINK = `#v1&h=${HISTORY.map((row) => catalogue.movie_id[row]).join('.')}&f=sasrec`;

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

async function visit({ link = LINK, tab } = {}) {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link });
  await reader.waitForRecommendations();
  await reader.waitForExplanation();
  if (tab) {
    await page.getByRole('button', { name: tab }).click();
    await page.getByText(/All numbers here come from/).waitFor();
  }
  return { page, reader, complaints };
}

async function saved(page, kind) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: kind, exact: true }).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('JSON holds the list and the explanation as they stand on the page', async () => {
  const { page, complaints } = await visit();
  const { name, bytes } = await saved(page, 'JSON');
  assert.equal(name, 'glassrec-next-says-sasrec.json');
  const { link, tables } = JSON.parse(bytes);
  assert.ok(link.endsWith(LINK), link);
  const [list, why] = tables;
  const unseen = TOP.filter(([row]) => !HISTORY.includes(row));
  assert.deepEqual(list.rows.map(([rank, film]) => [rank, film]), unseen.map(([row], at) => [String(at + 1), catalogue.title[row]]));
  list.rows.forEach(([, , , score], at) => assert.equal(Number(score).toFixed(2), unseen[at][1].toFixed(2)));
  assert.deepEqual(why.rows.map(([pick]) => pick).sort(), HISTORY.map((row) => catalogue.title[row]).sort());
  assert.deepEqual(complaints, []);
});

test('CSV of a look inside holds a row for each pick, and quotes what needs it', async () => {
  const { page } = await visit({ tab: 'See inside' });
  const { name, bytes } = await saved(page, 'CSV');
  assert.equal(name, 'glassrec-inside-sasrec.csv');
  const lines = bytes.toString('utf8').split('\r\n');
  assert.ok(lines.includes('Pick,Layer 1,Layer 2,Stood before'), lines.join('\n'));
  for (const row of HISTORY) {
    const title = catalogue.title[row];
    const cell = title.includes(',') ? `"${title}"` : title;
    assert.ok(lines.some((line) => line.startsWith(`${cell},`)), `${cell} in\n${lines.join('\n')}`);
  }
});

test('pictures are as large as the view, and drawn', async () => {
  const { page, complaints } = await visit({ tab: 'See inside' });
  const { width, height } = await page.locator('[data-view]').boundingBox();
  const png = (await saved(page, 'PNG')).bytes;
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.ok(Math.abs(png.readUInt32BE(16) - 2 * width) <= 4 && Math.abs(png.readUInt32BE(20) - 2 * height) <= 4, 'twice as many points as pixels');
  // Paper, ink, lines and bars: more than a few colours, or nothing was drawn.
  const nColours = await page.evaluate(async (url) => {
    const picture = await createImageBitmap(await new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve(image);
      image.src = url;
    }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context.drawImage(picture, 0, 0);
    return new Set(new Uint32Array(context.getImageData(0, 0, picture.width, picture.height).data.buffer)).size;
  }, `data:image/png;base64,${png.toString('base64')}`);
  assert.ok(nColours > 20, `${nColours} colours`);
  const svg = (await saved(page, 'SVG')).bytes.toString('utf8');
  assert.match(svg, /^<svg/);
  assert.ok(svg.includes(catalogue.title[TOP.find(([row]) => !HISTORY.includes(row))[0]]));
  assert.deepEqual(complaints, []);
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
