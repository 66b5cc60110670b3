// The texts of the films, as docs/formats.md describes them, and made-up films of a wanted length.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/steps.mjs';
import { catalogue, manifest } from '../e2e/support/artifacts.mjs';

/** The text of a film: what the encoder reads. */
export function itemText(row) {
  const { title, year, genre_names, genres, people, directors, cast, country_names, country, tag_names, tags } = catalogue;
  const names = (list, from) => list[row].map((index) => from[index]).join(', ');
  const parts = [
    year[row] ? `${title[row]} (${year[row]}).` : `${title[row]}.`,
    genres[row].length && `${names(genres, genre_names).toLowerCase()}.`,
    directors[row].length && `Directed by ${names(directors, people)}.`,
    cast[row].length && `With ${names(cast, people)}.`,
    country[row] >= 0 && `${country_names[country[row]]}.`,
    tags[row].length && `${names(tags, tag_names)}.`,
  ];
  return parts.filter(Boolean).join(' ');
}

/** `n` different texts of exactly `nTokens` tokens: words that the tokenizer knows whole, a full stop, two markers. */
export function textsOf(n, nTokens) {
  const tokenizer = JSON.parse(readFileSync(join(ROOT, 'models/artifacts', manifest.encoder.files.tokenizer.path), 'utf8'));
  const words = Object.keys(tokenizer.model.vocab).filter((word) => /^[a-z]{3,9}$/.test(word));
  let state = 42;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  return Array.from({ length: n }, () => `${Array.from({ length: nTokens - 3 }, () => words[next() % words.length]).join(' ')}.`);
}

/** A catalogue whose films are nothing but titles, so that their texts are `texts`. */
export function catalogueOf(texts) {
  const all = (value) => texts.map(() => value);
  return {
    ...catalogue,
    n_items: texts.length,
    movie_id_steps: all(1),
    titles: texts.map((text) => text.slice(0, -1)).join('\n'),
    year: all(0),
    n_ratings: all(1),
    genre_letters: all('').join(' '),
    directors: all([]),
    cast: all([]),
    tags: all([]),
    country: all(-1),
    imdb_id: all(0),
    tmdb_id: all(0),
    other_titles: all([]),
    series: all(-1),
    part: all(0),
  };
}
