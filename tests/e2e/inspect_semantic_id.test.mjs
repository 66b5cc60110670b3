// Inside semantic IDs: the tree's numbers are those of the shipped graph and codes, put together a second time without
// the engine; and it can be walked by hand, by keyboard and on a phone.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, manifest, read } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { loadGraph } from './support/graph.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const IDS = [1214, 541, 2571, 6, 608];
const HISTORY = IDS.map((id) => catalogue.movie_id.indexOf(id));
const linkOf = (ids) => `#v2&h=${ids.join('.')}&f=semantic_id`;
const { codes: CODES } = read(manifest.families.semantic_id.files.codes.path);
const PAIRS = [...new Set(CODES.map(([a, b]) => a * 1000 + b))].sort((a, b) => a - b);

/** Years, decades, genres, tags and the country of a film, as the page writes them. */
function factsOf(row) {
  const { year, genres, genre_names, tags, tag_names, country, country_names } = catalogue;
  const time = year[row] === 0 ? [] : [`${year[row]}`, `${Math.floor(year[row] / 10)}0s`];
  const named = [...genres[row].map((it) => genre_names[it]), ...tags[row].map((it) => tag_names[it])];
  return [...time, ...named, ...(country[row] < 0 ? [] : [country_names[country[row]]])];
}

const FACTS = CODES.map((_, row) => factsOf(row));

/** How many films have each fact. */
const counted = (lists) => lists.flat().reduce((counts, fact) => counts.set(fact, (counts.get(fact) ?? 0) + 1), new Map());

let browser;
let site;
let run;
before(async () => {
  site = await startSite();
  browser = await launch();
  run = await loadGraph(await browser.newPage(), site, 'semantic_id');
});

async function look({ link = linkOf(IDS), ...options } = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link });
  await page.getByRole('button', { name: 'How it came about' }).click();
  await page.getByText(/All numbers here come from Semantic IDs itself/).waitFor();
  return { page, reader, complaints };
}

/** Probability of each prefix of a code, by the prefix. */
async function probabilities(history) {
  const { scores, level1, level2 } = await run(history, ['scores', 'level1', 'level2']);
  const of = new Map();
  level1.data.forEach((it, code) => of.set(`${code}`, Math.exp(it)));
  level2.data.forEach((it, at) => of.set(`${Math.floor(PAIRS[at] / 1000)},${PAIRS[at] % 1000}`, Math.exp(it)));
  CODES.forEach(([a, b, c], row) => {
    const whole = `${a},${b},${c}`;
    of.set(whole, (of.get(whole) ?? 0) + Math.exp(scores.data[row]));
  });
  return { of, scores: scores.data };
}

/** The codes that go on from `path`, the likeliest first, as a share of it. */
function goingOn({ of }, path) {
  const next = [...new Set(CODES.filter((it) => path.every((code, at) => it[at] === code)).map((it) => it[path.length]))];
  const before = path.length === 0 ? 1 : of.get(path.join());
  return next.map((code) => ({ code, share: of.get([...path, code].join()) / before })).sort((a, b) => b.share - a.share);
}

/** What a beam of `width` keeps at each level. */
function beam({ of }, width) {
  const levels = [];
  for (let depth = 1; depth <= 3; depth += 1) {
    const all = [...new Set(CODES.map((it) => it.slice(0, depth).join()))];
    const goesOn = (it) => depth === 1 || levels[depth - 2].includes(it.split(',').slice(0, -1).join());
    levels.push(all.filter(goesOn).sort((a, b) => of.get(b) - of.get(a)).slice(0, width));
  }
  return levels;
}

const column = (page, name) => page.getByRole('region', { name, exact: true });
const shownCodes = (page, name) =>
  column(page, name).locator('.tree-code').evaluateAll((codes) =>
    codes.map((it) => ({
      code: Number(it.querySelector('.tree-number').textContent),
      percent: Number.parseFloat(it.querySelector('.tree-share').textContent),
      isKept: it.classList.contains('is-kept'),
      isOn: it.classList.contains('is-on'),
      name: it.querySelector('.tree-name').textContent,
    })));
const NAMES = ['First number', 'Second number', 'Third number'];

async function checkColumn(page, asked, path, kept) {
  const shown = await shownCodes(page, NAMES[path.length]);
  const want = goingOn(asked, path);
  assert.equal(shown.length, want.length);
  const shareOf = new Map(want.map(({ code, share }) => [code, share]));
  for (const [at, { code, percent, isKept }] of shown.entries()) {
    assert.ok(Math.abs(percent - 100 * shareOf.get(code)) < 0.06, `code ${code}: ${percent} for ${100 * shareOf.get(code)}`);
    assert.ok(Math.abs(want[at].share - shareOf.get(code)) < 1e-4, 'the likeliest come first');
    assert.equal(isKept, kept[path.length].includes([...path, code].join()), `code ${[...path, code]}`);
  }
  return shown;
}

