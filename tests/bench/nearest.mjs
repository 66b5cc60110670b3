// The exact top 100 of a million rows of 64 int8 numbers, against reading the same bytes.

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, quietly } from '../../tools/steps.mjs';
import { median, summary } from './numbers.mjs';
import { inTurns, openBench } from './workers.mjs';

const N_ROWS = 1_000_000;

export async function measureNearest(browser, { origin }) {
  const target = 'wasm32-unknown-unknown';
  await quietly('cargo', ['build', '--locked', '--release', '--target', target, '--example', 'nearest_bench'], { log: 'build-nearest' });
  mkdirSync(join(ROOT, 'target/bench'), { recursive: true });
  copyFileSync(join(ROOT, 'target', target, 'release/examples/nearest_bench.wasm'), join(ROOT, 'target/bench/nearest_bench.wasm'));

  const bench = await openBench(browser, origin);
  await bench.startYardstick('nearest', 'nearest_worker.mjs');
  const nRows = await bench.ask('nearest', { verb: 'load', argument: { nRows: N_ROWS } });
  const run = (name) => bench.ask('nearest', { verb: 'run', argument: { name } });
  const digests = { simd: (await run('top100_simd')).digest, plain: (await run('top100_plain')).digest };
  if (digests.simd !== digests.plain) throw new Error('SIMD and plain Rust found different rows');
  const turn = (name) => async () => (await run(name)).millis;
  const { simd, plain, sum } = await inTurns(
    { simd: turn('top100_simd'), plain: turn('top100_plain'), sum: turn('sum_simd') },
    { rounds: 25, warmUp: 5 },
  );
  await bench.close();
  return { n_rows: nRows, top100: summary(simd), plain: summary(plain), sum: summary(sum), ratio: median(simd) / median(sum) };
}
