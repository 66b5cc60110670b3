// Starts the program on the page. What goes wrong is told by boot/guard.js, which stands in the page itself.
import { policyHere, tellWhatWasAsked } from "./asked.js";
import { fenceWorkers } from "./fence.js";
import { keepFocus } from "./keep_focus.js";
import { presentOnWish } from "./present.js";
import { reloadWithNewBuild } from "./renewed.js";
import { shareEngine } from "./share_engine.js";
import { hasSimd } from "./simd.js";
import { keepTranslationsTrue } from "./translation.js";

const { search } = new URL(import.meta.url); // ?build=…, the same for all parts of a build
const addressOf = (name) => new URL(`./${name}${search}`, import.meta.url).href;
const guard = globalThis.glassrecGuard ?? { begun: () => {}, cannotStart: console.error, failed: console.error, stopped: () => {} };

/** Beside what every address of the program lies, whatever page it is on; see src/fetch.rs and src/profile.rs. */
globalThis.glassrecBase = new URL(".", import.meta.url).href;
globalThis.glassrecFolder = new URL(".", import.meta.url).pathname;

// The policy has no word for it that every browser knows, and nothing here calls other people's browsers.
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"]) delete globalThis[name];

// A link to the demo can ask for the page of results.
if (location.hash === "#results") location.replace("results.html");

// The program asks for these by name. Nothing of the first is fetched before a reader wants something.
globalThis.glassrecTakeAway = async (kind, state) => (await import(addressOf("take_away.js"))).take(kind, state);
globalThis.glassrecSave = async (name, kind, text) => (await import(addressOf("take_away.js"))).save(name, new Blob([text], { type: kind }));
globalThis.glassrecDropped = (transfer) => {
  const entries = [...transfer.items].filter((it) => it.kind === "file").map((it) => it.webkitGetAsEntry?.() ?? it.getAsFile());
  return import(addressOf("dropped.js")).then((it) => it.filesOf(entries.filter(Boolean)));
};
globalThis.glassrecStopped = guard.stopped;

async function start() {
  const { content: name } = document.querySelector("meta[name=glassrec-program]");
  let file = addressOf(`${name}.js`);
  try {
    const program = await import(file);
    file = addressOf(`${name}_bg.wasm`);
    await program.default({ module_or_path: file });
  } catch (error) {
    console.error(error);
    if (!(error instanceof WebAssembly.RuntimeError)) guard.failed(file);
    else guard.stopped();
  }
}

const page = document.querySelector("meta[name=glassrec-page]")?.content;
if (page === "figure") import(addressOf("frame.js")).then(({ beFramed }) => beFramed());

guard.begun();
fenceWorkers();
if (page === "figure") shareEngine(addressOf);
keepTranslationsTrue();
keepFocus();
presentOnWish();
reloadWithNewBuild();
tellWhatWasAsked(globalThis.glassrecFolder, () => ({ title: document.title, policy: policyHere(), isFrame: self !== top }));
if (hasSimd()) start();
else guard.cannotStart("It cannot run WebAssembly SIMD; use a current Firefox, Chrome, Edge or Safari. The films of a link are still in it: open it there and go on.");
