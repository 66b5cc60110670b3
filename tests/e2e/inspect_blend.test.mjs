// Inside the blend: every place is the one that the model itself gives, points are the formula's and add up to the score,
// one request answers, and nothing is fetched that another model has brought.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, filesOf, golden, manifest } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { inspect, lookInside, ordinal } from './support/inside.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const { members: MEMBERS, constant: CONSTANT } = manifest.families.blend;
const HISTORY = golden('blend').cases.find(({ name }) => name === 'full').history.slice(0, 6);
const linkOf = (family, rows = HISTORY) => `#v1&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&f=${family}`;
const N_TOP = 10;
/** Numbers on the page are rounded to thousandths. */
const ROUNDED = 0.00051;

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

const look = (options = {}) => lookInside(browser, site, { link: linkOf('blend'), title: 'Blend', ...options });

/** Every film that is not picked, best first. */
const listOf = async (family, history) => (await engine.ask({ Recommend: { family, history, top: catalogue.n_items } })).list;

/** The score of every open film, by what each member says of the same history; films that tie go by row. */
async function fused(history) {
  const scores = new Map();
  for (const { family, weight } of MEMBERS) {
    for (const [at, { item }] of (await listOf(family, history)).entries()) {
      scores.set(item, (scores.get(item) ?? 0) + (weight * (CONSTANT + 1)) / (CONSTANT + at + 1));
    }
  }
  return scores;
}

describe('the engine', () => {
  test('adds up what the members say of the same history, for every film', async () => {
    for (const history of [HISTORY, HISTORY.slice(0, 1)]) {
      const wanted = await fused(history);
      const list = await listOf('blend', history);
      assert.equal(list.length, wanted.size);
      for (const { item, score } of list) assert.ok(Math.abs(score - wanted.get(item)) < 1e-5, `${item}: ${score}, not ${wanted.get(item)}`);
    }
  });

  test('takes every film of the list apart to the last digit', async () => {
    const { members, films, constant } = await inspect(engine, { family: 'blend', history: HISTORY });
    assert.deepEqual(members.map(({ family, weight }) => ({ family, weight })), MEMBERS);
    assert.equal(constant, CONSTANT);
    const list = await listOf('blend', HISTORY);
    const lists = await Promise.all(MEMBERS.map(({ family }) => listOf(family, HISTORY)));
    assert.deepEqual(films.map(({ item }) => item), list.slice(0, N_TOP).map(({ item }) => item));
    for (const { item, score, members: given } of films) {
      const places = lists.map((all) => 1 + all.findIndex((it) => it.item === item));
      assert.deepEqual(given.map(({ place }) => place), places, catalogue.title[item]);
      const sum = given.reduce((sum, { points }) => sum + points, 0);
      assert.ok(Math.abs(sum - score) < 1e-6, `${sum} for ${score}`);
    }
    for (const [at, { top }] of members.entries()) {
      assert.deepEqual(top.map(({ item }) => item), lists[at].slice(0, N_TOP).map(({ item }) => item));
      for (const { item, place } of top) assert.equal(place, 1 + list.findIndex((it) => it.item === item));
    }
  });

  test('leaves a pick out for every member, so what it foretells comes true', async () => {
    const [{ item, score }] = await listOf('blend', HISTORY);
    const { explanation } = await engine.ask({ Explain: { family: 'blend', history: HISTORY, item, within: N_TOP } });
    assert.equal(explanation.influence.length, HISTORY.length);
    for (const [at, { score_drop: drop, rank_without: rank }] of explanation.influence.entries()) {
      const left = HISTORY.filter((_, pick) => pick !== at);
      const list = await listOf('blend', left);
      const place = list.findIndex((it) => it.item === item);
      assert.ok(Math.abs(score - list[place].score - drop) < 1e-5, `without pick ${at}: ${drop}`);
      // The pick may come back into the list, above the film.
      assert.equal(rank, place + 1, `without pick ${at}`);
      assert.ok(Math.abs((await fused(left)).get(item) - list[place].score) < 1e-5);
    }
    assert.equal(explanation.contributions ?? null, null);
    assert.equal(explanation.attention ?? null, null);
  });

  test('answers one request within 40 ms, once warm', async () => {
    const millis = [];
    for (let round = 0; round < 20; round += 1) {
      const { cost } = await engine.ask({ Recommend: { family: 'blend', history: HISTORY, top: N_TOP } });
      millis.push(cost.millis);
    }
    const middle = millis.slice(8).sort((a, b) => a - b)[6];
    assert.ok(middle <= 40, `${middle} ms`);
  });
});

