// What Python computed with the shipped files has to come out of the browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { ROOT } from '../../tools/steps.mjs';
import { catalogue, filesOf, golden, manifest, read } from './support/artifacts.mjs';
import { floats } from './support/floats.mjs';
import { startEngine } from './support/engine.mjs';
import { inspect } from './support/inside.mjs';
import { SOFTWARE_WEBGPU, launch } from './support/launch.mjs';
import { startSite } from './support/site.mjs';

const N_ITEMS = manifest.catalogue.n_items;

/** The same films with the same scores, where films within the tolerance of each other may change places. */
function checkTop(got, wanted, tolerance) {
  assert.ok(wanted.length > 0, 'a golden case has to name films');
  const scoreOf = new Map(got.map(({ item, score }) => [item, score]));
  for (const [rank, [row, score]] of wanted.entries()) {
    assert.ok(scoreOf.has(row), `${catalogue.title[row]} is missing, Python has it at rank ${rank + 1}`);
    assert.ok(Math.abs(scoreOf.get(row) - score) <= tolerance, `${catalogue.title[row]}: ${scoreOf.get(row)}, Python has ${score}`);
    assert.ok(Math.abs(got[rank].score - score) <= tolerance, `rank ${rank + 1}: ${got[rank].score}, Python has ${score}`);
  }
}

async function checkFamily(engine, family) {
  const { tolerance, cases } = golden(family);
  assert.ok(cases.length >= 3, 'a short, a full and an over-long history');
  for (const { history, top } of cases) {
    const recommended = await engine.ask({ Recommend: { family, history, top: top.length + 5 } });
    const unseen = top.filter(([row]) => !history.includes(row));
    checkTop(recommended.list, unseen, tolerance);
    const { scores } = await engine.ask({ Score: { family, history, weights: [] } });
    const all = floats(scores);
    assert.equal(all.length, N_ITEMS);
    for (const { item, score } of recommended.list) assert.ok(Math.abs(all[item] - score) <= tolerance, `${item}: ${all[item]}, ranked by ${score}`);
  }
}

/** Beams over semantic IDs: each keeps the likeliest of its level, and ends at films with their exact scores. */
async function checkBeam(engine) {
  const family = 'semantic_id';
  const { tolerance, cases } = golden(family);
  const { codes } = read(manifest.families[family].files.codes.path);
  const isBelow = (row, spelt) => spelt.every((code, level) => codes[row][level] === code);
  // A short, a full and an over-long history.
  for (const { history } of cases.slice(0, 3)) {
    const recommended = await engine.ask({ Recommend: { family, history, top: N_ITEMS } });
    const exact = recommended.list;
    const scoreOf = new Map(exact.map(({ item, score }) => [item, score]));
    const { columns, beams } = await inspect(engine, { family, history });
    for (const column of columns) {
      const total = column.reduce((sum, { share }) => sum + share, 0);
      assert.ok(Math.abs(total - 1) < 1e-3, `shares add up to ${total}`);
    }
    assert.equal(columns[0].reduce((sum, { films: of }) => sum + of.length, 0), N_ITEMS);

    assert.deepEqual(beams.map(({ width }) => width), [5, 10, 20]);
    for (const { width, levels, films, n_exact: nExact } of beams) {
      assert.deepEqual(levels.map((it) => it.length), [width, width, width]);
      for (const [at, level] of levels.entries()) {
        for (const [i, { codes: spelt, log_probability: it, n_films: n }] of level.entries()) {
          assert.equal(spelt.length, at + 1);
          assert.equal(n, codes.filter((_, row) => isBelow(row, spelt)).length);
          assert.ok(i === 0 || it <= level[i - 1].log_probability, 'the likeliest come first');
          const before = at === 0 ? [] : levels[at - 1].map((one) => one.codes.join());
          assert.ok(at === 0 || before.includes(spelt.slice(0, -1).join()), 'a spelling goes on from one that was kept');
        }
      }
      // What it finds has the exact scores, and lies below the codes it kept.
      for (const { item, score } of films) {
        assert.ok(Math.abs(score - scoreOf.get(item)) <= tolerance);
        assert.ok(levels[2].some(({ codes: spelt }) => isBelow(item, spelt)));
      }
      const best = exact.slice(0, 10).map(({ item }) => item);
      assert.equal(nExact, films.slice(0, 10).filter(({ item }) => best.includes(item)).length);
    }
    assert.equal(beams[2].films[0].item, exact[0].item, 'a beam of 20 finds the best film of the known histories');
  }
}

