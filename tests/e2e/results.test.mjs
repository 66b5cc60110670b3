// The page of results: every number of results.json and no other, for everyone, and only for those who open it.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { read } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const { tables, by_popularity: byPopularity, faithfulness, head, conversations, beyond_accuracy: beyond } = read('results.json');
const SHOWN = { A: ['ndcg@10', 'hr@10'], B: ['ndcg@10', 'hr@10'], C: ['ndcg@100', 'recall@20', 'recall@50'], D: ['ndcg@10', 'hr@10'] };

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

async function openResults(options = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const complaints = watch(page);
  await page.goto(`${site.url}results.html`);
  return { page, complaints };
}

/** What rounds to nothing has no sign. */
const signedOf = (it) => `${Number(it.toFixed(4)) === 0 ? '' : it < 0 ? '−' : '+'}${Math.abs(it).toFixed(4)}`;

/** The words of every cell of the first body rows that have these data. */
const cellsOf = (page, selector) =>
  page.locator(selector).evaluateAll((rows) => rows.map((row) => ({ ...row.dataset, cells: [...row.cells].map((it) => it.innerText.replaceAll(/\s+/g, ' ').trim()) })));

test('its numbers are those of results.json', async () => {
  const { page, complaints } = await openResults({ viewport: { width: 1280, height: 900 } });
  for (const [name, metrics] of Object.entries(SHOWN)) {
    const shown = await cellsOf(page, `table[data-table=${name}] tr[data-family]`);
    const { rows } = tables[name];
    assert.equal(shown.length, rows.length, `table ${name}`);
    for (const row of rows) {
      const found = shown.find((it) => it.family === row.family && it.form === row.form && it.note === (row.note ?? ''));
      assert.ok(found, `${row.family}, ${row.form}, is not in table ${name}`);
      const [first, ...others] = metrics;
      const interval = (it) => `${it[first].toFixed(4)} ${it[`${first}_low`].toFixed(4)} to ${it[`${first}_high`].toFixed(4)}`;
      const wanted = row[first] === undefined ? metrics.map(() => '') : [interval(row), ...others.map((metric) => row[metric].toFixed(4))];
      if ('BD'.includes(name)) wanted.push(interval(row.last));
      const { n_users: nUsers, n_questions: nQuestions } = row.n_users ? row : row.last;
      const [people, films] = [nUsers, nQuestions].map((it) => it?.toLocaleString('en-US'));
      wanted.push('BD'.includes(name) ? `${films} of ${people}` : people);
      assert.deepEqual(found.cells.slice(1, 1 + wanted.length), wanted, `${row.family}, ${row.form}`);
      const [training, file] = found.cells.slice(-2);
      if (row.seeds) assert.equal(found.cells.at(-3).split(' ')[0], String(row.seeds.length));
      if (row.minutes >= 1) assert.equal(training, `${row.minutes.toFixed(1)} min`);
      assert.equal(file, row.bytes ? `${(row.bytes / 1e6).toFixed(2)} MB` : '');
    }
  }
  const differences = await cellsOf(page, 'tr[data-difference]');
  assert.equal(differences.length, Object.values(tables).reduce((n, table) => n + Object.keys(table.differences ?? {}).length, 0));
  for (const { of, difference, cells } of differences) {
    const { [SHOWN[of][0]]: mean, low, high } = tables[of].differences[difference];
    assert.equal(cells[2], `${signedOf(mean)} ${signedOf(low)} to ${signedOf(high)}`, difference);
    assert.equal(cells[3], low > 0 ? 'better' : high < 0 ? 'worse' : 'cannot be told apart', difference);
  }
  const thirds = await cellsOf(page, 'tr[data-third]');
  assert.equal(thirds.length, 3);
  for (const { third, cells } of thirds) {
    const { families } = byPopularity.find(({ questions, cut, part }) => questions === 'test, last ten' && cut === 'films' && part === third);
    assert.ok(cells[1].startsWith(signedOf(families.sasrec_ease.ahead['ndcg@10'][0])), `${third}: ${cells[1]}`);
    assert.equal(cells[3], families.sasrec_text['ndcg@10'].toFixed(4));
  }
  assert.deepEqual(complaints, []);
});

