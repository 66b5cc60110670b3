// Inside IRGAN: every round's films and verdicts are those of the shipped graph, run a second time without the engine,
// and what was measured is what the results hold.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, manifest, read } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { loadGraph } from './support/graph.mjs';
import { lineHeights, lookInside } from './support/inside.mjs';
import { launch } from './support/launch.mjs';
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

const look = ({ link = linkOf(IDS), ...options } = {}) => lookInside(browser, site, { link, title: 'IRGAN', ...options });

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

/** The rows of the twin table, each a record of its columns. */
async function table(page) {
  const twin = page.locator('.twin details:not(.embed)');
  if (!(await twin.evaluate((it) => it.open))) await page.getByText('The same as a table').click();
  return page.locator('.twin-rows').evaluate((it) => {
    const heads = [...it.querySelectorAll('th')].map((head) => head.textContent);
    return [...it.querySelectorAll('tbody tr')].map((row) =>
      Object.fromEntries([...row.cells].map((cell, at) => [heads[at], cell.textContent])));
  });
}
/** The first ten of a round, best first, by the table. */
const tenOf = (rows, step) => {
  const of = step === 0 ? 'Before' : `Round ${step}`;
  return rows.filter((it) => Number(it[of]) <= 10).toSorted((a, b) => Number(a[of]) - Number(b[of]));
};
const rowsOf = (rows) => rows.map((it) => catalogue.movie_id.indexOf(Number(it['Movie id'])));
/** The height of a rank of the first ten. */
const height = (rank) => 40 + 25 * (rank - 1);
const walk = (page) => page.getByRole('slider', { name: 'Round' });
const nameOf = (step, n) => (step === 0 ? 'Before the rounds' : `After round ${step} of ${n - 1}`);

