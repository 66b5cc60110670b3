// What Python computed with the language model has to come out of the browser: the real one in WebAssembly, a tiny one
// of the same making on WebGPU's software adapter too, where the real one would take minutes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { golden, manifest } from './support/artifacts.mjs';
import { floats } from './support/floats.mjs';
import { startEngine } from './support/engine.mjs';
import { SOFTWARE_WEBGPU, launch } from './support/launch.mjs';
import { DIST, startSite } from './support/site.mjs';

async function engineOn(backend, flags) {
  const site = await startSite();
  const browser = await launch(flags);
  const engine = await startEngine(await browser.newPage(), site, { backend });
  assert.equal(engine.ready.backend, backend);
  return engine;
}

/** Asks for `rows` after `prefix`; `want` is "LogProbs" or "Next". */
async function read(engine, { weights, adapted, prefix, rows, want }) {
  const { numbers, ...rest } = await engine.ask({ ReadTokens: { weights, is_adapted: Boolean(adapted), prefix, rows, want } });
  return { ...rest, numbers: numbers.map(floats) };
}

const sum = (numbers) => numbers.reduce((total, it) => total + it, 0);

/** Logarithms of the probabilities that logits stand for. */
function logSoftmax(logits) {
  const most = Math.max(...logits);
  const total = most + Math.log(sum(logits.map((it) => Math.exp(it - most))));
  return logits.map((it) => it - total);
}

const near = (got, wanted, tolerance, what) => assert.ok(Math.abs(got - wanted) <= tolerance, `${what}: ${got}, Python has ${wanted}`);

describe('the real model, in WebAssembly', { timeout: 600_000 }, () => {
  let engine;
  let weights;
  before(async () => {
    const { parts, slots, head_dim, tuned } = JSON.parse(readFileSync(join(DIST, 'models/llm/llm.json'), 'utf8'));
    weights = { parts: parts.map((part) => ({ ...part, path: `llm/${part.path}` })), slots, head_dim, tuned };
    engine = await engineOn('wasm', []);
  });

  test('titles are as likely as Python found them, and so is what comes next', async () => {
    const { tolerance, cases } = golden('llm');
    assert.ok(cases.length >= 3);
    for (const { name, adapted, context_tokens: prefix, titles, next } of cases) {
      const rows = titles.map(({ tokens }) => tokens);
      const { numbers } = await read(engine, { weights, adapted, prefix, rows, want: 'LogProbs' });
      for (const [at, { title, log_prob: wanted }] of titles.entries()) near(sum(numbers[at]), wanted, tolerance, `${name}, ${title}`);
      const [logits] = (await read(engine, { weights, adapted, prefix, rows: [[]], want: 'Next' })).numbers;
      const logProbs = logSoftmax(logits);
      for (const [id, wanted] of next) near(logProbs[id], wanted, tolerance, `${name}, token ${id}`);
    }
  });

  test('a prefix that begins alike is not read again, and gives the same', async () => {
    const [{ adapted, context_tokens: prefix, titles }] = golden('llm').cases;
    const rows = [titles[0].tokens];
    const ask = (tokens) => read(engine, { weights, adapted, prefix: tokens, rows, want: 'LogProbs' });
    await ask(prefix);
    const again = await ask(prefix);
    assert.equal(again.n_prefilled, 0);
    const shorter = await ask(prefix.slice(0, -3));
    assert.equal(shorter.n_prefilled, 0);
    const longer = await ask(prefix);
    assert.equal(longer.n_prefilled, 3);
    near(sum(longer.numbers[0]), sum(again.numbers[0]), 0.01, 'read in two pieces');
  });

  test('what cannot be read is refused, and the engine goes on', async () => {
    await assert.rejects(read(engine, { weights, prefix: [], rows: [[5]], want: 'LogProbs' }), /Unreadable/);
    await assert.rejects(read(engine, { weights, prefix: [2], rows: [[5], [5, 6]], want: 'Next' }), /Unreadable/);
    const { numbers } = await read(engine, { weights, prefix: [2, 300], rows: [[301]], want: 'LogProbs' });
    assert.ok(numbers[0][0] < 0);
  });
});

for (const [backend, flags] of [['wasm', []], ['webgpu', SOFTWARE_WEBGPU]]) {
  test(`a tiny model of the same making, on ${backend}`, { timeout: 300_000 }, async () => {
    const engine = await engineOn(backend, flags);
    const { slots, head_dim, tuned, tolerance, cases } = golden('llm_tiny');
    const weights = { parts: [manifest.golden.llm_tiny_graph], slots, head_dim, tuned };
    const whole = cases.find(({ past }) => past.shape[0] === 0).input_ids[0];
    let nChecked = 0;
    for (const { name, adapted, input_ids: ids, past, targets, log_prob: wanted, logits } of cases) {
      // The past of every case is the same beginning; its first row goes on where that ends.
      const prefix = [...whole.slice(0, past.shape[0]), ids[0][0]];
      const given = ids.map((row) => row.slice(1));
      if (past.shape[0] > 0 && targets[0].length === ids[0].length) {
        const rows = targets.map((row) => row.slice(0, row.includes(0) ? row.indexOf(0) : row.length));
        const { numbers } = await read(engine, { weights, adapted, prefix, rows, want: 'LogProbs' });
        for (const [at, row] of numbers.entries()) row.forEach((it, j) => near(it, wanted[at][j], tolerance, `${name}, row ${at}, target ${j}`));
        nChecked += 1;
      }
      if (ids.length === 1) {
        const [next] = (await read(engine, { weights, adapted, prefix, rows: given, want: 'Next' })).numbers;
        next.forEach((it, id) => near(it, logits[0][id], tolerance, `${name}, logit ${id}`));
        nChecked += 1;
      }
    }
    assert.ok(nChecked >= 4, `${nChecked} checks`);
  });
}
