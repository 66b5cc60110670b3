// Makes index.html, the first page, from models/artifacts: one example answered before anything runs, and what was measured.
// No number is written here. Its script is public/home.js, which the page can do without.

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { SHOWN, aboutOf, chooser, escaped, exploreLink, opening, rows, together, watched, why } from '../public/home_view.js';
import { figure, grouped, verdict } from './results_parts.mjs';
import { readCards } from './results_page.mjs';
import { inlineScript } from './scripts.mjs';
import { siteTop } from './site_top.mjs';
import { Advice, ROOT } from './steps.mjs';

/** The kinds of models in the order they are drawn, and what they are called. */
const KINDS = {
  baseline: 'Counting',
  autoregressive: 'Autoregressive',
  masked: 'Masked',
  variational: 'Variational',
  adversarial: 'Adversarial',
  diffusion: 'Diffusion',
  language: 'From text',
  hybrid: 'Hybrid',
};
/** The model that all others are held against, and the measure. */
const BEST_COUNTING = 'ease_recency';
const METRIC = 'ndcg@10';
/** The model whose reasons were tested that the page tells of. */
const TESTED = 'sasrec_ease';
/** Its styles, and the sheets they are made of. */
export const SHEET = 'home_site.css';
export const SHEETS = ['tokens', 'base', 'top', 'mark', 'families', 'home'];
const RENEW = 'run "python -m pipeline stored-answers" in models/ and build again';

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen', 'twenty'];
const inWords = (n) => NUMBERS[n] ?? grouped(n);
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const three = (value) => value.toFixed(3);

/** Refuses answers of other files than the site ships. */
export function checkStored({ made_from: { files, settings } }, manifest) {
  const shipped = new Map();
  const note = (it) => {
    if (it?.sha256) shipped.set(it.path, it.sha256);
    else if (it && typeof it === 'object') Object.values(it).forEach(note);
  };
  note(manifest);
  for (const [path, sum] of Object.entries(files)) {
    if (shipped.get(path) !== sum) throw new Advice(`models/artifacts/stored.json was made from another ${path} than is shipped: ${RENEW}`);
  }
  for (const [name, asked] of Object.entries(settings)) {
    const entry = manifest.families[name] ?? {};
    if (Object.entries(asked).some(([key, it]) => !isDeepStrictEqual(entry[key], it))) throw new Advice(`models/artifacts/stored.json was made with other settings of ${name} than the manifest has: ${RENEW}`);
  }
}

/** Bytes of a file as the server sends it: its brotli copy, where there is one. */
function servedBytes(site, name) {
  const file = join(site, name);
  return statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size;
}

