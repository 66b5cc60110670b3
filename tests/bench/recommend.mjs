// SASRec inside the engine against the same file called from plain onnxruntime-web JavaScript, and every family's own time.

import { catalogue, manifest } from '../e2e/support/artifacts.mjs';
import { median, summary } from './numbers.mjs';
import { inTurns, openBench } from './workers.mjs';

const N_PICKS = 50;

/** Fifty well-known films: every second of the hundred with most ratings. */
export function wellKnown() {
  const rows = catalogue.n_ratings.map((n, row) => [n, row]).sort((a, b) => b[0] - a[0]);
  return rows.slice(0, 2 * N_PICKS).filter((_, i) => i % 2 === 0).map(([, row]) => row);
}

/** Histories as the model's file wants them: row + 1, padded with 0 on the right. */
function feeds(histories) {
  const length = Math.max(...histories.map((it) => it.length));
  const data = new Int32Array(histories.length * length);
  histories.forEach((history, i) => history.forEach((row, j) => (data[i * length + j] = row + 1)));
  return { history: { type: 'int32', data, dims: [histories.length, length] } };
}

const turn = (bench, feedsOf, fetches) => async () =>
  (await bench.ask('plain', { verb: 'run', argument: { feeds: feedsOf, fetches } })).millis;

/** Without isolation the clock ticks every 0.1 ms, a tenth of one request: a turn is the mean of ten. */
const meanOf = (ask) => async () => {
  let sum = 0;
  for (let i = 0; i < 10; i += 1) sum += await ask();
  return sum / 10;
};

export async function measureRecommend(browser, { origin }) {
  const bench = await openBench(browser, origin);
  const { n_threads: nThreads } = await bench.startEngine('engine');
  await bench.startYardstick('plain', 'plain_worker.mjs');
  await bench.ask('plain', { verb: 'load', argument: { model: `/models/${manifest.families.sasrec_ease.files.graph.path}`, nThreads } });

  const history = wellKnown();
  const engineMillis = (answer) => answer.cost;
  const recommend = async (top) => bench.ask('engine', { Recommend: { family: 'sasrec_ease', history, hidden: [], top } });

  const request = await inTurns(
    {
      engine: meanOf(async () => engineMillis(await recommend(20)).millis),
      plain: meanOf(turn(bench, feeds([history]), ['scores'])),
    },
    { rounds: 40, warmUp: 6 },
  );

  // A film outside the first rank needs no counterfactual set: what is left is the batch, and one run for attention.
  const { list } = await recommend(100);
  const item = list[60].item;
  const explain = () => bench.ask('engine', { Explain: { family: 'sasrec_ease', history, hidden: [], item, within: 1 } });
  const nRuns = engineMillis(await explain()).n_runs;
  const batch = [history, ...history.map((_, i) => history.filter((__, j) => j !== i))];
  if (nRuns !== batch.length + 1) throw new Error(`leave-one-out took ${nRuns} runs, the yardstick is told ${batch.length + 1}`);
  const batchTurn = turn(bench, feeds(batch), ['scores']);
  const attentionTurn = turn(bench, feeds([history]), ['scores', 'attention']);
  const leaveOneOut = await inTurns(
    {
      engine: async () => engineMillis(await explain()).millis,
      plain: async () => (await batchTurn()) + (await attentionTurn()),
    },
    { rounds: 25, warmUp: 6 },
  );

  // Every family in the engine, one request.
  const families = {};
  for (const family of Object.keys(manifest.families)) {
    const ask = async () => engineMillis(await bench.ask('engine', { Recommend: { family, history, hidden: [], top: 20 } })).millis;
    families[family] = summary((await inTurns({ ask }, { rounds: 20, warmUp: 8 })).ask);
  }

  await bench.close();
  const compare = ({ engine, plain }) => ({
    engine: summary(engine),
    plain: summary(plain),
    ratio: median(engine) / median(plain),
  });
  return { n_threads: nThreads, request: compare(request), leave_one_out: { n_runs: nRuns, ...compare(leaveOneOut) }, families };
}
