// A beam over semantic IDs: one forward and the walk down the trie, with narrower beams and the codes' names beside it.

import { summary } from './numbers.mjs';
import { wellKnown } from './recommend.mjs';
import { inTurns, openBench } from './workers.mjs';

/** The widest of them. */
const WIDTH = 20;

export async function measureBeam(browser, { origin }) {
  const bench = await openBench(browser, origin);
  const { n_threads: nThreads } = await bench.startEngine('engine');
  const history = wellKnown();
  const inspect = { Inspect: { family: 'semantic_id', history, probe: '' } };
  const ask = async () => (await bench.ask('engine', inspect)).cost.millis;
  const { ask: millis } = await inTurns({ ask }, { rounds: 40, warmUp: 8 });
  await bench.close();
  return { n_threads: nThreads, width: WIDTH, n_picks: history.length, millis: summary(millis) };
}
