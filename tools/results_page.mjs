// Makes results.html, the page of measured results, from models/artifacts/results.json. No number is written here.
//
// The page has no script and its own small stylesheet beside the demo's; nothing of it is fetched before it is opened.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { picturesOf } from './results_figures.mjs';
import { escaped, figure, grouped, measured, scrolling, signed, verdict } from './results_parts.mjs';
import { conversationsOf, rerankerOf, languageModelOf } from './results_sections.mjs';
import { scriptlessHead, siteTop } from './site_top.mjs';
import { ROOT } from './steps.mjs';

/** What each table asks and of whom, and its metrics: the one that is drawn first. */
const TABLES = {
  A: {
    title: 'Benchmark',
    metrics: ['ndcg@10', 'hr@10'],
    about:
      'The public benchmark ML-1M. Each person’s last film is held out, and a model that has read all films before it ranks the whole ' +
      'catalogue of the benchmark. These are networks of the benchmark’s own; the demo does not ship them.',
  },
  B: {
    title: 'The demo’s task: what comes next',
    metrics: ['ndcg@10', 'hr@10'],
    about:
      'The task that this site does. The people asked came after everybody the models learned from, so nothing of the future is known. ' +
      'Each is asked for the last ten films they rated, one after the other, each after all before it; the last film alone is beside it. ' +
      'Intervals are over people, since one person’s films are alike: read the differences below the table first.',
  },
  C: {
    title: 'Sets of films, without order',
    metrics: ['ndcg@100', 'recall@20', 'recall@50'],
    about:
      'People whom no model has seen show 80 % of the films they like, and the model has to find the other 20 %. Order plays no part: ' +
      'this is where models of sets are at home.',
  },
  D: {
    title: 'What people like, not only what they watch',
    metrics: ['ndcg@10', 'hr@10'],
    about:
      'The people of table B are asked for the last ten films that they liked: rated 4 or higher, and at least as high as their own mean. ' +
      'Each is asked after all films before it, liked or not. One model is asked with the ratings as well.',
  },
};

const METRICS = {
  'ndcg@10': 'NDCG@10',
  'ndcg@100': 'NDCG@100',
  'hr@10': 'HR@10',
  'recall@20': 'Recall@20',
  'recall@50': 'Recall@50',
};

/** What was asked of a family: a number, a share of another family's, or to be above another family, over all films or over the rarest third. */
const AIMS = [
  { family: 'sasrec', table: 'A', least: 0.186 },
  { family: 'gru4rec', table: 'A', least: 0.16 },
  { family: 'bert4rec', table: 'A', least: 0.15 },
  { family: 'mult_vae', table: 'C', share: 0.97, of: 'ease' },
  { family: 'diffrec', table: 'C', share: 0.95, of: 'ease' },
  { family: 'semantic_id', table: 'B', above: 'text_history' },
  { family: 'sasrec_text', table: 'B', above: 'sasrec_ease', part: 'rarest' },
  { family: 'sasrec_ease', table: 'B', above: 'ease_recency' },
];

/** Keys of a row that have a place in the tables; whatever else was measured is listed below them. */
const IS_PLACED = /^(family|form|note|minutes|bytes|seeds|n_users|n_questions|last|mrr|(ndcg|hr|recall)@\d+(_low|_high)?)$/;

function lasting(minutes) {
  if (minutes >= 1) return `${minutes.toFixed(1)} min`;
  const seconds = minutes * 60;
  return seconds >= 0.1 ? `${seconds.toFixed(1)} s` : 'under 0.1 s';
}

