// The pages of lessons: text, the stored picture of each step's figure, and questions that open to it. A guess comes before
// what it is about, without a script too: what a question asks for is folded away.

import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { Marked } from 'marked';
import { PAGE_FIGURES, linkOf, stemOf } from './post_figures.mjs';
import { filled } from './post_numbers.mjs';
import { escaped } from './results_parts.mjs';
import { hashOf } from './scripts.mjs';
import { scriptlessHead, siteTop } from './site_top.mjs';
import { ROOT } from './steps.mjs';

const SHEETS = ['tokens', 'base', 'top', 'post', 'lessons'];
/** From a lesson to the site. */
const SITE = '../';
const { parts: PARTS, waits: WAITS, figures: FIGURES } = JSON.parse(readFileSync(join(ROOT, 'lessons/figures.json'), 'utf8'));

const markdown = new Marked();
const unbroken = (html) => html.replace(/(\d) (?=[%×])/g, '$1\u00a0');
const html = (text, results) => unbroken(markdown.parse(filled(text, results).replace(/<!--[^]*?-->/g, '')));
const inline = (text) => markdown.parseInline(text);

/** The attributes of the element, in its order; what it takes as given is left out. */
function attributesOf({ show, family, history, step, film, seed, hide }) {
  const all = { figure: show, family, history: FIGURES[show].takes.includes('history') ? history?.join(',') : undefined, step, film, seed, controls: hide.map((it) => `-${it}`).join(',') || undefined };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** What tells one stored picture from another, as tools/stored_figures.mjs has it. */
export function pictureKey(figure) {
  const { figure: name, family, history, step } = attributesOf(figure);
  const own = family ?? PAGE_FIGURES[name].family;
  return Object.fromEntries(Object.entries({ figure: name, family: own, history, step: step === undefined ? undefined : String(step) }).filter(([, value]) => value !== undefined));
}

/** A stored picture: what it is called, its size, and what it says of itself. */
function stored(figure, embed) {
  const key = pictureKey(figure);
  // One of another step says more than none; its own words say what it shows.
  for (const it of [key, { ...key, step: undefined }]) {
    const file = `${stemOf(it)}.svg`;
    if (!existsSync(join(embed, file))) continue;
    const start = readFileSync(join(embed, file), 'utf8').slice(0, 2000);
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(start) ?? [];
    const [, claim] = /<title>([^<]*)<\/title>/.exec(start) ?? [];
    if (claim) return { file, claim, width, height, isOther: it !== key, hasNarrow: existsSync(join(embed, file.replace(/\.svg$/, '-narrow.svg'))) };
  }
  return null;
}

function figureHtml(figure, { embed, missing }) {
  const attributes = attributesOf(figure);
  const picture = stored(figure, embed);
  const address = escaped(`${SITE}${linkOf(attributes)}`);
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('');
  if (!picture) missing.add(stemOf(pictureKey(figure)));
  // The claim comes out of a file that has it escaped.
  const image = picture && `<a href="${address}"><picture>${picture.hasNarrow ? `<source media="(max-width: 560px)" srcset="${SITE}embed/${picture.file.replace(/\.svg$/, '-narrow.svg')}">` : ''}<img src="${SITE}embed/${picture.file}" alt="${picture.claim.replaceAll('"', '&quot;')}" loading="lazy" width="${picture.width}" height="${picture.height}"></picture></a>\n`;
  const line = picture ? `${picture.isOther ? 'Stored at another step: ' : ''}${picture.claim}. <a href="${address}">Open in Glassrec</a>` : `No picture of this figure is stored. <a href="${address}">Open it in Glassrec</a>`;
  return `<glassrec-figure${written}>\n${image ?? ''}<p>${line}</p>\n</glassrec-figure>\n${hints(figure)}`;
}

/** What the step points at and waits for, in words. */
function hints({ show, light, wait, isOwn }) {
  const says = {
    films: 'its films', result: 'the result', looks: 'its arcs', here: 'where you are', left: 'what is left', now: 'the present', braces: 'what is read', beyond: 'the ground below', prior: 'the cloud of all readers', regions: 'its regions', list: 'its list',
    dimensions: 'its dimensions', lines: 'its lines', verdicts: 'the verdicts', chosen: 'the chosen code', columns: 'its columns', sums: 'its sums', given: 'what each film gives', alone: 'each list alone', switches: 'its switches', near: 'the nearest', names: 'its names',
    without: 'the marks without a history', filters: 'its filters', claim: 'its sentence', picture: 'the picture', steps: 'its steps', say: 'the line below', table: 'its table',
  };
  const does = {
    run: 'Run it live.', table: 'Open “The same as a table”.', 'leave-out': 'Leave something out: click it.', step: 'Go through its steps.', mask: 'Click a film to mask it.', drag: 'Move the point.', noise: 'Switch on the noise.', switch: 'Switch one off.',
    follow: 'Follow a film.', search: 'Search for something.', ask: 'Let the model rank.', send: 'Send a message.',
  };
  const words = [light.length > 0 && `Look at ${light.map((it) => says[it]).join(' and ')}.`, wait && does[wait], isOwn && 'With films of your own it asks the same.'].filter(Boolean);
  return words.length > 0 ? `<p class="do" data-light="${escaped(light.map((it) => ({ ...PARTS, ...FIGURES[show].parts })[it]).join(', '))}"${wait ? ` data-wait="${wait}"` : ''}>${words.join(' ')}</p>\n` : '';
}

const ORDINAL = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** Where a reader finds the answer, in words. */
function whereSaid({ from }, { films, results }) {
  if (from.measured) return `Measured: ${escaped(filled(from.measured, results))}. After the number, in brackets, its 95\u00a0% interval.`;
  const place = (number) => (number === 'last' ? 'last' : (ORDINAL[number - 1] ?? `${number}th`));
  const column = (name) => {
    const [, pick] = /^part of (pick \d+|last pick)$/.exec(name) ?? [];
    if (pick) return `the column of the ${place(pick === 'last pick' ? 'last' : Number(pick.slice(5)))} film of the history`;
    return `<b>${escaped((name[0].toUpperCase() + name.slice(1)).replaceAll('_', ' '))}</b>`;
  };
  const row = ({ kind, number, by }) => {
    if (kind === 'row') return `the ${place(number)} row`;
    if (kind === 'pick') return `the row of the ${place(number)} film of the history`;
    if (kind === 'film') return `the row of ${escaped(films.get(number) ?? `film ${number}`)}`;
    return `the row with the ${kind} ${column(by)}`;
  };
  const table = 'Run the figure live and open “The same as a table”.';
  if (from.count) {
    const { column: of, is, bound, other, text } = from.count;
    return `${table} Count the rows whose ${column(of)} is ${is === 'same' ? `“${escaped(text)}”` : `${is} ${other === undefined ? bound : column(other)}`}.`;
  }
  const [one, less] = from.cells.map((it) => `${column(it.column)} in ${row(it.row)}`);
  return `${table} ${less ? `Take ${less} from ${one}.` : `Read ${one}.`}`;
}

function questionHtml(question, { figure, after, films, results, embed, missing }) {
  const options = question.options?.length > 0 ? `<ul class="options">${question.options.map(({ label }) => `<li>${inline(label)}</li>`).join('')}</ul>` : '';
  const watched = figure && FIGURES[figure.show].takes.includes('history') ? `<p class="quiet">Watched, oldest first: ${escaped(figure.history.map((it) => films.get(it)).join(', '))}.</p>\n` : '';
  const free = question.kind === 'number' ? `<p class="quiet">Guess a number; within ${question.within} is right.</p>` : question.kind === 'film' ? '<p class="quiet">Name a film.</p>' : '';
  return `<section class="ask" aria-label="Guess first">
<p class="kicker">Guess first</p>
<p class="question">${inline(question.ask)}</p>
${watched}${options}${free}
<details><summary>See what happens</summary>
${figure ? figureHtml(figure, { embed, missing }) : ''}<p class="where">${whereSaid(question, { films, results })}</p>
${after}</details>
</section>
`;
}

function stepHtml(step, at, of) {
  const { results } = of;
  const [before, after] = [step.before, step.after].map((it) => html(it, results));
  const drawn = step.figure && !step.question ? figureHtml(step.figure, of) : '';
  const asked = step.question ? questionHtml(step.question, { ...of, figure: step.figure, after }) : after;
  return `<section class="step" id="step-${at + 1}">\n<h2><span class="quiet">${at + 1}</span> ${inline(step.title)}</h2>\n${before}${drawn}${asked}</section>\n`;
}

const head = (title, description, sheet) => `<!doctype html>
<html lang="en">
<head>
${scriptlessHead({ title: escaped(title), description: escaped(description), sheets: [sheet], root: SITE, allows: "script-src 'self'; frame-src 'self'; " })}`;

const questionsOf = (lesson) => lesson.steps.filter((it) => it.question).length;
const length = (lesson) => `About ${lesson.minutes} minutes, ${lesson.steps.length} steps, ${questionsOf(lesson)} questions`;
const numberOf = (lesson) => Number(lesson.id.slice(0, 2));

/** The page of one lesson. `missing` collects which pictures are not stored. */
export function lessonPage(lesson, { before, next, results, films, embed, sheet, missing }) {
  const of = { results, films, embed, missing };
  const link = (other, words) => (other ? `<a href="${other.id}.html">${words}: ${escaped(other.title)}</a>` : '');
  return `${head(lesson.title, lesson.learn, sheet)}
<script src="${SITE}glassrec-figure.js" async></script>
</head>
<body>
${siteTop('learn', '', SITE)}
<div class="page post lesson">
<main>
<h1>${escaped(lesson.title)}</h1>
<p class="lead">${escaped(lesson.learn)}</p>
<p class="quiet">Lesson ${numberOf(lesson)}. ${length(lesson)}.${lesson.about ? ` ${escaped(lesson.about)}.` : ''}</p>
${html(lesson.lead, results)}${lesson.steps.map((it, at) => stepHtml(it, at, of)).join('')}<nav class="onward" aria-label="Lessons">${link(before, 'Before')}<a href="./">All lessons</a>${link(next, 'Next')}</nav>
</main>
<nav class="contents" aria-label="Steps"><b>Steps</b><ol>${lesson.steps.map(({ title }, at) => `<li><a href="#step-${at + 1}">${inline(title)}</a></li>`).join('')}</ol></nav>
</div>
</body>
</html>
`;
}

/** The list of lessons. */
export function indexPage(lessons, { sheet }) {
  const description = 'Lessons on recommenders that generate: how they work, where they fail, how to judge them. Guess first, then see what the model does.';
  const entry = (lesson) => `<li><a href="${lesson.id}.html"><b>${numberOf(lesson)} · ${escaped(lesson.title)}</b></a><p>${escaped(lesson.learn)}</p><p class="quiet">${length(lesson)}${lesson.about ? ` · ${escaped(lesson.about)}` : ''}</p></li>`;
  return `${head('Learn', description, sheet)}
</head>
<body>
${siteTop('learn', '', SITE)}
<div class="page post lesson">
<main>
<h1>Recommenders that generate, in ${lessons.length} lessons</h1>
<p class="lead">Ten to fifteen minutes each. Guess first, then see what the model does.</p>
<ol class="lessons">${lessons.map(entry).join('\n')}</ol>
</main>
</div>
</body>
</html>
`;
}

/** Writes the styles of the pages into `folder`; the address has their hash. */
export async function sheetFor(folder) {
  const sources = await Promise.all(SHEETS.map((name) => readFile(join(ROOT, 'style', `${name}.css`), 'utf8')));
  // As for the other sheets: browsers that run this site may be older than nesting.
  const { code } = await transform(sources.join('\n'), { loader: 'css', minify: true, legalComments: 'none', supported: { nesting: false } });
  await writeFile(join(folder, 'lessons.css'), code);
  return `lessons.css?build=${hashOf(code).slice(0, 12)}`;
}
