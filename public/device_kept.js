// What this site keeps on this device, as rows: read out of the browser's stores under this folder's names alone, each with
// a way to delete it. Other projects lie under other names at the same address and are neither listed nor touched.

import { OWN, SCOPE, STORE, isOwn, keptFile, keptSums } from "./kept_files.js";
import { OLD_TEXT, TEXT_ORDER, WORDS, storeWords, textWords } from "./device_words.js";

/** One database for all copies at an address, and texts likewise, before folders were part of the names (src/profile.rs). */
const OLD_PREFIX = "glassrec.";
const OLD_DATABASE = "glassrec";
/** In some private modes a database never opens, and one that another tab holds is never deleted. */
const PATIENCE_MILLIS = 4_000;

const bytesOfText = (text) => new Blob([text]).size;

function inTime(promise) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("no answer in time")), PATIENCE_MILLIS))]);
}

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** The names in the browser's store of texts that are this site's. Throws where it is forbidden. */
function textRows() {
  const names = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i));
  const own = names.filter((it) => isOwn(it) || it.startsWith(OLD_PREFIX));
  const shortOf = (name) => name.slice((isOwn(name) ? OWN : OLD_PREFIX).length);
  const placeOf = (name) => [...TEXT_ORDER, shortOf(name)].indexOf(shortOf(name));
  own.sort((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
  return own.map((name) => {
    const text = localStorage.getItem(name);
    const isOld = !isOwn(name);
    const words = textWords(shortOf(name), text);
    return { ...words, why: isOld ? OLD_TEXT : words.why, bytes: bytesOfText(name) + bytesOfText(text), forget: async () => localStorage.removeItem(name) };
  });
}

/** The names of this site's databases. A browser that lists none is asked for the one there may be. */
async function databaseNames() {
  const listed = indexedDB.databases ? (await inTime(indexedDB.databases())).map(({ name }) => name) : [OWN, OLD_DATABASE];
  return listed.filter((name) => isOwn(name) || name === OLD_DATABASE);
}

/** Opens a database as it is; none where there is none, and none is made. */
function openAsItIs(name) {
  const request = indexedDB.open(name);
  let isNew = false;
  request.onupgradeneeded = () => {
    isNew = true;
    request.transaction.abort();
  };
  return inTime(answered(request)).catch((error) => {
    if (isNew) return null;
    throw error;
  });
}

/** Does `work` with a database and lets go of it. */
async function withDatabase(name, work) {
  const database = await openAsItIs(name);
  if (database === null) return null;
  database.onversionchange = () => database.close();
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

const sizeOfValue = (value) => value?.byteLength ?? value?.size ?? bytesOfText(JSON.stringify(value) ?? "");

/** Entries of one store that belong together: vectors by what they were made of, everything else as one. */
async function storeRows(database, store) {
  const entries = database.transaction(store).objectStore(store);
  const [keys, values] = await Promise.all([answered(entries.getAllKeys()), answered(entries.getAll())]);
  const groups = new Map();
  keys.forEach((key, i) => {
    const group = store === "vectors" ? String(key).split("/")[0] : "";
    const row = groups.get(group) ?? { keys: [], bytes: 0, files: [] };
    row.keys.push(key);
    row.bytes += sizeOfValue(values[i]);
    if (store === "files") row.files.push({ path: "", bytes: sizeOfValue(values[i]), sha256: String(key) });
    groups.set(group, row);
  });
  const { name } = database;
  return [...groups].map(([group, row]) => ({
    ...storeWords(store, group.split("-")[0], row.keys.length),
    ...(name === OLD_DATABASE ? { why: OLD_TEXT } : {}),
    bytes: row.bytes,
    files: row.files,
    forget: () =>
      withDatabase(name, async (again) => {
        const written = again.transaction(store, "readwrite");
        for (const key of row.keys) written.objectStore(store).delete(key);
        await new Promise((resolve, reject) => {
          written.oncomplete = resolve;
          written.onabort = () => reject(written.error);
        });
      }),
  }));
}

async function databaseRows() {
  const rows = [];
  for (const name of await databaseNames()) {
    const of = await withDatabase(name, async (database) => {
      const stores = [];
      for (const store of database.objectStoreNames) stores.push(...(await storeRows(database, store)));
      return stores;
    });
    rows.push(...(of ?? []));
  }
  return rows;
}

const cacheNames = async () => (await caches.keys()).filter(isOwn);

async function cacheRows() {
  const rows = [];
  for (const name of await cacheNames()) {
    const store = await caches.open(name);
    const sums = [...(await keptSums(store))];
    const sizes = await Promise.all(sums.map(async (sha256) => Number((await keptFile(store, { sha256 })).headers.get("content-length"))));
    const { what, why } = WORDS.offline;
    const isEmpty = name === STORE && sums.length === 0;
    if (!isEmpty) rows.push({ what, why, bytes: sizes.reduce((sum, it) => sum + it, 0), forget: forgetOffline });
  }
  return rows;
}

/** The worker of this folder; that of a folder around it, or of another, is none of ours. */
export async function ownWorker() {
  const all = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  return all.find(({ scope }) => scope === SCOPE) ?? null;
}

async function workerRows() {
  const { worker, workerWhy } = WORDS.offline;
  // Beside files that are kept it is a part of their row.
  const isAlone = !("caches" in globalThis) || (await cacheRows()).length === 0;
  return isAlone && (await ownWorker()) ? [{ what: worker, why: workerWhy, bytes: 0, forget: forgetOffline }] : [];
}

/** The files for use without a network and their worker go together: one is of no use without the other. */
export async function forgetOffline() {
  await (await ownWorker())?.unregister();
  for (const name of await cacheNames()) await caches.delete(name);
}

const STORES = { "its texts": textRows, "its database": databaseRows, "its files": () => ("caches" in globalThis ? cacheRows() : []), "its workers": workerRows };

/** All that is kept, and which of the browser's stores could not be read. */
export async function readKept() {
  const rows = [];
  const unread = [];
  for (const [name, read] of Object.entries(STORES)) {
    try {
      rows.push(...(await read()));
    } catch (error) {
      unread.push({ name, error });
    }
  }
  return { rows, unread, isBlocked: unread.some(({ name }) => name === "its texts") };
}

/** Deletes all that is this site's; what it could not is found by looking again. */
export async function clearAll() {
  await forgetOffline().catch(() => {});
  try {
    const names = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i));
    for (const name of names) if (isOwn(name) || name.startsWith(OLD_PREFIX)) localStorage.removeItem(name);
  } catch {
    // There is none to clear.
  }
  for (const name of await databaseNames().catch(() => [])) {
    // A tab that holds it lets go of it by itself, or has to be closed.
    await inTime(answered(indexedDB.deleteDatabase(name))).catch(() => {});
  }
}
