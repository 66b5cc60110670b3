// The exact top 100 of a million rows of 64 int8 numbers, against reading the same bytes.

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, quietly } from '../../tools/steps.mjs';
import { median, summary } from './numbers.mjs';
import { inTurns, openBench } from './workers.mjs';

const N_ROWS = 1_000_000;
const DIM = 64;

/** The path of the loops as a wasm file, built. */
export async function buildLoops() {
  const target = 'wasm32-unknown-unknown';
  const built = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), target, 'release/examples/loops_bench.wasm');
  const asked = ['--locked', '--release', '--target', target, '--package', 'glassrec-core', '--example', 'loops_bench'];
  await quietly('cargo', ['build', ...asked], { log: 'build-loops' });
  return built;
}

export async function measureNearest(browser, { origin }) {
  mkdirSync(join(ROOT, 'target/bench'), { recursive: true });
  copyFileSync(await buildLoops(), join(ROOT, 'target/bench/loops_bench.wasm'));

  const bench = await openBench(browser, origin);
  await bench.startYardstick('nearest', 'nearest_worker.mjs');
  const nRows = await bench.ask('nearest', { verb: 'load', argument: { nRows: N_ROWS, dim: DIM } });
  const run = (name) => bench.ask('nearest', { verb: 'run', argument: { name } });
  const digests = { fast: (await run('top100')).digest, plain: (await run('top100_plain')).digest };
  if (digests.fast !== digests.plain) throw new Error('SIMD and plain Rust found different rows');
  const turn = (name) => async () => (await run(name)).millis;
  const { fast, plain, sum } = await inTurns(
    { fast: turn('top100'), plain: turn('top100_plain'), sum: turn('sum') },
    { rounds: 25, warmUp: 5 },
  );
  await bench.close();
  return { n_rows: nRows, top100: summary(fast), plain: summary(plain), sum: summary(sum), ratio: median(fast) / median(sum) };
}
