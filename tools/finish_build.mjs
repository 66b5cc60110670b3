// Trunk's post-build step: the page of conversations joins the site, one small stylesheet a page, small scripts, a name
// for the build in all pages, index.html, results.html, words.html, 404.html and the licences.
// The name is made of all scripts, sheets and programs and stands in all their addresses, so that parts of two builds never
// meet. It is no part of a file's name: HTML that a browser has kept since an older build finds the files of this one.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { transform } from "esbuild";
import { devicePage } from "./device_page.mjs";
import { figurePage, themes } from "./figure_page.mjs";
import { SHEET, SHEETS, writeHome } from "./home_page.mjs";
import { writeOwnLessons } from "./lessons.mjs";
import { licences } from "./licences.mjs";
import { writeOffline } from "./offline_list.mjs";
import { writeOwnPost } from "./post.mjs";
import { readCards, readNotes, resultsPage } from "./results_page.mjs";
import { siteTop } from "./site_top.mjs";
import { wordsPage } from "./words_page.mjs";
import { bundleScripts, hashOf, inlineScript, runtimeBuild } from "./scripts.mjs";
import { ROOT, TALK } from "./steps.mjs";

const PLACEHOLDER = "@BUILD@";
const DEVICE_SHEET = "device.css";
const STYLESHEET = /<link\b(?=[^>]*\brel="?stylesheet"?)[^>]*\bhref="?(?:\.\/)?([^"\s>]+\.css)"?[^>]*>\s*/g;
const site = process.env.TRUNK_STAGING_DIR;
if (!site) throw new Error("run by Trunk after a build; see Trunk.toml");

const read = (name) => readFile(join(site, name), "utf8");

/** Writes a small stylesheet; gives its address. */
async function writeStyle(name, source) {
  // A sheet nests its rules in the class of its feature; browsers that run this site may be older than nesting.
  const { code } = await transform(source, { loader: "css", minify: true, legalComments: "none", supported: { nesting: false } });
  await writeFile(join(site, name), code);
  return `${name}?build=${PLACEHOLDER}`;
}

/** Sheets that have gone into another. */
const joined = new Set();

/** Puts the sheets that the page links, in their order, into one: a request and a dictionary for all. */
async function joinStyles(stem, html) {
  const links = [...html.matchAll(STYLESHEET)];
  if (links.length === 0) throw new Error(`the page ${stem} links no stylesheet`);
  if (links.some(([, file]) => file === `${stem}.css`)) throw new Error(`style/${stem}.css has the name of a joined sheet`);
  const sheets = await Promise.all(links.map(([, file]) => read(file)));
  const address = await writeStyle(`${stem}.css`, sheets.join("\n"));
  links.forEach(([, file]) => joined.add(file));
  let isFirst = true;
  return html.replaceAll(STYLESHEET, () => {
    const link = isFirst ? `<link rel="stylesheet" href="./${address}">\n    ` : "";
    isFirst = false;
    return link;
  });
}

/** The pages of results and of words, in the styles of the page just joined and a few of their own. */
async function writeResults(shared, build) {
  const own = await writeStyle("results.css", await readFile(join(ROOT, "style/results.css"), "utf8"));
  const results = JSON.parse(await read("models/results.json"));
  const page = resultsPage({ results, cards: readCards(), notes: readNotes(), sheets: [shared, own] });
  await writeFile(join(site, "results.html"), page.replaceAll(PLACEHOLDER, build));
  await writeFile(join(site, "words.html"), wordsPage({ sheets: [shared, own] }).replaceAll(PLACEHOLDER, build));
}

/** The page "On this device", likewise. */
async function writeDevice(shared, build) {
  const sheets = [shared, ...["results.css", DEVICE_SHEET].map((it) => `${it}?build=${PLACEHOLDER}`)];
  const page = devicePage({ sheets, script: `device.js?build=${PLACEHOLDER}` });
  await writeFile(join(site, "device.html"), page.replaceAll(PLACEHOLDER, build));
}

