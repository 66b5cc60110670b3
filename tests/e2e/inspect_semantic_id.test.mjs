// Inside semantic IDs: the tree is as high as the shipped graph and codes say, put together a second time without the
// engine; and it can be stepped and walked by hand, by keyboard and on a phone.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, manifest, read } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { loadGraph } from './support/graph.mjs';
import { insideOf } from './support/inside.mjs';
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
  if (!link.includes('&t=i')) await page.getByRole('button', { name: 'How it came about' }).click();
  await insideOf(page, 'Semantic IDs').waitFor();
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

const walk = (page) => page.getByRole('slider', { name: 'Level of the beam' });
/** The exact order of all films that were not picked. */
const exactOf = ({ scores }, history) =>
  Array.from(scores, (score, row) => ({ score, row })).filter(({ row }) => !history.includes(row)).sort((a, b) => b.score - a.score);
const shownCodes = (page) =>
  page.locator('.picture [data-codes]').evaluateAll((all) =>
    all.map((it) => {
      const block = it.querySelector('.code');
      return { codes: it.dataset.codes, y: Number(block.getAttribute('y')), height: Number(block.getAttribute('height')), isKept: block.classList.contains('is-kept') };
    }));
const chosen = (page) => page.locator('.picture .chosen').evaluateAll((all) => all.map((it) => Number(it.dataset.code)));
const leaves = (page) => page.locator('.picture .leaf').evaluateAll((all) => all.map((it) => Number(it.dataset.row)));
/** The button of a film at the end of the tree. */
const leaf = (page, row) => page.locator(`.picture .leaf[data-row="${row}"] [data-act]`);

/** Every code that is likely is there, as high as it is likely, within the code before it, and lit where the beam keeps it. */
async function checkTree(page, { of }, kept, level) {
  const tall = Number(await page.locator('.picture .ground').first().getAttribute('height'));
  const shown = new Map((await shownCodes(page)).map((it) => [it.codes, it]));
  const tallEnough = [...of].filter(([, probability]) => probability > 0.0005 && probability * tall > 0.4);
  for (const [codes] of tallEnough) assert.ok(shown.has(codes), `${codes} is missing`);
  for (const [codes, { y, height, isKept }] of shown) {
    const want = tall * of.get(codes);
    assert.ok(Math.abs(height + (want > 2.2 ? 1 : 0) - want) < 0.4, `${codes}: ${height} for ${want}`);
    const depth = codes.split(',').length;
    assert.equal(isKept, depth <= level && kept[depth - 1].includes(codes), `code ${codes}`);
    const above = shown.get(codes.split(',').slice(0, -1).join());
    if (above) assert.ok(y > above.y - 0.4 && y + height < above.y + above.height + 1.6, `${codes} is within its beginning`);
  }
  const first = [...shown].filter(([codes]) => !codes.includes(',')).sort((a, b) => a[1].y - b[1].y);
  assert.deepEqual(first.map(([codes]) => codes), first.map(([codes]) => codes).toSorted((a, b) => of.get(b) - of.get(a)), 'the likeliest come first');
}

