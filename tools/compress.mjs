// Lays a brotli copy, and for publishing one in gzip, beside each file of dist/ that shrinks by it, so that the server has nothing to compress.
// Copies are kept in .tools/brotli under the hash of their content and the quality: what has not changed is not compressed again.

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { TOOLS } from './steps.mjs';

const COMPRESSIBLE = new Set(['.html', '.js', '.mjs', '.css', '.json', '.svg', '.wasm', '.onnx', '.table', '.vectors', '.scores', '.layout', '.txt']);
const compress = promisify(brotliCompress);
const zip = promisify(gzip);

// The best quality takes about 3 s a megabyte and is for what is published or measured; the light one a thirtieth of that,
// for a server on the same machine.
const BEST = 11;
const LIGHT = 5;

// Files that only some readers ever fetch, and such as hardly shrink, are not worth the best.
const LARGE_BYTES = 16e6;
const HARDLY = 0.9;

const CACHE = join(TOOLS, 'brotli');

async function compressed(content, isLight) {
  const at = (quality) =>
    compress(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    });
  const light = await at(LIGHT);
  return isLight || content.length > LARGE_BYTES || light.length > HARDLY * content.length ? light : at(BEST);
}

/** The copy of a file in the cache, which makes it where it is not there yet. */
async function copyOf(content, isLight) {
  mkdirSync(CACHE, { recursive: true });
  const kept = join(CACHE, `${createHash('sha256').update(content).digest('hex')}${isLight ? '.light' : ''}.br`);
  if (!existsSync(kept)) {
    writeFileSync(`${kept}.part`, await compressed(content, isLight));
    renameSync(`${kept}.part`, kept);
  }
  return kept;
}

/** The best copy, whatever the others are: what budgets are for. */
export const bestCopyOf = (content) => copyOf(content, false);

/** Runs `work` on every file below `folders` that shrinks, the largest first, on two cores. */
async function eachFile(folders, work) {
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)));
  const waiting = files
    .map((file) => ({ file, size: COMPRESSIBLE.has(extname(file)) ? statSync(file) : null }))
    .filter(({ size }) => size?.isFile())
    .sort((a, b) => a.size.size - b.size.size);
  const workers = Array.from({ length: 2 }, async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await work(next.file, readFileSync(next.file));
  });
  await Promise.all(workers);
}

/** Compresses what will be in the site as it is, while something else is done. */
export const compressAhead = (folders, { isLight }) => eachFile(folders, (_, content) => copyOf(content, isLight));

/** Lays copies in gzip beside all of `dist`, for hosts that send no others. */
export const zipAll = (dist) =>
  eachFile([dist], async (file, content) => {
    if (content.length > LARGE_BYTES) return;
    const zipped = await zip(content, { level: 9 });
    if (zipped.length < HARDLY * content.length) writeFileSync(`${file}.gz`, zipped);
  });

/** Lays the copy of one file beside it. */
export async function compressOne(file, { isLight }) {
  copyFileSync(await copyOf(readFileSync(file), isLight), `${file}.br`);
}

/** Compresses all of `dist`; returns how many files and how many bytes before and after. */
export async function compressAll(dist, { isLight }) {
  const total = { files: 0, bytes: 0, compressed: 0 };
  await eachFile([dist], async (file, content) => {
    const kept = await copyOf(content, isLight);
    copyFileSync(kept, `${file}.br`);
    total.files += 1;
    total.bytes += content.length;
    total.compressed += statSync(kept).size;
  });
  return total;
}