/** The styles of the first page, out of sheets that it shares with others and its own. */
async function joinHomeStyles() {
  const sheets = await Promise.all(SHEETS.map((name) => readFile(join(ROOT, "style", `${name}.css`), "utf8")));
  await writeStyle(SHEET, sheets.join("\n"));
}

/** The styles of a figure in a frame, after those of the site; gives their address. */
async function writeFrameStyles() {
  const [tokens, frame] = await Promise.all(["tokens", "frame"].map((name) => readFile(join(ROOT, "style", `${name}.css`), "utf8")));
  return writeStyle("frame.css", themes(tokens) + frame);
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

/** What the engine tests itself by, before it stays on a graphics device. */
const SELF_TESTED = ["sasrec_ease", "encoder", "small_encoder"];

/** The list of models without golden answers that tests alone read: a kilobyte before the first list. */
async function shortenManifest() {
  const { golden, ...shipped } = JSON.parse(await read("models/manifest.json"));
  const kept = Object.fromEntries(Object.entries(golden).filter(([name]) => SELF_TESTED.includes(name)));
  await writeFile(join(site, "models/manifest.json"), JSON.stringify({ ...shipped, golden: kept }));
}

/** Puts `marks` in a page in place of what they stand for. */
async function writePage(file, html, marks) {
  for (const [mark, text] of Object.entries(marks)) {
    if (!html.includes(mark)) throw new Error(`${file} has no ${mark} to replace`);
    html = html.replaceAll(mark, () => text);
  }
  await writeFile(join(site, file), html);
}

if (site.startsWith(dirname(TALK) + "/talk")) process.exit(0); // this is the page that joins the site later
await shortenManifest();
await takeInTalk();
const language = await takeInLanguageModel();
await bundleScripts(site);
const html = await joinStyles("site", await read("explore.html"));
const talk = await joinStyles("talk_site", await read("talk.html"));
await Promise.all([...joined].map((file) => rm(join(site, file))));
await joinHomeStyles();
const frameSheet = await writeFrameStyles();
await writeStyle(DEVICE_SHEET, await readFile(join(ROOT, "style", DEVICE_SHEET), "utf8"));
const parts = ["frame.js", "figure_hub.js", "frame.css", "home.js", "lesson.js", "lesson_code.js", "learn.js", SHEET, "device.js", DEVICE_SHEET, "page_boot.js", "take_away.js", "engine_boot.js", "glassrec.js", "glassrec_bg.wasm", "talk.js", "talk_bg.wasm", "site.css", "talk_site.css"];
const name = hashOf(...(await Promise.all(parts.map((part) => readFile(join(site, part)))))).slice(0, 12);
const guard = await inlineScript(join(ROOT, "boot/guard.js"));
const marks = {
  [PLACEHOLDER]: name,
  "@RUNTIME@": runtimeBuild(site),
  "@GUARD@": guard.source,
  "<script data-guard></script>": `<script>${guard.script}</script>`,
  "@TOP@": siteTop("explore"),
  "@NOTICE@": (await readFile(join(ROOT, "boot/notice.html"), "utf8")).trim(),
};
await writePage("explore.html", html, marks);
await writePage("figure.html", figurePage(html, frameSheet), { ...marks, "@TOP@": "" });
await writePage("talk.html", talk, { ...marks, "@LANGUAGE@": language });
await writeResults(`site.css?build=${name}`, name);
await writeDevice(`site.css?build=${name}`, name);
const signpost = await inlineScript(join(ROOT, "boot/signpost.js"));
await writePage("404.html", await readFile(join(ROOT, "boot/404.html"), "utf8"), {
  "@SIGNPOST@": signpost.source,
  "<script data-signpost></script>": `<script>${signpost.script}</script>`,
});
await writeFile(join(site, "licences.txt"), licences());
await writeHome(site);
await writeOwnPost(site);
await writeOwnLessons(site);
await writeOffline(site);
