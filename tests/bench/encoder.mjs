// The text encoder inside the engine against transformers.js with the same file, and native onnxruntime beside them.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, output } from '../../tools/steps.mjs';
import { manifest } from '../e2e/support/artifacts.mjs';
import { host } from './host.mjs';
import { median, summary } from './numbers.mjs';
import { catalogueOf, itemText, textsOf } from './texts.mjs';
import { inTurns, openBench } from './workers.mjs';

const N_TOKENS = 32;
const N_BATCH = 8;
/** transformers.js is asked for every fifteenth film, in batches as large as its users choose them. */
const EVERY = 15;
const PIPELINE_BATCH = 32;

const artefact = (path) => readFileSync(join(ROOT, 'models/artifacts', path));
const recordOf = (path, bytes) => ({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });

/** The first `n` of the shipped vectors, in their own format: any will do for films that are made up. */
function vectorsOf(n, path) {
  const all = artefact(path);
  const [nItems, dim] = [all.readUInt32LE(8), all.readUInt32LE(12)];
  const head = Buffer.from(all.subarray(0, 16));
  head.writeUInt32LE(n, 8);
  const numbers = 16 + 4 * nItems;
  return Buffer.concat([head, all.subarray(16, 16 + 4 * n), all.subarray(numbers, numbers + n * dim)]);
}

/** A site whose films all have texts of 32 tokens: the engine embeds them as it embeds any catalogue. */
async function hostOfAlike(texts) {
  const n = texts.length;
  // Both files of the catalogue in one: each reads its own columns.
  const bytes = Buffer.from(JSON.stringify(catalogueOf(texts)));
  const { file, details } = manifest.catalogue;
  const altered = { ...manifest, catalogue: { file: recordOf(file.path, bytes), details: recordOf(details.path, bytes), n_items: n } };
  const instead = { [`/models/${file.path}`]: bytes, [`/models/${details.path}`]: bytes };
  for (const name of ['encoder', 'small_encoder']) {
    const { path } = manifest[name].files.vectors;
    const vectors = vectorsOf(n, path);
    instead[`/models/${path}`] = vectors;
    altered[name] = { ...manifest[name], files: { ...manifest[name].files, vectors: recordOf(path, vectors) } };
  }
  return host({ isolated: false, instead: { ...instead, '/models/manifest.json': Buffer.from(JSON.stringify(altered)) } });
}

async function openEngine(browser, origin) {
  const bench = await openBench(browser, origin);
  const { n_threads: nThreads } = await bench.startEngine('engine');
  let nDone = 0;
  let nItems = Infinity;
  return {
    bench,
    nThreads,
    isDone: () => nDone >= nItems,
    /** One step of the engine's embedding, timed on the page: how many texts, how many milliseconds. */
    step: async () => {
      const { millis, progress } = await bench.page.evaluate(async () => {
        const started = performance.now();
        const embedded = await globalThis.ask('engine', { EmbedNext: { encoder: 'encoder' } });
        return { millis: performance.now() - started, progress: embedded };
      });
      const n = progress.n_embedded - nDone;
      nDone = progress.n_embedded;
      nItems = progress.n_items;
      return { n, millis };
    },
  };
}

async function startTransformers(bench, nThreads) {
  await bench.startYardstick('transformers', 'transformers_worker.mjs');
  await bench.ask('transformers', { verb: 'load', argument: { nThreads } });
  return (texts) => bench.ask('transformers', { verb: 'embed', argument: { texts } });
}

/** Milliseconds for eight texts of 32 tokens. */
async function measureBatch(browser) {
  const texts = textsOf(4000, N_TOKENS);
  const site = await hostOfAlike(texts);
  const engine = await openEngine(browser, site.origin);
  const embed = await startTransformers(engine.bench, 1);
  let at = 0;
  const turns = {
    engine: async () => {
      const { n, millis } = await engine.step();
      return (millis / n) * N_BATCH;
    },
    transformers: async () => {
      const answer = await embed(texts.slice(at, (at += N_BATCH)));
      if (answer.tokens.join() !== `${N_BATCH},${N_TOKENS}`) throw new Error(`transformers.js made ${answer.tokens} of the texts`);
      return answer.millis;
    },
  };
  const millis = await inTurns(turns, { rounds: 40, warmUp: 12 });
  await engine.bench.close();
  site.close();
  return {
    engine: summary(millis.engine),
    transformers: summary(millis.transformers),
    speed: median(millis.transformers) / median(millis.engine),
  };
}

/** Films a second over the whole catalogue, in turns with transformers.js and with a second engine on two threads. */
async function measureCatalogue(browser, plain, isolated) {
  const one = await openEngine(browser, plain.origin);
  const two = await openEngine(browser, isolated.origin);
  const embed = await startTransformers(one.bench, 1);
  const texts = Array.from({ length: manifest.catalogue.n_items }, (_, row) => row).filter((row) => row % EVERY === 0).map(itemText);
  const totals = { one: { n: 0, millis: 0 }, two: { n: 0, millis: 0 }, pipeline: { n: 0, millis: 0 } };
  const add = (total, { n, millis }) => {
    total.n += n;
    total.millis += millis;
  };
  const batches = [];
  for (let i = 0; i < texts.length; i += PIPELINE_BATCH) batches.push(texts.slice(i, i + PIPELINE_BATCH));
  for (let i = 0; i < 5; i += 1) await embed(batches[i]);

  for (let round = 0; !one.isDone() || !two.isDone(); round += 1) {
    if (!one.isDone()) add(totals.one, await one.step());
    if (!two.isDone()) add(totals.two, await two.step());
    if (round % 20 === 0 && batches.length > 0) {
      const batch = batches.shift();
      add(totals.pipeline, { n: batch.length, millis: (await embed(batch)).millis });
    }
  }
  while (batches.length > 0) {
    const batch = batches.shift();
    add(totals.pipeline, { n: batch.length, millis: (await embed(batch)).millis });
  }
  await one.bench.close();
  await two.bench.close();
  const rate = ({ n, millis }) => (1000 * n) / millis;
  return {
    n_films: totals.one.n,
    n_films_transformers: totals.pipeline.n,
    engine_texts_per_second: rate(totals.one),
    transformers_texts_per_second: rate(totals.pipeline),
    speed: rate(totals.one) / rate(totals.pipeline),
    two_threads: two.nThreads,
    two_threads_texts_per_second: rate(totals.two),
    two_threads_speed: rate(totals.two) / rate(totals.one),
  };
}

function measureNative() {
  const python = [process.env.PYTHON, join(ROOT, '.venv/bin/python')].find((it) => it && existsSync(it));
  const file = join(ROOT, 'models/artifacts', manifest.encoder.files.wasm.path);
  const printed = python && output(python, [join(ROOT, 'tests/bench/native.py'), file]);
  if (!printed) throw new Error('native onnxruntime did not run: "make setup-check" installs it');
  return JSON.parse(printed);
}

export async function measureEncoder(browser, plain, isolated) {
  return {
    batch: await measureBatch(browser),
    native: measureNative(),
    catalogue: await measureCatalogue(browser, plain, isolated),
  };
}
