// Runs a shipped graph with ONNX Runtime alone, without a line of the engine: what the page says is recomputed from it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../tools/steps.mjs';
import { manifest } from './artifacts.mjs';

/**
 * Loads the graph of `family` on a page of its own. Resolves to `run(history, names)`, which gives each output by name
 * as `{ dims, data }`, `data` a plain array. A third argument gives floats to other inputs, each of one row.
 */
export async function loadGraph(page, site, family) {
  await page.goto(`${site.url}models/manifest.json`);
  const bytes = readFileSync(join(ROOT, 'models/artifacts', manifest.families[family].files.graph.path));
  await page.evaluate(async ([url, base64]) => {
    const ort = await import(`${url}ort/ort.wasm.min.mjs`);
    ort.env.wasm.wasmPaths = `${url}ort/`;
    ort.env.wasm.numThreads = 1;
    const graph = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
    const session = await ort.InferenceSession.create(graph, { executionProviders: ['wasm'] });
    globalThis.runGraph = async (history, names, floats) => {
      const rows = Int32Array.from(history, (row) => row + 1);
      const others = Object.entries(floats).map(([name, it]) => [name, new ort.Tensor('float32', Float32Array.from(it), [1, it.length])]);
      const inputs = { history: new ort.Tensor('int32', rows, [1, rows.length]), ...Object.fromEntries(others) };
      const outputs = await session.run(inputs, names);
      return Object.fromEntries(names.map((name) => [name, { dims: outputs[name].dims, data: [...outputs[name].data] }]));
    };
  }, [site.url, bytes.toString('base64')]);
  return (history, names, floats = {}) =>
    page.evaluate(([picks, wanted, more]) => globalThis.runGraph(picks, wanted, more), [history, names, floats]);
}
