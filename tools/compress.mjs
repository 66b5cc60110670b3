// Lays a brotli copy beside each file of dist/ that shrinks by it, so that the server has nothing to compress.
// Copies are kept in .tools/brotli under the hash of their content: what has not changed is not compressed again.

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { TOOLS } from './steps.mjs';

const COMPRESSIBLE = new Set(['.html', '.js', '.mjs', '.css', '.json', '.svg', '.wasm', '.onnx', '.table', '.vectors', '.scores', '.layout', '.txt']);
const compress = promisify(brotliCompress);

// Quality 11 takes about 3 s a megabyte. Files that only some readers ever fetch are not worth that.
const qualityFor = (bytes) => (bytes <= 16e6 ? 11 : 5);

/** Compresses all of `dist`; returns how many files and how many bytes before and after. */
export async function compressAll(dist) {
  const cache = join(TOOLS, 'brotli');
  mkdirSync(cache, { recursive: true });
  const waiting = readdirSync(dist, { recursive: true })
    .map((name) => join(dist, name))
    .filter((file) => COMPRESSIBLE.has(extname(file)) && statSync(file).isFile());
  const total = { files: 0, bytes: 0, compressed: 0 };
  const workers = Array.from({ length: 2 }, async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      const content = readFileSync(file);
      const quality = qualityFor(content.length);
      const kept = join(cache, `${createHash('sha256').update(content).digest('hex')}-${quality}.br`);
      if (!existsSync(kept)) {
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: quality,
          [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        };
        writeFileSync(`${kept}.part`, await compress(content, { params }));
        renameSync(`${kept}.part`, kept);
      }
      copyFileSync(kept, `${file}.br`);
      total.files += 1;
      total.bytes += content.length;
      total.compressed += statSync(kept).size;
    }
  });
  await Promise.all(workers);
  return total;
}
