// Lessons: reads one file into steps and says what is wrong in it, by line. docs/lessons.md tells authors the format.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isIn, readAnswer, readSpan } from '../public/lesson_answers.js';
import { filled } from './post_numbers.mjs';
import { Advice, ROOT } from './steps.mjs';

const jsonOf = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const KNOWN = jsonOf('lessons/figures.json');
const { figures: FIGURES, hides: HIDES, models: MODELS } = KNOWN;
const PAGE_FIGURES = jsonOf('public/figures.json');

const HEAD = ['title', 'learn', 'about', 'history'];
const FIGURE = ['show', 'family', 'history', 'step', 'film', 'seed', 'hide', 'light', 'wait'];
const QUESTION = ['choice', 'number', 'film', 'within', 'from', 'answer'];
const KINDS = ['choice', 'number', 'film'];
const FROM = ['history', 'list'];
/** Minutes for each of what a student does; reading is slow where every second word is new. */
const MINUTES = { question: 1.5, wait: 1, figure: 0.5 };
const WORDS_A_MINUTE = 130;

const list = (values) => [...values].join(', ');
const parts = (text) => text.split(',').map((it) => it.trim()).filter(Boolean);

/** MovieLens numbers of the catalogue, and those that another film of it took over. */
export function filmsOf(catalogue) {
  const titles = catalogue.titles.split('\n');
  const films = new Map();
  let id = 0;
  catalogue.movie_id_steps.forEach((step, at) => films.set((id += step), titles[at]));
  for (const [kept, gone] of catalogue.merged ?? []) {
    const [there, other] = films.has(kept) ? [kept, gone] : [gone, kept];
    if (films.has(there)) films.set(other, films.get(there));
  }
  return films;
}

