// @huggingface/transformers as its documentation uses it, with everything from our own origin: the yardstick for our encoder.
// Its feature-extraction pipeline runs the same int8 file as our engine.

import { env, pipeline } from '/bench/transformers/transformers.js';

let extract;

const verbs = {
  async load({ nThreads }) {
    env.allowRemoteModels = false;
    env.allowLocalModels = true;
    env.localModelPath = '/bench/model/';
    env.useBrowserCache = false;
    env.useWasmCache = false;
    env.backends.onnx.wasm.wasmPaths = new URL('/bench/transformers-ort/', location.href).href;
    env.backends.onnx.wasm.numThreads = nThreads;
    const started = performance.now();
    extract = await pipeline('feature-extraction', 'encoder', { dtype: 'q8', device: 'wasm' });
    return { millis: performance.now() - started };
  },

  /** Texts to vectors, timed; how many tokens went in, and the vectors' first numbers as proof. */
  async embed({ texts }) {
    const started = performance.now();
    const vectors = await extract(texts, { pooling: 'mean', normalize: true });
    const first = Array.from(vectors.data.slice(0, 4));
    const millis = performance.now() - started;
    const tokens = extract.tokenizer(texts, { padding: true, truncation: true }).input_ids.dims;
    return { millis, dims: vectors.dims, tokens, first };
  },
};

addEventListener('message', async ({ data: { id, verb, argument } }) => {
  try {
    postMessage({ id, result: await verbs[verb](argument) });
  } catch (error) {
    postMessage({ id, error: String(error?.stack ?? error) });
  }
});
postMessage('ready');
