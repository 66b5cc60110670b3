// onnxruntime-web as its documentation uses it: the yardstick for our engine. The same script and binary, the same file.

import * as ort from '/ort/ort.wasm.min.mjs';

let session;

const verbs = {
  async load({ model, nThreads }) {
    ort.env.wasm.wasmPaths = new URL('/ort/', location.href).href;
    ort.env.wasm.numThreads = nThreads;
    ort.env.logLevel = 'error';
    const bytes = new Uint8Array(await (await fetch(model)).arrayBuffer());
    // The engine's own option, so that the difference is what the engine adds and nothing else.
    const extra = { session: { disable_quant_qdq: '1' } };
    session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], extra });
    return { inputs: session.inputNames, outputs: session.outputNames };
  },

  /** One run, timed from the numbers of the question to the numbers of the answer. */
  async run({ feeds, fetches }) {
    const started = performance.now();
    const tensors = Object.fromEntries(
      Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, data, dims)]),
    );
    const outputs = await session.run(tensors, fetches);
    let read = 0;
    for (const name of fetches) read += outputs[name].data.length;
    return { millis: performance.now() - started, read };
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
