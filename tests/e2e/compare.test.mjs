// Families side by side: the columns are what the engine answers, the figure draws every rank where it is and claims what
// a second hand computes from them, and all of it survives a link, a missing file, an edit, a phone and a keyboard.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { catalogue, filesOf, golden, manifest } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { ordinal, shortTitle } from './support/inside.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

/** The history of the golden answers, so that Python's lists are the columns' as well. */
const [{ history: HISTORY }] = golden('sasrec_ease').cases;
const FAMILIES = ['sasrec_ease', 'gru4rec', 'bert4rec', 'ease_recency', 'popularity'];
const code = (name) => name.slice(0, 2) + name.at(-1);
const link = (rows, families) => `#v2&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&f=sasrec_ease&c=${families.map(code).join('')}`;
const LINK = link(HISTORY, FAMILIES);

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const N_FIRST = 10;
const N_RANKED = 50;

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

async function visit({ hash = LINK, host = site, isSettled = true, ...options } = {}) {
  const page = await (await browser.newContext({ viewport: WIDE, ...options })).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, host, { link: hash });
  if (isSettled) await settled(page);
  return { page, reader, complaints };
}

/** Every list is that of the history on the page, or has said that there is none; and the agreement is theirs. */
const settled = (page) =>
  page.waitForFunction(() => {
    const columns = [...document.querySelectorAll('.column')];
    const isHere = (it) => it.ariaBusy === 'false' && (it.querySelector('.column-failure') || (it.querySelector('.place') && !it.matches('.is-stale')));
    return columns.length > 0 && columns.every(isHere) && !document.querySelector('.side-by-side.is-stale');
  });

const column = (page, family) => page.locator(`section[aria-labelledby=column-${family}]`);
const rowsOf = (page, family) => column(page, family).locator('.place').evaluateAll((places) => places.map((it) => Number(it.dataset.row)));
const familiesOf = (page) => page.locator('.column').evaluateAll((columns) => columns.map((it) => it.getAttribute('aria-labelledby').slice('column-'.length)));
const filmOf = (row) => `${catalogue.title[row]} (${catalogue.year[row]})`;

async function answerOf(family, history) {
  const recommended = await engine.ask({ Recommend: { family, history, top: N_RANKED } });
  return recommended.list.map(({ item }) => item);
}
const answersOf = (families, history) => Promise.all(families.map((family) => answerOf(family, history)));

/** Every film that a family can recommend, best first. */
async function wholeOf(family, history) {
  const recommended = await engine.ask({ Recommend: { family, history, top: catalogue.movie_id.length } });
  return recommended.list.map(({ item }) => item);
}

const rankIn = (list, row) => (list.includes(row) ? list.indexOf(row) + 1 : null);

/** Reciprocal rank fusion, written a second time. */
function consensusOf(lists) {
  const score = (row) => lists.reduce((sum, list) => sum + (list.includes(row) ? 1 / (60 + rankIn(list, row)) : 0), 0);
  return [...new Set(lists.flat())].sort((a, b) => score(b) - score(a) || a - b).slice(0, N_FIRST);
}

/** Gini's mean difference of the ranks, written a second time. */
function spreadOf(lists, row) {
  const ranks = lists.map((list) => rankIn(list, row) ?? N_RANKED + 1);
  let sum = 0;
  let n = 0;
  for (let i = 0; i < ranks.length; i += 1) for (let j = 0; j < i; j += 1, n += 1) sum += Math.abs(ranks[i] - ranks[j]);
  return sum / n;
}

const figure = (page) => page.locator('[data-figure=compare]');
const claimOf = (page) => figure(page).locator('.claim').innerText();

/** What the table of the figure holds: the models of its columns, and a row a film: its MovieLens id, and a rank a model. */
async function twinOf(page) {
  const isOpen = await figure(page).locator('details:not(.embed)').getAttribute('open');
  if (isOpen === null) await figure(page).getByText('The same as a table').click();
  await figure(page).locator('.twin-rows tbody tr').first().waitFor();
  const head = await figure(page).locator('.twin-rows thead th').allTextContents();
  const rows = await figure(page).locator('.twin-rows tbody tr').evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((it) => it.textContent)));
  const isModel = (_, at) => at > 2 && at < head.length - 1;
  return { models: head.filter(isModel), rows: rows.map((row) => [Number(row[0]), ...row.filter(isModel).map(Number)]) };
}

