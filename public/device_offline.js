// What may be kept for use without a network: groups of files, each with its size, its checksums, and buttons to keep or
// delete it. The worker that answers out of them is registered once the reader has kept the pages, and not before.

import { forgetOffline, ownWorker } from "./device_kept.js";
import { act, fileTable, make, part } from "./device_parts.js";
import { OFFLINE_WORDS as W, sizeOf } from "./device_words.js";
import { NotKept, SCOPE, STORE, filesOf, forgetFile, isWhole, keepFile, keptSums, readChoice, writeChoice } from "./kept_files.js";

/** The group without which no other is of use. */
const PAGES = "pages";

const total = (files) => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Why nothing can be kept here; empty where it can. */
function refusal() {
  if (!globalThis.isSecureContext) return W.cannot.insecure;
  if (!navigator.serviceWorker) return W.cannot.worker;
  return "caches" in globalThis && crypto.subtle ? "" : W.cannot.store;
}

export function showOffline({ onChange }) {
  let list = null;
  let store = null;
  /** Of the group that is on its way, what ends it. */
  let coming = null;
  const rows = new Map();
  const say = (text) => (part("offline-state").textContent = text);

  function refuse(text) {
    part("cannot").textContent = text;
    part("cannot").hidden = false;
  }

  /** What is there now, into every row. */
  async function look() {
    if (list === null) return;
    // No store is made before something is kept.
    const isThere = await caches.has(STORE);
    store = isThere ? await caches.open(STORE) : null;
    const sums = store ? await keptSums(store) : new Set();
    const choice = store ? await readChoice(store) : [];
    for (const group of list.groups) {
      const { state, keep, forget } = rows.get(group.id);
      const here = total(group.files.filter(({ sha256 }) => sums.has(sha256)));
      const all = total(group.files);
      const isChosen = choice.includes(group.id);
      state.textContent = here === all ? W.all(all) : here > 0 ? W.part(here, all) : W.none(all);
      state.classList.toggle("is-kept", here === all);
      keep.hidden = here === all && isChosen;
      keep.disabled = coming !== null;
      keep.textContent = isChosen && here < all ? "Keep the rest" : "Keep";
      keep.setAttribute("aria-label", (isChosen && here < all ? W.rest : W.keep)(group.title));
      forget.hidden = !isChosen;
      forget.disabled = coming !== null;
    }
    act("check").hidden = sums.size === 0;
    act("check").disabled = coming !== null;
  }

  async function keepGroup(group) {
    const { progress, stop, keep } = rows.get(group.id);
    coming = new AbortController();
    store = await caches.open(STORE);
    const wanted = [...new Set([...(await readChoice(store)), PAGES, group.id])];
    // Before its files come: what sweeps the store (public/offline.js) has to know that they are wanted.
    await writeChoice(store, wanted);
    const sums = await keptSums(store);
    const files = filesOf(list, [PAGES, group.id]).filter(({ sha256 }) => !sums.has(sha256));
    const all = total(files);
    let before = 0;
    const tell = (n) => {
      progress.firstElementChild.value = all ? (before + n) / all : 1;
      progress.lastElementChild.textContent = W.coming(before + n, all);
    };
    progress.hidden = stop.hidden = false;
    keep.hidden = true;
    stop.focus();
    await look();
    keep.hidden = true;
    try {
      // Some browsers ask the reader, who may leave the question open; without a promise it works all the same.
      navigator.storage?.persist?.().catch(() => false);
      for (const file of files) {
        await keepFile(store, file, { signal: coming.signal, onBytes: tell });
        before += file.bytes;
      }
      await navigator.serviceWorker.register("offline.js", { scope: "./", updateViaCache: "none" });
      say(`${W.ready} ${(await navigator.storage?.persisted?.()) ? W.persisted : W.unpromised}`);
      watchUpdates();
    } catch (error) {
      if (!coming.signal.aborted && !(error instanceof NotKept)) console.error(error);
      say(coming.signal.aborted ? W.stopped : error instanceof NotKept ? W.failed[error.reason](error.path) : W.cannot.worker);
    }
    coming = null;
    const hadFocus = document.activeElement === stop;
    progress.hidden = stop.hidden = true;
    await look();
    if (hadFocus) (keep.hidden ? rows.get(group.id).forget : keep).focus();
    onChange();
  }

  async function forgetGroup(group) {
    if (group.id === PAGES) await forgetOffline();
    else {
      const left = (await readChoice(store)).filter((it) => it !== group.id);
      await writeChoice(store, left);
      const needed = new Set(filesOf(list, left).map(({ sha256 }) => sha256));
      for (const file of group.files) if (!needed.has(file.sha256)) await forgetFile(store, file);
    }
    say("");
    await look();
    rows.get(group.id).keep.focus();
    onChange();
  }

  function rowOf(group) {
    const id = `group-${group.id}`;
    const state = make("p", { class: "quiet" });
    const progress = make("div", { class: "coming", hidden: true }, make("progress", { "aria-label": `Keeping ${group.title}` }), make("span", { class: "quiet" }));
    const keep = make("button", { type: "button", class: "button", onclick: () => keepGroup(group) }, "Keep");
    const stop = make("button", { type: "button", class: "button", hidden: true, onclick: () => coming?.abort() }, "Stop");
    const forget = make("button", { type: "button", class: "button is-bare", hidden: true, "aria-label": W.forget(group.title, group.id === PAGES), onclick: () => forgetGroup(group) }, group.id === PAGES ? "Delete all" : "Delete");
    const files = make("details", {}, make("summary", {}, `${group.files.length} ${group.files.length === 1 ? "file" : "files"}`));
    // Checksums are wide, and most readers never see them.
    files.addEventListener("toggle", () => {
      if (files.childElementCount === 1) files.append(fileTable(group.files));
      files.parentElement.classList.toggle("is-open", files.open);
    });
    rows.set(group.id, { state, progress, keep, stop, forget });
    return make("li", { "aria-labelledby": id }, make("div", { class: "group-words" }, make("h3", { id }, group.title), ...(group.about ? [make("p", {}, group.about)] : []), state), make("div", { class: "acts" }, keep, stop, forget), progress, files);
  }

  async function check() {
    const files = list.groups.flatMap((it) => it.files);
    const sums = await keptSums(store);
    const kept = [...new Map(files.filter(({ sha256 }) => sums.has(sha256)).map((it) => [it.sha256, it])).values()];
    const wrong = [];
    act("check").disabled = true;
    for (const [at, file] of kept.entries()) {
      say(`${at + 1} / ${kept.length}`);
      if (await isWhole(store, file)) continue;
      wrong.push(file.path);
      await forgetFile(store, file);
    }
    await look();
    say(wrong.length ? W.damaged(wrong) : W.checked(kept.length));
    onChange();
  }

  /** A worker that waits is a new build that has come. */
  async function watchUpdates() {
    const registration = await ownWorker();
    if (!registration) return;
    const show = () => (part("update").hidden = !(registration.waiting && registration.active));
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", show));
    registration.installing?.addEventListener("statechange", show);
    show();
    await registration.update().catch(() => {}); // without a network there is nothing new
    show();
  }

  act("take").addEventListener("click", async () => {
    const { waiting } = (await ownWorker()) ?? {};
    act("take").disabled = true;
    // Tabs that the worker answers for load themselves anew; this one may not be among them.
    waiting?.addEventListener("statechange", () => waiting.state === "activated" && location.reload());
    waiting?.postMessage("take");
  });
  act("check").addEventListener("click", check);

  let offer = null;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    act("install").hidden = false;
  });
  act("install").addEventListener("click", async () => {
    await offer.prompt();
    act("install").hidden = true;
  });

  async function begin() {
    const no = refusal();
    if (no) return refuse(no);
    try {
      const response = await fetch(new URL("offline.json", SCOPE), { cache: "no-cache" });
      if (!response.ok) throw new Error(`offline.json: ${response.status}`);
      list = await response.json();
    } catch {
      return refuse(W.cannot.list);
    }
    part("groups").replaceChildren(...list.groups.map(rowOf));
    try {
      await look();
    } catch {
      return refuse(W.cannot.store);
    }
    await watchUpdates();
  }
  return { look, shown: begin() };
}