/** Name → title, kind and description of every family, read from the one list of them, crates/core/src/families/. */
export function readCards(folder = join(ROOT, 'crates/core/src/families')) {
  const card = /name: "(\w+)",\s*title: "([^"]+)",\s*kind: Kind::(\w+),\s*description: "((?:[^"\\]|\\[^])*)"/;
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.rs'));
  const found = files.map((file) => card.exec(readFileSync(join(folder, file), 'utf8')));
  const described = (text) => text.replace(/\\\n\s*/g, '').replace(/\\(.)/g, '$1');
  const cards = Object.fromEntries(found.filter(Boolean).map(([, name, title, kind, about]) => [name, { title, kind: kind.toLowerCase(), description: described(about) }]));
  if (Object.keys(cards).length === 0) throw new Error(`no family has a card in ${folder}`);
  return cards;
}

/** What the pipeline says about how the numbers came about: the text of docs/results.md before its first table. */
export function readNotes(file = join(ROOT, 'docs/results.md')) {
  const [before] = readFileSync(file, 'utf8').split('\n### ');
  const notes = before.split(/\n\n+/).map((it) => it.trim()).filter((it) => it && !it.startsWith('#') && !it.startsWith('Written by'));
  return notes.map((it) => escaped(it).replace(/`([^`]+)`/g, '<code>$1</code>').replace(/\*([^*]+)\*/g, '<em>$1</em>'));
}

/** Rows by family, the best family first, each with its shipped file before the model as fitted. */
function families(rows, metric) {
  const names = [...new Set(rows.map((row) => row.family))];
  const place = (row) => (row.note ? 2 : 0) + (row.form === 'shipped' ? 0 : 1);
  const sorted = names.map((name) => rows.filter((row) => row.family === name).sort((a, b) => place(a) - place(b)));
  return sorted.sort(([a], [b]) => (b[metric] ?? 0) - (a[metric] ?? 0));
}

function seedsOf(seeds) {
  if (!seeds) return '';
  const range = seeds.length > 1 ? ` <span class="interval">${figure(Math.min(...seeds))} to ${figure(Math.max(...seeds))}</span>` : '';
  return `${seeds.length}${range}`;
}

/** A metric of the last films alone, with its interval. */
function lastOf({ last }, metric) {
  return last ? `${figure(last[metric])} <span class="interval">${figure(last[`${metric}_low`])} to ${figure(last[`${metric}_high`])}</span>` : '';
}

/** How many people were asked; where each may be asked for several films, how many of whom. */
function askedOf(row, hasLast) {
  const { n_users: nUsers, n_questions: nQuestions } = row.n_users ? row : row.last;
  return hasLast ? `${grouped(nQuestions)} <span class="interval">of ${grouped(nUsers)}</span>` : grouped(nUsers);
}

function rowOf(row, { metrics, scale, hasSeeds, hasLast, title, kind }) {
  const [first, ...others] = metrics;
  const [low, high] = [row[`${first}_low`], row[`${first}_high`]];
  const form = `<span class="form-of">${row.form}${row.note ? `, ${escaped(row.note)}` : ''}</span>`;
  return `<tr class="kind-${kind}${row.form === 'shipped' ? '' : ' is-exact'}" data-family="${escaped(row.family)}" data-form="${row.form}" data-note="${escaped(row.note ?? '')}">
<th scope="row"><span class="family-of">${escaped(title)} ${form}</span></th>
<td class="number" translate="no">${row[first] === undefined ? '' : measured(figure, row[first], low, high, scale)}</td>
${others.map((metric) => `<td class="number" translate="no">${row[metric] === undefined ? '' : figure(row[metric])}</td>`).join('')}
${hasLast ? `<td class="number" translate="no">${lastOf(row, first)}</td>` : ''}
<td class="number" translate="no">${askedOf(row, hasLast)}</td>${hasSeeds ? `<td class="number" translate="no">${seedsOf(row.seeds)}</td>` : ''}
<td class="number" translate="no">${row.minutes === undefined ? 'none' : lasting(row.minutes)}</td>
<td class="number" translate="no">${row.bytes ? `${(row.bytes / 1e6).toFixed(2)} MB` : ''}</td></tr>`;
}

function tableOf(name, { rows }, cards) {
  const { metrics } = TABLES[name];
  const [first] = metrics;
  const card = (family) => cards[family] ?? { title: family, kind: 'baseline' };
  const isBaseline = ([row]) => card(row.family).kind === 'baseline';
  const all = families(rows, first);
  const best = all.find(isBaseline)?.[0];
  const to = Math.max(...rows.map((row) => row[`${first}_high`] ?? row[first] ?? 0));
  const scale = { from: 0, to, mark: best?.[first] ?? 0 };
  const hasSeeds = rows.some((row) => row.seeds);
  const hasLast = rows.some((row) => row.last);
  const heads = ['Model', ...metrics.map((it) => METRICS[it]), ...(hasLast ? [`${METRICS[first]}, last film`] : []), hasLast ? 'Films asked, of people' : 'People asked', ...(hasSeeds ? ['Seeds'] : []), 'Training', 'File'];
  const group = (title, groups) =>
    groups.length === 0
      ? ''
      : `<tbody><tr class="group"><th scope="rowgroup" colspan="${heads.length}">${title}</th></tr>
${groups.flat().map((row) => rowOf(row, { metrics, scale, hasSeeds, hasLast, ...card(row.family) })).join('\n')}</tbody>`;
  const mark = best ? ` The line is the best plain baseline, ${escaped(card(best.family).title)} at ${figure(best[first])}.` : '';
  return scrolling(
    `Table ${name}`,
    `<table class="results" data-table="${name}"><caption><span>Table ${name}: ${METRICS[first]} with its 95 % interval, best first.${mark}</span></caption>
<thead><tr>${heads.map((head) => `<th scope="col"${head === 'Model' ? '' : ' class="number"'}>${head}</th>`).join('')}</tr></thead>
${group('Models', all.filter((it) => !isBaseline(it)))}
${group('Plain baselines: counting, no network', all.filter(isBaseline))}
</table>`,
  );
}

function differencesOf(name, { differences }, cards) {
  const entries = Object.entries(differences ?? {}).map(([names, found]) => ({ ...found, names, pair: names.split(' - ') }));
  if (entries.length === 0) return '';
  const [metric] = TABLES[name].metrics;
  entries.sort((a, b) => b[metric] - a[metric]);
  // A family may be asked in another way, which stands behind its name.
  const titleOf = (names) => names.replace(/^\w+/, (family) => cards[family]?.title ?? family);
  const reach = Math.max(...entries.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  const count = (wanted) => entries.filter((it) => verdict(it) === wanted).length;
  const body = entries.map((it) => {
    const { names, pair: [ours, theirs], [metric]: value, low, high } = it;
    return `<tr class="kind-${cards[ours]?.kind ?? 'baseline'}" data-of="${name}" data-difference="${escaped(names)}"><th scope="row"><span class="family-of">${escaped(titleOf(ours))}</span></th><td>${escaped(titleOf(theirs))}</td>
<td class="number" translate="no">${measured(signed, value, low, high, { from: -reach, to: reach, mark: 0 })}</td><td>${verdict(it)}</td></tr>`;
  });
  return `<h3>Differences on the same people</h3>
<p>Whoever is hard to guess is hard for every model, so asking the same people pair by pair says more than two intervals side by side.
Of ${entries.length} pairs, ${count('better')} ${count('better') === 1 ? 'is' : 'are'} better than the other beyond doubt, ${count('worse')} worse, and ${count('cannot be told apart')} cannot be told apart with this many people.</p>
${scrolling(
    `Differences of table ${name}`,
    `<table class="results differences"><caption><span>Difference in ${METRICS[metric]} with its paired 95 % interval. The line is no difference.</span></caption>
<thead><tr><th scope="col">Model</th><th scope="col">Against</th><th scope="col" class="number">Difference</th><th scope="col">So the model is</th></tr></thead>
<tbody>${body.join('\n')}</tbody></table>`,
  )}`;
}

/** Rows of two families in the same form, the first of `forms` that both have. */
function pairOf(rows, forms, ours, theirs) {
  const row = (family, form) => rows.find((it) => it.family === family && it.form === form && !it.note);
  const pairs = forms.map((form) => [row(ours, form), row(theirs, form)]);
  return pairs.find(([a, b]) => a && (b || !theirs)) ?? [];
}

/** Whether `ours` is above `theirs` beyond doubt: by the paired difference, else by intervals that do not touch. */
function isAbove(ours, theirs, metric, paired) {
  if (paired) return { better: 'reached', worse: 'missed' }[verdict(paired)] ?? 'not settled';
  if (ours[`${metric}_low`] > theirs[`${metric}_high`]) return 'reached';
  return ours[metric] > theirs[metric] ? 'not settled' : 'missed';
}

/** Answers of the `part` of the films that fewest or most have rated; more people were asked with their last ten films than with one. */
const BY_POPULARITY = { questions: 'test, last ten', cut: 'films' };
const thirdsOf = (byPopularity) => byPopularity.filter(({ questions, cut }) => questions === BY_POPULARITY.questions && cut === BY_POPULARITY.cut);

/** An aim in words, what was measured, and whether that is enough. */
function outcomeOf({ family, table, least, share, of, above, part }, { rows = [], differences = {} }, byPopularity, titleOf) {
  const [metric] = TABLES[table].metrics;
  if (part) {
    const aim = `${METRICS[metric]} above ${titleOf(above)} on the ${part} third of the films`;
    const third = thirdsOf(byPopularity).find((it) => it.part === part)?.families;
    if (!third) return { aim, measured: '–', outcome: 'not measured' };
    const [, low, high] = third[above].ahead[metric];
    const outcome = isAbove(third[family], third[above], metric, { low, high });
    return { aim, measured: `${figure(third[family][metric])} against ${figure(third[above][metric])}`, outcome };
  }
  // What is shipped has to be above what is shipped; a number was asked of the model as fitted.
  const forms = above ? ['shipped', 'exact'] : ['exact', 'shipped'];
  const [ours, theirs] = pairOf(rows, forms, family, of ?? above);
  const asked = above ? `above ${titleOf(above)}` : of ? `${share} × ${titleOf(of)}` : `at least ${least.toFixed(3)}`;
  const aim = `${METRICS[metric]} ${asked}`;
  if (!ours) return { aim, measured: '–', outcome: 'not measured' };
  if (above) {
    const outcome = isAbove(ours, theirs, metric, differences[`${family} - ${above}`]);
    return { aim, measured: `${figure(ours[metric])} against ${figure(theirs[metric])}`, outcome };
  }
  const outcome = ours[metric] >= (least ?? share * theirs[metric]) ? 'reached' : 'missed';
  const ratio = theirs ? `, ${(ours[metric] / theirs[metric]).toFixed(3)} × ${figure(theirs[metric])}` : '';
  return { aim, measured: `${figure(ours[metric])}${ratio}`, outcome };
}

function aimsOf({ tables, by_popularity: byPopularity = [] }, cards) {
  const titleOf = (family) => cards[family]?.title ?? family;
  const body = AIMS.map((it) => {
    const { aim, measured: found, outcome } = outcomeOf(it, tables[it.table] ?? {}, byPopularity, titleOf);
    return `<tr class="kind-${cards[it.family]?.kind ?? 'baseline'}"><th scope="row"><span class="family-of">${escaped(titleOf(it.family))}</span></th>
<td class="is-${outcome.replace(' ', '-')}">${outcome}</td><td>${it.table}</td><td>${escaped(aim)}</td><td class="number" translate="no">${found}</td></tr>`;
  });
  return scrolling(
    'Aims',
    `<table class="results aims"><caption><span>What was aimed at before the models were trained, and what came of it. Not settled: the difference is within what chance does with this many people.</span></caption>
<thead><tr><th scope="col">Model</th><th scope="col">Outcome</th><th scope="col">Table</th><th scope="col">Aim</th><th scope="col" class="number">Measured</th></tr></thead>
<tbody>${body.join('\n')}</tbody></table>`,
  );
}

/** Where texts help: the hybrid with them against the one without, by how many people rated the film that is asked for. */
function popularityOf(byPopularity, cards) {
  const thirds = thirdsOf(byPopularity);
  if (thirds.length === 0) return '';
  const [ours, theirs] = ['sasrec_text', 'sasrec_ease'];
  const [metric] = TABLES.B.metrics;
  const leads = thirds.map(({ families }) => families[theirs].ahead[metric]);
  const reach = Math.max(...leads.flatMap(([, low, high]) => [Math.abs(low), Math.abs(high)]));
  const body = thirds.map(({ part, most_ratings: most, n_questions: n, families: found }, i) => {
    const [value, low, high] = leads[i];
    return `<tr class="kind-${cards[ours]?.kind ?? 'baseline'}" data-third="${escaped(part)}"><th scope="row"><span class="family-of">${escaped(part)} <span class="form-of">up to ${grouped(most)} ratings</span></span></th>
<td class="number" translate="no">${measured(signed, value, low, high, { from: -reach, to: reach, mark: 0 })}</td><td>${verdict({ low, high })}</td>
<td class="number" translate="no">${figure(found[ours][metric])}</td><td class="number" translate="no">${figure(found[theirs][metric])}</td><td class="number" translate="no">${grouped(n)}</td></tr>`;
  });
  const [a, b] = [ours, theirs].map((family) => escaped(cards[family]?.title ?? family));
  return `<h3>Do texts help with rare films?</h3>
<p>${a} against ${b}, the films asked for cut into thirds by how often the training data hold them. Each person is asked for the last ten films, since hardly anybody’s very last one is rare.</p>
${scrolling(
    'By popularity',
    `<table class="results differences"><caption><span>Lead in ${METRICS[metric]} with its paired 95 % interval. The line is no lead.</span></caption>
<thead><tr><th scope="col">Third of the films</th><th scope="col" class="number">Lead</th><th scope="col">So with texts it is</th><th scope="col" class="number">${METRICS[metric]}, texts</th><th scope="col" class="number">without</th><th scope="col" class="number">Questions</th></tr></thead>
<tbody>${body.join('\n')}</tbody></table>`,
  )}`;
}

/** What puts picks in order of importance, in the order the page shows them. The last two explain nothing. */
const EXPLAINERS = {
  leave_one_out: 'Leave-one-out',
  contributions: 'Exact parts',
  attention: 'Attention',
  most_recent: 'The newest picks',
  random: 'Picks at random',
};

/** Fewer recommendations survive than without the newest picks, more, or neither, as the whole interval says. */
function againstNewest(beside) {
  if (!beside) return '';
  const [, low, high] = beside.most_recent;
  if (high < 0) return 'better';
  return low > 0 ? 'worse' : 'cannot be told apart';
}

/** How often a recommendation outlives the picks that an explainer names, by family. */
function explanationsOf(faithfulness, cards) {
  const names = Object.keys(cards).filter((name) => faithfulness[name]);
  if (names.length === 0) return '';
  const percent = (value) => `${Math.round(100 * value)} %`;
  // The clearest first: those whose named picks carry most.
  names.sort((a, b) => faithfulness[a].explainers.leave_one_out.kept - faithfulness[b].explainers.leave_one_out.kept);
  const rowsOf = (family) => {
    const { explainers } = faithfulness[family];
    const shown = Object.keys(EXPLAINERS).filter((it) => explainers[it]);
    return shown.map((it) => {
      const { kept, kept_low: low, kept_high: high, by_share: byShare, beside } = explainers[it];
      return `<tr class="kind-${cards[family].kind}" data-explained="${escaped(family)}" data-explainer="${it}"><th scope="row"><span class="family-of">${EXPLAINERS[it]}</span></th>
<td class="number" translate="no">${measured(percent, kept, low, high, { from: 0, to: 1, mark: explainers.random.kept })}</td><td>${againstNewest(beside)}</td>
${byShare.map((share) => `<td class="number" translate="no">${percent(share)}</td>`).join('')}</tr>`;
    });
  };
  const heads = ['Picks named by', 'Still there', 'Against the newest', ...[10, 20, 30, 40, 50].map((it) => `${it} % out`)];
  const groupOf = (family) => `<tbody><tr class="group"><th scope="rowgroup" colspan="${heads.length}">${escaped(cards[family].title)}</th></tr>
${rowsOf(family).join('\n')}</tbody>`;
  const [{ n_users: nUsers }] = Object.values(faithfulness);
  return `<section id="reasons" aria-labelledby="title-reasons"><h2 id="title-reasons">Do the reasons hold?</h2>
<p>An explanation names the picks that a recommendation is said to rest on. If that is true, the recommendation should fall when those picks go. So the best recommendation of each of ${grouped(nUsers)} people of table B was
explained, the picks named first were left out (a tenth of them, a fifth, up to half), and the list was made again. The number is how often the film is still in the first five: <b>lower is better</b>.</p>
<p>Naming the newest picks and drawing picks at random explain nothing; they are what an explanation has to beat. The line is picks at random.
<b>Attention</b> is where a network looked. Where it does no better than the newest picks it tells nothing about why, and the demo shows it as a place looked at, never as a reason.</p>
${scrolling(
    'Do the reasons hold?',
    `<table class="results reasons"><caption><span>Recommendations still in the first five without the picks that are named first, with the 95 % interval of the mean.</span></caption>
<thead><tr>${heads.map((head, i) => `<th scope="col"${i === 1 || i > 2 ? ' class="number"' : ''}>${head}</th>`).join('')}</tr></thead>
${names.map(groupOf).join('\n')}</table>`,
  )}</section>`;
}

/** Whom lists serve and what they are like beside being right, by how many films people have rated. */
function whomOf(beyondAccuracy, cards) {
  const names = Object.keys(cards).filter((name) => beyondAccuracy[name]);
  if (names.length === 0) return '';
  const share = (value) => `${value < 0 ? '−' : ''}${Math.abs(100 * value).toFixed(0)} %`;
  const columns = [
    ['Pull to the popular', (it) => share(it.popularity_lift)],
    ['Films ever shown', (it) => share(it.coverage)],
    ['Gini', (it) => it.gini.toFixed(3)],
    ['Novelty, bits', (it) => it.novelty.toFixed(2)],
    ['Miscalibration', (it) => it.miscalibration.toFixed(3)],
    ['Diversity', (it) => it.diversity.toFixed(3)],
  ];
  const heads = ['People', 'NDCG@10', ...columns.map(([head]) => head)];
  const rowOf = (group, title) => `<tr data-group="${escaped(title)}"><th scope="row">${escaped(title)}</th>
<td class="number" translate="no">${group['ndcg@10'] === undefined ? '' : `${figure(group['ndcg@10'])} <span class="interval">${figure(group['ndcg@10_low'])} to ${figure(group['ndcg@10_high'])}</span>`}</td>
${columns.map(([, said]) => `<td class="number" translate="no">${said(group)}</td>`).join('')}</tr>`;
  const groupOf = (name) => `<tbody data-served="${escaped(name)}"><tr class="group"><th scope="rowgroup" colspan="${heads.length}">${escaped(cards[name].title)}</th></tr>
${rowOf(beyondAccuracy[name].all, 'all')}${beyondAccuracy[name].groups.map((it) => rowOf(it, `${it.group}: ${it.shortest} to ${it.longest} films`)).join('')}</tbody>`;
  return `<section id="whom" aria-labelledby="title-whom"><h2 id="title-whom">Whom do lists serve?</h2>
<p>Table B’s people in thirds by how many films they have rated, and what their first ten recommendations are like. <b>Pull to the popular</b>: how much better known the films are than those of the history.
<b>Films ever shown</b>: of the whole catalogue, in anybody’s first ten. <b>Gini</b>: 1 where all lists hold the same films. <b>Novelty</b>: how rare the films are. <b>Miscalibration</b>: how far the genres are from the history’s.
<b>Diversity</b>: how unlike the genres of two films of a list are.</p>
${scrolling(
    'Whom do lists serve?',
    `<table class="results served"><caption><span>By group of people; intervals over people.</span></caption>
<thead><tr>${heads.map((head, at) => `<th scope="col"${at ? ' class="number"' : ''}>${head}</th>`).join('')}</tr></thead>
${names.map(groupOf).join('\n')}</table>`,
  )}</section>`;
}

function said(value) {
  if (Array.isArray(value)) return value.map(said).join(', ');
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([key, it]) => `${key.replaceAll('_', ' ')} ${said(it)}`).join('; ');
  return typeof value === 'number' && !Number.isInteger(value) ? String(Number(value.toPrecision(4))) : String(value);
}

/** Whatever else was measured, in the words of results.json. */
function furtherOf({ rows }, cards) {
  const lines = rows.filter((row) => row.form === 'shipped').flatMap((row) =>
    Object.entries(row)
      .filter(([key]) => !IS_PLACED.test(key))
      .map(([key, value]) => `<li>${escaped(cards[row.family]?.title ?? row.family)}, ${escaped(key.replaceAll('_', ' '))}: ${escaped(said(value))}</li>`));
  return lines.length === 0 ? '' : `<h3>Also measured</h3><ul class="further">${lines.join('')}</ul>`;
}

/** The page, whose styles are the files named in `sheets`. */
export function resultsPage({ results, cards, notes, sheets }) {
  const { tables } = results;
  const names = Object.keys(TABLES).filter((name) => tables[name]?.rows?.length > 0);
  const section = (name) => `<section id="table-${name.toLowerCase()}" aria-labelledby="title-${name}"><h2 id="title-${name}">${name} · ${TABLES[name].title}</h2>
<p>${TABLES[name].about}</p>
${tableOf(name, tables[name], cards)}
${differencesOf(name, tables[name], cards)}
${name === 'B' ? popularityOf(results.by_popularity ?? [], cards) : ''}
${furtherOf(tables[name], cards)}</section>`;
  return `<!doctype html>
<html lang="en">
<head>
${scriptlessHead({ title: 'Results', description: 'How well each recommender of Glassrec does on people it has not seen, with intervals and plain baselines.', sheets })}
</head>
<body>
${siteTop('results')}
<div class="page results-page">
<main>
<h1>Results</h1>
<p class="lead">Every model of the demo, asked what people who took no part in its training went on to watch, beside plain counting that needs no training at all.</p>
<p><a class="button" href="talk.html#v2&amp;t=e">Run it yourself</a> The same measures in your browser, on people whom no model has learned from: change how is asked, and see whether the winner changes.</p>
<section class="pictures" aria-label="In pictures">${picturesOf(results, cards)}</section>
<h2 id="tables">All tables</h2>
<nav aria-label="Tables"><ul>${names.map((name) => `<li><a href="#table-${name.toLowerCase()}">${name} · ${TABLES[name].title}</a></li>`).join('')}${results.faithfulness ? '<li><a href="#reasons">Do the reasons hold?</a></li>' : ''}${results.beyond_accuracy ? '<li><a href="#whom">Whom do lists serve?</a></li>' : ''}${results.head ? '<li><a href="#head">Does your re-ranker help?</a></li>' : ''}${results.conversations ? '<li><a href="#talk">Does talk find the right film?</a></li>' : ''}${results.llm?.test ? '<li><a href="#language-model">Can a language model do it?</a></li>' : ''}<li><a href="#aims">Aims and misses</a></li></ul></nav>
<section aria-labelledby="how"><h3 id="how">How to read them</h3>
<p>A model ranks every film that a person has not seen yet. <b>HR@10</b> is the share of people whose next film stands in the first ten; <b>NDCG@10</b> counts it for more the higher it stands, 1 at the top.
<b>Recall@20</b> is the share of a person’s hidden films in the first twenty.</p>
<p>Each number comes with a <b>95 % interval</b>, drawn as a line through its dot: asked of other people of the same kind, the number would most likely come out somewhere on that line. Where two lines overlap widely, the order of the two models is not settled.
<b>Shipped</b> is the small file that this site downloads, <b>exact</b> the model before it was made small. <b>Seeds</b> are trainings repeated from other random numbers.</p>
${notes.map((note) => `<p class="quiet">${note}</p>`).join('\n')}
</section>
${names.map(section).join('\n')}
${explanationsOf(results.faithfulness ?? {}, cards)}
${whomOf(results.beyond_accuracy ?? {}, cards)}
${rerankerOf(results.head ?? [])}
${conversationsOf(results.conversations)}
${languageModelOf(results.llm ?? {}, cards)}
<section id="aims" aria-labelledby="title-aims"><h2 id="title-aims">Aims and misses</h2>${aimsOf(results, cards)}</section>
</main>
<footer class="colophon"><p>All numbers come from one file, <a href="models/results.json">results.json</a>, written by the training pipeline; this page is made of it when the site is built. <a href="words.html">Words used here</a> · <a href="device.html">On this device</a></p></footer>
</div>
</body>
</html>
`;
}
