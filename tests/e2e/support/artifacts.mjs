// What Python left in models/artifacts: the manifest, the catalogue and the golden answers.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../tools/steps.mjs';

export const read = (path) => JSON.parse(readFileSync(join(ROOT, 'models', 'artifacts', path), 'utf8'));

export const manifest = read('manifest.json');
const [first, details] = [read(manifest.catalogue.file.path), read(manifest.catalogue.details.path)];
let at = 0;
const movie_id = first.movie_id_steps.map((step) => (at += step));
const title = first.titles.split('\n');
const genres = first.genre_letters.split(' ').map((film) => [...film].map((letter) => letter.charCodeAt(0) - 97));
/** Both files of the catalogue. */
export const catalogue = { ...first, ...details, movie_id, title, genres };

/** The files of a family, and of those of which it is made. */
export function filesOf(family) {
  const { files, members = [] } = manifest.families[family];
  const all = [files, ...members.map((it) => manifest.families[it.family].files)].flatMap((it) => Object.values(it));
  return [...new Map(all.map((it) => [it.path, it])).values()];
}

/** Golden answers by name: "sasrec", "encoder", or a counting family. */
export const golden = (name) => read(manifest.golden[name].path);

/** The row of a film by title and year; a test that names a film fails where the catalogue lacks it. */
export function rowOf(title, year) {
  const row = catalogue.title.findIndex((it, i) => it === title && (year === undefined || catalogue.year[i] === year));
  if (row < 0) throw new Error(`the catalogue has no film "${title}" (${year})`);
  return row;
}

export const movieIdOf = (title, year) => catalogue.movie_id[rowOf(title, year)];
