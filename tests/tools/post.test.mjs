// The post: its numbers are those of results.json, its claims hold, and it can be read without a script.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { figureElement, figuresOf, keyOf, readShortcode } from '../../tools/post_figures.mjs';
import { filled } from '../../tools/post_numbers.mjs';
import { writePost } from '../../tools/post.mjs';
import { ROOT } from '../../tools/steps.mjs';

const results = JSON.parse(await readFile(join(ROOT, 'models/artifacts/results.json'), 'utf8'));
const text = await readFile(join(ROOT, 'docs/post/index.md'), 'utf8');
const tables = await readFile(join(ROOT, 'docs/results.md'), 'utf8');

/** Stands for the index of stored pictures: one for every figure that is asked for. */
const storedFor = (figures) => Object.fromEntries(figures.map((it, n) => [keyOf(it), { file: `${it.figure}-${n}.svg`, claim: `“${it.figure}” & its claim`, width: 640, height: 400 + n, narrow: { file: `${it.figure}-${n}-narrow.svg`, width: 340, height: 500 + n }, link: `#v2&f=${it.family ?? ''}` }]));

async function written(source, stored = storedFor(figuresOf(source))) {
  const dist = await mkdtemp(join(tmpdir(), 'glassrec-post-'));
  try {
    await writePost(dist, { text: source, results, stored });
    return Object.fromEntries(await Promise.all(['index.html', 'index.md', 'post.css'].map(async (name) => [name, await readFile(join(dist, 'post', name), 'utf8')])));
  } finally {
    await rm(dist, { recursive: true });
  }
}

const small = (body) => `---\ntitle: "A title"\ndescription: "What it is about"\n---\n\n${body}\n`;

test('a number has its interval and stands in the tables of docs/results.md', () => {
  const said = filled('{{ndcg:ease_recency:B}}', results);
  assert.match(said, /^0\.\d{4} \(0\.\d{4} to 0\.\d{4}\)$/);
  const inTables = said.replace(' to ', '–');
  assert.ok(tables.split('\n').some((line) => line.startsWith('| `ease_recency` | shipped |') && line.includes(inTables)), inTables);
});

test('every number of the post with four digits stands in docs/results.md', () => {
  const inTables = new Set(tables.match(/\d\.\d{4}/g));
  const found = filled(text, results).replace(/\]\([^)]*\)/g, '').match(/\d\.\d{4}/g);
  assert.ok(found.length > 60);
  // Intervals by group of people stand there with three digits.
  const isThere = (it) => inTables.has(it) || tables.includes(`${Number(it).toFixed(3)}`);
  assert.deepEqual(found.filter((it) => !isThere(it)), []);
});

test('no measured number is written into the post by hand', () => {
  const bare = text.replace(/<!--[^]*?-->|\{\{[^}]*\}\}|\]\([^)]*\)/g, '');
  assert.deepEqual(bare.match(/\d\.\d{2,}|\d+ %/g), null);
});

test('a lead reads the same from either side, with its sign and ends turned', () => {
  const [there, back] = ['{{lead:mult_vae:ease:C}}', '{{lead:ease:mult_vae:C}}'].map((it) => filled(it, results));
  const [value, low, high] = there.match(/\d\.\d{4}/g);
  assert.equal(there, `+${value} (+${low} to +${high})`);
  assert.equal(back, `−${value} (−${high} to −${low})`);
  assert.equal(filled('{{gap:mult_vae:ease:C}}', results), `${value} (${low} to ${high})`);
});

for (const [why, placeholder] of [
  ['a number of an unknown name', '{{ndgc:ease:B}}'],
  ['a model that was not measured', '{{ndcg:eaze:B}}'],
  ['a table that does not exist', '{{ndcg:ease:E}}'],
  ['a measure that a row lacks', '{{ndcg:sasrec_text:B:exact}}'],
  ['a gap between models that cannot be told apart', '{{gap:blend_student:ease_recency:B}}'],
  ['an explainer that the model has not', '{{kept:gru4rec:attention}}'],
]) {
  test(`${why} fails the build and is named`, () => {
    assert.throws(() => filled(`text ${placeholder} text`, results), (error) => error.message.includes(placeholder.slice(2, -2)));
  });
}

