// Why a film stands where it stands: every sentence beside the number it speaks of, in every family, and scores that are
// named, told apart and drawn for what they are.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, manifest } from './support/artifacts.mjs';
import { startEngine } from './support/engine.mjs';
import { ordinal, shortTitle } from './support/inside.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

/** Alien, Blade Runner, The Matrix, Heat, Fargo. */
const FIVE = [1214, 541, 2571, 6, 608].map((id) => catalogue.movie_id.indexOf(id));
const ONE = FIVE.slice(0, 1);
const WITHIN = 10;
const FAMILIES = Object.keys(manifest.families);
const SUMS = ['popularity', 'markov', 'markov_multilag', 'itemknn', 'ease', 'ease_recency', 'text_history'];
/** What one score is called; those not named here are logits. */
const SAID = {
  semantic_id: 'Score: its probability',
  diffrec: 'Score: how much of it is in the cleaned picture',
  popularity: 'Score: logarithm of its ratings',
  blend: 'Score: points by rank',
  ...Object.fromEntries(SUMS.slice(1).map((name) => [name, 'Score: a sum of weights'])),
};
const isLogarithm = (family) => !(family in SAID) || family === 'semantic_id';
const scoreOf = (family, score) => (family === 'semantic_id' ? 100 * Math.exp(score) : score);
const numberOf = (text) => Number.parseFloat(text.replace('−', '-').replace('+', ''));
/** How far a number as it is written may lie from the number. */
const roundingOf = (text) => 0.5000001 * 10 ** -(/\.(\d+)/.exec(text)?.[1].length ?? 0);
const near = (text, value, what) => assert.ok(Math.abs(numberOf(text) - value) <= roundingOf(text) + 1e-4 * Math.abs(value), `${what}: ${text} for ${value}`);

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

async function visit(family, rows) {
  const page = await (await browser.newContext()).newPage();
  const complaints = watch(page);
  const link = `#v2&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&f=${family}`;
  const reader = await openPage(page, site, { link });
  await reader.waitForRecommendations();
  await reader.waitForExplanation();
  await page.locator('.counterfactual p').waitFor();
  return { page, complaints };
}

async function explained(family, history) {
  const { list } = await engine.ask({ Recommend: { family, history, top: 50 } });
  const { explanation } = await engine.ask({ Explain: { family, history, item: list[0].item, within: WITHIN } });
  return { list, explanation };
}

/** The first ten rows: their scores are the engine's, differ where those differ, and bars are as long as the scores say. */
async function checkScores(page, family, list) {
  const rows = await page.locator('.recs .rec-score').evaluateAll((all) => all.map((it) => [it.innerText.trim(), Number.parseFloat(it.querySelector('.bar-fill').style.width)]));
  assert.equal(rows.length, WITHIN);
  rows.forEach(([text, bar], at) => {
    const { score } = list[at];
    near(text, scoreOf(family, score), `${family}, rank ${at + 1}`);
    if (at > 0 && score !== list[at - 1].score) assert.notEqual(text, rows[at - 1][0], `${family}: ranks ${at} and ${at + 1} read alike`);
    const share = isLogarithm(family) ? Math.exp(score - list[0].score) : score / list[0].score;
    assert.ok(Math.abs(bar - 100 * share) < 0.2 || (bar === 1 && share < 0.01), `${family}: a bar of ${bar} % for ${share}`);
  });
  const note = await page.locator('.list-foot .stated').innerText();
  assert.ok(note.includes(SAID[family] ?? 'Score: the model\'s logit'), note);
}

/** The rows of the figure's table, each with its cells by their heads. */
async function tableOf(page) {
  const twin = page.locator('.why .twin details:not(.embed)');
  if (!(await twin.evaluate((it) => it.open))) await twin.locator('summary').click();
  await twin.locator('tbody tr').first().waitFor();
  return twin.locator('table').evaluate((table) => {
    const heads = [...table.querySelectorAll('th')].map((it) => it.innerText.trim());
    return [...table.querySelectorAll('tbody tr')].map((row) => Object.fromEntries([...row.cells].map((it, at) => [heads[at], it.innerText.trim()])));
  });
}

/** What the lines on the left say: name, and what the score becomes without the film. */
const linesOf = (page) =>
  page.locator('.why .picture .film').evaluateAll((all) => all.map((it) => [it.querySelector('[data-act]')?.getAttribute('aria-label') ?? it.querySelector('text').textContent, [...it.querySelectorAll('text')].at(-1).textContent]));

