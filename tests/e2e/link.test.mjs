// The address holds the state of the page, and nothing of it reaches a server.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { movieIdOf } from './support/artifacts.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

let browser;
before(async () => (browser = await launch()));

test('what is on the page is in the link, and a second reader gets the same', async () => {
  const site = await startSite();
  const first = await openPage(await (await browser.newContext()).newPage(), site);
  for (const title of ['Alien', 'Heat', 'Fargo']) await first.pick(title);
  await first.chooseFamily('ease');
  const list = await first.waitForRecommendations();
  const ids = ['Alien', 'Heat', 'Fargo'].map((title) => movieIdOf(title)).join('.');
  await first.page.waitForFunction((wanted) => location.hash.includes(wanted), `h=${ids}`);
  const { hash } = new URL(first.page.url());
  assert.match(hash, /f=ease/);

  const second = await openPage(await (await browser.newContext()).newPage(), site, { link: hash });
  assert.deepEqual(await second.waitForRecommendations(), list);
  assert.deepEqual(await second.history(), ['Alien', 'Heat', 'Fargo']);
  assert.ok(site.requests.every(({ path }) => !path.includes(ids)), 'a request gave the history away');
});

test('the history is there again on the next visit', async () => {
  const site = await startSite();
  const context = await browser.newContext();
  const first = await openPage(await context.newPage(), site);
  await first.pick('Alien');
  await first.waitForRecommendations();
  await first.page.close();
  const second = await openPage(await context.newPage(), site);
  await second.waitForHistory(['Alien']);
  await second.waitForRecommendations();
});

test('under a path and without isolation headers the site works as well', async () => {
  const site = await startSite({ base: '/some/where/', isolated: false });
  const page = await (await browser.newContext()).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site);
  await reader.pick('Alien');
  await reader.waitForRecommendations();
  await reader.search('slow space horror');
  await reader.waitForFound();
  assert.deepEqual(complaints, []);
});
