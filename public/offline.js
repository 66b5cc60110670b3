// The offline worker. It is there only where the reader chose to keep something (public/device_offline.js), answers for the
// pages of its own folder, and out of files that the list of its build names: parts of two builds never meet.
//
// A new build is another worker. It fetches what is new beside what is there, and waits: the old one goes on until the last
// tab of the site is closed, or until the reader takes the new one and every tab loads itself anew (public/renewed.js).

import { SCOPE, STORE, filesOf, forgetFile, keepFile, keptAnswer, keptSums, readChoice } from "./kept_files.js";

/** The build's name, its runtime's, and its files by group; written in when the site is built (tools/offline_list.mjs). */
const LIST = OFFLINE_LIST;
const FILES = new Map(LIST.groups.flatMap(({ files }) => files).map((it) => [it.path, it]));
const LIST_PATH = "offline.json";
/** Of this site, beside the files of the list. */
const OURS = /^([^/]*$|(embed|learn|models|ort|post)\/)/;
/** A page that cuts the network says so again by then, or has gone; see public/device_proof.js. */
const CUT_MILLIS = 10_000;

let cutUntil = 0;
const isCut = () => Date.now() < cutUntil;

addEventListener("install", (event) => event.waitUntil(fill()));

async function fill() {
  const store = await caches.open(STORE);
  for (const file of filesOf(LIST, await readChoice(store))) await keepFile(store, file);
}

addEventListener("activate", (event) => event.waitUntil(sweep()));

/** Forgets the files of builds before. */
async function sweep() {
  const store = await caches.open(STORE);
  const wanted = new Set(filesOf(LIST, await readChoice(store)).map(({ sha256 }) => sha256));
  for (const sha256 of await keptSums(store)) if (!wanted.has(sha256)) await forgetFile(store, { sha256 });
}

addEventListener("message", ({ data }) => {
  if (data === "take") skipWaiting();
  else if (data === "cut") cutUntil = Date.now() + CUT_MILLIS;
  else if (data === "uncut") cutUntil = 0;
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (!request.url.startsWith(SCOPE) || request.method !== "GET" || request.headers.has("range")) return;
  const path = pathOf(url, request);
  const file = FILES.get(path);
  // Where the site is the root of its address, other projects lie in folders below.
  if (!file && !OURS.test(path)) return;
  const build = url.searchParams.get("build");
  const builds = file?.search ? [file.search.replace("?build=", "")] : [LIST.build, LIST.runtime];
  if ((file || !path.includes("/")) && build !== null && !builds.includes(build)) {
    // A page of another build asks for its own. The network has that of one build alone, whatever the address says.
    return event.respondWith(said(410, "This belongs to another version of the site: reload the page."));
  }
  if (path === LIST_PATH) return event.respondWith(Response.json(LIST));
  if (file && request.cache !== "only-if-cached") event.respondWith(answer(file, request));
  else if (isCut()) event.respondWith(notKept(request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => notKept(request)));
});

/** A folder is its first page; what follows a page's address is the page's own business. */
function pathOf({ pathname }, { mode }) {
  const path = decodeURIComponent(pathname.slice(new URL(SCOPE).pathname.length));
  return mode === "navigate" && (path === "" || path.endsWith("/")) ? `${path}index.html` : path;
}

async function answer(file, request) {
  // A page that finds a file wrong asks past what is kept (src/fetch.rs).
  const isPast = request.cache === "reload" && request.mode !== "navigate";
  const kept = isPast ? undefined : await keptAnswer(file);
  if (kept) return kept;
  if (isCut()) return notKept(request);
  try {
    return await fetch(request);
  } catch (error) {
    // Without a network nobody need try again; a line that broke off is worth it.
    if (navigator.onLine && request.mode !== "navigate") throw error;
    return notKept(request);
  }
}

const said = (status, text) => new Response(text, { status, headers: { "Content-Type": "text/plain; charset=utf-8" } });

/** A script reads a status that says there is no such file here; a person reads what to do. */
function notKept({ mode }) {
  if (mode !== "navigate") return said(404, "Not kept on this device, and there is no network.");
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'"><meta name="color-scheme" content="light dark"><title>Not kept · Glassrec</title></head>
<body><main><h1>This page is not kept on this device</h1><p>There is no network to fetch it from. <a href="${SCOPE}device.html">On this device</a> lists what is kept; <a href="${SCOPE}explore.html">Explore</a> works with that.</p></main></body></html>`;
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
