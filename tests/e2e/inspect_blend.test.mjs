// Inside the blend: every place is the one that the model itself gives, points are the formula's and add up to the score,
// one request answers, and nothing is fetched that another model has brought.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, filesOf, golden, manifest } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { inspect, lookInside, ordinal, shortTitle } from './support/inside.mjs';
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
    const drawn = await page.locator('.picture .film').evaluateAll((all) =>
      all.map((it) => ({
        full: Number(it.querySelector('.beyond').getAttribute('width')),
        widths: [...it.querySelectorAll('.points')].map((part) => Number(part.getAttribute('width'))),
        score: Number(it.querySelector('text:last-of-type').textContent),
        label: it.querySelector('[data-act]').getAttribute('aria-label'),
      })));
    assert.equal(drawn.length, films.length);
    for (const [at, { item, score, members: given }] of films.entries()) {
      const { full, widths, score: written, label } = drawn[at];
      assert.ok(label.startsWith(`${shortTitle(catalogue.title[item])}, ${ordinal(given[0].place)} at `), label);
      // A bar that is there always shows, less a gap between two.
      given.forEach(({ points }, member) => assert.ok(Math.abs(widths[member] - Math.max(1, (full * points) / most - 1)) < 0.11, `${at}: ${widths}`));
      assert.ok(Math.abs(written - score) < ROUNDED);
    }
    const [first] = films;
    const share = Math.round((100 * first.members[0].points) / first.score);
    assert.ok((await page.locator('.say').innerText()).startsWith(`That is ${share} % and ${100 - share} % of its points.`));

    const twin = page.locator('.twin details:not(.embed)');
    await twin.locator('summary').click();
    await twin.locator('tbody tr').first().waitFor();
    const table = await twin.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((it) => it.innerText)));
    for (const [at, { item, score, members: given }] of films.entries()) {
      const [rank, , title, , ...cells] = table[at];
      assert.deepEqual([rank, title], [String(at + 1), catalogue.title[item]]);
      given.forEach(({ place, points }, member) => {
        assert.equal(cells[2 * member], String(place));
        assert.ok(Math.abs(Number(cells[2 * member + 1]) - points) < 0.0051);
      });
      assert.ok(Math.abs(Number(cells.at(-1)) - score) < 0.0051);
    }

    // Each model's own list stands at its side.
    const lists = await page.locator('.picture .alone').evaluateAll((all) => all.map((list) => [...list.querySelectorAll('text')].map((it) => it.textContent)));
    assert.equal(lists.length, members.length);
    lists.forEach((words, side) => {
      const names = words.filter((it) => !/^\d+$/.test(it));
      members[side].top.forEach(({ item }, place) => {
        const [shown, title] = [names[place].replace('…', ''), shortTitle(catalogue.title[item])];
        assert.ok(title.startsWith(shown), `${shown} for ${title}`);
      });
    });
    assert.deepEqual(complaints, []);
  });

  test('trails join the rank at each model with the rank in the blend', async () => {
    const { page } = await look();
    const { films } = await inspect(engine, { family: 'blend', history: HISTORY });
    const heights = await page.locator('.picture .film').evaluateAll((all) => all.map((it) => Number(it.getAttribute('transform').match(/ ([\d.]+)\)/)[1])));
    const sides = await page.locator('.picture g:has(> .trail)').evaluateAll((all) =>
      all.map((side) => [...side.querySelectorAll('.trail')].map((it) => {
        const [, y0, y1, wide] = [...it.getAttribute('d').match(/^M\S+ ([\d.]+)C.* ([\d.]+)$/), it.getAttribute('stroke-width')].map(Number);
        return { from: y0, to: y1, wide };
      })));
    const most = MEMBERS.reduce((sum, { weight }) => sum + weight, 0);
    sides.forEach((trails, side) => {
      for (const [at, { members }] of films.entries()) {
        const { place, points } = members[side];
        const trail = trails.find(({ to }) => Math.abs(to - heights[at]) < 0.11);
        if (place <= N_TOP) assert.ok(Math.abs(trail.from - heights[place - 1]) < 0.11, `${at}: ${trail.from}`);
        else assert.ok(trail.from > heights.at(-1), `${at}: ${trail.from}`);
        assert.ok(Math.abs(trail.wide - Math.max(1, (16 * points) / most)) < 0.06);
      }
    });
  });

  test('a film is followed by click, by key and by steps', async () => {
    const { page } = await look();
    const { films } = await inspect(engine, { family: 'blend', history: HISTORY });
    const { item, members } = films[2];
    const claim = page.locator('.claim');
    const third = page.locator('.picture .film [data-act]').nth(2);
    await third.press('Enter');
    await claim.filter({ hasText: `${shortTitle(catalogue.title[item])} is 3rd with` }).waitFor();
    for (const { place } of members) assert.ok((await claim.innerText()).replace(/(\d),(\d)/g, '$1$2').includes(`(${ordinal(place)} there)`));
    assert.equal(await page.locator('.picture [aria-pressed=true]').count(), 1);
    assert.equal(await third.evaluate((it) => it === document.activeElement), true, 'the focus stays');
    await page.getByRole('button', { name: 'Next step' }).click();
    await page.getByText(`4th of ${films.length}`).waitFor();
    await claim.filter({ hasText: `${shortTitle(catalogue.title[films[3].item])} is 4th with` }).waitFor();
    await page.locator('.picture').focus();
    await page.keyboard.press('Home');
    await page.getByText(`1st of ${films.length}`).waitFor();
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
