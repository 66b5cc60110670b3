// The files that this device keeps for use without a network: their names, and a file fetched, checked and put there. The page
// "On this device" and the offline worker both read and write by it. Files lie under their checksum, so a file that two
// builds or two models share is there once, and what is there is what the build's list names.

const BASE = new URL(".", location.href);

/** What this copy of the site keeps has names that begin so, as src/profile.rs writes them: other projects share the origin. */
export const OWN = `glassrec${BASE.pathname.replace(/\/$/, "")}/`;
/** A copy of the site in a folder below has longer names, with one more slash. */
export const isOwn = (name) => name.startsWith(OWN) && !name.slice(OWN.length).includes("/");

/** The cache of those files, and the scope of the worker that answers from it. */
export const STORE = `${OWN}offline`;
export const SCOPE = BASE.href;

const SILENCE_MILLIS = 20_000;
const CHOICE = new URL("kept/choice", BASE).href;
const keyOf = (sha256) => new URL(`kept/${sha256}`, BASE).href;

/** By the end of a path; some hosts send no type, or another, and a browser compiles WebAssembly by its own alone. */
const TYPES = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  webmanifest: "application/manifest+json",
  svg: "image/svg+xml",
  png: "image/png",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
};
/** Of what the host said with a file: what a page needs to be as it is with a network. */
const HEADERS = ["content-security-policy", "cross-origin-opener-policy", "cross-origin-embedder-policy", "cross-origin-resource-policy", "referrer-policy", "x-content-type-options"];

export class NotKept extends Error {
  /** `reason` is "damaged", "silent", "unreachable" or "full". */
  constructor(reason, path) {
    super(`${path}: ${reason}`);
    this.reason = reason;
    this.path = path;
  }
}

const hex = (bytes) => [...new Uint8Array(bytes)].map((it) => it.toString(16).padStart(2, "0")).join("");
const sha256Of = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));

/** The groups that the reader chose to keep. */
export async function readChoice(store) {
  const kept = await store.match(CHOICE);
  return kept ? await kept.json() : [];
}

export const writeChoice = (store, groups) => store.put(CHOICE, new Response(JSON.stringify(groups), { headers: { "Content-Type": "application/json" } }));

/** The files of those groups, each once. */
export function filesOf({ groups }, chosen) {
  const all = groups.filter(({ id }) => chosen.includes(id)).flatMap(({ files }) => files);
  return [...new Map(all.map((it) => [it.sha256, it])).values()];
}

/** The checksums of all that is there. */
export async function keptSums(store) {
  const prefix = keyOf("");
  const keys = (await store.keys()).map(({ url }) => url.slice(prefix.length));
  return new Set(keys.filter((it) => /^[0-9a-f]{64}$/.test(it)));
}

export const keptFile = (store, { sha256 }) => store.match(keyOf(sha256));
/** The same, where the store may be gone: asking for it does not make it anew. */
export const keptAnswer = ({ sha256 }) => caches.match(keyOf(sha256), { cacheName: STORE });
export const forgetFile = (store, { sha256 }) => store.delete(keyOf(sha256));

/** Whether what is there is still what it was. */
export async function isWhole(store, file) {
  const kept = await keptFile(store, file);
  return kept !== undefined && (await sha256Of(await kept.arrayBuffer())) === file.sha256;
}

/** The bytes of a response, which may not fall silent for long. */
async function bytesOf(file, { cache, signal, onBytes }) {
  signal?.throwIfAborted();
  const line = new AbortController();
  const end = () => line.abort();
  signal?.addEventListener("abort", end);
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => line.abort("silent"), SILENCE_MILLIS);
  };
  try {
    heard();
    const response = await fetch(new URL(file.path + (file.search ?? ""), BASE), { cache, signal: line.signal });
    if (!response.ok) throw new NotKept("unreachable", file.path);
    const parts = [];
    let n = 0;
    const reader = response.body.getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      heard();
      parts.push(step.value);
      n += step.value.length;
      onBytes?.(n);
    }
    return { bytes: await new Blob(parts).arrayBuffer(), headers: response.headers };
  } catch (error) {
    if (error instanceof NotKept || signal?.aborted) throw error;
    throw new NotKept(line.signal.reason === "silent" ? "silent" : "unreachable", file.path);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

/** Fetches a file unless it is there, and keeps it if it is the one that the list names. Tells `onBytes` how much has come. */
export async function keepFile(store, file, { signal, onBytes } = {}) {
  if (await keptFile(store, file)) return;
  // The usual reason for a wrong one is an older file in the browser's cache: ask once more, past the cache.
  for (const cache of ["no-cache", "reload"]) {
    const { bytes, headers } = await bytesOf(file, { cache, signal, onBytes });
    if ((await sha256Of(bytes)) !== file.sha256) continue;
    const kept = { "Content-Type": TYPES[file.path.split(".").at(-1)] ?? "application/octet-stream", "Content-Length": bytes.byteLength };
    for (const name of HEADERS) if (headers.has(name)) kept[name] = headers.get(name);
    try {
      return await store.put(keyOf(file.sha256), new Response(bytes, { headers: kept }));
    } catch (error) {
      throw error.name === "QuotaExceededError" ? new NotKept("full", file.path) : error;
    }
  }
  throw new NotKept("damaged", file.path);
}
