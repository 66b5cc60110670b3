// What a page, or the engine in its worker, says when the page "On this device" asks in another tab or around this one:
// every address that was asked for here, by the browser's own list, and the policy that holds here.

const FULL = 250; // a browser lists so many and no more, unless told otherwise

/** What the browser has noted here. */
export function askedHere() {
  const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return {
    asked: entries.filter(({ name }) => /^https?:/.test(name)).map(({ name, startTime }) => ({ url: name, millis: startTime })),
    isFull: performance.getEntriesByType("resource").length >= FULL,
  };
}

export const policyHere = () => document.querySelector("meta[http-equiv='Content-Security-Policy']")?.content ?? "";

const nameOf = (folder) => `glassrec${folder}asked`;

/** Answers who asks; `about()` says who this is. Nothing is sent but to pages of this site in this browser. */
export function tellWhatWasAsked(folder, about) {
  if (!globalThis.BroadcastChannel || globalThis.origin === "null") return;
  let line = null;
  const open = () => {
    line ??= new BroadcastChannel(nameOf(folder));
    line.onmessage = ({ data }) => data.ask && line.postMessage({ to: data.ask, ...about(), ...askedHere() });
  };
  open();
  // A page with an open line could not be laid aside for Back.
  globalThis.addEventListener("pagehide", () => {
    line?.close();
    line = null;
  });
  globalThis.addEventListener("pageshow", open);
}

/** Asks all pages and engines of this site; `hear` is called for each that answers. Gives a function that asks again. */
export function askAll(folder, hear) {
  if (!globalThis.BroadcastChannel) return () => {};
  const line = new BroadcastChannel(nameOf(folder));
  const own = crypto.randomUUID?.() ?? String(Math.random());
  line.onmessage = ({ data }) => data.to === own && hear(data);
  return () => line.postMessage({ ask: own });
}
