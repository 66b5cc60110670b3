// Why a film stands where it stands: every sentence beside the number it speaks of, in every family, and scores that are
// named, told apart and drawn for what they are.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, manifest } from './support/artifacts.mjs';
import { startEngine } from './support/engine.mjs';
import { ordinal } from './support/inside.mjs';
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

/** Lines of the table: name → cells. */
async function tableOf(page) {
  const rows = await page.locator('.why > .influence tbody tr').evaluateAll((all) => all.map((row) => [row.cells[0].innerText.trim(), [...row.querySelectorAll('td.number')].map((it) => it.innerText.trim())]));
  const heads = await page.locator('.why > .influence thead th.number').allInnerTexts();
  return { heads: heads.map((it) => it.trim()), lines: Object.fromEntries(rows) };
}

/** Parts and what leaving out loses are two numbers, each under its name, and parts with popularity are the score. */
async function checkTable(page, family, history, explanation) {
  const { heads, lines } = await tableOf(page);
  const { contributions, influence, score } = explanation;
  const titles = family === 'popularity' ? [] : history.map((row) => catalogue.title[row]);
  if (!SUMS.includes(family)) {
    const lost = { semantic_id: 'Log-prob. lost', blend: 'Points lost' }[family] ?? (isLogarithm(family) ? 'Logit lost' : 'Score lost');
    assert.deepEqual(heads, [lost, 'Rank without']);
    influence.forEach((it, at) => near(lines[titles[at]][0], it.score_drop, titles[at]));
  } else {
    const total = await page.locator('.why > .influence tfoot .number').innerText();
    near(total, score, 'the score');
    const parts = Object.values(lines).map(([part]) => part);
    const sum = parts.reduce((sum, part) => sum + numberOf(part), 0);
    assert.ok(Math.abs(sum - numberOf(total)) <= (parts.length + 1) * roundingOf(total), `${family}: ${parts} are ${sum}, not ${total}`);
    if (contributions.start !== 0) near(lines.Popularity[0], contributions.start, 'popularity');
    else assert.ok(!('Popularity' in lines));
    titles.forEach((title, at) => near(lines[title][0], contributions.picks[at], title));
    const isLost = !heads.includes('Score lost');
    influence.forEach((it, at) => near(lines[titles[at]][isLost ? 0 : 1], it.score_drop, `${family}: lost without ${titles[at]}`));
  }
  influence.forEach((it, at) => assert.equal(lines[titles[at]].at(-1), String(it.rank_without)));
  assert.equal(Object.keys(lines).length, titles.length + (contributions?.start ? 1 : 0));
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
        await checkTable(page, family, history, explanation);
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
  assert.deepEqual((await tableOf(page)).heads, ['Its part', 'Score lost', 'Rank without']);
  assert.match(await page.locator('.why-lead').innerText(), /without a film the older ones move up and count for more/);
  const plain = await visit('ease', FIVE);
  assert.deepEqual((await tableOf(plain.page)).heads, ['Its part', 'Rank without']);
  assert.match(await plain.page.locator('.why-lead').innerText(), /without a film its part is what is lost/);
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
