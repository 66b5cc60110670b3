// Trunk's post-build step: gives the build a name made of the engine's files and writes it into index.html.
// Trunk hashes the page's files itself, but not the worker's.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const PLACEHOLDER = "@BUILD@";
const site = process.env.TRUNK_STAGING_DIR;
if (!site) throw new Error("run by Trunk after a build; see Trunk.toml");

const hash = createHash("sha256");
for (const file of ["engine_boot.js", "engine.js", "engine_bg.wasm"]) {
  hash.update(await readFile(join(site, file)));
}
const name = hash.digest("hex").slice(0, 12);

const page = join(site, "index.html");
const html = await readFile(page, "utf8");
if (!html.includes(PLACEHOLDER)) throw new Error(`index.html has no ${PLACEHOLDER} to replace`);
await writeFile(page, html.replaceAll(PLACEHOLDER, name));
