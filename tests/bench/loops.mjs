// The inner loops in wasm, in node: `node tests/bench/loops.mjs`. What is compared runs in turns, so that a busy machine is as
// unfair to one as to the other.

import { readFileSync } from 'node:fs';
import { buildLoops } from './nearest.mjs';
import { median } from './numbers.mjs';

const SIZES = [
  { what: 'the catalogue', nRows: 7694, dim: 384 },
  { what: 'a million rows', nRows: 1_000_000, dim: 64 },
];
const ROUNDS = 60;
const WARM_UP = 10;

const { instance: { exports } } = await WebAssembly.instantiate(readFileSync(await buildLoops()), {});
const loops = Object.keys(exports).filter((name) => `${name}_plain` in exports);

for (const { what, nRows, dim } of SIZES) {
  exports.fill(nRows, dim);
  console.log(`${what}: ${nRows} × ${dim}, medians of ${ROUNDS}`);
  for (const loop of loops) {
    const millis = { [loop]: [], [`${loop}_plain`]: [] };
    const digests = new Set();
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      for (const form of Object.keys(millis)) {
        const started = performance.now();
        digests.add(exports[form]());
        if (round >= 0) millis[form].push(performance.now() - started);
      }
    }
    if (digests.size !== 1) throw new Error(`${loop} gives ${[...digests].join(' or ')}`);
    const [ours, plain] = Object.values(millis).map(median);
    console.log(`  ${loop.padEnd(10)} ${ours.toFixed(3)} ms; plain ${plain.toFixed(3)} ms, ${(plain / ours).toFixed(2)} ×`);
  }
}
