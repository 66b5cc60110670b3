// The pages of lessons: text, the stored picture of each step's figure, and questions that open to it. A guess comes before
// what it is about, without a script too: what a question asks for is folded away. public/lesson.js makes a page of one
// step at a time of it, and reads all that it knows of a lesson off the attributes that are written here.

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

const SHEETS = ['tokens', 'base', 'top', 'post', 'lessons', 'worksheet'];
/** From a lesson to the site. */
const SITE = '../';
const { parts: PARTS, figures: FIGURES } = JSON.parse(readFileSync(join(ROOT, 'lessons/figures.json'), 'utf8'));
/** Lines to write on, under a question on paper. */
const N_LINES = 3;

const markdown = new Marked();
const unbroken = (html) => html.replace(/(\d) (?=[%×])/g, '$1\u00a0');
const html = (text, results) => unbroken(markdown.parse(filled(text, results).replace(/<!--[^]*?-->/g, '')));
const inline = (text) => markdown.parseInline(text);
const attributes = (all) => Object.entries(all).filter(([, value]) => value !== undefined).map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('');

/** The attributes of the element, in its order; what it takes as given is left out. */
function elementOf({ show, family, history, step, film, seed, hide }) {
  const all = { figure: show, family, history: takesHistory(show) ? history?.join(',') : undefined, step, film, seed, controls: hide.map((it) => `-${it}`).join(',') || undefined };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const takesHistory = (show) => FIGURES[show].takes.includes('history');

/** What tells one stored picture from another, as tools/stored_figures.mjs has it. */
export function pictureKey(figure) {
  const { figure: name, family, history, step } = elementOf(figure);
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

/** How many films a history has to have for a step to make sense with it. */
function leastOf({ history, step, show }, question) {
  const cells = question?.from?.cells ?? [];
  const named = cells.flatMap(({ column, row }) => [/(?:pick|after) (\d+)$/.exec(column)?.[1], row.kind === 'pick' && row.number !== 'last' ? row.number : 0]);
  const shown = PAGE_FIGURES[show].probe || show === 'memory' ? step : 0;
  return Math.max(2, shown ?? 0, ...named.map((it) => Number(it ?? 0)), history ? 3 : 0);
}

function figureHtml(figure, question, { films, embed, missing }) {
  const element = elementOf(figure);
  const picture = stored(figure, embed);
  const address = escaped(`${SITE}${linkOf(element)}`);
  if (!picture) missing.add(stemOf(pictureKey(figure)));
  // The claim comes out of a file that has it escaped.
  const image = picture && `<a href="${address}"><picture>${picture.hasNarrow ? `<source media="(max-width: 560px)" srcset="${SITE}embed/${picture.file.replace(/\.svg$/, '-narrow.svg')}">` : ''}<img src="${SITE}embed/${picture.file}" alt="${picture.claim.replaceAll('"', '&quot;')}" loading="lazy" width="${picture.width}" height="${picture.height}"></picture></a>\n`;
  const line = picture ? `${picture.isOther ? 'Stored at another step: ' : ''}${picture.claim}. <a href="${address}">Open in Glassrec</a>` : `No picture of this figure is stored. <a href="${address}">Open it in Glassrec</a>`;
  const known = { 'data-live': PAGE_FIGURES[figure.show].live ? '' : undefined, 'data-own': figure.isOwn ? leastOf(figure, question) : undefined };
  if (element.history) known['data-titles'] = JSON.stringify(figure.history.map((it) => films.get(it)));
  return `<div class="shown">\n${hints(figure)}<glassrec-figure${attributes({ ...element, ...known })}>\n${image ?? ''}<p>${line}</p>\n</glassrec-figure>\n</div>\n`;
}

const SAYS = {
  films: 'its films', result: 'the result', looks: 'its arcs', here: 'where you are', left: 'what is left', now: 'the present', braces: 'what is read', beyond: 'the ground below', prior: 'the cloud of all readers', regions: 'its regions', list: 'its list',
  dimensions: 'its dimensions', lines: 'its lines', verdicts: 'the verdicts', chosen: 'the chosen code', columns: 'its columns', sums: 'its sums', given: 'what each film gives', alone: 'each list alone', switches: 'its switches', near: 'the nearest', names: 'its names',
  without: 'the marks without a history', filters: 'its filters', claim: 'its sentence', picture: 'the picture', steps: 'its steps', say: 'the line below', table: 'its table',
};
const DOES = {
  run: 'Run it live.', table: 'Open “The same as a table”.', 'leave-out': 'Leave something out: click it.', step: 'Go through its steps.', mask: 'Click a film to mask it.', drag: 'Move the point.', noise: 'Draw again.', switch: 'Switch one off.',
  follow: 'Follow a film.', search: 'Search for something.', ask: 'Let the model rank.', send: 'Send a message.',
};

/** What the step points at and waits for, in words. */
function hints({ show, light, wait, isOwn }) {
  const own = { ...PARTS, ...FIGURES[show].parts };
  const look = light.map((it, at) => `${SAYS[it]}<b class="pin" data-part="${escaped(own[it])}">${at + 1}</b>`);
  const lines = [
    look.length > 0 && `<p class="look">Look at ${look.join(' and ')}.</p>`,
    wait && `<p class="do" data-wait="${wait}">${DOES[wait]}</p>`,
    isOwn && '<p class="of-own">With films of your own it asks the same.</p>',
  ];
  return lines.filter(Boolean).map((it) => `${it}\n`).join('');
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
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

/** The first number of what was measured, for an answer that no figure shows. */
const measuredOf = ({ from }, results) => (from.measured ? Number(/[+−-]?[\d.]+/.exec(filled(from.measured, results))[0].replace('−', '-')) : undefined);

function questionHtml(question, { figure, after, films, results, embed, missing }) {
  const options = question.options?.length > 0 ? `<ul class="options">${question.options.map(({ label, written }) => `<li data-span="${escaped(written)}">${inline(label)}</li>`).join('')}</ul>` : '';
  const watched = figure && takesHistory(figure.show) ? `<p class="watched quiet">Watched, oldest first: <span>${escaped(figure.history.map((it) => films.get(it)).join(', '))}</span>.</p>\n` : '';
  const free = question.kind === 'number' ? `<p class="free quiet">Guess a number; within ${question.within} is right.</p>` : question.kind === 'film' ? '<p class="free quiet">Name a film.</p>' : '';
  const known = { 'data-kind': question.kind, 'data-answer': question.from.measured ? undefined : question.answer, 'data-within': question.within, 'data-among': question.among };
  return `${watched}<section class="ask" aria-label="Guess first"${attributes(known)}>
<p class="kicker">Guess first</p>
<p class="question">${inline(question.ask)}</p>
${options}${free}<div class="room" aria-hidden="true">${'<i></i>'.repeat(N_LINES)}</div>
</section>
</div>
<details class="see"><summary>See what happens</summary>
${figure ? figureHtml(figure, question, { films, embed, missing }) : ''}<p class="where"${attributes({ 'data-value': measuredOf(question, results) })}>${whereSaid(question, { films, results })}</p>
<div class="after">
${after}</div>
</details>
`;
}

function stepHtml(step, at, of) {
  const { results } = of;
  const [before, after] = [step.before, step.after].map((it) => html(it, results));
  const drawn = step.figure && !step.question ? figureHtml(step.figure, null, of) : '';
  const rest = step.question ? questionHtml(step.question, { ...of, figure: step.figure, after }) : `</div>\n${drawn}${after ? `<div class="after">\n${after}</div>\n` : ''}`;
  const kinds = ['step', step.question && 'is-question', step.figure && 'has-figure'].filter(Boolean).join(' ');
  return `<section class="${kinds}" id="step-${at + 1}" data-name="${nameOf(step)}">\n<div class="told">\n<h2 tabindex="-1"><span class="quiet">${at + 1}</span> ${inline(step.title)}</h2>\n${before}${rest}</section>\n`;
}

/** By which a device keeps the answer to a step's question: it is of these words, and of no others. */
const nameOf = ({ title, question }) => hashOf(`${title}\n${question?.ask ?? ''}`).slice(0, 8);

const ALLOWS = "script-src 'self'; frame-src 'self'; ";
const head = (title, description, { sheet, build, script }) => `<!doctype html>
<html lang="en">
<head>
${scriptlessHead({ title: escaped(title), description: escaped(description), sheets: [sheet], root: SITE, allows: ALLOWS })}
<script type="module" src="${SITE}${script}?build=${build}"></script>`;

const questionsOf = (lesson) => lesson.steps.filter((it) => it.question).length;
const length = (lesson) => `About ${lesson.minutes} minutes, ${lesson.steps.length} steps, ${questionsOf(lesson)} questions`;
const numberOf = (lesson) => Number(lesson.id.slice(0, 2));

/** The page of one lesson among `all`. `missing` collects which pictures are not stored. */
export function lessonPage(lesson, { all, results, films, embed, sheet, build, bytes, missing }) {
  const of = { results, films, embed, missing };
  const at = all.indexOf(lesson);
  const link = (other, words) => (other ? `<a href="${other.id}.html">${words}: ${escaped(other.title)}</a>` : '');
  const numbers = all.map((it) => `<li><a href="${it.id}.html"${it === lesson ? ' aria-current="page"' : ''} title="${escaped(it.title)}"><span class="visually-hidden">Lesson </span>${numberOf(it)}<span class="visually-hidden">: ${escaped(it.title)}</span></a></li>`);
  return `${head(lesson.title, lesson.learn, { sheet, build, script: 'lesson.js' })}
<script src="${SITE}glassrec-figure.js" async></script>
</head>
<body>
<a class="button skip visually-hidden" href="#lesson">Skip to the lesson</a>
${siteTop('learn', '', SITE)}
<div class="page lesson" data-lesson="${lesson.id}" data-title="${escaped(lesson.title)}" data-films="${lesson.history?.join(',') ?? ''}">
<main>
<header class="lesson-head">
<nav class="numbers" aria-label="Lessons"><a href="./">All lessons</a><ol>${numbers.join('')}</ol></nav>
<h1>${escaped(lesson.title)}</h1>
<p class="lead">${escaped(lesson.learn)}</p>
<p class="quiet">Lesson ${numberOf(lesson)}. ${length(lesson)}.${lesson.about ? ` On ${escaped(lesson.about)}.` : ''}</p>
${bytes ? `<p class="fetches quiet">The figures run on this device, step by step. They fetch at most ${(bytes / 1e6).toFixed(1)}\u00a0MB, once, and send nothing.</p>\n` : ''}<p class="for-paper">Name <i></i> Date <i></i></p>
</header>
<nav class="progress" aria-label="Steps"><ol>${lesson.steps.map(({ title, question }, n) => `<li><a href="#step-${n + 1}"${question ? ' class="is-question"' : ''}><span class="quiet">${n + 1}</span> <span class="step-title">${inline(title)}</span></a></li>`).join('')}</ol></nav>
<div id="lesson" tabindex="-1">
<div class="opening">
${html(lesson.lead, results)}</div>
${lesson.steps.map((it, n) => stepHtml(it, n, of)).join('')}</div>
<nav class="onward" aria-label="Before and after">${link(all[at - 1], 'Before')}<a href="./">All lessons</a>${link(all[at + 1], 'Next')}</nav>
</main>
</div>
</body>
</html>
`;
}

/** The list of lessons. */
export function indexPage(lessons, { sheet, build }) {
  const description = 'Lessons on recommenders that generate: how they work, where they fail, how to judge them. Guess first, then see what the model does.';
  const entry = (lesson) => `<li data-lesson="${lesson.id}" data-questions="${questionsOf(lesson)}" data-steps="${lesson.steps.length}"><a href="${lesson.id}.html"><i aria-hidden="true">${numberOf(lesson)}</i><b>${escaped(lesson.title)}</b></a><p>${escaped(lesson.learn)}</p><p class="quiet">${length(lesson)}${lesson.about ? ` · ${escaped(lesson.about)}` : ''}</p><p class="kept quiet" hidden></p></li>`;
  return `${head('Learn', description, { sheet, build, script: 'learn.js' })}
</head>
<body>
${siteTop('learn', '', SITE)}
<div class="page learn">
<main>
<h1>Recommenders that generate, in ${NUMBERS[lessons.length] ?? lessons.length} lessons</h1>
<p class="lead">Ten to fifteen minutes each, on models that run on your device. Guess first, then see what the model does.</p>
<ol class="lessons">${lessons.map(entry).join('\n')}</ol>
<section class="teach"><h2>For a class</h2>
<p>No accounts. Answers stay on each student’s device, and can be saved as a file. A link opens a lesson at a step, with films and a seed that are the same for all. P shows a step large, for a projector; printed, a lesson is a worksheet.</p>
<p>Lessons are text files: docs/lessons.md, in the project, says how to write one.</p></section>
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
