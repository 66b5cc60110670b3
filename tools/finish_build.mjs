// Trunk's post-build step: the page of conversations joins the site, one small stylesheet a page, small scripts, a name
// for the build in both pages, and results.html.
// The name is made of all scripts and the program, so that page and engine of two builds never meet.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build, transform } from "esbuild";
import { readCards, readNotes, resultsPage } from "./results_page.mjs";
import { ROOT, TALK } from "./steps.mjs";

const PLACEHOLDER = "@BUILD@";
const STYLESHEET = /<link\b(?=[^>]*\brel="?stylesheet"?)[^>]*\bhref="?(?:\.\/)?([^"\s>]+\.css)"?[^>]*>\s*/g;
const site = process.env.TRUNK_STAGING_DIR;
if (!site) throw new Error("run by Trunk after a build; see Trunk.toml");

const hashOf = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");
const read = (name) => readFile(join(site, name), "utf8");
const minify = async (source, loader) => (await transform(source, { loader, minify: true, legalComments: "none" })).code;

/** Writes a stylesheet under a name that changes with its content; gives that name. */
async function writeStyle(stem, source) {
  const style = await minify(source, "css");
  const name = `${stem}-${hashOf(style).slice(0, 16)}.css`;
  await writeFile(join(site, name), style);
  return name;
}

/** Sheets that have gone into another. */
const joined = new Set();

/** Puts the sheets that the page links, in their order, into one: a request and a dictionary for all. */
async function joinStyles(stem, html) {
  const links = [...html.matchAll(STYLESHEET)];
  if (links.length === 0) throw new Error(`the page ${stem} links no stylesheet`);
  const sheets = await Promise.all(links.map(([, file]) => read(file)));
  const name = await writeStyle(stem, sheets.join("\n"));
  links.forEach(([, file]) => joined.add(file));
  let isFirst = true;
  return html.replaceAll(STYLESHEET, () => {
    const link = isFirst ? `<link rel="stylesheet" href="./${name}">\n    ` : "";
    isFirst = false;
    return link;
  });
}

/** The page of results, in the styles of the page just joined and a few of its own. */
async function writeResults(html) {
  const [[, shared]] = html.matchAll(STYLESHEET);
  const own = await writeStyle("results", await readFile(join(ROOT, "style/results.css"), "utf8"));
  const results = JSON.parse(await read("models/results.json"));
  const page = resultsPage({ results, cards: readCards(), notes: readNotes(), sheets: [shared, own] });
  await writeFile(join(site, "results.html"), page);
}

/** Our own scripts and wasm-bindgen's. Those of ONNX Runtime come small already. */
async function minifyScripts() {
  const names = (await readdir(site, { recursive: true })).filter((name) => name.endsWith(".js") && !name.startsWith("ort"));
  await Promise.all(names.map(async (name) => writeFile(join(site, name), await minify(await read(name), "js"))));
}

/** Scripts that use a package get it put in. */
async function bundleScripts() {
  const file = join(site, "take_away.js");
  await build({ entryPoints: [join(ROOT, "public/take_away.js")], outfile: file, allowOverwrite: true, bundle: true, format: "esm", target: "es2022" });
}

/** The page of conversations, built before: its program, its sheets and its HTML. */
async function takeInTalk() {
  await cp(TALK, site, { recursive: true, filter: (name) => !name.endsWith(".stage") });
}

/**
 * The language model, where `make llm` has built it: the files its list names, and in the list what was measured with it.
 * Gives the list's address, empty without one.
 */
async function takeInLanguageModel() {
  const from = join(ROOT, "models/llm");
  const list = await readFile(join(from, "llm.json"), "utf8").catch(() => null);
  if (list === null) return "";
  const { parts, tokenizer, licence } = JSON.parse(list);
  const to = join(site, "models/llm");
  await mkdir(to, { recursive: true });
  await Promise.all([...parts, tokenizer, licence].map(({ path }) => cp(join(from, path), join(to, path))));
  const { n_users, rows } = JSON.parse(await read("models/results.json")).llm.test["20"];
  const measured = Object.entries(rows).map(([name, row]) => ({ name, ndcg: row["ndcg@10"], low: row["ndcg@10_low"], high: row["ndcg@10_high"] }));
  measured.sort((a, b) => b.ndcg - a.ndcg);
  await writeFile(join(to, "llm.json"), JSON.stringify({ ...JSON.parse(list), measured: { n_users, rows: measured } }));
  return "llm/llm.json";
}

/** Names the build in a page. */
async function nameBuild(file, html, build) {
  if (!html.includes(PLACEHOLDER)) throw new Error(`${file} has no ${PLACEHOLDER} to replace`);
  await writeFile(join(site, file), html.replaceAll(PLACEHOLDER, build));
}

if (site.startsWith(dirname(TALK) + "/talk")) process.exit(0); // this is the page that joins the site later
await takeInTalk();
const language = await takeInLanguageModel();
await bundleScripts();
await minifyScripts();
const html = await joinStyles("style", await read("index.html"));
const talk = (await joinStyles("talk", await read("talk.html"))).replace("@LANGUAGE@", language);
await Promise.all([...joined].map((file) => rm(join(site, file))));
await writeResults(html);
const scripts = ["simd.js", "page_boot.js", "take_away.js", "engine_boot.js", "glassrec.js", "glassrec_bg.wasm", "talk.js", "talk_bg.wasm"];
const parts = await Promise.all(scripts.map((name) => readFile(join(site, name))));
const name = hashOf(...parts).slice(0, 12);
await nameBuild("index.html", html, name);
await nameBuild("talk.html", talk, name);
