// The inner loops in wasm, in node: `node tests/bench/loops.mjs`. What is compared runs in turns, so that a busy machine is as
// unfair to one as to the other.

import { readFileSync } from 'node:fs';
import { buildLoops } from './nearest.mjs';
import { median } from './numbers.mjs';

const SIZES = [
  { what: 'the catalogue', nRows: 7705, dim: 384 },
  { what: 'a million rows', nRows: 1_000_000, dim: 64 },
];
const ROUNDS = 60;
const WARM_UP = 10;

const { instance: { exports } } = await WebAssembly.instantiate(readFileSync(await buildLoops()), {});
const loops = Object.keys(exports).filter((name) => `${name}_plain` in exports);
const forms = ['', '_hand', '_plain'].filter((form) => `${loops[0]}${form}` in exports);

for (const { what, nRows, dim } of SIZES) {
  exports.fill(nRows, dim);
  console.log(`${what}: ${nRows} × ${dim}, medians of ${ROUNDS}`);
  for (const loop of loops) {
    const millis = new Map(forms.map((form) => [form, []]));
    const digests = new Set();
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      for (const form of forms) {
        const started = performance.now();
        digests.add(exports[`${loop}${form}`]());
        if (round >= 0) millis.get(form).push(performance.now() - started);
      }
    }
    if (digests.size !== 1) throw new Error(`${loop} gives ${[...digests].join(' or ')}`);
    const ours = median(millis.get(''));
    const beside = forms.slice(1).map((form) => `${(median(millis.get(form)) / ours).toFixed(2)} × for${form.replace('_', ' ')}`);
    console.log(`  ${loop.padEnd(10)} ${ours.toFixed(3)} ms; ${beside.join(', ')}`);
  }
}
