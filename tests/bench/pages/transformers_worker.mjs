// @huggingface/transformers with everything from our own origin: the yardstick for our encoder. It runs the same int8 file.
// Its feature-extraction pipeline is three steps: tokenise with padding, run, pool. Pooling and normalisation are part of
// the file here, so what is timed is the first two, which leaves the yardstick a little less to do.

import { AutoModel, AutoTokenizer, Tensor, env } from '/bench/transformers/transformers.js';

let tokenizer;
let model;

/** The library makes 64-bit ids; the file may want 32-bit ones. */
function asTheFileWants(inputs) {
  const types = Object.fromEntries((model.sessions.model.inputMetadata ?? []).map(({ name, type }) => [name, type]));
  return Object.fromEntries(
    Object.entries(inputs).map(([name, tensor]) => [
      name,
      types[name] === 'int32' ? new Tensor('int32', Int32Array.from(tensor.data, Number), tensor.dims) : tensor,
    ]),
  );
}

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
    tokenizer = await AutoTokenizer.from_pretrained('encoder');
    model = await AutoModel.from_pretrained('encoder', { dtype: 'q8', device: 'wasm' });
    return { millis: performance.now() - started, inputs: model.sessions.model.inputNames };
  },

  /** Texts to vectors, timed; the vectors' first numbers come back as proof. */
  async embed({ texts }) {
    const started = performance.now();
    const inputs = asTheFileWants(tokenizer(texts, { padding: true, truncation: true, max_length: 128 }));
    const outputs = await model(inputs);
    const [vectors] = Object.values(outputs);
    const first = Array.from(vectors.data.slice(0, 4));
    return { millis: performance.now() - started, dims: vectors.dims, tokens: inputs.input_ids.dims, first };
  },

  /** How many tokens each text has. */
  count({ texts }) {
    return texts.map((text) => tokenizer(text, { truncation: true, max_length: 128 }).input_ids.dims[1]);
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