const isPattern = (name) => /[#@]/.test(name);
const patternOf = (name) => new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('#', '[1-9]\\d*').replace('@', `(?:${Object.values(MODELS).map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`)}$`);

/**
 * What is in a column of a figure's table: film, text, count, rank, share or real, with ? where cells may be empty. Of some
 * models a figure lacks columns.
 */
function kindOf({ show, family }, column) {
  const { columns = {}, lacks = {} } = FIGURES[show];
  if (lacks[family]?.some((name) => name === column || patternOf(name).test(column))) return undefined;
  if (Object.hasOwn(columns, column) && !isPattern(column)) return columns[column];
  return Object.entries(columns).find(([name]) => isPattern(name) && patternOf(name).test(column))?.[1];
}

/** Values that options have to be there for, of what a column holds. */
function valuesOf(kind, nFilms) {
  const values = {
    rank: () => Array.from({ length: nFilms }, (_, at) => at + 1),
    count: () => Array.from({ length: 101 }, (_, at) => at),
    share: () => Array.from({ length: 1001 }, (_, at) => at / 1000),
    real: () => [-1e6, -1, -0.01, 0, 0.01, 1, 1e6],
    difference: () => Array.from({ length: 2 * nFilms - 1 }, (_, at) => at - nFilms + 1),
  };
  return values[kind]?.() ?? [];
}

/** Lines of a fence, "key: value" and "- option", with where each stands. */
function fieldsOf(lines, allowed, fault) {
  const fields = {};
  const options = [];
  for (const { text, line } of lines) {
    if (text.trim() === '') continue;
    const option = /^- (.+)$/.exec(text);
    const [, key, value] = /^(\w+): *(.*)$/.exec(text) ?? [];
    if (option) options.push({ text: option[1], line });
    else if (!key) fault(line, `"${text.trim()}" is neither "name: value" nor an option that begins with "- "`);
    else if (/^(right|correct|solution)$/.test(key)) fault(line, `"${key}" would write the right answer into the file; say in "answer" where the figure shows it`);
    else if (!allowed.includes(key)) fault(line, `there is no field "${key}" here; there are ${list(allowed)}`);
    else if (key in fields) fault(line, `"${key}" stands here twice`);
    else if (value === '') fault(line, `"${key}" has no value`);
    else fields[key] = { value: value.replace(/^"(.*)"$/, '$1'), line };
  }
  return { fields, options };
}

/** Cuts a file into its head and its steps; a step has text, and fences among it. */
function cut(source, fault) {
  const lines = source.split(/\r?\n/).map((text, at) => ({ text, line: at + 1 }));
  let head = [];
  let at = 0;
  if (lines[0].text !== '---') fault(1, 'a lesson begins with a head between two lines of three dashes');
  else {
    const end = lines.findIndex(({ text }, n) => n > 0 && text === '---');
    if (end < 0) fault(1, 'the head has no second line of three dashes');
    else [head, at] = [lines.slice(1, end), end + 1];
  }
  const steps = [];
  const lead = [];
  for (; at < lines.length; at += 1) {
    const { text, line } = lines[at];
    const title = /^## (.+)$/.exec(text);
    const fence = /^``` *(\w*)\s*$/.exec(text);
    if (title) {
      steps.push({ title: title[1].trim(), line, blocks: [] });
      continue;
    }
    const blocks = steps.at(-1)?.blocks ?? lead;
    if (!fence) {
      if (blocks.at(-1)?.kind !== 'text') blocks.push({ kind: 'text', line, lines: [] });
      blocks.at(-1).lines.push({ text, line });
      continue;
    }
    const end = lines.findIndex((it, n) => n > at && /^```\s*$/.test(it.text));
    if (end < 0) {
      fault(line, 'this block has no closing line of three backticks');
      break;
    }
    if (!['figure', 'question'].includes(fence[1])) fault(line, `there is no block "${fence[1]}"; there are figure, question`);
    else if (steps.length === 0) fault(line, `a ${fence[1]} stands before the first step`);
    else if (blocks.some((it) => it.kind === fence[1])) fault(line, `this step has a second ${fence[1]}; begin another step`);
    else blocks.push({ kind: fence[1], line, lines: lines.slice(at + 1, end) });
    at = end;
  }
  return { head, steps, lead };
}

/** What of a line is the author's own words: no comment, number to be looked up, address or code. */
const bare = (text) => text.replace(/<!--.*?-->|\{\{[^}]*\}\}|\]\([^)]*\)|`[^`]*`/g, '');
const BY_HAND = [
  [/\d+\.\d{2,}/, 'looks measured; look it up with {{…}}'],
  [/\d[\d.,]*\s?(?:%|per cent)/, 'looks measured; look it up with {{…}}'],
  [/\b\d+(?:st|nd|rd|th)\b/, 'is a rank, which another model or history changes; let the figure show it'],
];

function checkText(lines, { results, fault }) {
  const whole = lines.map((it) => it.text).join('\n');
  if (/<!--[^]*?\n[^]*?-->/.test(whole)) fault(lines[0].line, 'a comment runs over several lines; write each on a line of its own');
  for (const { text, line } of lines) {
    for (const [found, reason] of BY_HAND) {
      const hit = found.exec(bare(text));
      if (hit) fault(line, `the number "${hit[0]}", written by hand, ${reason}`);
    }
    try {
      filled(text, results);
    } catch (error) {
      fault(line, error instanceof Advice ? error.message : `{{…}} cannot be looked up: ${error.message}`);
    }
  }
}

const words = (lines) => lines.flatMap(({ text }) => text.split(/\s+/)).filter(Boolean).length;

/** "1214,541" → [1214, 541], or null with a fault. */
function historyOf({ value, line }, { films, fault }) {
  const said = parts(value);
  const wrong = said.find((it) => !/^\d+$/.test(it));
  if (said.length === 0 || wrong !== undefined) {
    fault(line, `"${wrong ?? value}" in the history is no MovieLens number`);
    return null;
  }
  const ids = said.map(Number);
  for (const id of ids) if (!films.has(id)) fault(line, `film ${id} is not in the catalogue`);
  if (new Set(ids).size < ids.length) fault(line, 'a film stands twice in the history');
  return ids;
}

function readFigure(block, { lesson, films, fault }) {
  const { fields, options } = fieldsOf(block.lines, FIGURE, fault);
  if (options.length > 0) fault(options[0].line, 'a figure has no options');
  const { show } = fields;
  if (!show) {
    fault(block.line, 'this figure has no "show"');
    return null;
  }
  const known = Object.hasOwn(FIGURES, show.value) && Object.hasOwn(PAGE_FIGURES, show.value);
  if (!known) {
    fault(show.line, `there is no figure called "${show.value}"; there are ${list(Object.keys(FIGURES))}`);
    return null;
  }
  const figure = FIGURES[show.value];
  const own = { show: show.value, line: block.line, hide: [], light: [] };
  const taken = [...figure.takes, ...(figure.families?.length === 1 ? ['family'] : [])];
  for (const name of ['family', 'history', 'step', 'film', 'seed']) {
    if (!fields[name]) continue;
    const { value, line } = fields[name];
    if (!taken.includes(name)) fault(line, `the figure "${show.value}" takes no ${name}${taken.length > 0 ? `; it takes ${list(taken)}` : ''}`);
    else if (name === 'family') {
      const among = figure.families ?? Object.keys(MODELS);
      if (!Object.hasOwn(MODELS, value)) fault(line, `there is no family called "${value}"; there are ${list(Object.keys(MODELS))}`);
      else if (!among.includes(value)) fault(line, `the figure "${show.value}" shows no ${value}; it shows ${list(among)}`);
      else own.family = value;
    } else if (name === 'history') {
      const [, isOwn, rest] = /^(own)?(?:(?:^| or )(.*))?$/.exec(value) ?? [];
      own.isOwn = isOwn !== undefined;
      if (rest !== undefined || !own.isOwn) own.history = historyOf({ value: rest ?? value, line }, { films, fault });
    } else if (!/^[1-9]\d*$/.test(value)) fault(line, `${name} is a whole number from 1 on, not "${value}"`);
    else if (name === 'film' && !films.has(Number(value))) fault(line, `film ${value} is not in the catalogue`);
    else own[name] = Number(value);
  }
  if (figure.takes.includes('history')) {
    own.history ??= lesson.history;
    if (!own.history) fault(block.line, 'neither this figure nor the head of the lesson has a history');
  }
  const places = { hide: HIDES, light: Object.keys({ ...KNOWN.parts, ...figure.parts }), wait: Object.keys({ ...KNOWN.waits, ...figure.waits }) };
  for (const name of ['hide', 'light', 'wait']) {
    if (!fields[name]) continue;
    const said = parts(fields[name].value);
    for (const it of said) if (!places[name].includes(it)) fault(fields[name].line, `the figure "${show.value}" has no "${it}" to ${name}${name === 'wait' ? ' for' : name === 'light' ? ' up' : ''}; there are ${list(places[name])}`);
    own[name] = name === 'wait' ? said[0] : said;
    if (name === 'wait' && said.length > 1) fault(fields[name].line, 'a step waits for one action');
  }
  return own;
}

function checkSpans(options, kind, { line, nFilms, fault }) {
  const base = kind.replace('?', '');
  const numeric = ['rank', 'count', 'share', 'real', 'difference'].includes(base);
  for (const { span, line: at } of options) {
    if (numeric && span.text !== undefined) fault(at, 'this option stands for words, and the answer is a number');
    if (!numeric && span.low !== undefined) fault(at, 'this option stands for a number, and the answer is words');
  }
  // Where a rank is missing, the film is in no list; that is an answer. A missing share is a row of another kind.
  const mayBeEmpty = kind.endsWith('?') && !['share', 'real'].includes(base);
  const values = [...valuesOf(base, nFilms), ...(mayBeEmpty ? [null] : [])];
  const hits = (value) => options.filter(({ span }) => isIn(span, value)).length;
  const shared = values.find((it) => hits(it) > 1);
  const none = values.find((it) => hits(it) === 0);
  if (shared !== undefined) fault(line, `two options stand for ${shared === null ? 'an empty cell' : shared}`);
  if (none !== undefined) fault(line, `no option stands for ${none === null ? 'an empty cell; add one that ends in "= nothing"' : none}`);
}

function readQuestion(block, { figure, lesson, films, results, fault }) {
  const { fields, options: said } = fieldsOf(block.lines, QUESTION, fault);
  const kinds = KINDS.filter((it) => fields[it]);
  if (kinds.length !== 1) {
    fault(block.line, kinds.length === 0 ? `this question asks nothing; begin it with ${list(KINDS)}` : `this question is of two kinds, ${list(kinds)}`);
    return null;
  }
  const [kind] = kinds;
  const own = { kind, ask: fields[kind].value, line: block.line };
  if (!fields.answer) fault(block.line, 'this question has no "answer", which says where the figure shows it');
  const from = fields.answer && readAnswer(fields.answer.value);
  const is = (name) => fault(fields.answer.line, name);
  let holds = 'unknown';
  if (fields.answer && /^["“]?[+−-]?[\d.,]+\s?%?["”]?$/.test(fields.answer.value)) is('the answer is written by hand; say where the figure shows it');
  else if (fields.answer && !from) is(`"${fields.answer.value}" says no place of a table; write it as "column in row 1", "column in pick 4", "column in smallest column" or "rows where column is above 10"`);
  else if (from?.measured) {
    holds = 'real';
    try {
      if (!/\d/.test(filled(from.measured, results))) is(`${from.measured} is no number`);
    } catch (error) {
      is(error instanceof Advice ? error.message : `${from.measured} cannot be looked up: ${error.message}`);
    }
  } else if (from && !figure) is('the answer is read off a figure, and this step has none');
  else if (from) {
    const kindsRead = from.columns.map((it) => kindOf(figure, it));
    const missing = from.columns.find((_, at) => kindsRead[at] === undefined);
    if (missing !== undefined) is(`the table of "${figure.show}" has no column "${missing}"; it has ${list(Object.keys(FIGURES[figure.show].columns ?? {})) || 'none'}`);
    else if (from.count) holds = 'count';
    else if (from.cells.length > 1) holds = `${kindsRead[0].startsWith('rank') ? 'difference' : 'real'}${kindsRead.some((it) => it.endsWith('?')) ? '?' : ''}`;
    else [holds] = kindsRead;
    if (figure.hide.includes('table')) is('the answer is read in the table, and this step hides it');
    for (const { row } of from.cells ?? []) {
      if (row.kind === 'film' && !films.has(row.number)) is(`film ${row.number} is not in the catalogue`);
      else if (row.kind === 'film' && figure.isOwn) is('a reader’s own history may not hold that film; name it by its place, as "pick 4"');
      if (row.kind === 'pick' && row.number > (figure.history ?? lesson.history ?? []).length) is(`the history has no film ${row.number}`);
    }
  }
  own.from = from;
  own.answer = fields.answer?.value;
  if (kind === 'choice') {
    own.options = [];
    for (const { text, line } of said) {
      const [, label, span] = /^(.+?) = (.+)$/.exec(text) ?? [];
      const read = span && readSpan(span.trim());
      if (read) own.options.push({ label: label.trim(), span: read, written: span.trim(), line });
      else fault(line, `this option does not end in what it stands for, as "2nd to 5th = 2 to 5", "No = nothing" or "Yes = "yes""`);
    }
    if (said.length < 2) fault(block.line, 'a choice has two options or more');
    else if (own.options.length === said.length && holds !== 'unknown') checkSpans(own.options, holds, { line: block.line, nFilms: films.size, fault });
  } else if (said.length > 0) fault(said[0].line, `a ${kind} has no options`);
  if (fields.within) {
    own.within = Number(fields.within.value);
    if (kind !== 'number') fault(fields.within.line, `"within" is for numbers, and this is a ${kind}`);
    else if (!(own.within >= 0)) fault(fields.within.line, `"${fields.within.value}" is no distance`);
  } else if (kind === 'number') fault(block.line, 'a number has no "within", how far off a guess may be');
  if (kind === 'number' && ['film', 'text', 'text?'].includes(holds)) is('the answer is no number');
  if (fields.from) {
    own.among = fields.from.value;
    if (kind !== 'film') fault(fields.from.line, `"from" is for films, and this is a ${kind}`);
    else if (!FROM.includes(own.among)) fault(fields.from.line, `films are from ${list(FROM)}, not from "${own.among}"`);
  }
  if (kind === 'film' && holds !== 'unknown' && holds !== 'film') is('the answer is no film; read the column movie_id');
  return own;
}

function readStep(step, of) {
  const { fault } = of;
  const block = (kind) => step.blocks.find((it) => it.kind === kind);
  const [drawn, asked] = [block('figure'), block('question')];
  const figure = drawn ? readFigure(drawn, of) : null;
  const isBroken = drawn && !figure;
  const question = asked && !isBroken ? readQuestion(asked, { ...of, figure }) : null;
  const texts = step.blocks.filter((it) => it.kind === 'text');
  texts.forEach((it) => checkText(it.lines, of));
  const told = (from, to) => step.blocks.slice(from, to).filter((it) => it.kind === 'text').map((it) => it.lines.map(({ text }) => text).join('\n')).join('\n').trim();
  const turn = asked ? step.blocks.indexOf(asked) : step.blocks.length;
  const [before, after] = [told(0, turn), told(turn)];
  if (!before && !after) fault(step.line, 'this step has no text');
  return { title: step.title, line: step.line, figure, question, before, after, nWords: texts.reduce((sum, it) => sum + words(it.lines), 0) };
}

/** A picture that was shown before a question has its answer in it. */
function checkSpoiled(steps, fault) {
  const keyOf = ({ show, family, history }) => JSON.stringify([show, family ?? PAGE_FIGURES[show].family, FIGURES[show].takes.includes('history') ? history : null]);
  for (const [at, { figure, question }] of steps.entries()) {
    if (!figure || !question) continue;
    const before = steps.slice(0, at).findIndex((it) => it.figure && keyOf(it.figure) === keyOf(figure));
    if (before >= 0) fault(question.line, `step ${before + 1} has shown this figure with the same films, and the answer in it; give this step another history`);
  }
}

export const minutesOf = ({ steps, lead }) => {
  const count = (has) => steps.filter(has).length;
  const nWords = steps.reduce((sum, it) => sum + it.nWords, 0) + lead.split(/\s+/).filter(Boolean).length;
  return Math.round(nWords / WORDS_A_MINUTE + MINUTES.question * count((it) => it.question) + MINUTES.wait * count((it) => it.figure?.wait) + MINUTES.figure * count((it) => it.figure));
};

/**
 * One lesson and its faults, each with its line. `name` is the file's, without its folder.
 * `films` are those of the catalogue ({@link filmsOf}), `results` is results.json.
 */
export function readLesson(name, source, { films, results }) {
  const faults = [];
  const fault = (line, reason) => faults.push({ file: name, line, reason });
  if (!/^\d\d-[a-z0-9-]+\.md$/.test(name)) fault(1, 'a lesson is called as 02-order.md: two digits, a dash, small letters');
  const { head, steps, lead } = cut(source, fault);
  const { fields, options } = fieldsOf(head, HEAD, fault);
  if (options.length > 0) fault(options[0].line, 'the head has no options');
  for (const it of ['title', 'learn']) if (!fields[it] && head.length > 0) fault(1, `the head has no "${it}"`);
  const lesson = { id: name.replace(/\.md$/, ''), title: fields.title?.value, learn: fields.learn?.value, about: fields.about?.value };
  lesson.history = fields.history && historyOf(fields.history, { films, fault });
  const leadLines = lead.filter((it) => it.kind === 'text').flatMap((it) => it.lines);
  if (leadLines.length > 0) checkText(leadLines, { results, fault });
  lesson.lead = leadLines.map((it) => it.text).join('\n').trim();
  if (steps.length === 0) fault(1, 'a lesson has steps, each under a line that begins with "## "');
  lesson.steps = steps.map((it) => readStep(it, { lesson, films, results, fault }));
  checkSpoiled(lesson.steps, fault);
  lesson.minutes = minutesOf(lesson);
  return { lesson, faults: faults.sort((a, b) => a.line - b.line) };
}