describe('on a known history', () => {
  test('every round shows the generator’s films at their ranks, and the discriminator’s verdicts', async () => {
    const { page, complaints } = await look();
    const rounds = await roundsOf(HISTORY);
    assert.equal(rounds.length, 6);
    const films = [...new Set(rounds.flatMap((round) => round.films.map(({ row }) => row)))];
    for (const [step, round] of rounds.entries()) {
      await walk(page).fill(String(step));
      await page.locator('output', { hasText: nameOf(step, rounds.length) }).waitFor();
      const rows = await table(page);
      assert.deepEqual(rowsOf(rows), films);
      const ten = tenOf(rows, step);
      assert.deepEqual(rowsOf(ten), round.films.map(({ row }) => row));
      for (const [at, { share, real, rank }] of round.films.entries()) {
        const [drawn, taken, there] = ['Drawn now', 'Taken for real now', 'Rank by the discriminator now'].map((it) => Number(ten[at][it]));
        assert.ok(Math.abs(drawn - share) < 6e-4, `${drawn} of ${share}`);
        assert.ok(Math.abs(taken - real) < 6e-4, `${taken} of ${real}`);
        // Scores a rounding apart may change places.
        assert.ok(Math.abs(there - rank) <= 2, `${there} for ${rank}`);
      }
      const first = rounds[0].films.map(({ row }) => row);
      const nKept = round.films.filter(({ row }) => first.includes(row)).length;
      await page.getByText(`${nKept} of its 10 films led before the rounds too.`).waitFor();
      const share = (it) => `${(100 * it.films.reduce((sum, film) => sum + film.share, 0)).toFixed(1)} %`;
      const [, said] = /the ten take ([\d.]+) % of/.exec(await page.locator('.say').innerText());
      assert.ok(Math.abs(Number(said) - Number.parseFloat(share(round))) < 0.11, `${said} for ${share(round)}`);
      const agreed = await page.getByText(/Kendall’s τ is/).innerText();
      const [, sign, value, n] = /τ is (−?)(\d\.\d\d) over the (\d+) films/.exec(agreed);
      assert.ok(Math.abs((sign ? -1 : 1) * Number(value) - round.tau) < 0.016, `${agreed} for ${round.tau}`);
      assert.equal(Number(n), round.nCompared);
    }
    assert.deepEqual(complaints, []);
  });

  test('lines are as high as their ranks, and dots as their verdicts', async () => {
    const { page } = await look();
    const rounds = await roundsOf(HISTORY);
    const heights = await lineHeights(page);
    rounds.forEach((round, step) => {
      for (const [row, of] of heights) {
        const rank = round.order.indexOf(row) + 1;
        assert.ok(rank <= 10 ? Math.abs(of[step] - height(rank)) < 0.2 : of[step] > height(10), `${row} in round ${step}: ${of[step]}`);
      }
    });
    const dots = await page.locator('.picture .verdicts').evaluateAll((all) =>
      all.map((it) => [...it.querySelectorAll('circle')].map((dot) => Number(dot.getAttribute('cy')))));
    // Every dot is as far from the first as its verdict is from the first's; 76 pixels are the whole of it.
    const [[origin]] = dots;
    rounds.forEach(({ films }, step) =>
      films.forEach(({ real }, at) => {
        const want = origin - 76 * (real - rounds[0].films[0].real);
        assert.ok(Math.abs(dots[step][at] - want) < 0.3, `round ${step}, film ${at}: ${dots[step][at]} for ${want}`);
      }));
    const all = rounds.flatMap(({ films }) => films.map(({ real }) => 100 * real));
    const [, low, high] = /stay between (\d+) and (\d+)\s%/.exec(await page.locator('.claim').innerText());
    assert.ok(Number(low) <= Math.min(...all) + 0.05 && Number(low) > Math.min(...all) - 1.05, `${low} for ${Math.min(...all)}`);
    assert.ok(Number(high) >= Math.max(...all) - 0.05 && Number(high) < Math.max(...all) + 1.05, `${high} for ${Math.max(...all)}`);
  });

  test('the last round is the list that the page recommends', async () => {
    const { page } = await look();
    const last = rowsOf(tenOf(await table(page), 5));
    await page.getByRole('button', { name: 'The list', exact: true }).click();
    await page.locator('.columns .rec').first().waitFor();
    const listed = await page.locator('.columns .rec').evaluateAll((films) => films.map((it) => Number(it.dataset.row)));
    assert.deepEqual(listed.slice(0, 10), last);
  });

  test('whether it helped is what was measured', async () => {
    const { page } = await look();
    const rows = read('results.json').tables.C.rows.filter(({ family, form }) => family === 'irgan' && form === 'exact');
    const noted = (note) => rows.find((row) => row.note === note)['ndcg@100'];
    const measured = ['before the rounds', undefined, 'pre-trained for as long', 'discriminator'].map(noted);
    const [from, after, longer, discriminator] = measured.map((it) => it.toFixed(3));
    const words = await page.locator('.picture text').allTextContents();
    for (const it of [from, `${after} after`, `${longer} without rounds`]) assert.ok(words.includes(it), `${it} in ${words}`);
    await page.locator('.claim', { hasText: /^5 rounds cost 0\.\d{3} of NDCG@100/ }).waitFor();
    const [, cost] = /cost (0\.\d{3}) of/.exec(await page.locator('.claim').innerText());
    assert.ok(Math.abs(Number(cost) - (measured[0] - measured[1])) < 6e-4, cost);
    await page
      .getByText(`After the rounds it reaches ${after}: worse than ${from} before them, and worse than ${longer} after as many further passes without them. The discriminator alone reaches ${discriminator}.`)
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
  await page.locator('.picture').getByRole('button', { name: 'After round 3 of 5' }).click();
  await page.locator('output', { hasText: 'After round 3 of 5' }).waitFor();
});

for (const n of [1, 500]) {
  test(`a history of ${n} ${n === 1 ? 'pick' : 'picks'} is shown`, async () => {
    const { page, complaints } = await look({ link: linkOf(catalogue.movie_id.slice(100, 100 + n)) });
    const rounds = await roundsOf(Array.from({ length: n }, (_, at) => 100 + at));
    assert.deepEqual(rowsOf(tenOf(await table(page), rounds.length - 1)), rounds.at(-1).films.map(({ row }) => row));
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
