// The small text encoder against the large one: texts per second in ONNX Runtime's WASM on one thread, outside a browser.
// `node tests/bench/encoders.mjs` prints JSON. Counts processor time, so other work on the machine hardly matters.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../../tools/steps.mjs';
import { manifest } from '../e2e/support/artifacts.mjs';
import { median } from './numbers.mjs';

const N_BATCH = 8;
const LENGTHS = [16, 32, 64];
const N_ROUNDS = 24;
const N_WARM_UP = 12; // V8 compiles in the background, and processor time counts that

const runtime = join(ROOT, 'node_modules/onnxruntime-web/dist/ort.node.min.mjs');
const ort = await import(runtime);
ort.env.wasm.numThreads = 1;

async function open(entry) {
  const file = readFileSync(join(ROOT, 'models/artifacts', entry.files.wasm.path));
  const session = await ort.InferenceSession.create(file, { executionProviders: ['wasm'] });
  return (ids, shape) => {
    const mask = new ort.Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape);
    return session.run({ input_ids: new ort.Tensor('int64', ids, shape), attention_mask: mask }, ['embedding']);
  };
}

/** Token ids without meaning: what a graph costs depends on their number alone. */
function someIds(length) {
  let state = length;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  return BigInt64Array.from({ length: N_BATCH * length }, () => BigInt(2000 + (next() % 18000)));
}

async function millisOf(run, ids, shape) {
  const before = process.cpuUsage();
  await run(ids, shape);
  const spent = process.cpuUsage(before);
  return (spent.user + spent.system) / 1000;
}

export async function measureEncoders() {
  const encoders = { minilm: await open(manifest.encoder), small: await open(manifest.small_encoder) };
  const rows = [];
  for (const length of LENGTHS) {
    const ids = someIds(length);
    const taken = { minilm: [], small: [] };
    for (let round = -N_WARM_UP; round < N_ROUNDS; round += 1) {
      for (const [name, run] of Object.entries(encoders)) {
        const millis = await millisOf(run, ids, [N_BATCH, length]);
        if (round >= 0) taken[name].push(millis);
      }
    }
    const perSecond = (name) => (N_BATCH * 1000) / median(taken[name]);
    rows.push({ n_tokens: length, minilm: perSecond('minilm'), small: perSecond('small'), ratio: perSecond('small') / perSecond('minilm') });
  }
  return { unit: 'texts per second', n_batch: N_BATCH, rows };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await measureEncoders(), null, 1));
