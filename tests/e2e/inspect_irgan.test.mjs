// Inside IRGAN: every round's films and verdicts are those of the shipped graph, run a second time without the engine,
// and what was measured is what the results hold.

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
const linkOf = (ids) => `#v2&h=${ids.join('.')}&f=irgan`;
const N_ITEMS = manifest.catalogue.n_items;

let browser;
let site;
let run;
before(async () => {
  site = await startSite();
  browser = await launch();
  run = await loadGraph(await browser.newPage(), site, 'irgan');
});

async function look({ link = linkOf(IDS), ...options } = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link });
  await page.getByRole('button', { name: 'How it came about' }).click();
  await page.getByText(/All numbers here come from IRGAN itself/).waitFor();
  return { page, reader, complaints };
}

/** Unseen rows, best first; ties stay in catalogue order. */
const ranked = (scores, history) =>
  Array.from(scores, (_, row) => row).filter((row) => !history.includes(row)).sort((a, b) => scores[b] - scores[a] || a - b);

/** Kendall's τ-b, written out. */
function tau(left, right) {
  let [balance, nLeft, nRight] = [0, 0, 0];
  for (let i = 0; i < left.length; i += 1) {
    for (let j = i + 1; j < left.length; j += 1) {
      const [a, b] = [Math.sign(left[i] - left[j]), Math.sign(right[i] - right[j])];
      balance += a * b;
      nLeft += a * a;
      nRight += b * b;
    }
  }
  return balance / Math.sqrt(nLeft * nRight);
}

/** Each round as the graph has it. */
async function roundsOf(history) {
  const { generator, discriminator } = await run(history, ['generator', 'discriminator']);
  const nRounds = generator.dims[1];
  const split = (data) => Array.from({ length: nRounds }, (_, at) => data.slice(at * N_ITEMS, (at + 1) * N_ITEMS));
  const verdicts = split(discriminator.data);
  return split(generator.data).map((scores, at) => {
    const total = scores.reduce((sum, it) => sum + Math.exp(it), 0);
    const [byGenerator, byDiscriminator] = [ranked(scores, history), ranked(verdicts[at], history)];
    const union = [...new Set([...byGenerator.slice(0, 50), ...byDiscriminator.slice(0, 50)])];
    return {
      order: byGenerator,
      films: byGenerator.slice(0, 10).map((row) => ({
        row,
        share: Math.exp(scores[row]) / total,
        real: 1 / (1 + Math.exp(-verdicts[at][row])),
        rank: byDiscriminator.indexOf(row) + 1,
      })),
      tau: tau(union.map((row) => scores[row]), union.map((row) => verdicts[at][row])),
      nCompared: union.length,
    };
  });
}

const shownRows = (page) =>
  page.locator('tr[data-row]').evaluateAll((rows) =>
    rows.map((row) => ({
      row: Number(row.dataset.row),
      moved: row.querySelector('.move').textContent.trim(),
      numbers: [...row.querySelectorAll('td')].map((cell) => Number.parseFloat(cell.textContent)),
    })));
const walk = (page) => page.getByRole('slider', { name: 'Round' });
const nameOf = (step, n) => (step === 0 ? 'Before the rounds' : `After round ${step} of ${n - 1}`);

describe('on a known history', () => {
  test('every round shows the generator’s films, their movement and the discriminator’s verdicts', async () => {
    const { page, complaints } = await look();
    const rounds = await roundsOf(HISTORY);
    assert.equal(rounds.length, 6);
    for (const [step, round] of rounds.entries()) {
      await walk(page).fill(String(step));
      await page.locator('output', { hasText: nameOf(step, rounds.length) }).waitFor();
      const shown = await shownRows(page);
      assert.deepEqual(shown.map(({ row }) => row), round.films.map(({ row }) => row));
      for (const [at, { share, real, rank, row }] of round.films.entries()) {
        const [drawn, taken, there] = shown[at].numbers;
        assert.ok(Math.abs(drawn - 100 * share) < 0.06, `${drawn} of ${100 * share}`);
        assert.ok(Math.abs(taken - 100 * real) < 0.06, `${taken} of ${100 * real}`);
        // Scores a rounding apart may change places.
        assert.ok(Math.abs(there - rank) <= 2, `${there} for ${rank}`);
        const risen = step === 0 ? 0 : rounds[step - 1].order.indexOf(row) - at;
        assert.equal(shown[at].moved, risen > 0 ? `▲${risen}` : risen < 0 ? `▼${-risen}` : '');
      }
      const first = rounds[0].films.map(({ row }) => row);
      const nKept = round.films.filter(({ row }) => first.includes(row)).length;
      await page.getByText(`${nKept} of its 10 films led before the rounds too.`).waitFor();
      const said = await page.getByText(/Kendall’s τ is/).innerText();
      const [, sign, value, n] = /τ is (−?)(\d\.\d\d) over the (\d+) films/.exec(said);
      assert.ok(Math.abs((sign ? -1 : 1) * Number(value) - round.tau) < 0.016, `${said} for ${round.tau}`);
      assert.equal(Number(n), round.nCompared);
    }
    assert.deepEqual(complaints, []);
  });

  test('the last round is the list that the page recommends', async () => {
    const { page } = await look();
    const last = (await shownRows(page)).map(({ row }) => row);
    await page.getByRole('button', { name: 'The list', exact: true }).click();
    await page.locator('.columns .rec').first().waitFor();
    const listed = await page.locator('.columns .rec').evaluateAll((films) => films.map((it) => Number(it.dataset.row)));
    assert.deepEqual(listed.slice(0, 10), last);
  });

  test('whether it helped is what was measured', async () => {
    const { page } = await look();
    const rows = read('results.json').tables.C.rows.filter(({ family, form }) => family === 'irgan' && form === 'exact');
    const noted = (note) => rows.find((row) => row.note === note)['ndcg@100'].toFixed(3);
    const measured = ['before the rounds', undefined, 'pre-trained for as long', 'discriminator'].map(noted);
    assert.deepEqual(await page.locator('.helped b').allInnerTexts(), measured);
    const [from, after, longer] = measured;
    await page
      .getByText(`After the rounds it reaches ${after}: worse than ${from} before them, and worse than ${longer} after`)
      .waitFor();
  });
});

test('the rounds work by keyboard, and are in the link', async () => {
  const { page } = await look();
  await walk(page).focus();
  await page.keyboard.press('ArrowLeft');
  await page.locator('output', { hasText: 'After round 4 of 5' }).waitFor();
  await page.keyboard.press('Home');
  await page.locator('output', { hasText: 'Before the rounds' }).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Previous step' }).isDisabled());
  await page.getByRole('button', { name: 'Next step' }).click();
  await page.locator('output', { hasText: 'After round 1 of 5' }).waitFor();
  assert.match(await page.evaluate(() => location.hash), /[&]t=i.*[&]s=1/);
});

for (const n of [1, 500]) {
  test(`a history of ${n} ${n === 1 ? 'pick' : 'picks'} is shown`, async () => {
    const { page, complaints } = await look({ link: linkOf(catalogue.movie_id.slice(100, 100 + n)) });
    const rounds = await roundsOf(Array.from({ length: n }, (_, at) => 100 + at));
    assert.deepEqual((await shownRows(page)).map(({ row }) => row), rounds.at(-1).films.map(({ row }) => row));
    assert.deepEqual(complaints, []);
  });
}

test('axe finds nothing serious, and a phone shows all of it', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await look({ colorScheme, viewport: { width: 360, height: 740 } });
    assert.deepEqual(await findings(page), []);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} wide`);
  }
});