describe('on a known history', () => {
  test('the tree opens along the code of the first film, with the numbers of the graph', async () => {
    const { page, complaints } = await look();
    const asked = await probabilities(HISTORY);
    const kept = beam(asked, 20);
    const best = asked.scores.map((score, row) => ({ score, row })).filter(({ row }) => !HISTORY.includes(row));
    const path = CODES[best.sort((a, b) => b.score - a.score)[0].row].slice(0, 3);
    for (const depth of [0, 1, 2]) {
      const shown = await checkColumn(page, asked, path.slice(0, depth), kept);
      assert.deepEqual(shown.filter(({ isOn }) => isOn).map(({ code }) => code), [path[depth]]);
    }
    const films = await column(page, 'Films').locator('.small-film').evaluateAll((it) => it.map((film) => Number(film.dataset.row)));
    const spelt = CODES.flatMap((it, row) => (path.every((code, at) => it[at] === code) ? [row] : []));
    assert.deepEqual(films.toSorted((a, b) => a - b), spelt);
    assert.deepEqual(complaints, []);
  });

  test('a code is named by what its films share and others do not', async () => {
    const { page } = await look();
    await page.locator('.tree-about').filter({ hasText: 'more film' }).first().waitFor();
    const shown = await shownCodes(page, 'First number');
    assert.ok(shown.length > 30);
    const everywhere = counted(FACTS);
    for (const { code, name } of shown) {
      const films = FACTS.filter((_, row) => CODES[row][0] === code);
      const counts = counted(films);
      const tells = (fact) => {
        const share = (counts.get(fact) ?? 0) / films.length;
        const lift = share / (everywhere.get(fact) / FACTS.length);
        return share >= (/^\d{4}$/.test(fact) ? 1 / 2 : 1 / 3) && lift >= 1.5;
      };
      const isTold = [...counts.keys()].some(tells);
      if (isTold) assert.ok(name.split(', ').every(tells), `code ${code} is no ${name}`);
    }
  });

  test('choosing a code shows how it goes on, and the way back leads to the first film', async () => {
    const { page } = await look();
    const asked = await probabilities(HISTORY);
    const kept = beam(asked, 20);
    const [, second] = goingOn(asked, []);
    await column(page, 'First number').locator('.tree-code button').nth(1).click();
    await column(page, 'Films').getByText('Choose a third number first.').waitFor();
    await checkColumn(page, asked, [second.code], kept);
    await page.waitForFunction((code) => location.hash.includes(`p=s${code}`), second.code);
    await page.getByRole('button', { name: 'Back to the first film’s path' }).click();
    await column(page, 'Films').locator('.small-film').first().waitFor();
  });

  test('a narrower beam keeps fewer codes, and says how many of the best it still finds', async () => {
    const { page } = await look();
    const asked = await probabilities(HISTORY);
    const exact = asked.scores.map((score, row) => ({ score, row })).filter(({ row }) => !HISTORY.includes(row));
    exact.sort((a, b) => b.score - a.score);
    const best = exact.slice(0, 10).map(({ row }) => row);
    for (const width of [5, 10, 20]) {
      await page.getByRole('button', { name: String(width), exact: true }).click();
      await page.getByText(`A beam of ${width} keeps`).waitFor();
      const kept = beam(asked, width);
      const shown = await shownCodes(page, 'First number');
      assert.deepEqual(shown.filter(({ isKept }) => isKept).map(({ code }) => `${code}`), kept[0]);
      const films = exact.filter(({ row }) => kept[2].includes(CODES[row].slice(0, 3).join())).slice(0, Math.min(10, width));
      const nExact = films.filter(({ row }) => best.includes(row)).length;
      await page.getByText(new RegExp(`Of its first ${films.length} films, ${nExact} are among`)).waitFor();
      const listed = await page.locator('.beam-films .small-film').evaluateAll((it) => it.map((film) => Number(film.dataset.row)));
      assert.deepEqual(listed, films.map(({ row }) => row));
    }
  });
});

test('the tree works by keyboard', async () => {
  const { page } = await look();
  const codes = column(page, 'First number').locator('.tree-code button');
  await column(page, 'First number').locator("button[tabindex='0']").focus();
  await page.keyboard.press('ArrowDown');
  const here = await page.evaluate(() => document.activeElement.querySelector('.tree-number').textContent);
  await page.keyboard.press('ArrowRight');
  await column(page, 'Films').getByText('Choose a third number first.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.querySelector('.tree-number')?.textContent), here);
  assert.equal(await column(page, 'First number').locator("button[aria-pressed='true'] .tree-number").innerText(), here);
  await page.keyboard.press('ArrowRight');
  const second = column(page, 'Second number').locator('.tree-code button').first();
  assert.ok(await second.evaluate((it) => it === document.activeElement));
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.evaluate(() => document.activeElement.querySelector('.tree-number').textContent), here);
  assert.equal(await codes.evaluateAll((it) => it.filter((one) => one.tabIndex === 0).length), 1);
});

for (const n of [1, 500]) {
  test(`a history of ${n} ${n === 1 ? 'pick' : 'picks'} is shown`, async () => {
    const { page, complaints } = await look({ link: linkOf(catalogue.movie_id.slice(100, 100 + n)) });
    const read50 = Array.from({ length: n }, (_, at) => 100 + at).slice(-50);
    const asked = await probabilities(read50);
    await checkColumn(page, asked, [], beam(asked, 20));
    assert.deepEqual(complaints, []);
  });
}

test('a phone shows one level at a time, and axe finds nothing serious', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await look({ colorScheme, viewport: { width: 360, height: 740 } });
    assert.deepEqual(await findings(page), []);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} wide`);
    assert.ok(await column(page, 'First number').isVisible());
    assert.ok(await column(page, 'Second number').isHidden());
    await column(page, 'First number').locator('.tree-code button').first().click();
    await column(page, 'Second number').locator('.tree-code').first().waitFor();
    assert.ok(await column(page, 'First number').isHidden());
    assert.match(await page.evaluate(() => document.activeElement.textContent), /^2nd/);
  }
});
