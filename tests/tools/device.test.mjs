// The list of what can be kept for use without a network, and the rules that put names and policies into plain words.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { policyInWords, sizeOf, textWords } from '../../public/device_words.js';
import { groupsOf, namedIn } from '../../tools/offline_list.mjs';
import { readCards } from '../../tools/results_page.mjs';
import { ROOT } from '../../tools/steps.mjs';

const manifest = JSON.parse(readFileSync(join(ROOT, 'models/artifacts/manifest.json'), 'utf8'));
const groups = groupsOf({ manifest, cards: readCards(), own: ['explore.html'], describe: (path) => path });

test('every family can be kept, with the files of those it is made of', () => {
  const of = Object.fromEntries(groups.map(({ id, files }) => [id, files]));
  for (const [name, { files, members = [] }] of Object.entries(manifest.families)) {
    const wanted = [files, ...members.map(({ family }) => manifest.families[family].files)].flatMap((it) => Object.values(it)).map(({ path }) => `models/${path}`);
    const kept = [...of.pages, ...(of[name] ?? [])];
    assert.deepEqual(wanted.filter((it) => !kept.includes(it)), [], name);
  }
  assert.ok(of.blend.length >= 2, 'a blend has files of others');
});

test('no file stands twice in a group', () => {
  for (const { id, files } of groups) assert.equal(new Set(files).size, files.length, id);
});

test('a lesson is kept with its pictures, its styles and the models of its figures', () => {
  const html = '<link rel="stylesheet" href="lessons.css?build=0a1b"><glassrec-figure figure="sums" family="markov" history="1"><source srcset="../embed/a-narrow.svg"><img src="../embed/a.svg"></glassrec-figure><glassrec-figure figure="memory"><glassrec-figure figure="talk">';
  const named = namedIn('learn', ['02-order.html', 'lessons.css'], html);
  assert.deepEqual(named, {
    own: [{ path: 'learn/02-order.html', search: undefined }, { path: 'learn/lessons.css', search: '?build=0a1b' }],
    pictures: ['embed/a-narrow.svg', 'embed/a.svg'],
    families: ['markov', 'gru4rec'],
  });
  const [, lessons] = groupsOf({ manifest, cards: readCards(), own: [], folders: [{ id: 'lessons', ...named }], describe: (path, search) => `${path}${search ?? ''}` });
  assert.deepEqual(lessons.files, ['learn/02-order.html', 'learn/lessons.css?build=0a1b', 'glassrec-figure.js', 'embed/a-narrow.svg', 'embed/a.svg', ...['markov', 'gru4rec'].flatMap((it) => Object.values(manifest.families[it].files)).map(({ path }) => `models/${path}`)]);
});

test('a size is written as a person would', () => {
  assert.deepEqual([0, 1, 999, 1000, 999_499, 999_500, 22_957_809].map(sizeOf), ['0 bytes', '1 byte', '999 bytes', '1 kB', '999 kB', '1.0 MB', '23.0 MB']);
});

test('a text of a name that nobody knows is named', () => {
  assert.equal(textWords('history', '#v1&h=1.2.3').what, 'Your history (3 films)');
  assert.equal(textWords('history', 'no list').what, 'Your history');
  assert.equal(textWords('films.v1', '{"films":[{},{}]}').what, 'Films from your exports (2 films)');
  assert.equal(textWords('films.v1', 'damaged').what, 'Films from your exports');
  assert.equal(textWords('profiles', '').what, '“profiles”');
});

test('a policy that allows more is not called closed', () => {
  const [all, connect, odd] = policyInWords("default-src 'none'; connect-src 'self' https://elsewhere.test *; sandbox");
  assert.deepEqual([all.about, all.allowed], ['All that is not named here', 'nothing']);
  assert.equal(connect.allowed, 'this site alone; https://elsewhere.test; any site');
  assert.deepEqual([odd.about, odd.rule], ['sandbox', 'sandbox']);
});