describe('the page', () => {
  test('draws the points of each model as long as they are, and says the same in words and numbers', async () => {
    const { page, complaints } = await look();
    const { films, members } = await inspect(engine, { family: 'blend', history: HISTORY });
    const most = MEMBERS.reduce((sum, { weight }) => sum + weight, 0);
    const bars = await page.locator('.stack-row').evaluateAll((rows) =>
      rows.map((row) => ({ item: Number(row.dataset.row), widths: [...row.querySelectorAll('.part')].map((it) => Number.parseFloat(it.style.width)) })));
    assert.deepEqual(bars.map(({ item }) => item), films.map(({ item }) => item));
    const table = await page.locator('.points tbody tr').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((it) => it.innerText)));
    for (const [at, { score, members: given }] of films.entries()) {
      // A bar that is there always shows.
      given.forEach(({ points }, member) => assert.ok(Math.abs(bars[at].widths[member] - Math.max(1, (100 * points) / most)) < 0.02));
      const cells = table[at].map((it) => Number.parseFloat(it.replace(',', '')));
      const shares = given.map(({ place, points }, member) => {
        assert.equal(cells[3 * member], place);
        assert.ok(Math.abs(cells[3 * member + 1] - points) < ROUNDED);
        return cells[3 * member + 2];
      });
      assert.equal(shares.reduce((sum, it) => sum + it), 100, 'shares add up');
      assert.ok(Math.abs(cells.at(-1) - score) < ROUNDED);
    }
    const lists = await page.locator('.alone .small-list').evaluateAll((all) => all.map((list) => [...list.children].map((it) => Number(it.dataset.row))));
    assert.deepEqual(lists, members.map(({ top }) => top.map(({ item }) => item)));
    assert.deepEqual(complaints, []);
  });

  test('a film chosen by keyboard is written out', async () => {
    const { page } = await look();
    const { films } = await inspect(engine, { family: 'blend', history: HISTORY });
    const { item, members } = films[2];
    await page.locator('.stack-row .row-name').nth(2).focus();
    await page.keyboard.press('Enter');
    const said = page.locator('.points-of');
    await said.getByText(`${catalogue.title[item]} is 3rd with`).waitFor();
    for (const { place } of members) assert.ok((await said.innerText()).includes(`(${ordinal(place)} there`));
    assert.equal(await page.locator('.stack-row [aria-pressed=true]').count(), 1);
  });

  test('its card says what it asks and how large that is, and fetches nothing that is here', async () => {
    const host = await startSite();
    const page = await (await browser.newContext()).newPage();
    const complaints = watch(page);
    const reader = await openPage(page, host, { link: linkOf(MEMBERS[0].family) });
    await reader.waitForRecommendations();
    for (const { family } of MEMBERS.slice(1)) {
      await reader.chooseFamily(family);
      await reader.waitForFamily(family);
      await reader.waitForRecommendations();
    }
    const asked = () => host.requests.filter(({ path }) => filesOf('blend').some((file) => path.endsWith(`/${file.path}`))).length;
    const before = asked();
    assert.ok(before >= filesOf('blend').length);
    await reader.chooseFamily('blend');
    await page.getByText(/^Blend on /).waitFor();
    assert.equal(asked(), before);
    const mega = (n) => (n < 1e6 ? `${Math.floor(n / 1000)} kB` : `${(n / 1e6).toFixed(1)} MB`);
    const lead = await page.getByText(/^Hybrid ·/).innerText();
    for (const { family } of MEMBERS) {
      const size = mega(filesOf(family).reduce((sum, it) => sum + it.bytes, 0));
      const title = await page.locator('label.family', { has: page.locator(`input[value=${family}]`) }).locator('.family-name').innerText();
      assert.ok(lead.includes(`${title} (${size})`), lead);
    }
    const card = await page.locator('label.family', { has: page.locator('input[value=blend]') }).innerText();
    assert.ok(card.includes(mega(filesOf('blend').reduce((sum, it) => sum + it.bytes, 0))), card);
    assert.deepEqual(complaints, []);
  });

  test('axe finds nothing serious, and a phone shows all of it', async () => {
    for (const colorScheme of ['light', 'dark']) {
      const { page } = await look({ colorScheme, viewport: { width: 340, height: 740 } });
      assert.deepEqual(await findings(page), []);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 340, `${width} wide`);
    }
  });
});
