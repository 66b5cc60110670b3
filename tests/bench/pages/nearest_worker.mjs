// Times the exports of examples/nearest_bench.rs.

const verbs = {
  async load({ nRows }) {
    const module = await WebAssembly.compileStreaming(fetch('/bench/built/nearest_bench.wasm'));
    // What wasm-bindgen's crates leave behind is never called here.
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      imports[from] ??= {};
      imports[from][name] = () => {
        throw new Error(`${from}.${name} was called`);
      };
    }
    const { exports } = await WebAssembly.instantiate(module, imports);
    verbs.run = ({ name }) => {
      const started = performance.now();
      const digest = exports[name]();
      return { millis: performance.now() - started, digest };
    };
    return exports.fill(nRows);
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
