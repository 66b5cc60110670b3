// What the reader taught acts wherever lists are shown: films said to be seen or not for the reader are in none of them, and a
// re-ranker that is on orders all of them. On the real films, models and vectors.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { catalogue } from './support/artifacts.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';
import { rankedFilms } from './support/talk.mjs';

const FIVE = '#v2&h=1214.541.2571.6.608';

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

async function visit({ link = FIVE, context, ...options } = {}) {
  const page = await (context ?? (await browser.newContext(options))).newPage();
  const complaints = watch(page);
  const asked = [];
  page.on('request', (it) => asked.push(new URL(it.url()).pathname));
  const reader = await openPage(page, site, { link });
  return { page, reader, complaints, asked };
}

const rowsIn = (rows) => rows.evaluateAll((all) => all.map((it) => Number(it.dataset.row)));
const listed = (page) => rowsIn(page.locator('.list .rec'));
const filmOf = (row) => `${catalogue.title[row]} (${catalogue.year[row]})`;
const hiddenPlace = (page) => page.locator('.hidden-films > summary');

/** Presses the button of `row`, and waits for the list without it. */
async function say(page, words, row) {
  await page.locator('.list').getByRole('button', { name: `${words}: ${filmOf(row)}` }).click();
  await page.locator(`.list .rec[data-row="${row}"]`).waitFor({ state: 'detached' });
  await page.locator('.list.is-stale').waitFor({ state: 'detached' });
}

test('a film that was seen, or is not for the reader, is in no list until it is brought back', async () => {
  const { page, reader, complaints } = await visit();
  await reader.waitForRecommendations();
  const plain = await listed(page);
  await say(page, 'Seen', plain[0]);
  await say(page, 'Not for me', plain[1]);
  const rest = await listed(page);
  assert.equal(rest.length, 10, 'ten rows are still ten rows');
  assert.deepEqual(rest.slice(0, 8), plain.slice(2), 'the others move up');
  assert.equal(await hiddenPlace(page).innerText(), '2 films are hidden: 1 seen, 1 not for you');
  // An explanation counts ranks as the list does.
  await reader.waitForExplanation(catalogue.title[rest[0]]);
  await page.getByText(/It stands 1/).first().waitFor();

  await reader.reload();
  await reader.waitForRecommendations();
  assert.deepEqual(await listed(page), rest, 'kept on this device');

  await page.getByRole('button', { name: 'Compare' }).click();
  await page.locator('.column .place').first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('.column')].every((it) => it.getAttribute('aria-busy') === 'false' && it.querySelectorAll('.place').length === 10));
  const placed = await rowsIn(page.locator('.column .place'));
  assert.ok(!placed.includes(plain[0]) && !placed.includes(plain[1]), 'no column has them');
  assert.match(await hiddenPlace(page).innerText(), /^2 films are hidden/);

  await page.getByRole('link', { name: 'With words' }).click();
  const asks = ['crime', 'science fiction', 'thriller'];
  for (const [at, message] of asks.entries()) {
    await page.getByRole('textbox', { name: 'Your message' }).fill(message);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.turn').nth(at).waitFor();
    const rows = (await rankedFilms(page)).map(({ row }) => row);
    assert.ok(!rows.includes(plain[0]) && !rows.includes(plain[1]), message);
  }
  await hiddenPlace(page).click();
  await page.getByRole('button', { name: `Bring back ${filmOf(plain[0])}` }).click();
  await hiddenPlace(page).getByText('1 film is hidden: 1 not for you').waitFor();
  await page.getByRole('button', { name: 'Bring all back' }).click();
  await hiddenPlace(page).waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Explore', exact: true }).click();
  await reader.waitForRecommendations();
  assert.deepEqual(await listed(page), plain);
  assert.deepEqual(complaints, []);
});

