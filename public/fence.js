// Workers under the page's own policy.
//
// A worker is under the Content-Security-Policy that its script's response brings, and many hosts send none: whatever is
// loaded there could then ask any host, and `eval`. A worker made of a script that the page wrote itself, a blob, takes over
// the page's policy. The browser holds it there: wrapping `fetch` and its like in JavaScript would leave `import()` and new
// workers open. The price: the policy has to allow `blob:` as a worker. It opens nothing, since all of them inherit.

const scriptOf = (source) => URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
const quoted = (url) => JSON.stringify(new URL(url, location.href).href);

/** The address of a worker that runs the module at `url`. */
export const fenced = (url) => scriptOf(`import ${quoted(url)};`);

/** The same for the engine, which is told as missing where its script does not come: `onerror` would not say what. */
export const fencedEngine = (url) => {
  const path = url.split("?")[0];
  return scriptOf(`import(${quoted(url)}).catch((error) => {
    if (globalThis.glassrecBegan) setTimeout(() => { throw error; });
    else postMessage({ Refused: { Unreachable: { path: ${JSON.stringify(path)} } } });
  });`);
};