/** The families in the order of the picture. */
async function familiesOfPicture(page) {
  const titles = await page.locator('.column').evaluateAll((all) => all.map((it) => [it.querySelector('h3').textContent, it.getAttribute('aria-labelledby').slice('column-'.length)]));
  const { models } = await twinOf(page);
  return models.map((it) => titles.find(([title]) => title === it)[1]);
}

/** "1,487th". */
const nth = (rank) => ordinal(rank).replace(/\B(?=(\d{3})+(?=\D))/g, ',');

describe('on a known history', () => {
  let page;
  let complaints;
  let lists;
  let whole;
  before(async () => {
    ({ page, complaints } = await visit());
    lists = await answersOf(FAMILIES, HISTORY);
    whole = await Promise.all(FAMILIES.map((family) => wholeOf(family, HISTORY)));
  });

  test('each column holds the films the engine answers, which are those Python computed', async () => {
    assert.deepEqual((await familiesOf(page)).sort(), [...FAMILIES].sort());
    for (const [i, family] of FAMILIES.entries()) {
      assert.deepEqual(await rowsOf(page, family), lists[i].slice(0, N_FIRST), family);
      const { tolerance, cases } = golden(family);
      const known = cases.find(({ history }) => history.join() === HISTORY.join());
      if (!known) continue;
      const unseen = known.top.filter(([row]) => !HISTORY.includes(row));
      // Films whose scores are nearer to each other than the tolerance may have changed places.
      const isApart = unseen.every(([, score], at) => at === 0 || unseen[at - 1][1] - score > 2 * tolerance);
      if (isApart) assert.deepEqual(lists[i].slice(0, unseen.length), unseen.map(([row]) => row), `${family}, golden`);
    }
  });

  test('on top stand kind, milliseconds, bytes and measured quality', async () => {
    for (const family of FAMILIES) {
      const { results } = manifest.families[family];
      const bytes = filesOf(family).reduce((sum, it) => sum + it.bytes, 0);
      const size = bytes < 1e6 ? `${Math.floor(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
      const head = await column(page, family).locator('.column-head').innerText();
      assert.ok(head.includes(size), `${family}: ${head}`);
      assert.ok(head.includes(`NDCG@10 ${results['ndcg@10'].toFixed(3)}, table ${results.table}`), `${family}: ${head}`);
      assert.match(head, /\d(\.\d)? m?s\b/);
    }
    assert.match(await column(page, 'bert4rec').locator('.column-head').innerText(), /Masked/);
  });

  test('the best agreed films are those of reciprocal rank fusion over the first fifty, with every rank', async () => {
    const ordered = await familiesOfPicture(page);
    assert.deepEqual([...ordered].sort(), [...FAMILIES].sort());
    const want = consensusOf(lists).map((row) => [catalogue.movie_id[row], ...ordered.map((family) => rankIn(whole[FAMILIES.indexOf(family)], row))]);
    const { rows } = await twinOf(page);
    assert.deepEqual(rows.slice(0, N_FIRST), want);
    const drawn = new Set([...consensusOf(lists), ...lists.flatMap((list) => list.slice(0, N_FIRST))]);
    assert.deepEqual(rows.map(([id]) => id).sort(), [...drawn].map((row) => catalogue.movie_id[row]).sort());
  });

  test('the claim names the agreed film and the one with the largest spread of ranks', async () => {
    const [agreed] = consensusOf(lists);
    const shown = new Set(lists.flatMap((list) => list.slice(0, N_FIRST)));
    const spreads = [...shown].map((row) => [spreadOf(lists, row), row]).sort((a, b) => b[0] - a[0]);
    const best = (row) => Math.min(...lists.map((list) => rankIn(list, row) ?? Infinity));
    const [, row] = spreads.filter(([spread]) => spread > spreads[0][0] - 1e-9).sort((a, b) => best(a[1]) - best(b[1]) || a[1] - b[1])[0];
    const ranks = whole.map((list) => rankIn(list, row));
    const n = lists.filter((list) => list.slice(0, N_FIRST).includes(agreed)).length;
    const claim = await claimOf(page);
    assert.ok(claim.includes(`${n} of ${FAMILIES.length} model`) || (n === FAMILIES.length && claim.startsWith(`All ${n} models`)), claim);
    assert.ok(claim.includes(shortTitle(catalogue.title[agreed])), claim);
    assert.ok(claim.endsWith(`they differ most over ${shortTitle(catalogue.title[row])}, ${nth(Math.min(...ranks))} to ${nth(Math.max(...ranks))}`), claim);
    assert.match(await figure(page).locator('figcaption').innerText(), new RegExp(`two ranks, ${spreads[0][0].toFixed(1)}, beyond ${N_RANKED} counted as ${N_RANKED + 1}`));
  });

  test('every film of the tens is drawn at its rank in every list', async () => {
    const ordered = await familiesOfPicture(page);
    const { columns, films } = await figure(page).locator('.picture svg').evaluate((svg) => ({
      columns: [...svg.querySelectorAll(':scope > g > path.rule')].filter((it) => it.parentElement.matches('[class^=kind-]')).map((it) => it.getAttribute('d').match(/^M(\S+) (\S+)L/).slice(1).map(Number)),
      films: [...svg.querySelectorAll('.nodes')].map((it) => [Number(it.dataset.row), [...it.children].map((node) => node.getAttribute('transform').match(/translate\((\S+) (\S+)\)/).slice(1).map(Number))]),
    }));
    assert.equal(columns.length, ordered.length);
    const top = columns[0][1] + 12;
    const drawn = new Map(films);
    for (const [at, family] of ordered.entries()) {
      for (const [rank, row] of lists[FAMILIES.indexOf(family)].slice(0, N_FIRST).entries()) {
        const [, y] = drawn.get(row).find(([x]) => Math.abs(x - columns[at][0]) < 0.2);
        assert.ok(Math.abs(y - top - 34 * rank) < 0.2, `${family}, ${filmOf(row)}: ${y}`);
      }
    }
  });

  test('a film is followed by its name, by a point and by keys, and let go', async () => {
    const [row] = lists[FAMILIES.indexOf((await familiesOfPicture(page)).at(-1))];
    const title = shortTitle(catalogue.title[row]);
    const ranks = whole.map((list) => rankIn(list, row));
    const isFollowed = async () => {
      await page.waitForFunction((id) => location.hash.includes(`&x=${id}`), catalogue.movie_id[row]);
      const claim = await claimOf(page);
      assert.ok(claim.includes(title) && claim.includes(nth(Math.min(...ranks))) && claim.includes(nth(Math.max(...ranks))), claim);
      assert.equal(await figure(page).locator('.thread.is-strong').getAttribute('data-row'), String(row));
    };
    const isFree = () => page.waitForFunction(() => !location.hash.includes('&x='));
    await figure(page).getByRole('switch', { name: title, exact: true }).click();
    await isFollowed();
    await figure(page).getByRole('button', { name: 'As it was' }).click();
    await isFree();
    await figure(page).locator(`.nodes[data-row="${row}"] [data-act]`).first().click();
    await isFollowed();
    await figure(page).getByRole('switch', { name: title, exact: true }).press('Enter');
    await isFree();
    await figure(page).locator('.picture').focus();
    await page.keyboard.press('ArrowRight');
    const slider = figure(page).getByRole('slider', { name: 'Follow a film' });
    const first = await slider.getAttribute('aria-valuetext');
    const most = Math.max(...lists.flat().map((it) => lists.filter((list) => list.slice(0, N_FIRST).includes(it)).length));
    const followed = catalogue.title.indexOf(first);
    assert.equal(lists.filter((list) => list.slice(0, N_FIRST).includes(followed)).length, most, `${first} comes first`);
    await page.keyboard.press('Home');
    await isFree();
    assert.equal(await slider.getAttribute('aria-valuetext'), 'no film');
  });

  test('its files hold the numbers of the picture', async () => {
    const { rows } = await twinOf(page);
    for (const form of ['CSV', 'SVG']) {
      const download = page.waitForEvent('download');
      await figure(page).locator('.save').getByRole('button', { name: form, exact: true }).click();
      const file = await download;
      assert.equal(file.suggestedFilename(), `glassrec-compare.${form.toLowerCase()}`);
      const text = await readFile(await file.path(), 'utf8');
      if (form === 'CSV') for (const [id, ...ranks] of rows) assert.match(text, new RegExp(`\\n${id},.*,${ranks.join(',')},\\d+`));
      else assert.ok(text.includes('<svg'));
    }
  });

  test('a screen reader hears in how many lists a film stands', async () => {
    const [row] = lists[0];
    const n = lists.filter((list) => list.slice(0, N_FIRST).includes(row)).length;
    const described = await column(page, 'sasrec_ease').getByRole('button').first().getAttribute('aria-description');
    assert.equal(described, n > 1 ? `in ${n} of ${FAMILIES.length} lists` : '');
  });

  test('lines join each film that neighbouring lists share', async () => {
    const ordered = await familiesOf(page);
    for (const [at, family] of ordered.slice(0, -1).entries()) {
      const [left, right] = [family, ordered[at + 1]].map((it) => lists[FAMILIES.indexOf(it)].slice(0, N_FIRST));
      const drawn = await column(page, family).locator('.link').first().getAttribute('d');
      const starts = [...(drawn ?? '').matchAll(/M0 (\d+)C5 \d+ 5 (\d+)/g)].map(([, from, to]) => [(Number(from) + 5) / 10, (Number(to) + 5) / 10]);
      assert.deepEqual(starts, left.filter((row) => right.includes(row)).map((row) => [rankIn(left, row), rankIn(right, row)]), family);
    }
  });

  test('a selected film is shown in every list and said in words', async () => {
    const row = lists[0][0];
    await column(page, 'sasrec_ease').locator('.place-name').first().hover();
    const lit = await page.locator('.place.is-on').evaluateAll((places) => places.map((it) => Number(it.dataset.row)));
    assert.deepEqual(lit, lists.filter((list) => list.slice(0, N_FIRST).includes(row)).map(() => row));
    const said = await page.locator('.selected [role=status]').innerText();
    assert.ok(said.startsWith(`${filmOf(row)} is `) && said.includes("1st with SASRec with EASE's links"), said);
    for (const [i, family] of FAMILIES.entries()) {
      const rank = rankIn(whole[i], row);
      const below = await column(page, family).locator('.elsewhere').innerText();
      assert.equal(below, rank > N_FIRST ? nth(rank) : '', family);
    }
    await page.mouse.move(0, 0);
  });

  test('an edit moves every list, and each says what moved against its list before', async () => {
    const reader = await openPage(page, site, { link: LINK });
    await settled(page);
    await reader.unpick(catalogue.title[HISTORY.at(-1)].replaceAll(/[^\w ]/g, '.'));
    await settled(page);
    const after = await answersOf(FAMILIES, HISTORY.slice(0, -1));
    for (const [i, family] of FAMILIES.entries()) {
      const moves = after[i].slice(0, N_FIRST).map((row, at) => {
        const old = rankIn(lists[i], row);
        if (old === null) return 'new';
        return old === at + 1 ? '' : `${old > at + 1 ? '▲' : '▼'}${Math.abs(old - at - 1)}`;
      });
      assert.deepEqual(await rowsOf(page, family), after[i].slice(0, N_FIRST), family);
      assert.deepEqual(await column(page, family).locator('.place .move').allInnerTexts(), moves, family);
      const gone = lists[i].slice(0, N_FIRST).filter((row) => !after[i].slice(0, N_FIRST).includes(row));
      const said = await column(page, family).locator('.column-moves').innerText();
      for (const row of gone) assert.ok(said.includes(catalogue.title[row]), `${family}: ${said}`);
      if (gone.length === 0) assert.equal(said, '');
    }
    await reader.undo();
    await settled(page);
    for (const [i, family] of FAMILIES.entries()) assert.deepEqual(await rowsOf(page, family), lists[i].slice(0, N_FIRST));
    assert.deepEqual(complaints, []);
  });
});

describe('the address', () => {
  test('holds the choice, and a second reader gets the same', async () => {
    const { page } = await visit({ hash: link(HISTORY, ['sasrec_ease']) });
    await page.locator('input[name=compared][value=ease]').click({ force: true });
    await page.waitForFunction(() => location.hash.endsWith('&c=saeeae'));
    await settled(page);
    const { hash } = new URL(page.url());
    const { page: second } = await visit({ hash });
    assert.deepEqual(await familiesOf(second), ['sasrec_ease', 'ease']);
    assert.deepEqual(await rowsOf(second, 'ease'), await rowsOf(page, 'ease'));
  });

  test('a link from before there was a comparison opens one list, and Compare is a click away', async () => {
    const { page, reader } = await visit({ hash: LINK.replace(/&c=.*/, ''), isSettled: false });
    await reader.waitForRecommendations();
    assert.equal(await page.locator('.column').count(), 0);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await settled(page);
    assert.ok((await familiesOf(page)).length >= 3);
    assert.match(page.url(), /&c=\w+$/);
    await page.getByRole('button', { name: 'The list', exact: true }).click();
    await reader.waitForRecommendations();
    await page.waitForFunction(() => !location.hash.includes('&c='));
  });

  test('what a link compares and the site lacks is told, the rest answers', async () => {
    const { page, reader } = await visit({ hash: `${link(HISTORY, ['ease'])}xyz` });
    await reader.seesNotice(/compares models that are not part of the site.*xyz/);
    assert.deepEqual(await familiesOf(page), ['ease']);
  });
});

test('a family without its file says so in its column, the others answer, and trying again is enough', async () => {
  const host = await startSite();
  const { path } = manifest.families.gru4rec.files.graph;
  host.faults.set(`/${path}`, { kind: 'missing' });
  const { page } = await visit({ host });
  assert.match(await column(page, 'gru4rec').getByRole('alert').innerText(), /GRU4Rec has no list\. A file did not arrive.*gru4rec/s);
  const others = FAMILIES.filter((it) => it !== 'gru4rec');
  const lists = await answersOf(others, HISTORY);
  for (const [i, family] of others.entries()) assert.deepEqual(await rowsOf(page, family), lists[i].slice(0, N_FIRST), family);
  const { rows } = await twinOf(page);
  assert.deepEqual(rows.slice(0, N_FIRST).map(([id]) => id), consensusOf(lists).map((row) => catalogue.movie_id[row]));

  host.faults.clear();
  await column(page, 'gru4rec').getByRole('button', { name: 'Try again' }).click();
  await settled(page);
  assert.deepEqual(await rowsOf(page, 'gru4rec'), (await answerOf('gru4rec', HISTORY)).slice(0, N_FIRST));
});

describe('any history', () => {
  test('of no film: a word, and examples to start from', async () => {
    const { page } = await visit({ hash: `#v2&c=${FAMILIES.map(code).join('')}`, isSettled: false });
    await page.getByText(/All models read the same films/).waitFor();
    await page.locator('.compare .example').first().click();
    await settled(page);
  });

  test('and no family: a word', async () => {
    const { page } = await visit({ hash: link(HISTORY, []), isSettled: false });
    await page.getByText(/Choose at least one model/).waitFor();
  });

  for (const n of [1, 500]) {
    test(`of ${n}`, async () => {
      const rows = Array.from({ length: n }, (_, i) => i * 7);
      const { page, complaints } = await visit({ hash: link(rows, ['sasrec_ease', 'diffrec', 'ease']) });
      for (const family of ['sasrec_ease', 'diffrec', 'ease']) assert.deepEqual(await rowsOf(page, family), (await answerOf(family, rows)).slice(0, N_FIRST), family);
      assert.deepEqual(complaints, []);
    });
  }
});

test('by keyboard: Tab to a list, arrows through the films, Enter holds one, Escape lets go', async () => {
  const { page } = await visit();
  const focused = () => page.evaluate(() => {
    const place = document.activeElement.closest('.place');
    return place && { row: Number(place.dataset.row), rank: Number(place.dataset.rank), family: place.closest('.column').getAttribute('aria-labelledby').slice(7) };
  });
  const ordered = await familiesOf(page);
  await page.locator('.kept .button').first().focus();
  for (let i = 0; i < 10 && !(await focused()); i += 1) await page.keyboard.press('Tab');
  const [first, second] = await Promise.all(ordered.slice(0, 2).map((family) => rowsOf(page, family)));
  assert.deepEqual(await focused(), { row: first[0], rank: 1, family: ordered[0] });
  await page.keyboard.press('ArrowDown');
  assert.equal((await focused()).rank, 2);
  await page.keyboard.press('ArrowRight');
  const beside = await focused();
  assert.equal(beside.family, ordered[1]);
  assert.equal(beside.row, second.includes(first[1]) ? first[1] : second[1]);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { pressed: true }).first().waitFor();
  await page.waitForFunction((id) => location.hash.includes(`&x=${id}`), catalogue.movie_id[beside.row]);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !location.hash.includes('&x='));
  // Tab goes on to the next list, not through forty films.
  await page.keyboard.press('Tab');
  assert.equal((await focused()).family, ordered[2]);
});