describe('on a known history', () => {
  test('the tree is as high as the graph says, and the beam is lit level by level', async () => {
    const { page, complaints } = await look();
    const asked = await probabilities(HISTORY);
    const kept = beam(asked, 20);
    for (const [level, name] of ['nothing spelt', 'first code', 'second code', 'third code'].entries()) {
      await walk(page).fill(String(level));
      await page.locator('output', { hasText: name }).waitFor();
      await checkTree(page, asked, kept, level);
    }
    const [best] = exactOf(asked, HISTORY);
    assert.deepEqual(await chosen(page), CODES[best.row].slice(0, 3));
    await page.locator('.say', { hasText: `spelt ${CODES[best.row].slice(0, 3).join(' · ')}.` }).waitFor();
    assert.deepEqual(complaints, []);
  });

  test('a code is named by what its films share and others do not', async () => {
    const asked = await probabilities(HISTORY);
    const firsts = [...asked.of].filter(([codes]) => !codes.includes(',')).sort((a, b) => b[1] - a[1]);
    const everywhere = counted(FACTS);
    for (const [code] of firsts.slice(0, 5)) {
      const { page } = await look({ link: `${linkOf(IDS)}&t=i&p=s${code}` });
      // Tags and countries come a little later.
      await page.locator('.say', { hasText: /more film|\(\d film/ }).waitFor();
      const [, name] = /: (.+) \(.+\)\.$/.exec(await page.locator('.say').innerText());
      const films = FACTS.filter((_, row) => CODES[row][0] === Number(code));
      const counts = counted(films);
      const tells = (fact) => {
        const share = (counts.get(fact) ?? 0) / films.length;
        const lift = share / (everywhere.get(fact) / FACTS.length);
        return share >= (/^\d{4}$/.test(fact) ? 1 / 2 : 1 / 3) && lift >= 1.5;
      };
      const isTold = [...counts.keys()].some(tells);
      if (isTold) assert.ok(name.split(', ').every(tells), `code ${code} is no ${name}`);
      assert.deepEqual(await chosen(page), [Number(code)]);
      await page.context().close();
    }
  });

  test('choosing a code or a film shows its path, and the way back leads to the first film', async () => {
    const { page } = await look();
    const asked = await probabilities(HISTORY);
    const exact = exactOf(asked, HISTORY);
    const path = CODES[exact[0].row].slice(0, 3);
    const second = exact.find(({ row }) => CODES[row].slice(0, 3).join() !== path.join());
    const other = CODES[second.row].slice(0, 3);
    await leaf(page, second.row).click();
    await page.locator('.say', { hasText: `Code ${other.join(' · ')} has` }).waitFor();
    assert.deepEqual(await chosen(page), other);
    const said = /has (\d+\.\d) %/.exec(await page.locator('.say').innerText());
    assert.ok(Math.abs(Number(said[1]) - 100 * asked.of.get(other.join())) < 0.06, said[1]);
    await page.waitForFunction((codes) => location.hash.includes(`p=s${codes}`), other.join());
    await page.getByRole('button', { name: 'As it was' }).click();
    await page.waitForFunction(() => !location.hash.includes('p=s'));
    assert.deepEqual(await chosen(page), path);
    const tallest = page.locator('.picture [data-codes] [role=switch]').first();
    const codes = await tallest.getAttribute('data-act');
    await tallest.press('Enter');
    await page.locator('.say', { hasText: `Code ${codes.replaceAll(',', ' · ')} has` }).waitFor();
    assert.equal(await tallest.getAttribute('aria-checked'), 'true');
    assert.ok(await tallest.evaluate((it) => it === document.activeElement), 'the focus stays');
  });

  test('a narrower beam keeps fewer codes, and says how many of the best it still finds', async () => {
    const { page } = await look();
    const asked = await probabilities(HISTORY);
    const exact = exactOf(asked, HISTORY);
    const best = exact.slice(0, 10).map(({ row }) => row);
    for (const width of [5, 10, 20]) {
      await page.getByRole('button', { name: String(width), exact: true }).click();
      await page.getByText(`A beam of ${width} keeps`).waitFor();
      const kept = beam(asked, width);
      await checkTree(page, asked, kept, 3);
      const reached = exact.filter(({ row }) => kept[2].includes(CODES[row].slice(0, 3).join())).slice(0, width).map(({ row }) => row);
      const films = reached.slice(0, 10);
      const nExact = films.filter((row) => best.includes(row)).length;
      await page.getByText(new RegExp(`Of its first ${films.length} films, ${nExact} are among`)).waitFor();
      const listed = await page.locator('.beside .small-film').evaluateAll((it) => it.map((film) => Number(film.dataset.row)));
      assert.deepEqual(listed, films);
      const wanted = best.slice(0, Math.min(10, width));
      const lost = wanted.filter((row) => !reached.includes(row));
      const claim = await page.locator('.claim').innerText();
      if (lost.length === 0) assert.equal(claim, `A beam of ${width} finds all of the ${wanted.length} likeliest films`);
      else assert.ok(claim.startsWith(`A beam of ${width} finds ${wanted.length - lost.length} of the ${wanted.length} likeliest films; `), claim);
      const shown = await leaves(page);
      for (const row of [...best, ...films.slice(0, wanted.length)]) assert.ok(shown.includes(row), `${row} is missing`);
      assert.equal(await page.locator('.picture .struck').count(), lost.length);
    }
  });

  test('the table holds the films at the ends', async () => {
    const { page } = await look();
    const asked = await probabilities(HISTORY);
    await page.getByText('The same as a table').click();
    const rows = await page.locator('.twin-rows tbody tr').evaluateAll((all) => all.map((it) => [...it.cells].map((cell) => cell.textContent)));
    const shown = await leaves(page);
    assert.deepEqual(rows.map(([id]) => catalogue.movie_id.indexOf(Number(id))), shown);
    rows.forEach(([, , , codes, probability], at) => {
      assert.equal(codes, CODES[shown[at]].slice(0, 3).join(' · '));
      assert.ok(Math.abs(Number(probability) - Math.exp(asked.scores[shown[at]])) < 6e-4, probability);
    });
  });
});

test('the levels work by keyboard', async () => {
  const { page } = await look();
  await page.locator('.picture').focus();
  await page.keyboard.press('Home');
  await page.locator('output', { hasText: 'nothing spelt' }).waitFor();
  assert.equal(await page.locator('.picture .is-kept').count(), 0);
  await page.keyboard.press('ArrowRight');
  await page.locator('output', { hasText: 'first code' }).waitFor();
  assert.equal(await walk(page).getAttribute('aria-valuetext'), 'first code');
  await page.keyboard.press('End');
  await page.locator('output', { hasText: 'third code' }).waitFor();
});

for (const n of [1, 500]) {
  test(`a history of ${n} ${n === 1 ? 'pick' : 'picks'} is shown`, async () => {
    const { page, complaints } = await look({ link: linkOf(catalogue.movie_id.slice(100, 100 + n)) });
    const read50 = Array.from({ length: n }, (_, at) => 100 + at).slice(-50);
    const asked = await probabilities(read50);
    await checkTree(page, asked, beam(asked, 20), 3);
    assert.deepEqual(complaints, []);
  });
}

test('axe finds nothing serious, and a phone shows all of it', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await look({ colorScheme, viewport: { width: 360, height: 740 } });
    assert.deepEqual(await findings(page), []);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} wide`);
    for (const row of await leaves(page)) assert.ok((await leaf(page, row).boundingBox()).height >= 33.9);
  }
});