/** Parts and what leaving out loses are two numbers, each under its name, and parts with popularity are the score. */
async function checkFigure(page, family, history, explanation) {
  const { contributions, influence, score } = explanation;
  if (family === 'popularity') {
    assert.equal(await page.locator('.why .glass').count(), 0, 'it reads no film');
    return;
  }
  const lost = { semantic_id: 'log probability', blend: 'points' }[family] ?? (isLogarithm(family) ? 'logit' : 'score');
  assert.ok((await page.locator('.why .say').innerText()).startsWith(`Width: ${lost} lost without the film`));
  const lines = await linesOf(page);
  assert.deepEqual(lines.map(([name]) => name), history.map((row) => shortTitle(catalogue.title[row])));
  influence.forEach((it, at) => near(lines[at][1], -it.score_drop, lines[at][0]));

  const rows = await tableOf(page);
  influence.forEach((it, at) => {
    assert.equal(rows[at].Title, catalogue.title[history[at]]);
    near(rows[at]['Score lost'], it.score_drop, `${family}: lost without ${rows[at].Title}`);
    assert.equal(rows[at]['Rank without'], String(it.rank_without));
  });
  if (!SUMS.includes(family)) {
    assert.equal(rows.length, history.length);
    return;
  }
  influence.forEach((_, at) => near(rows[at].Part, contributions.picks[at], rows[at].Title));
  const [popularity, total] = rows.slice(history.length);
  near(popularity.Part, contributions.start, 'popularity');
  near(total.Part, score, 'the score');
  const parts = rows.slice(0, -1).map((it) => it.Part);
  const sum = parts.reduce((sum, part) => sum + numberOf(part), 0);
  assert.ok(Math.abs(sum - numberOf(total.Part)) <= (parts.length + 1) * roundingOf(total.Part), `${family}: ${parts} are ${sum}, not ${total.Part}`);
}

/** The claim names the film without which the recommended one falls furthest. */
async function checkClaim(page, { item, rank, influence }) {
  const claim = await page.locator('.why .claim').innerText();
  const film = shortTitle(catalogue.title[item]);
  const lowest = Math.max(...influence.map((it) => it.rank_without));
  if (influence.length === 1) {
    assert.ok(claim.includes(film) && claim.includes(ordinal(lowest)), claim);
  } else if (lowest > rank) {
    const names = influence.filter((it) => it.rank_without === lowest).map((it) => shortTitle(catalogue.title[it.pick]));
    assert.ok(names.some((name) => claim.startsWith(`Without ${name}, ${film} falls from ${ordinal(rank)} to ${ordinal(lowest)}`)), claim);
  } else {
    assert.match(claim, /(whichever of the \d+ films is left out|it does not fall)$/);
  }
}

/** The sentence about the picks that carry the film. */
async function checkSupport(page, history, { rank, influence, counterfactual: set, most_left_out: most }) {
  const said = await page.locator('.counterfactual').innerText();
  if (set) {
    assert.ok(said.includes(`it would drop from ${ordinal(rank)} to ${ordinal(set.rank_after)}.`), said);
    assert.ok(said.includes(`out of the first ten in ${set.n_draws_out} of ${set.n_draws} draws.`) && set.n_draws >= 10, said);
    const newest = history.slice(-set.removed.length).sort().join() === [...set.removed].sort().join();
    assert.ok(newest ? /(It is|They are) the/.test(said) : said.includes(`instead: ${ordinal(set.rank_without_most_recent)}.`), said);
  } else if (influence.length === 0) {
    assert.ok(said.includes('It reads no history'), said);
  } else if (history.length === 1) {
    const [{ rank_without: without }] = influence;
    assert.ok(said.includes(without > WITHIN ? `It rests on your one film: without it, it would stand ${ordinal(without)}.` : `does not carry it: without any film it would stand ${ordinal(without)}.`), said);
  } else {
    assert.ok(said.includes(`Leaving out ${most} films, the strongest first, does not push it out of the first ten`), said);
  }
}

for (const [what, history] of [['five picks', FIVE], ['one pick', ONE]]) {
  describe(what, () => {
    for (const family of FAMILIES) {
      test(`what is said of ${family} stands beside its numbers`, async () => {
        const { page, complaints } = await visit(family, history);
        const { list, explanation } = await explained(family, history);
        assert.equal(explanation.influence.length, family === 'popularity' ? 0 : history.length);
        await checkScores(page, family, list);
        await checkFigure(page, family, history, explanation);
        if (family !== 'popularity') await checkClaim(page, explanation);
        await checkSupport(page, history, explanation);
        const said = await page.locator('main').innerText();
        assert.doesNotMatch(said, /\+-|[+−-]0(\.0+)?(?![.\d])/, 'nothing has no sign');
        await page.context().close();
        assert.deepEqual(complaints, []);
      });
    }
  });
}