/** The shipped vectors, read as docs/formats.md describes them. */
function shippedVectors() {
  const file = readFileSync(join(ROOT, 'models/artifacts', manifest.encoder.files.vectors.path));
  assert.equal(file.toString('latin1', 0, 4), 'GRVC');
  const [nItems, dim] = [file.readUInt32LE(8), file.readUInt32LE(12)];
  assert.equal(nItems, N_ITEMS);
  const start = 16 + 4 * nItems;
  return {
    dim,
    cosine: (row, vector) => {
      let sum = 0;
      for (let i = 0; i < dim; i += 1) sum += file.readInt8(start + row * dim + i) * vector[i];
      return sum * file.readFloatLE(16 + 4 * row);
    },
  };
}

/** A search ranks the catalogue by the encoder's vector of the text; Python's vector of it has to rank the same. */
async function checkEncoder(engine, backend, encoder) {
  const { tolerance, cases } = golden(encoder);
  const vectors = shippedVectors();
  const texts = cases.filter(({ text }) => text.trim() !== '');
  assert.ok(texts.length >= 3);
  for (const { text, [backend]: vector } of texts) {
    const expected = Array.from({ length: N_ITEMS }, (_, row) => [row, vectors.cosine(row, vector)])
      .sort((a, b) => b[1] - a[1])
      .slice(0, 5);
    const found = await engine.ask({ Search: { text, top: 20, encoder } });
    // The engine may round the question to int8 as the catalogue is: 1/127 of a part, averaged over 384 parts.
    checkTop(found.films, expected, tolerance + 0.004);
  }
}

async function checkSelfTest(engine, encoder) {
  const tested = await engine.ask({ TestEngine: { encoder } });
  assert.deepEqual(tested.checks.map(({ model, passed }) => [model, passed]), [['sasrec_ease', true], [encoder, true]]);
}

const ENCODERS = ['small_encoder', 'encoder'].filter((name) => manifest[name]);

describe('in WebAssembly', () => {
  let engine;
  before(async () => {
    const site = await startSite({ isolated: true }); // with threads
    const browser = await launch();
    engine = await startEngine(await browser.newPage(), site);
    assert.equal(engine.ready.backend, 'wasm');
  });

  for (const family of Object.keys(manifest.families)) {
    test(`${family} gives the films and scores that Python gave`, () => checkFamily(engine, family));
  }

  test('beams over semantic IDs keep the likeliest codes and come to the films that score best', () => checkBeam(engine));

  for (const encoder of ENCODERS) {
    test(`${encoder} finds the films that Python finds`, () => checkEncoder(engine, 'wasm', encoder));
    test(`the self-test passes with ${encoder}`, () => checkSelfTest(engine, encoder));
  }
});

describe('in WebGPU, on the software adapter', () => {
  let engine;
  before(async () => {
    const site = await startSite();
    const browser = await launch(SOFTWARE_WEBGPU);
    engine = await startEngine(await browser.newPage(), site, { backend: 'webgpu' });
    assert.equal(engine.ready.backend, 'webgpu');
  });

  // Families without a graph are plain sums that no graphics device has a part in.
  for (const family of Object.keys(manifest.families)) {
    if (filesOf(family).some(({ path }) => path.endsWith('.onnx'))) test(`${family} gives the films and scores that Python gave`, () => checkFamily(engine, family));
  }

  test('beams over semantic IDs keep the likeliest codes and come to the films that score best', () => checkBeam(engine));

  for (const encoder of ENCODERS) {
    test(`the self-test passes with ${encoder}`, () => checkSelfTest(engine, encoder));
    test(`${encoder} finds the films that Python finds`, () => checkEncoder(engine, 'webgpu', encoder));
  }
});