test('undo takes back what was said, and by keyboard the focus stays at its place in the list', async () => {
  const { page, reader } = await visit();
  await reader.waitForRecommendations();
  const plain = await listed(page);
  const seen = page.locator('.list').getByRole('button', { name: `Seen: ${filmOf(plain[2])}` });
  await seen.focus();
  await page.keyboard.press('Enter');
  await page.locator(`.list .rec[data-row="${plain[2]}"]`).waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement.getAttribute('aria-label')?.startsWith('Seen: '));
  const place = await page.evaluate(() => [...document.querySelectorAll('.list .rec')].indexOf(document.activeElement.closest('.rec')));
  assert.equal(place, 2);
  await reader.undo();
  await page.locator(`.list .rec[data-row="${plain[2]}"]`).waitFor();
  await page.locator('.list.is-stale').waitFor({ state: 'detached' });
  assert.deepEqual(await listed(page), plain);
  assert.equal(await hiddenPlace(page).count(), 0);

  const add = page.locator('.list').getByRole('button', { name: `Add ${filmOf(plain[1])} to your history` });
  await add.focus();
  await page.keyboard.press('Enter');
  await reader.waitForPick(catalogue.title[plain[1]]);
  await page.waitForFunction(() => document.activeElement.closest('.list')?.contains(document.activeElement));
});

test('what is not for the reader in a list is a dislike for the re-ranker, and the other way round', async () => {
  const { page, reader } = await visit();
  await reader.waitForRecommendations();
  const [first] = await listed(page);
  await say(page, 'Not for me', first);
  await page.getByRole('link', { name: 'For you' }).click();
  await page.getByRole('button', { name: 'Train a re-ranker' }).click();
  await page.getByText(/^5 likes and 1 dislike\./).waitFor();
  const button = page.locator('.to-judge').first().getByRole('button', { name: /^Not for me: / }).first();
  const film = (await button.getAttribute('aria-label')).replace('Not for me: ', '');
  await button.click();
  await page.getByText(/^5 likes and 2 dislikes\./).waitFor();
  await page.getByRole('link', { name: 'Explore', exact: true }).click();
  await hiddenPlace(page).click();
  await page.getByRole('button', { name: `Bring back ${film}` }).waitFor();
});

/** For you: a re-ranker that helps, trained on the marks of a made-up reader, is on. */
async function switchOn(page) {
  const part = page.getByRole('region', { name: 'Your re-ranker' });
  await part.getByRole('button', { name: /^Try a made-up reader/ }).click();
  await part.getByRole('button', { name: 'Train on these marks' }).click();
  await part.locator('.verdict').getByText(/^It helps/).waitFor();
  await part.getByRole('switch').click();
  await part.locator('.two-orders li').first().waitFor();
}

test('a re-ranker that is on orders the lists that are shown, and the plain order is a click away', async () => {
  const context = await browser.newContext();
  const { page: before, reader: readerBefore, asked } = await visit({ context });
  await readerBefore.waitForRecommendations();
  const plain = await listed(before);
  assert.equal(await before.locator('.in-order').count(), 0);
  assert.ok(!asked.some((it) => it.endsWith('catalogue.vectors')), 'vectors are for those whose re-ranker is on');
  await before.close();

  const { page, reader, complaints } = await visit({ context, link: `talk.html${FIVE}&t=h` });
  await switchOn(page);
  await page.getByRole('link', { name: 'Explore', exact: true }).click();
  await page.getByText('Re-ordered by your re-ranker.').first().waitFor();
  await page.locator('.list .was').filter({ hasText: /^was \d+$/ }).first().waitFor();
  await reader.waitForRecommendations();
  const reordered = await listed(page);
  assert.equal(reordered.length, 10);
  await page.getByRole('button', { name: 'Show the plain order' }).click();
  await page.getByText('In plain order, without your re-ranker.').waitFor();
  await page.locator('.list .was').filter({ hasText: /^was/ }).first().waitFor({ state: 'detached' }).catch(() => {});
  await reader.waitForRecommendations();
  const withoutMarked = await listed(page);
  assert.notDeepEqual(reordered, withoutMarked);
  await page.getByRole('button', { name: 'Use your re-ranker' }).click();
  await page.locator('.list .was').filter({ hasText: /^was \d+$/ }).first().waitFor();
  await reader.waitForRecommendations();
  assert.deepEqual(await listed(page), reordered);
  // Where it says a film was, the family has it.
  const was = await page.locator('.list .rec').evaluateAll((all) => all.map((it) => [Number(it.dataset.row), Number(/was (\d+)/.exec(it.querySelector('.was').textContent)[1])]));
  for (const [row, rank] of was.filter(([, rank]) => rank <= 10)) assert.equal(withoutMarked[rank - 1], row);

  await page.getByRole('button', { name: 'Compare' }).click();
  await page.locator('.compare .in-order').getByText('Re-ordered by your re-ranker.').waitFor();
  assert.deepEqual(complaints, []);
  void plain;
});