test('a part and what is lost without the pick stand side by side where they differ', async () => {
  const { page } = await visit('ease_recency', FIVE);
  const [first] = await tableOf(page);
  assert.deepEqual(Object.keys(first).slice(3), ['Part', 'Score lost', 'Rank without']);
  assert.match(await page.locator('.why-lead').innerText(), /without a film the older ones move up and count for more/);
  const plain = await visit('ease', FIVE);
  assert.match(await plain.page.locator('.why-lead').innerText(), /without a film its part is what is lost/);
});

test('ribbons end at the rank without the film', async () => {
  const { page } = await visit('sasrec', FIVE);
  const { explanation } = await explained('sasrec', FIVE);
  const ends = await page.locator('.why .picture .ribbon').evaluateAll((all) =>
    all.map((it) => {
      const numbers = it.getAttribute('d').match(/-?[\d.]+/g).map(Number);
      return (numbers[7] + numbers[9]) / 2;
    }));
  const places = Object.fromEntries(await page.locator('.why .picture g').evaluateAll((all) =>
    all.filter((it) => /^\d+$/.test(it.querySelector(':scope > text.xs.e')?.textContent ?? ''))
      .map((it) => [it.querySelector('text.xs.e').textContent, Number(it.getAttribute('transform').match(/ ([\d.]+)\)/)[1])])));
  explanation.influence.forEach(({ rank_without: rank }, at) => {
    // Of ribbons that end at one rank each has its part of the row.
    if (rank <= WITHIN) assert.ok(Math.abs(ends[at] - places[rank]) <= 13, `${at}: ${ends[at]} for ${places[rank]}`);
    else assert.ok(ends[at] > places[WITHIN], `${at}: ${ends[at]}`);
  });
});

test('a film is left out in the picture and comes back, by click and by key, and the focus stays', async () => {
  const { page, complaints } = await visit('sasrec', FIVE);
  const { list, explanation } = await explained('sasrec', FIVE);
  const [first] = list;
  const film = page.locator('.why .picture [data-act]').nth(3);
  assert.equal(await film.getAttribute('aria-checked'), 'true');
  await film.click();
  const { rank_without: rank } = explanation.influence[3];
  const said = rank === 1 ? 'still stands 1st' : `falls from 1st to ${ordinal(rank)}`;
  const name = shortTitle(catalogue.title[FIVE[3]]);
  await page.locator('.why .claim', { hasText: `Without ${name}, ${shortTitle(catalogue.title[first.item])} ${said}` }).waitFor();
  assert.equal(await page.locator('.strip .pick.is-off').count(), 1, 'it is switched off above as well');
  await film.press('Enter');
  await page.locator('.strip .pick.is-off').waitFor({ state: 'detached' });
  await page.locator('.why .picture [aria-checked=false]').waitFor({ state: 'detached' });
  assert.equal(await film.evaluate((it) => it === document.activeElement), true, 'the focus stays');
  await film.press(' ');
  await page.locator('.why .picture [aria-checked=false]').waitFor();
  await page.getByRole('button', { name: 'As it was' }).click();
  await page.locator('.strip .pick.is-off').waitFor({ state: 'detached' });
  assert.deepEqual(complaints, []);
});

test('of five hundred films the strongest eight have a ribbon, and the picture fits a phone', async () => {
  const page = await (await browser.newContext({ viewport: { width: 340, height: 740 } })).newPage();
  const ids = catalogue.movie_id.slice(100, 600);
  const item = (await engine.ask({ Recommend: { family: 'ease', history: catalogue.movie_id.slice(100, 600).map((_, at) => 100 + at), top: 1 } })).list[0].item;
  const reader = await openPage(page, site, { link: `#v2&h=${ids.join('.')}&f=ease&x=${catalogue.movie_id[item]}` });
  await reader.waitForExplanation();
  await page.locator('.why .picture').getByText(/\d+ other films/).waitFor();
  assert.equal(await page.locator('.why .picture .ribbon').count(), 8);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 340);
});

test('popularity says that it reads no picks, and has nothing to test', async () => {
  const { page } = await visit('popularity', FIVE);
  assert.match(await page.locator('.why-lead').innerText(), /whatever your history: this model reads none/);
  await page.locator('summary').filter({ hasText: 'Do these reasons hold?' }).click();
  await page.getByText('It reads no history, so there is no reason to test.').waitFor();
});

test('the reasons do not scroll inside themselves', async () => {
  const { page } = await visit('sasrec_ease', FIVE);
  const room = await page.locator('.why').evaluate((it) => [it.scrollHeight - it.clientHeight, ...['overflowX', 'overflowY'].map((name) => getComputedStyle(it)[name])]);
  assert.ok(room[0] <= 1, `${room[0]} px are out of sight`);
  assert.deepEqual(room.slice(1), ['visible', 'visible']);
});