test('what each explainer is worth is that of results.json, and worse than the newest picks is called worse', async () => {
  const { page } = await openResults({ viewport: { width: 1280, height: 900 } });
  const shown = await cellsOf(page, 'tr[data-explained]');
  const measured = Object.entries(faithfulness).flatMap(([family, { explainers }]) => Object.entries(explainers).map(([name, found]) => [family, name, found]));
  assert.equal(shown.length, measured.length);
  for (const [family, name, { kept, kept_low: low, kept_high: high, by_share: byShare, beside }] of measured) {
    const { cells } = shown.find((it) => it.explained === family && it.explainer === name);
    const [interval, ...rest] = cells.slice(1);
    const percent = (it) => `${Math.round(100 * it)} %`;
    assert.equal(interval, `${percent(kept)} ${percent(low)} to ${percent(high)}`, `${family}, ${name}`);
    const verdict = !beside ? '' : beside.most_recent[2] < 0 ? 'better' : beside.most_recent[1] > 0 ? 'worse' : 'cannot be told apart';
    assert.deepEqual(rest, [verdict, ...byShare.map(percent)], `${family}, ${name}`);
  }
});

test('what a re-ranker is worth is that of results.json, and better only where the whole interval is', async () => {
  const { page } = await openResults();
  const shown = await cellsOf(page, 'tr[data-reranker]');
  assert.equal(shown.length, head.length);
  for (const { n_marks: nMarks, auc_head: ours, auc_plain: plain, low, high } of head) {
    const { cells } = shown.find((it) => Number(it.reranker) === nMarks);
    assert.deepEqual(cells.slice(2, 4), [ours.toFixed(3), plain.toFixed(3)]);
    assert.equal(cells[5], low > 0 ? 'better' : high < 0 ? 'worse' : 'cannot be told apart');
  }
});

test('how often talk is right is that of results.json', async () => {
  const { page } = await openResults({ viewport: { width: 1280, height: 900 } });
  const shown = await cellsOf(page, 'tr[data-step]');
  assert.deepEqual(shown.map(({ step }) => step), conversations.testing.steps.map(({ step }) => step));
  for (const [at, { 'recall@10': [mean, low, high], 'recall@50': [at50] }] of conversations.testing.steps.entries()) {
    const { cells } = shown[at];
    assert.equal(cells[1], `${mean.toFixed(4)} ${low.toFixed(4)} to ${high.toFixed(4)}`);
    assert.equal(cells[3], at50.toFixed(4));
  }
});

test('what was missed is said to be missed', async () => {
  const { page } = await openResults();
  const outcomes = await page.locator('.aims tbody tr').evaluateAll((rows) => rows.map(({ cells }) => [cells[0].innerText, cells[2].innerText, cells[1].innerText].join(', ')));
  const row = (table, family, form) => tables[table].rows.find((it) => it.family === family && it.form === form && !it.note);
  const share = row('C', 'mult_vae', 'exact')['ndcg@100'] / row('C', 'ease', 'exact')['ndcg@100'];
  assert.ok(outcomes.includes(`Mult-VAE, C, ${share >= 0.97 ? 'reached' : 'missed'}`), outcomes.join('; '));
  const { low, high } = tables.B.differences['sasrec_ease - ease_recency'];
  assert.ok(outcomes.includes(`SASRec with EASE's links, B, ${low > 0 ? 'reached' : high < 0 ? 'missed' : 'not settled'}`), outcomes.join('; '));
});

test('each dot stands where its number says', async () => {
  const { page } = await openResults();
  const dots = await page.locator('table[data-table=B] tr[data-form=shipped]').evaluateAll((rows) =>
    rows.map((row) => [Number(row.querySelector('b').textContent), Number(row.querySelector('circle').getAttribute('cx'))]));
  const [[lowest, left], ...others] = dots.sort(([a], [b]) => a - b);
  const [highest, right] = others.at(-1);
  for (const [value, x] of others) {
    assert.ok(Math.abs(x - (left + ((value - lowest) / (highest - lowest)) * (right - left))) < 0.3, `${value} at ${x}`);
  }
});

/** Of every model in a picture where its first mark of the `kind` stands, in pixels of the drawing. */
const marksOf = (page, name, mark = 'circle') =>
  page.locator(`.${name} .is-wide [data-row]`).evaluateAll((rows, mark) => rows.map((row) => [row.dataset.row, [...row.querySelectorAll(mark)].map((it) => Number(it.getAttribute('cx')))]), mark);

/** That values and places lie on one line. */
function assertOnOneScale(pairs) {
  const [[lowest, left], ...others] = [...pairs].sort(([a], [b]) => a - b);
  const [highest, right] = others.at(-1);
  for (const [value, x] of others) assert.ok(Math.abs(x - (left + ((value - lowest) / (highest - lowest)) * (right - left))) < 0.3, `${value} at ${x}`);
}