describe('on a phone', () => {
  test('the lists are a deck: one card at a time, turned and swiped, nothing scrolls sideways', async () => {
    const { page } = await visit({ viewport: PHONE, reducedMotion: 'reduce', hasTouch: true });
    const ordered = await familiesOf(page);
    const cards = () => page.locator('.column').evaluateAll((all) => all.map((it) => it.getBoundingClientRect()).map(({ left, right }) => [left, right]));
    const isOnTop = async (at) => {
      await page.getByText(new RegExp(`^${at + 1} of ${ordered.length} · `)).waitFor();
      const [left, right] = (await cards())[at];
      assert.ok(left >= 0 && right <= PHONE.width, `card ${at + 1} from ${left} to ${right}`);
    };
    await isOnTop(0);
    assert.equal((await cards())[0][0], 14, 'the first card stands in line with the page');
    await page.getByRole('button', { name: 'Next list' }).click();
    await isOnTop(1);
    await page.locator('.board').evaluate((board) => board.scrollBy({ left: 1.1 * board.clientWidth }));
    await isOnTop(ordered.length > 3 ? 2 : ordered.length - 1);
    await page.getByRole('button', { name: 'Previous list' }).click();
    await isOnTop(1);
    const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(wide <= screen, `the page is ${wide} px wide on a screen of ${screen} px`);
    const beyond = await figure(page).locator('.picture').evaluate((picture) => [...picture.querySelectorAll('text')].filter((it) => it.getBoundingClientRect().right > picture.getBoundingClientRect().right + 1).map((it) => it.textContent));
    assert.deepEqual(beyond, [], 'words beyond the picture');
    const small = await page.locator('.place-name, .deck-bar button').evaluateAll((all) => all.map((it) => it.getBoundingClientRect().height).filter((it) => it < 44));
    assert.deepEqual(small, [], 'targets of 44 px');
  });
});

