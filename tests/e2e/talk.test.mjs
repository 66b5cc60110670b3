// The page of conversations: a program of its own, over the same history and the same engine.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { catalogue } from './support/artifacts.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

async function visit({ link = 'talk.html', ...options } = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link });
  return { page, reader, complaints };
}

const idOf = (title) => catalogue.movie_id[catalogue.title.indexOf(title)];

test('the history goes along to the conversation and back', async () => {
  const { page, reader, complaints } = await visit({ link: `#v1&h=${idOf('Alien')}.${idOf('Fargo')}` });
  await reader.waitForRecommendations();
  await page.getByRole('link', { name: 'Talk' }).click();
  await page.waitForURL(/talk\.html#v1/);
  assert.deepEqual(await reader.history(), ['Alien', 'Fargo']);
  await reader.pick('Heat');
  await page.getByRole('link', { name: 'Compare' }).click();
  await page.locator('.column').first().waitFor();
  assert.deepEqual(await reader.history(), ['Alien', 'Fargo', 'Heat']);
  assert.deepEqual(complaints, []);
});
