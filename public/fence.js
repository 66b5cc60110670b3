// Workers under the page's own policy.
//
// A worker is under the Content-Security-Policy that its script's response brings, and many hosts send none: whatever is
// loaded there could then ask any host, and `eval`. A worker made of a script that the page wrote itself, a blob, takes over
// the page's policy. The browser holds it there: wrapping `fetch` and its like in JavaScript would leave `import()` and new
// workers open. The price: the policy has to allow `blob:` as a worker. It opens nothing, since all of them inherit.

// What the engine's script says where it does not come: `onerror` would not tell the page which file it was.
const told = (path) => `(error) => {
  if (globalThis.glassrecBegan) setTimeout(() => { throw error; });
  else postMessage({ Refused: { Unreachable: { path: ${JSON.stringify(path)} } } });
}`;

function fenced(address) {
  const url = new URL(address, location.href);
  if (url.protocol === "blob:") return address;
  const path = url.pathname.split("/").at(-1);
  const quoted = JSON.stringify(url.href);
  // A thread hears its first message as soon as its script has run, so it may not wait for an import.
  const source = path === "engine_boot.js" ? `import(${quoted}).catch(${told(path)});` : `import ${quoted};`;
  // The fragment is for those who look at a list of workers.
  return `${URL.createObjectURL(new Blob([source], { type: "text/javascript" }))}#${path}`;
}

/** From here on every worker that is started here is under the policy that holds here. */
export function fenceWorkers() {
  if (!globalThis.Worker) return;
  globalThis.Worker = class extends Worker {
    constructor(address, options) {
      super(fenced(address), options);
    }
  };
}
