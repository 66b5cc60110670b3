// Times the exports of crates/core/examples/loops_bench.rs.

const verbs = {
  async load({ nRows, dim }) {
    const { instance: { exports } } = await WebAssembly.instantiateStreaming(fetch('/bench/built/loops_bench.wasm'));
    verbs.run = ({ name }) => {
      const started = performance.now();
      const digest = exports[name]();
      return { millis: performance.now() - started, digest };
    };
    return exports.fill(nRows, dim);
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