/** What Explore asks for before its first list, by the links of its page, and what these bring. */
export function explorePieces(html) {
  const linked = [...html.matchAll(/<(?:link|script)\b[^>]*>/g)].map(([tag]) => tag).filter((tag) => /\brel="?(stylesheet|preload|modulepreload)|<script\b/.test(tag));
  const named = linked.map((tag) => /\b(?:href|src)="?(?:\.\/)?([^"\s>]+)/.exec(tag)?.[1]).filter(Boolean);
  const build = /page_boot\.js(\?build=[^"\s>]+)/.exec(html)?.[1] ?? '';
  const runtime = /ort\.wasm\.min\.mjs(\?build=[^"\s>]+)/.exec(html)?.[1] ?? '';
  return [...new Set(['explore.html', ...named, `engine_boot.js?backend=wasm&${build.slice(1)}`, `ort/ort-wasm-simd-threaded.mjs${runtime}`])];
}

/** What models fetch to run live, with what Explore fetches anyway. */
export function fetchedBytes(site, manifest, families, pieces) {
  const all = families.flatMap((it) => [it, ...(manifest.families[it].members ?? []).map(({ family }) => family)]);
  const records = all.flatMap((it) => Object.values(manifest.families[it].files));
  const names = new Set([...pieces.map((it) => it.replace(/\?.*/, '')), ...records.map((it) => `models/${it.path}`)]);
  return [...names].reduce((sum, name) => sum + servedBytes(site, name), 0);
}

/** One sentence on who answers. */
function aboutFamily(name, { card, manifest, cards }) {
  const { members } = manifest.families[name];
  if (members) return `${capital(together(members.map((it) => cards[it.family].title)))}, added up by rank.`;
  return /^.*?[.;](?=\s|$)/.exec(card.description)[0].replace(/;$/, '.');
}

/** Shipped rows of table B, one a family, with the paired difference to the best counting model. */
function measuredFamilies({ tables: { B } }, cards) {
  const listed = B.rows.filter((row) => row.form === 'shipped' && !row.note && row[METRIC] !== undefined && cards[row.family]);
  return listed.map((row) => ({
    name: row.family,
    ...cards[row.family],
    value: row[METRIC],
    low: row[`${METRIC}_low`],
    high: row[`${METRIC}_high`],
    ahead: B.differences[`${row.family} - ${BEST_COUNTING}`] ?? null,
    n_users: row.n_users,
    n_questions: row.n_questions,
  }));
}

/** A dot with its interval on a scale from 0 to `to`, and dashes at the best counting model. Hollow: cannot be told apart from it. */
function range({ value, low, high, ahead }, { to, best }) {
  const x = (it) => `${((100 * it) / to).toFixed(2)}%`;
  const isOpen = ahead !== null && verdict(ahead) === 'cannot be told apart';
  return `<svg class="range${isOpen ? ' is-open' : ''}" width="100%" height="18" aria-hidden="true"><line class="rule" x1="0" x2="100%" y1="9" y2="9"/><line class="best" x1="${x(best)}" x2="${x(best)}" y1="0" y2="18"/><line class="span" x1="${x(low)}" x2="${x(high)}" y1="9" y2="9"/><circle cx="${x(value)}" cy="9" r="4.5"/></svg>`;
}

const saidOf = ({ value, low, high, ahead }) => {
  const beside = ahead ? { better: 'ahead of', worse: 'behind', 'cannot be told apart': 'cannot be told apart from' }[verdict(ahead)] : 'it is';
  return `${three(value)}, 95 % interval ${three(low)} to ${three(high)}; ${beside} the best counting model`;
};

function qualityOf(measured, scale) {
  const groups = Object.entries(KINDS).map(([kind, title]) => ({ kind, title, of: measured.filter((it) => it.kind === kind).sort((a, b) => b.value - a.value) })).filter(({ of }) => of.length > 0);
  const step = scale.to / 3;
  const ticks = [0, 1, 2, 3].map((i) => `<text x="${((100 * i) / 3).toFixed(1)}%" y="13" text-anchor="${['start', 'middle', 'middle', 'end'][i]}">${Number((i * step).toFixed(3))}</text>`);
  const body = groups.map(({ kind, title, of }) => `<tbody class="kind-${kind}">${of.map((it, i) => `<tr>${i ? '' : `<th class="kind-of" scope="rowgroup" rowspan="${of.length}"><span class="dot" aria-hidden="true"></span>${title}</th>`}<th scope="row">${escaped(it.title)}</th><td>${range(it, scale)}<span class="visually-hidden">${saidOf(it)}</span></td></tr>`).join('')}</tbody>`);
  return `<table class="quality"><caption class="visually-hidden">Quality of every model with its 95 % interval</caption><thead class="visually-hidden"><tr><th scope="col">Kind</th><th scope="col">Model</th><th scope="col">NDCG@10</th></tr></thead>${body.join('')}<tfoot aria-hidden="true"><tr><td></td><td></td><td><svg class="scale" width="100%" height="18">${ticks.join('')}</svg></td></tr></tfoot></table>`;
}

const link = (text, href) => `<a href="${escaped(href)}">${escaped(text)}</a>`;

/** What the measurements come to, in the order a sceptic asks. Every name and number is looked up. */
function claimsOf(results, measured, cards, manifest) {
  const best = measured.find(({ name }) => name === BEST_COUNTING);
  const blends = measured.filter(({ name }) => manifest.families[name].members);
  const single = measured.filter(({ name, kind }) => kind !== 'baseline' && !blends.some((it) => it.name === name));
  const by = (wanted) => single.filter(({ ahead }) => ahead && verdict(ahead) === wanted).sort((a, b) => b.value - a.value);
  const [ahead, level, behind] = [by('better'), by('cannot be told apart'), by('worse')];
  const names = (of) => escaped(together(of.map((it) => it.title)));
  const bestTitle = escaped(best.title);
  const answer = ahead.length
    ? `Asked what people watched next: ${ahead.length === 1 ? 'one does' : `${inWords(ahead.length)} do`}. ${names(ahead)} ${ahead.length === 1 ? 'is' : 'are'} ahead of the best counting model, ${bestTitle}.`
    : `Asked what people watched next: not measurably. No single model is ahead of the best counting one, ${bestTitle}.`;
  const claims = [];
  if (ahead.length) claims.push(['Ahead of it', `${names(ahead)}, by the whole interval of the difference.`]);
  if (level.length) claims.push(['Cannot be told apart', `${names(level)} against ${bestTitle}: asked of the same people, the difference may be nothing.`]);
  if (behind.length) claims.push(['Behind it', `${names(behind)}, by the whole interval of the difference.`]);
  const otherwise = [benchmarkOf(results, cards), setsOf(results, cards)].filter(Boolean);
  if (otherwise.length) claims.push(['Ask otherwise, and another model leads', `${otherwise.join(' ')} ${link('All protocols', 'results.html')}`]);
  for (const it of blends.filter(({ ahead: of }) => of && verdict(of) === 'better')) {
    const members = manifest.families[it.name].members.map(({ family }) => ({ title: cards[family].title }));
    claims.push(['Better together', `Adding up the ranks of ${names(members)} is ahead of ${bestTitle} by ${figure(it.ahead[METRIC])}, 95 % interval ${figure(it.ahead.low)} to ${figure(it.ahead.high)}.`]);
  }
  return { answer, claims, best };
}

/**
 * The highest of a table, and whether its interval is clear of that of the best counting model there. Shipped files where
 * every model of the table has one, else the models as fitted.
 */
function leaderOf({ rows: all }, metric, cards) {
  const measured = all.filter((row) => !row.note && row[metric] !== undefined && cards[row.family]);
  const shipped = new Set(measured.filter(({ form }) => form === 'shipped').map(({ family }) => family));
  const form = measured.every(({ family }) => shipped.has(family)) ? 'shipped' : 'exact';
  const known = measured.filter((row) => row.form === form).sort((a, b) => b[metric] - a[metric]);
  const counting = known.find(({ family }) => cards[family].kind === 'baseline');
  if (!counting || known.length === 0) return null;
  return { first: known[0], counting, isClear: known[0][`${metric}_low`] > counting[`${metric}_high`] };
}

/** Sets of films without order, table C. */
function setsOf({ tables: { C } }, cards) {
  const found = C && leaderOf(C, 'ndcg@100', cards);
  if (!found) return null;
  const { first, counting, isClear } = found;
  if (first.family === counting.family) return `On sets of films without order, ${escaped(cards[first.family].title)} leads.`;
  return `On sets of films without order, ${escaped(cards[first.family].title)} stands first: NDCG@100 ${three(first['ndcg@100'])}, plain ${escaped(cards[counting.family].title)} ${three(counting['ndcg@100'])}. Their intervals ${isClear ? 'do not touch' : 'overlap'}.`;
}

/** The public benchmark, table A. */
function benchmarkOf({ tables: { A } }, cards) {
  const found = A && leaderOf(A, METRIC, cards);
  if (!found) return null;
  const { first, counting, isClear } = found;
  const title = escaped(cards[first.family].title);
  if (first.family === counting.family) return `On the usual benchmark, each person’s last film left out, ${title} leads.`;
  return `On the usual benchmark, each person’s last film left out, ${title} leads${isClear ? ' every counting model by more than its interval' : ' by a little'}.`;
}

/** How often a first film left the first five without what each explainer names. */
function reasonsOf({ faithfulness }, cards) {
  const found = faithfulness?.[TESTED]?.explainers;
  if (!found) return '';
  const left = (it) => Math.round(100 * (1 - it.kept));
  const attention = found.attention ? `; by attention, the usual explanation, in ${left(found.attention)}` : '';
  return `Without the films it names, the first film of ${escaped(cards[TESTED].title)} left the first five in ${left(found.leave_one_out)} of 100 trials${attention}; by chance, in ${left(found.random)}.`;
}

/** An example of the demo, its films by MovieLens id, from src/ui/examples.rs. */
export function readExample(file = join(ROOT, 'src/ui/examples.rs')) {
  const ids = /movie_ids: &\[([\d, ]+)\]/.exec(readFileSync(file, 'utf8'))?.[1];
  if (!ids) throw new Error(`${file} has no example`);
  return ids.split(',').map((it) => it.trim());
}

/** Insides that are worth a look, by the order of the cards: those whose names the page knows how to introduce. */
const INSIDES = {
  bert4rec: 'Cover a film and let BERT4Rec fill it in',
  mult_vae: 'move a point in Mult-VAE',
  semantic_id: 'walk the code tree of semantic IDs',
  diffrec: 'step through a diffusion',
};

/**
 * Writes index.html and models/stored.json into the built site in the folder `site`. Says what Explore fetches as the server
 * sends it now, so it is written once more when there are brotli copies.
 */
export async function writeHome(site) {
  const read = (folder, name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const build = /glassrec-build"? content="?([0-9a-f]+)/.exec(readFileSync(join(site, 'explore.html'), 'utf8'))?.[1];
  if (!build) throw new Error('explore.html does not name its build');
  const { html, stored } = homePage({
    site,
    build,
    sheet: SHEET,
    stored: read(join(ROOT, 'models/artifacts'), 'stored.json'),
    manifest: read(site, 'models/manifest.json'),
    results: read(site, 'models/results.json'),
    cards: readCards(),
    forward: await inlineScript(join(ROOT, 'boot/forward.js')),
  });
  writeFileSync(join(site, 'models/stored.json'), JSON.stringify(stored));
  writeFileSync(join(site, 'index.html'), html);
}

/**
 * The page and what its script reads: `html`, and `stored` as it is served. `site` is the folder of the built site;
 * `sheet` and `build` name its styles and its build, `forward` the script that sends old links on.
 */
function homePage({ site, stored: answers, manifest, results, cards, sheet, build, forward }) {
  checkStored(answers, manifest);
  const pieces = explorePieces(readFileSync(join(site, 'explore.html'), 'utf8'));
  const measured = measuredFamilies(results, cards);
  const { answer, claims, best } = claimsOf(results, measured, cards, manifest);
  const highest = Math.max(...measured.map(({ high }) => high));
  const scale = { to: 0.03 * Math.ceil(highest / 0.03), best: best.value };

  const { made_from: _, ...told } = answers;
  const families = Object.keys(told.lists).map((name) => {
    const card = cards[name];
    return { name, title: card.title, kind: card.kind, about: aboutFamily(name, { card, manifest, cards }), fetches: megabytes(fetchedBytes(site, manifest, [name], pieces)) };
  });
  const stored = { ...told, families };
  const state = opening(stored);
  const of = aboutOf(stored, state.family);
  const n = Object.keys(manifest.families).length;
  const lead = `${capital(inWords(n))} film recommenders, from plain counting to diffusion, run in your browser. Change the films they have seen: each shows what it would recommend, and lets you test why.`;
  const door = (href, title, about) => `<li><a href="${escaped(href)}"><b>${title}</b><span>${about}</span><i aria-hidden="true">→</i></a></li>`;
  const doors = `<ul class="doors" aria-label="Where to go">${[
    door('explore.html', 'Explore the models', 'How each finds its films, and where they disagree'),
    door('talk.html#v2&t=y', 'Recommendations from your films', 'Open the export of a film site; it is read on this device'),
    door('learn/', 'Teach with it', 'Ten lessons on the live models: guess first, then see'),
  ].join('')}</ul>`;
  const example = `explore.html#v2&h=${readExample().join('.')}`;
  const hands = `<a href="${escaped(example)}">Another example</a><a href="explore.html">Use my own films</a>`;
  const qualities = families.map(({ name }) => measured.find((it) => it.name === name)).filter(Boolean);
  const insides = Object.entries(INSIDES).filter(([name]) => manifest.families[name]);
  const description = 'Generative recommenders you can see through: change the films watched, get the next ones, and test every reason. Everything runs on your device.';

  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src 'self'; script-src 'self' ${forward.source}; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<script>${forward.script}</script>
<meta name="glassrec-build" content="${build}">
<title>Glassrec: recommenders you can see through</title>
<meta name="description" content="${description}">
<meta property="og:site_name" content="Glassrec">
<meta property="og:type" content="website">
<meta property="og:title" content="Glassrec: recommenders you can see through">
<meta property="og:description" content="${description}">
<meta property="og:image" content="preview.jpg">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="A list of recommended films, and beside it which picks brought the first of them there.">
<meta name="twitter:card" content="summary_large_image">
<meta name="theme-color" content="#fbfaf7" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#151413" media="(prefers-color-scheme: dark)">
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${sheet}?build=${build}">
<script type="module" src="home.js?build=${build}"></script>
</head>
<body class="home">
<a class="button skip visually-hidden" href="#answer">Skip to the example</a>
${siteTop()}
<main id="main">
<div class="hero wrap">
<h1>Recommenders you can see through</h1>
<p class="lead">${lead}</p>
${doors}
</div>
<section class="answer kind-${of.kind}" id="answer" tabindex="-1" aria-label="An example, answered" data-stored="models/stored.json" data-ahead="${pieces.map(escaped).join(' ')}">
<div class="watched">
<h2 id="watched">If you had watched</h2>
<ul data-part="watched" aria-labelledby="watched">${watched(stored, state, false)}</ul>
<p class="hint">Oldest first. Untick a film and the list is made again without it.</p>
<p class="hands">${hands}</p>
</div>
<div class="listed">
<div class="listed-head"><h2 id="listed">you would be shown</h2><a href="${escaped(exploreLink(stored, { family: state.family }))}">All ${n} models</a></div>
<ul class="models" data-part="models" aria-label="Model">${chooser(stored, state)}</ul>
<div class="by"><p data-part="about">${escaped(of.about)}</p><div class="by-quality"><div data-part="quality">${qualities.map((it, i) => `<span data-of="${it.name}" class="kind-${it.kind}"${i ? ' hidden' : ''}>${range(it, scale)}<span class="visually-hidden">Quality: ${saidOf(it)}</span></span>`).join('')}</div><a href="#better">quality</a></div></div>
<ol class="recs" data-part="list" aria-labelledby="listed">${rows(stored, state)}</ol>
<p class="foot">Stored answers, so they are here at once. <a data-part="live" href="${escaped(exploreLink(stored, { family: state.family }))}">Run it live</a> on this device: fetches <span data-part="bytes">${of.fetches}</span> once and sends nothing.</p>
<p class="hands">${hands}</p>
</div>
<div class="why" data-part="why" role="region" aria-labelledby="why"><div class="body">${why(stored, state)}</div><button type="button" class="button close" data-close>Back to the list</button></div>
<p class="visually-hidden" role="status" data-part="said"></p>
<p class="failed" role="alert" data-part="failed" hidden>The stored answers did not come. The list above stays; <a href="${escaped(exploreLink(stored, { family: state.family }))}">run the model live</a>, or check the connection and press again.</p>
</section>
<section class="part wrap" id="better" aria-labelledby="better-title">
<h2 id="better-title">Do generative models recommend better?</h2>
<p class="sub">${answer}</p>
<div class="asked">
<figure>${qualityOf(measured, scale)}
<figcaption>How high each model ranks the films that ${grouped(best.n_users)} people watched next, ${grouped(best.n_questions)} films in all, among ${grouped(manifest.catalogue.n_items)} (NDCG@10, split by time). Line: 95 % interval over people. Dashes: the best counting model. Hollow: cannot be told apart from it. ${link('Tables, protocol and limits', 'results.html#table-b')} ${link('A walk through all kinds', 'post/')}</figcaption></figure>
<ul class="claims">${claims.map(([title, text]) => `<li><h3>${title}</h3><p>${text}</p></li>`).join('')}</ul>
</div>
</section>
<section class="part wrap" aria-labelledby="do-title">
<h2 id="do-title">What you can do here</h2>
<div class="three">
<div><h3>Test a reason</h3><p>Each reason foretells what happens without the films it names. Take them out and see. ${reasonsOf(results, cards)}</p><p>${link('How reasons were tested', 'results.html#reasons')}</p></div>
<div><h3>Open a model</h3><p>${insides.map(([name, text]) => link(text, exploreLink(stored, { family: name, letter: 'i' }))).join(', ')}.</p><p>${link(`See ${cards[TESTED].title} on this example`, exploreLink(stored, { family: TESTED, letter: 'i' }))}</p></div>
<div><h3>Keep it to yourself</h3><p>There is no server to send to. The models run on this device, and this page may ask no other site for anything.</p><p>${link('Sources and licences', 'licences.txt')}</p></div>
</div>
</section>
</main>
<footer class="foot-line wrap"><p>All answers and numbers here are made from <a href="models/stored.json">stored.json</a> and <a href="models/results.json">results.json</a> when the site is built. <a href="words.html">Words used here</a> · <a href="device.html">On this device</a></p></footer>
</body>
</html>
`;
  return { html, stored };
}