test('a film is added in one act: in its row by pointer or key, and in the table of the figure', async () => {
  const { page, reader } = await visit();
  const was = HISTORY.map((row) => catalogue.title[row]);
  const [row] = await rowsOf(page, 'sasrec_ease');
  const after = [...was, catalogue.title[row]];
  const place = column(page, 'sasrec_ease').locator(`.place[data-row="${row}"]`);
  await place.hover();
  await place.locator('.add-film').click();
  await reader.waitForHistory(after);
  await reader.undo();
  await reader.waitForHistory(was);
  await settled(page);
  await place.locator('.place-name').focus();
  await page.keyboard.press('+');
  await reader.waitForHistory(after);
  await reader.undo();
  await reader.waitForHistory(was);
  await settled(page);
  await twinOf(page);
  await figure(page).locator('.twin-rows').getByRole('button', { name: `Add ${filmOf(row)} to your history` }).click();
  await reader.waitForHistory(after);
});

test('all models fit on a phone', async () => {
  const all = Object.keys(manifest.families);
  const { page, complaints } = await visit({ hash: link(HISTORY, all), viewport: { width: 340, height: 740 } });
  await figure(page).locator('.nodes').first().waitFor();
  assert.equal((await twinOf(page)).models.length, all.length);
  const { right, boxes } = await figure(page).locator('.picture').evaluate((picture) => ({
    right: picture.getBoundingClientRect().right,
    boxes: [...picture.querySelectorAll('text')].map((it) => [it.textContent, it.getBoundingClientRect().right]),
  }));
  assert.deepEqual(boxes.filter((it) => it[1] > right + 1), []);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 340);
  assert.deepEqual(complaints, []);
});

