// Makes dist/learn/ of lessons/: a list of lessons and a page for each, which can be read without a script. What is wrong in
// a file is named with its line; the other files are made all the same. Run after the site was built.
//
//   node tools/lessons.mjs            [--dist FOLDER] [--embed FOLDER] [--lessons FOLDER] [--watch]
//   node tools/lessons.mjs --check    names every fault, makes nothing
//   node tools/lessons.mjs --figures  prints which stored pictures the lessons ask for, as JSON

import { existsSync, readFileSync, watch } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { explorePieces, fetchedBytes } from './home_page.mjs';
import { filmsOf, readLesson } from './lessons_format.mjs';
import { indexPage, lessonPage, pictureKey, sheetFor } from './lessons_pages.mjs';
import { PAGE_FIGURES } from './post_figures.mjs';
import { Advice, ROOT, main } from './steps.mjs';

const MINUTES = [10, 15];
const PLACES = { dist: join(ROOT, 'dist'), embed: join(ROOT, 'public/embed'), lessons: join(ROOT, 'lessons') };

/** What lessons are checked against: films of the catalogue, and measured numbers. */
export async function measuredHere() {
  const [catalogue, results] = await Promise.all(['catalogue', 'results'].map(async (it) => JSON.parse(await readFile(join(ROOT, `models/artifacts/${it}.json`), 'utf8'))));
  return { films: filmsOf(catalogue), results };
}

/** All lessons of a folder in their order, and the faults of all. */
export async function readLessons(folder, known) {
  const names = (await readdir(folder)).filter((it) => it.endsWith('.md')).sort();
  const read = await Promise.all(names.map(async (name) => ({ name, ...readLesson(name, await readFile(join(folder, name), 'utf8'), known) })));
  return { read, faults: read.flatMap((it) => it.faults) };
}

export const said = ({ file, line, reason }) => `${file}:${line}: ${reason}`;

/** Which stored pictures the lessons ask for, each once. */
export function figuresAsked(lessons) {
  const asked = lessons.flatMap(({ steps }) => steps).filter(({ figure }) => figure).map(({ figure }) => pictureKey(figure));
  return [...new Map(asked.map((it) => [JSON.stringify(it), it])).values()];
}

/** Writes the pages of all lessons without a fault, and says how many pictures are not stored. */
export async function writeLessons(dist, { read, results, films, embed }) {
  const { build, bytesOf } = siteIn(dist);
  const folder = join(dist, 'learn');
  await mkdir(folder, { recursive: true });
  const whole = read.filter(({ faults }) => faults.length === 0).map(({ lesson }) => lesson);
  // No page of an earlier, whole one stays behind.
  for (const { lesson, faults } of read) if (faults.length > 0) await rm(join(folder, `${lesson.id}.html`), { force: true });
  const sheet = await sheetFor(folder);
  const missing = new Set();
  for (const lesson of whole) {
    await writeFile(join(folder, `${lesson.id}.html`), lessonPage(lesson, { all: whole, results, films, embed, sheet, build, bytes: bytesOf(lesson), missing }));
  }
  await writeFile(join(folder, 'index.html'), indexPage(whole, { sheet, build }));
  return { pages: whole.length, files: [...whole.map(({ id }) => `${id}.html`), 'index.html', 'lessons.css'], missing: [...missing] };
}

/** The site in `dist`: the name of its build, which the addresses of scripts carry, and how much a lesson fetches at most. */
function siteIn(dist) {
  const page = join(dist, 'figure.html');
  if (!existsSync(page)) return { build: 'none', bytesOf: () => null };
  const html = readFileSync(page, 'utf8');
  const build = /glassrec-build"? content="?([0-9a-f]+)/.exec(html)?.[1] ?? 'none';
  const manifest = JSON.parse(readFileSync(join(dist, 'models/manifest.json'), 'utf8'));
  const pieces = [...explorePieces(html).filter((it) => it !== 'explore.html'), 'figure.html', 'frame.js', 'glassrec-figure.js'];
  const modelsOf = ({ show, family }) => (show === 'compare' ? Object.keys(manifest.families) : [family ?? PAGE_FIGURES[show].family].filter(Boolean));
  const bytesOf = ({ steps }) => {
    const live = steps.map(({ figure }) => figure).filter((it) => it && PAGE_FIGURES[it.show].live);
    return live.length > 0 ? fetchedBytes(dist, manifest, [...new Set(live.flatMap(modelsOf))], pieces) : null;
  };
  return { build, bytesOf };
}

/** Writes the lessons of this repository into the site in `dist`; gives the files' names. A broken one is named and left out. */
export async function writeOwnLessons(dist) {
  const known = await measuredHere();
  const { read, faults } = await readLessons(PLACES.lessons, known);
  for (const it of faults) console.error(said(it));
  const { files } = await writeLessons(dist, { read, ...known, embed: PLACES.embed });
  return files;
}

/** Runs `work` now and whenever a lesson is saved; several saves at once are one. */
async function again(folder, work) {
  let waiting = null;
  await work();
  console.log(`watching ${folder}`);
  watch(folder, () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => work().catch((error) => console.error(error.message)), 100);
  });
}

if (process.argv[1]?.endsWith('lessons.mjs')) {
  main(async () => {
    const options = Object.fromEntries(['dist', 'embed', 'lessons'].map((it) => [it, { type: 'string' }]));
    const flags = Object.fromEntries(['check', 'figures', 'watch'].map((it) => [it, { type: 'boolean' }]));
    const { values } = parseArgs({ options: { ...options, ...flags } });
    const { dist = PLACES.dist, embed = PLACES.embed, lessons: folder = PLACES.lessons } = values;
    const known = await measuredHere();
    const make = async () => {
      const { read, faults } = await readLessons(folder, known);
      for (const it of faults) console.error(said(it));
      for (const { name, lesson, faults: own } of read) {
        if (own.length === 0 && (lesson.minutes < MINUTES[0] || lesson.minutes > MINUTES[1])) console.error(`${name}: about ${lesson.minutes} minutes; a lesson has ${MINUTES.join(' to ')}`);
      }
      if (values.figures) console.log(JSON.stringify(figuresAsked(read.map((it) => it.lesson)), null, 1));
      else if (!values.check) {
        const { pages, missing } = await writeLessons(dist, { read, ...known, embed });
        console.log(`${pages} lessons in ${join(dist, 'learn')}${missing.length > 0 ? `; ${missing.length} pictures are not stored yet: ${missing.join(', ')}` : ''}`);
      }
      return { n: read.length, faults };
    };
    if (values.watch) return void (await again(folder, make));
    const { n, faults } = await make();
    if (faults.length > 0) throw new Advice(`${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} in ${new Set(faults.map((it) => it.file)).size} of ${n} lessons`);
    if (values.check) console.log(`${n} lessons, no fault`);
  });
}
