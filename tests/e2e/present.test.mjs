// For a projector: large type and nothing beside the open view, by a key or by the address, and back again.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findings } from './support/axe.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const LINK = '#v2&h=1214.541.2571.6.608&f=gru4rec&t=i';

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

async function open(options = {}) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link: LINK, ...options });
  await page.locator('[data-figure=memory] .picture [data-act]').first().waitFor();
  return { page, reader, complaints };
}

const claimHeight = (page) => page.locator('.claim').evaluate((it) => it.getBoundingClientRect().height);

test('the key P enlarges the figure and hides what is around it; Escape brings it back', async () => {
  const { page, complaints } = await open();
  const before = await claimHeight(page);
  await page.keyboard.press('p');
  await page.getByRole('button', { name: 'Leave full view (Esc)' }).waitFor();
  assert.ok((await claimHeight(page)) > before * 1.2);
  for (const part of ['.top', '.families', '.colophon', '.search']) assert.equal(await page.locator(part).first().isVisible(), false, part);
  const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= screen, `${wide} on ${screen}`);
  assert.deepEqual(await findings(page), []);
  await page.locator('.picture').focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByText('after 4 of 5').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.top').first().isVisible(), true);
  assert.deepEqual(complaints, []);
});

test('a letter that is typed stays a letter', async () => {
  const { page } = await open();
  await page.getByRole('combobox').first().fill('');
  await page.getByRole('combobox').first().press('p');
  assert.equal(await page.locator('html[data-present]').count(), 0);
});

test('an address can ask for it', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.url}explore.html?present${LINK}`);
  await page.locator('[data-figure=memory] .picture [data-act]').first().waitFor();
  assert.equal(await page.locator('html[data-present]').count(), 1);
});