test('a claim that does not hold fails the build, and one that does leaves no trace', () => {
  assert.equal(filled('a <!-- holds: mult_vae > ease in C,\nease < mult_vae in C, sasrec_ease = ease_recency in B -->\nb', results), 'a b');
  for (const claim of ['mult_vae < ease in C', 'mult_vae = ease in C', 'sasrec_ease > ease_recency in B']) {
    assert.throws(() => filled(`<!-- holds: ${claim} -->`, results), (error) => error.message.includes(claim));
  }
  assert.throws(() => filled('<!-- holds: sasrec > gru4rec in B -->', results), /no difference of sasrec and gru4rec/);
  assert.throws(() => filled('<!-- holds: mult_vae is good -->', results), /is no claim/);
});

test('a shortcode is read with quotes and without, its films in any writing', () => {
  const read = readShortcode(`denoising family=diffrec history="1214, 541,2571" step='3'`);
  assert.deepEqual(read, { figure: 'denoising', family: 'diffrec', history: '1214, 541,2571', step: '3' });
  assert.equal(keyOf(read), 'denoising|diffrec|1214,541,2571|3');
  assert.equal(keyOf(readShortcode('denoising family=diffrec history=1214.541.2571 step=3')), keyOf(read));
});

test('an unknown figure, an unknown attribute and a picture that is not stored are named', () => {
  assert.throws(() => readShortcode('denoise family=diffrec'), /no figure called "denoise"/);
  assert.throws(() => readShortcode('denoising famly=diffrec'), /attribute "famly"/);
  assert.throws(() => readShortcode('denoising diffrec'), /"diffrec"/);
  assert.throws(() => figureElement({ figure: 'map' }, { stored: {}, root: '' }), /map\|\|\|/);
});

test('a figure is the element with its picture, claim and link, and code is left alone', async () => {
  const line = '{{< glassrec denoising family=diffrec history="1214,541,2571" step=3 >}}';
  const { 'index.html': page } = await written(small(`Text.\n\n${line}\n\n\`\`\`\n${line}\n\`\`\``));
  assert.match(page, /<glassrec-figure figure="denoising" family="diffrec" history="1214,541,2571" step="3">\n<a href="\.\.\/explore\.html#v2&amp;f=diffrec"><picture><source media="\(max-width: 560px\)" srcset="\.\.\/embed\/denoising-0-narrow\.svg" width="340" height="500"><img src="\.\.\/embed\/denoising-0\.svg" alt="“denoising” &amp; its claim" loading="lazy" width="640" height="400"><\/picture><\/a>\n<p>“denoising” &amp; its claim\. <a /);
  assert.equal(page.match(/<glassrec-figure/g).length, 1);
  assert.ok(page.includes('<pre><code>{{&lt; glassrec denoising'));
});

test('the post as it stands becomes a page with a section and a figure for every kind', async () => {
  const { 'index.html': page, 'index.md': copy, 'post.css': sheet } = await written(text);
  const figures = figuresOf(text);
  assert.equal(page.match(/<glassrec-figure /g).length, figures.length);
  assert.equal(new Set(figures.map((it) => it.figure)).size, figures.length, 'a figure stands twice');
  for (const part of [page, copy]) assert.ok(!/\{\{(?!<)|<!--/.test(part), 'something was left to fill in');
  assert.ok(!page.includes('{{<') && copy.includes('{{<'));
  const sections = [...page.matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(sections).size, sections.length);
  for (const id of sections) assert.ok(page.includes(`<a href="#${id}">`), id);
  assert.ok(sheet.includes('glassrec-figure') && !sheet.includes('&>'), 'rules are still nested');
});

test('the page is whole without a script, and its addresses lead out of its folder', async () => {
  const { 'index.html': page } = await written(text);
  const scripts = page.match(/<script[^>]*>/g);
  assert.deepEqual(scripts, ['<script src="../glassrec-figure.js" async>']);
  assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; frame-src 'self'; /);
  const addresses = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, it]) => it);
  const astray = addresses.filter((it) => !/^(\.\.\/|#|https:\/\/|post\.css\?build=[0-9a-f]{12}$)/.test(it));
  assert.deepEqual(astray, []);
  assert.ok(addresses.includes('../results.html') && !addresses.some((it) => it.endsWith('.md')));
});
