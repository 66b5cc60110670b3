// Starts the program on the page. A file of its own, because the site's policy allows no inline script.
import { hasSimd } from "./simd.js";

const { search } = new URL(import.meta.url); // ?build=…, the same for all parts of a build

// Without the program there is nothing to say it in: index.html holds the notices.
const say = (id) => document.getElementById(id)?.removeAttribute("hidden");

// A link to the demo can ask for the page of results.
if (location.hash === "#results") location.replace("results.html");

// The program asks for this by name, so that nothing of it is fetched before a reader wants something.
globalThis.glassrecTakeAway = async (kind) => (await import(`./take_away.js${search}`)).take(kind);

if (hasSimd()) {
  try {
    const { content: name } = document.querySelector("meta[name=glassrec-program]");
    const program = await import(`./${name}.js${search}`);
    await program.default({ module_or_path: new URL(`./${name}_bg.wasm${search}`, import.meta.url) });
  } catch (error) {
    say("cannot-start");
    throw error;
  }
} else {
  say("no-simd");
}