test('pictures stand first, and their dots stand where results.json says', async () => {
  const { page } = await openResults({ viewport: { width: 1280, height: 900 } });
  const names = await page.locator('[data-figure]').evaluateAll((all) => all.map((it) => it.dataset.figure));
  assert.deepEqual(names, ['evidence', 'protocols', 'faithfulness', 'whom', 'lift']);
  assert.ok(await page.evaluate(() => document.querySelector('[data-figure]').compareDocumentPosition(document.querySelector('table')) & Node.DOCUMENT_POSITION_FOLLOWING));
  const shipped = tables.B.rows.filter((it) => it.form === 'shipped' && !it.note);
  const evidence = await marksOf(page, 'evidence');
  assert.equal(evidence.length, shipped.length);
  assertOnOneScale(evidence.map(([family, [x]]) => [shipped.find((it) => it.family === family)['ndcg@10'], x]));
  const reasons = await marksOf(page, 'faithfulness');
  assertOnOneScale(reasons.map(([family, at]) => [faithfulness[family].explainers.leave_one_out.kept, at.at(-1)]));
  const served = await marksOf(page, 'whom');
  assertOnOneScale(served.flatMap(([family, [most, middle, least]]) => [[2, most], [1, middle], [0, least]].map(([group, x]) => [beyond[family].groups[group]['ndcg@10'], x])));
});

test('a model is hollow in the picture exactly where its paired difference may be nothing, and the claim counts them', async () => {
  const { page } = await openResults();
  const hollow = await page.locator('.evidence .is-wide [data-row]:has(.kind-ring)').evaluateAll((rows) => rows.map((it) => it.dataset.row));
  const paired = Object.entries(tables.B.differences).filter(([names]) => names.endsWith(' - ease_recency'));
  const open = paired.filter(([, { low, high }]) => low <= 0 && high >= 0).map(([names]) => names.split(' - ')[0]);
  assert.deepEqual(hollow.sort(), open.sort());
  const claim = await page.locator('.evidence .claim').innerText();
  assert.match(claim, new RegExp(`; ${open.length} others cannot be told from it$`));
});

test('who is served is that of results.json', async () => {
  const { page } = await openResults({ viewport: { width: 1280, height: 900 } });
  for (const [family, { groups }] of Object.entries(beyond)) {
    const cells = await cellsOf(page, `tbody[data-served="${family}"] tr[data-group]`);
    assert.equal(cells.length, 4, family);
    groups.forEach((group, at) => assert.ok(cells[at + 1].cells[1].startsWith(group['ndcg@10'].toFixed(4)), `${family}, ${group.group}`));
  }
});

for (const colorScheme of ['light', 'dark']) {
  for (const [name, viewport] of Object.entries({ wide: { width: 1280, height: 900 }, '360 px': { width: 360, height: 740 } })) {
    test(`axe has no serious finding and nothing scrolls sideways: ${colorScheme}, ${name}`, async () => {
      const { page, complaints } = await openResults({ colorScheme, viewport });
      assert.deepEqual(await findings(page), []);
      const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      assert.ok(wide <= screen, `the page is ${wide} px wide on a screen of ${screen} px`);
      assert.deepEqual(complaints, []);
    });
  }
}

test('the demo links it, fetches nothing of it before, and keeps the history on the way back', async () => {
  site.requests.length = 0;
  const reader = await openPage(await (await browser.newContext()).newPage(), site);
  await reader.pick('Alien');
  await reader.waitForRecommendations();
  assert.ok(site.requests.every(({ path }) => !path.includes('results')));
  await reader.page.getByRole('link', { name: 'Results', exact: true }).click();
  await reader.page.getByRole('heading', { name: 'Results', exact: true }).waitFor();
  await reader.page.getByRole('link', { name: 'Explore', exact: true }).click();
  await reader.waitForHistory(['Alien']);
});

test('the address of the demo with #results leads there', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.url}#results`);
  await page.waitForURL(/results\.html$/);
});

test('every interval is drawn, whatever its row is about', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await openResults({ colorScheme });
    const drawn = await page.locator('.plot-whisker, .plot-dot').evaluateAll((all) => all.map((it) => [it.getAttribute('class'), getComputedStyle(it)[it.matches('.plot-whisker') ? 'stroke' : 'fill']]));
    assert.ok(drawn.length > 100);
    assert.deepEqual(drawn.filter(([, colour]) => colour === 'none' || colour === 'rgb(0, 0, 0)'), []);
  }
});

test('the words of the field have a page, which every other page leads to', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await (await browser.newContext({ colorScheme, viewport: { width: 360, height: 740 } })).newPage();
    const complaints = watch(page);
    for (const from of ['', 'results.html']) {
      await page.goto(`${site.url}${from}`);
      await page.getByRole('link', { name: 'Words used here' }).first().click();
      await page.getByRole('heading', { name: 'Words used here', level: 1 }).waitFor();
    }
    assert.ok((await page.locator('.glossary dt').count()) >= 25);
    assert.deepEqual(await findings(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 360));
    assert.deepEqual(complaints, []);
  }
});