describe('axe has no serious finding', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, viewport] of Object.entries({ wide: WIDE, '360 px': PHONE })) {
      test(`${colorScheme}, ${name}`, async () => {
        const { page } = await visit({ colorScheme, viewport, reducedMotion: 'reduce' });
        assert.deepEqual(await findings(page), []);
        await page.locator('.place-name').first().click();
        assert.deepEqual(await findings(page), [], 'with a film selected');
      });
    }
  }
});

describe('two histories side by side', () => {
  const TWO = ['sasrec_ease', 'ease_recency'];
  const kept = (page, family) => page.locator(`section[aria-labelledby=column-${family}-kept]`);
  const rowsKept = (page, family) => kept(page, family).locator('.place').evaluateAll((places) => places.map((it) => Number(it.dataset.row)));
  const [taken] = HISTORY;
  const rest = HISTORY.slice(1);

  async function keepAndEdit(options) {
    const { page, reader, complaints } = await visit({ hash: link(HISTORY, TWO), ...options });
    await page.getByRole('button', { name: 'Keep a copy of this history' }).click();
    await page.getByText('Yours is the same: edit it above.').waitFor();
    await reader.unpick(catalogue.title[taken]);
    await page.getByText(`Yours now lacks ${catalogue.title[taken]}.`).waitFor();
    await settled(page);
    return { page, reader, complaints };
  }

  test('every family has two lists, each the engine’s for its history, and the second says how films moved', async () => {
    const { page, complaints } = await keepAndEdit();
    assert.equal(await page.locator('.column').count(), 2 * TWO.length);
    for (const family of TWO) {
      const [was, is] = [await answerOf(family, HISTORY), await answerOf(family, rest)];
      assert.deepEqual(await rowsKept(page, family), was.slice(0, N_FIRST), `${family}, kept`);
      assert.deepEqual(await rowsOf(page, family), is.slice(0, N_FIRST), family);
      const said = await column(page, family).locator('.place-name').evaluateAll((places) => places.map((it) => it.ariaDescription ?? it.getAttribute('aria-description')));
      is.slice(0, N_FIRST).forEach((row, at) => {
        const before = rankIn(was, row);
        const want = before === null ? /new/i : before > at + 1 ? /up/i : before < at + 1 ? /down/i : null;
        if (want) assert.match(said[at], want, `${family}: ${filmOf(row)} ${before} → ${at + 1}`);
      });
    }
    assert.deepEqual(complaints, []);
  });

  test('the history before the last edit can be kept after the fact, and let go', async () => {
    const { page, reader } = await visit({ hash: link(HISTORY, TWO) });
    await reader.unpick(catalogue.title[taken]);
    await page.getByRole('button', { name: 'Keep a copy from before the last edit' }).click();
    await kept(page, TWO[0]).locator('.place').first().waitFor();
    await settled(page);
    assert.deepEqual(await rowsKept(page, TWO[0]), (await answerOf(TWO[0], HISTORY)).slice(0, N_FIRST));
    await page.getByRole('button', { name: 'Back to one history' }).click();
    await kept(page, TWO[0]).waitFor({ state: 'detached' });
    assert.equal(await page.locator('.column').count(), TWO.length);
  });

  test('on a phone they are cards of the same deck, and axe finds nothing serious', async () => {
    const { page } = await keepAndEdit({ viewport: PHONE });
    // The card that was on top stays there, with the kept one before it.
    await page.getByText(/2 of 4 · [^,]*$/).waitFor();
    await page.getByRole('button', { name: 'Previous list' }).click();
    await page.getByText(/1 of 4 · .*, kept/).waitFor();
    assert.deepEqual(await findings(page), []);
  });
});
