// Search by meaning, why a film was found, and the catalogue's vectors computed on the device.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { movieIdOf } from './support/artifacts.mjs';
import { launch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

async function open(link = '') {
  const context = await browser.newContext();
  return { context, reader: await openPage(await context.newPage(), site, { link }) };
}

test('words of the reader find a film that fits, and say which words and facts brought it', async () => {
  const { context, reader } = await open();
  await reader.search('animated toys that come to life');
  const found = await reader.waitForFound();
  assert.ok(found.slice(0, 5).some((title) => title.startsWith('Toy Story')), `found ${found.slice(0, 5).join(', ')}`);
  await reader.page.locator('.found .rec-name').filter({ hasText: 'Toy Story' }).first().click();
  await reader.page.getByRole('heading', { name: 'Your words' }).waitFor();
  await reader.page.getByRole('heading', { name: 'Facts of the film' }).waitFor();
  const rows = await reader.page.locator('.match th').allTextContents();
  for (const word of ['animated', 'toys', 'life']) assert.ok(rows.includes(word), `"${word}" is not among ${rows.join(', ')}`);
  assert.ok(rows.some((it) => it.includes('animation')), 'the genre has to be among the facts');
  await context.close();
});

test('a title with a slip, a director and an actor are found by typing', async () => {
  const { context, reader } = await open();
  for (const [typed, wanted] of [['blade runer', 'Blade Runner'], ['ridley scott', 'Alien'], ['sigourney weaver', 'Alien']]) {
    await reader.search_box.fill(typed);
    await reader.page.getByRole('option').filter({ hasText: wanted }).first().waitFor();
  }
  await context.close();
});

test('the device computes its own vectors, stops when told, and goes on after a reload', async () => {
  const { context, reader } = await open(`#v1&h=${movieIdOf('Alien')}&f=sasrec`);
  await reader.waitForRecommendations();
  await reader.startEmbedding();
  await reader.seesText(/a second/);
  const first = await reader.nEmbedded();
  await reader.waitForEmbedded(first + 1);
  await reader.page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await reader.page.getByRole('button', { name: 'Go on' }).waitFor();
  const kept = await reader.nEmbedded();
  assert.ok(kept > 0);

  // Recommendations are served in between.
  await reader.pick('Heat');
  await reader.waitForRecommendations();

  await reader.reload();
  await reader.waitForRecommendations();
  await reader.startEmbedding();
  await reader.seesText(/of them kept from before/);
  const said = await reader.page.getByText(/of them kept from before/).first().textContent();
  const nKept = Number(/([\d,]+) of them kept/.exec(said)[1].replaceAll(',', ''));
  assert.ok(nKept >= kept, `${nKept} were kept of ${kept}`);
  assert.ok((await reader.nEmbedded()) >= kept, 'nothing is computed twice');
  await context.close();
});

test('the small encoder answers first, MiniLM when asked to, and the choice is kept', async () => {
  const { context, reader } = await open(`#v1&h=${movieIdOf('Alien')}&f=sasrec`);
  await reader.search('a heist that goes wrong');
  await reader.waitForFound();
  const reads = (name) => reader.page.getByRole('status').filter({ hasText: new RegExp(`^${name} read your words`) }).waitFor();
  await reads('Small MiniLM');
  await reader.chooseEncoder('MiniLM');
  await reads('MiniLM');

  await reader.reload();
  await reader.waitForRecommendations();
  await reader.search('a heist that goes wrong');
  await reader.waitForFound();
  await reads('MiniLM');
  await context.close();
});