test('answers of Talk come in the order of a re-ranker that is on, say so, and follow the way to the plain order', async () => {
  const { page, complaints } = await visit({ link: `talk.html${FIVE}&t=h` });
  await switchOn(page);
  await page.getByRole('link', { name: 'Explore', exact: true }).click();
  await page.getByRole('link', { name: 'With words' }).click();
  await page.getByRole('textbox', { name: 'Your message' }).fill('science fiction');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('.turn .claim[data-row]').first().waitFor();
  const note = page.locator('.transcript .in-order');
  const answer = async () => (await rankedFilms(page)).map(({ row, score, was }) => ({ row, score, was }));
  const named = () => rowsIn(page.locator('.turn').last().locator('.claim[data-row]'));
  const isBestFirst = (films) => films.every((it, at) => at === 0 || it.score <= films[at - 1].score);
  const comesAfter = (films) => page.waitForFunction((rows) => [...document.querySelectorAll('[data-figure=talk] .ranked')].map((it) => it.dataset.row).join() !== rows, films.slice(0, 6).map((it) => it.row).join());

  await note.getByText('Re-ordered by your re-ranker.').waitFor();
  const reordered = await answer();
  assert.equal(reordered.length, 10);
  assert.ok(!isBestFirst(reordered), 'the sums alone would order them otherwise');
  assert.deepEqual(await named(), reordered.slice(0, 3).map((it) => it.row), 'the sentences are about the first of the list');

  await page.getByRole('button', { name: 'Show the plain order' }).click();
  await note.getByText('In plain order, without your re-ranker.').waitFor();
  await comesAfter(reordered);
  const plain = await answer();
  assert.ok(isBestFirst(plain));
  assert.ok(plain.every((it, at) => it.was === at + 1), 'nothing was elsewhere');
  assert.deepEqual(await named(), plain.slice(0, 3).map((it) => it.row));
  // Where it says a film was, the plain order has it.
  for (const { row, was } of reordered.filter((it) => it.was <= 10)) assert.equal(plain[was - 1].row, row);

  await page.getByRole('button', { name: 'Use your re-ranker' }).click();
  await comesAfter(plain);
  assert.deepEqual(await answer(), reordered);
  assert.equal(await page.locator('.turn').count(), 1, 'nothing was said');
  assert.deepEqual(complaints, []);
});

test('after a restart of the engine lists are re-ordered as before', async () => {
  const { page, reader } = await visit({ link: `talk.html${FIVE}&t=h` });
  await switchOn(page);
  await page.getByRole('link', { name: 'Explore', exact: true }).click();
  const isReordered = () => page.locator('.list .was').filter({ hasText: /^was \d+$/ }).first().waitFor();
  await reader.waitForRecommendations();
  await isReordered();
  await reader.killEngine();
  await page.getByRole('button', { name: /^Take out Fargo/ }).click();
  await reader.seesAlert(/the engine stopped/i);
  await reader.restartEngine();
  await reader.waitForRecommendations();
  await isReordered();
});
