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

test('a link that a program on the way has spoilt is read all the same', async () => {
  const site = await startSite();
  const [alien, heat] = ['Alien', 'Heat'].map((title) => movieIdOf(title));
  for (const link of [`#v2&amp;h=${alien}.${heat}&amp;f=ease`, `#%23v2&h=${alien}.${heat}&f=ease`, `#v2%26h%3D${alien}.${heat}%26f%3Dease`]) {
    const reader = await openPage(await (await browser.newContext()).newPage(), site, { link });
    await reader.waitForHistory(['Alien', 'Heat']);
    await reader.waitForFamily('ease');
    assert.equal(await reader.page.getByRole('alert').count(), 0);
    await reader.page.waitForFunction((want) => location.hash.startsWith(want), `#v2&h=${alien}.${heat}&f=ease`);
  }
});

test('under a path and with isolation headers the site works as well', async () => {
  const site = await startSite({ base: '/some/where/', isolated: true });
  const page = await (await browser.newContext()).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site);
  await reader.pick('Alien');
  await reader.waitForRecommendations();
  await reader.search('slow space horror');
  await reader.waitForFound();
  assert.deepEqual(complaints, []);
});

test('the open view, its step, a pick switched off and a second history come back by link', async () => {
  const site = await startSite();
  const [alien, heat, fargo] = ['Alien', 'Heat', 'Fargo'].map((title) => movieIdOf(title));
  const open = async (link) => openPage(await (await browser.newContext()).newPage(), site, { link });

  const inside = await open(`#v2&h=${alien}.${heat}.${fargo}&o=${heat}&f=sasrec_ease&t=i&s=0`);
  await inside.seesText('after 1 of 2');
  await inside.page.getByRole('button', { name: 'Next step' }).click();
  await inside.seesText('after 2 of 2');
  await inside.page.waitForFunction(() => location.hash.endsWith('&t=i&s=1'));
  const again = await open(new URL(inside.page.url()).hash);
  await again.seesText('after 2 of 2');

  const compared = await open(`#v2&h=${alien}.${fargo}&f=sasrec_ease&b=${alien}.${heat}&c=saeeae`);
  await compared.seesText('Yours now lacks Heat and also has Fargo.');
  await compared.page.locator('.column').nth(3).waitFor();

  const tested = await open(`#v2&h=${alien}.${heat}.${fargo}&f=sasrec_ease&w=t`);
  await tested.page.locator('details[open]').filter({ hasText: 'Do these reasons hold?' }).waitFor();
  const map = await open(`#v2&h=${alien}.${fargo}&f=sasrec_ease&t=m&l=model`);
  await map.page.getByRole('radio', { name: /who watches what next/ }).waitFor();
  assert.ok(await map.page.getByRole('radio', { name: /who watches what next/ }).isChecked());

  // Links of the first version of the site hold neither.
  const old = await open(`#v2&h=${alien}.${heat}&f=sasrec_ease&c=saeeae`);
  await old.page.locator('.column').nth(1).waitFor();
  assert.equal(await old.page.locator('.column').count(), 2);
});
