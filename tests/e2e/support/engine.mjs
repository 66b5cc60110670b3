// Speaks to the engine worker without the page: the messages of src/engine/protocol.rs, as plain objects.

/**
 * Starts an engine of its own on a page of the site that has none, and waits until it is ready.
 * Resolves to `ask(request)`, which gives the answer or throws the engine's refusal, and to what `Ready` said.
 */
export async function startEngine(page, site, { backend = 'wasm' } = {}) {
  await page.goto(`${site.url}models/manifest.json`);
  const ready = await page.evaluate(
    ([boot, wanted]) =>
      new Promise((resolve, reject) => {
        const url = new URL(boot);
        url.searchParams.set('backend', wanted);
        const worker = new Worker(url, { type: 'module' });
        const waiting = new Map();
        let lastId = 0;
        globalThis.engine = {
          worker,
          heard: [],
          ask: (request) =>
            new Promise((answer, refuse) => {
              lastId += 1;
              waiting.set(lastId, { answer, refuse });
              worker.postMessage({ Ask: { id: lastId, request } });
            }),
        };
        worker.onerror = (event) => reject(new Error(`the engine worker failed: ${event.message}`));
        const site = new URL('.', boot);
        /** The page's part: it fetches, and compiles programs. See src/engine/supply.rs. */
        const supply = async ({ path }) => {
          const bytes = await (await fetch(new URL(path, site))).arrayBuffer();
          const file = new URL(path, site).pathname.endsWith('.wasm') ? await WebAssembly.compile(bytes) : new Uint8Array(bytes);
          worker.postMessage({ File: { path, file } });
        };
        worker.onmessage = ({ data }) => {
          if (data.Want) supply(data.Want).catch(reject);
          else if (data.Ready) resolve(data.Ready);
          else if (data.Refused) reject(new Error(`the engine refused to start: ${JSON.stringify(data.Refused)}`));
          else if (data.Reply) {
            const { answer, refuse } = waiting.get(data.Reply.id);
            waiting.delete(data.Reply.id);
            if (data.Reply.outcome.Ok) answer(data.Reply.outcome.Ok);
            else refuse(new Error(JSON.stringify(data.Reply.outcome.Err)));
          } else globalThis.engine.heard.push(data);
        };
      }),
    [`${site.url}engine_boot.js`, backend],
  );
  // Nothing is hidden from lists unless a test says so.
  const whole = (request) => (typeof request === 'string' ? request : Object.fromEntries(Object.entries(request).map(([kind, fields]) => [kind, { hidden: [], ...fields }])));
  return { ready, ask: (request) => page.evaluate((it) => globalThis.engine.ask(it), whole(request)) };
}
