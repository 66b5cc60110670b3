// What the page "On this device" says while it runs, and the rules by which it puts names and policies into plain words.

const plural = (n, one, many = `${one}s`) => `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;

/** "812 bytes", "30 kB", "22.9 MB". */
export function sizeOf(bytes) {
  if (bytes < 1000) return plural(bytes, "byte");
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

const nFilms = (text) => (/^#v\d+&h=([\d.a-z]+)/.exec(text)?.[1].split(".") ?? []).length;
const nOwnFilms = (text) => {
  try {
    return JSON.parse(text).films.length;
  } catch {
    return 0;
  }
};
const filmsIn = (text) => (nFilms(text) ? `${plural(nFilms(text), "film")}` : "");

/** Texts by the names under which src/state keeps them. */
const TEXTS = {
  "films.v1": { what: "Films from your exports", why: "With stars, dates and your watch-list. For you recommends from them.", more: (text) => (nOwnFilms(text) ? plural(nOwnFilms(text), "film") : "") },
  history: { what: "Your history", why: "The films that models read, oldest first.", more: filmsIn },
  feedback: { what: "What you said of films", why: "Liked, not for me, seen: lists hide or mark them.", more: filmsIn },
  head: { what: "Your re-ranker", why: "A small network trained here on your likes and dislikes." },
  lessons: { what: "Your answers in lessons", why: "And the step at which you left each." },
  encoder: { what: "Your choice of text encoder", why: "The one that Search by meaning starts with." },
  aside: { what: "What could not be read", why: "Set aside unchanged, since this version cannot read it." },
};

/** Names of texts in the order in which a reader looks for them; others come after. */
export const TEXT_ORDER = Object.keys(TEXTS);

/** What a kept text is, by its name. */
export function textWords(name, text) {
  const known = TEXTS[name];
  if (!known) return { what: `“${name}”`, why: "Kept by another version of this site." };
  const more = known.more?.(text);
  return { what: more ? `${known.what} (${more})` : known.what, why: known.why };
}

export const OLD_TEXT = "Kept by an early version, for every copy of Glassrec at this address.";

/** What a store of the database holds, by its name and by the part of its keys before the first dash. */
export function storeWords(store, kind, n) {
  if (store === "vectors") return { what: `Vectors of film texts${kind === "webgpu" ? ", from the graphics device" : ""}`, why: "Computed here for Search by meaning, so that it starts at once." };
  if (store === "files") return { what: `Parts of the language model (${plural(n, "file")})`, why: "Fetched when you asked for the model on the page With words." };
  return { what: `“${store}” (${plural(n, "entry", "entries")})`, why: "Kept by another version of this site." };
}

export const WORDS = {
  nothing: "Nothing. This site has stored nothing on this device.",
  blocked: "This browser keeps nothing for this site: storage is switched off, or this is a private window. All of it works, but is forgotten when you close the tab.",
  unread: (what) => `The browser does not let this page look into ${what}.`,
  kept: (n, bytes) => `${plural(n, "entry", "entries")}, ${sizeOf(bytes)}.`,
  offline: { what: "Files for use without a network", why: "You chose to keep them, below. An offline worker answers with them.", worker: "The offline worker", workerWhy: "Answers for this site when there is no network." },
  deleted: (what) => `Deleted: ${what}.`,
  held: "Another tab holds it. Close the other tabs of this site and press again.",
  cleared: "All of it is deleted, and the page has looked again: nothing of this site is left.",
  clearedTabs: " Other tabs that are open still show their films, and keep them again when you change something there.",
  left: "Not all of it could be deleted. Close the other tabs of this site, then press “Clear all” again.",
  seven: "Safari is such a browser, and this seems to be Safari.",
};

export const OFFLINE_WORDS = {
  cannot: {
    insecure: "Not possible at this address: browsers allow it over https alone.",
    worker: "Not possible here: this browser, or a private window, allows no service worker.",
    store: "Not possible here: this browser keeps no files for this site.",
    list: "The list of files did not arrive. Check the connection and reload the page.",
  },
  none: (bytes) => `${sizeOf(bytes)}, not kept.`,
  part: (n, all) => `${sizeOf(n)} of ${sizeOf(all)} are here.`,
  all: (bytes) => `${sizeOf(bytes)}, kept.`,
  coming: (n, all) => `${sizeOf(n)} of ${sizeOf(all)}`,
  keep: (title) => `Keep ${title}`,
  rest: (title) => `Keep the rest of ${title}`,
  forget: (title, isAll) => (isAll ? `Delete all: ${title}, and every model with them` : `Delete ${title}`),
  ready: "All that is kept works without a network from the next page you open.",
  stopped: "Stopped. What has come is kept; “Keep the rest” goes on from there.",
  checked: (n) => `${plural(n, "file")} read and added up again: every checksum is right.`,
  damaged: (paths) => `Not as it was kept: ${paths.join(", ")}. It is deleted; keep it again.`,
  failed: {
    damaged: (path) => `${path} came, but is not the file that this version lists. The site may have a new version: reload the page and try again.`,
    silent: (path) => `The line fell silent at ${path}. What has come is kept; try again.`,
    unreachable: (path) => `${path} did not arrive. Check the connection and try again.`,
    full: (path) => `No room: the browser refused ${path}. Delete something above and try again.`,
  },
  persisted: "The browser has promised not to delete it by itself.",
  unpromised: "The browser may delete it by itself when it runs short of room.",
};

/** Who asked, in the order of the page. */
export const askerWords = ({ title, isEngine, isFrame, isSelf }) =>
  isSelf ? "This page" : isEngine ? "An engine (worker)" : isFrame ? "A figure in a frame" : `${title.replace(/ · Glassrec$/, "")}, in another tab`;

export const PROOF_WORDS = {
  total: (n, nForeign, nPages) => `${plural(n, "request")} by ${nPages === 1 ? "this page" : `${nPages} pages and engines of this site`}, ${nForeign === 0 ? "0" : nForeign.toLocaleString("en-US")} of them to other sites.`,
  since: (n, n0) => `${plural(n - n0, "request")} since you cut the network.`,
  full: "The browser’s list is full; later ones are not in it.",
  none: "This browser lists no requests.",
  starting: "The models are starting.",
  started: "The list is there, and nothing more is on its way. Cut the network.",
  cut: (byWorker) => `The network is cut for the frame: its policy now refuses every address${byWorker ? ", and the offline worker lets nothing of this site through" : ""}. Click a film: the list is made again.`,
  uncut: "The frame is closed, and with it the cut.",
  refused: (n) => (n === 0 ? "The frame has tried to ask for nothing." : `The frame tried to ask ${plural(n, "time")} and was refused.`),
};

const OWN_SITE = "this site alone";
const SOURCES = {
  "'none'": "nothing",
  "'self'": OWN_SITE,
  "data:": "what stands in the page itself",
  "blob:": "what the page made itself, under this same policy",
  "'wasm-unsafe-eval'": "WebAssembly",
  "'unsafe-inline'": "anything written into the page",
  "'unsafe-eval'": "text run as a program",
  "*": "any site",
};
const DIRECTIVES = {
  "default-src": "All that is not named here",
  "connect-src": "Requests by scripts",
  "script-src": "Scripts",
  "style-src": "Styles",
  "img-src": "Pictures",
  "worker-src": "Workers",
  "frame-src": "Frames",
  "manifest-src": "The file for installing",
  "base-uri": "Changing where links start from",
  "form-action": "Sending forms",
};
const sourceWords = (source) => SOURCES[source] ?? (/^'sha\d+-/.test(source) ? "one script in the page, known by its checksum" : source);

/** A policy as rows: what it is about, who may be asked, and the rule itself. */
export function policyInWords(policy) {
  const rules = policy.split(";").map((it) => it.trim()).filter(Boolean);
  return rules.map((rule) => {
    const [name, ...sources] = rule.split(/\s+/);
    return { about: DIRECTIVES[name] ?? name, allowed: sources.map(sourceWords).join("; ") || "nothing", rule };
  });
}
