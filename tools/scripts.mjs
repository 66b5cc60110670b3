// The scripts of the site, each one small file with what it imports.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { build, transform } from 'esbuild';
import { ROOT } from './steps.mjs';

export const hashOf = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

/** Names ONNX Runtime's files, which change more seldom than the site. */
export function runtimeBuild(site) {
  const folder = join(site, 'ort');
  return hashOf(...readdirSync(folder).sort().map((name) => readFileSync(join(folder, name)))).slice(0, 12);
}

/** Of ort-web's own scripts one loads the runtime from its maker's servers, one reports the host to them. Neither is shipped: these are. */
const IN_PLACE_OF = {
  '_loader.js': 'export const initRuntime = () => Promise.resolve(true);',
  '_telemetry.js': 'export const trackSessionInit = () => true;',
};

const withoutTheirs = {
  name: 'without-theirs',
  setup({ onLoad }) {
    onLoad({ filter: /\/snippets\// }, ({ path }) => {
      const contents = IN_PLACE_OF[basename(path)];
      if (!path.includes('/ort-web-') || contents === undefined) throw new Error(`a package brings a script that nobody has read: ${path}`);
      return { contents };
    });
  },
};

const bundle = (from, to, options = {}) =>
  build({
    entryPoints: [from],
    outfile: to,
    allowOverwrite: true,
    bundle: true,
    minify: true,
    legalComments: 'none',
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
    metafile: true,
    ...options,
  });

/** What authors put on their pages. */
const EMBED = 'glassrec-figure.js';

/** Puts each script of `site` into one file; scripts that went into others are gone. */
export async function bundleScripts(site) {
  const define = { RUNTIME_BUILD: JSON.stringify(runtimeBuild(site)) };
  const own = ['page_boot.js', 'engine_boot.js', 'take_away.js', 'home.js', 'device.js', 'lesson.js', 'lesson_code.js', 'learn.js', 'frame.js', 'figure_hub.js'];
  const bundled = await Promise.all(own.map((name) => bundle(join(ROOT, 'public', name), join(site, name), { define })));
  // On other people's pages it is no module: those need a word of the server.
  await bundle(join(ROOT, 'public', EMBED), join(site, EMBED), { format: 'iife' });
  // wasm-bindgen's, with what packages bring.
  await Promise.all(['glassrec.js', 'talk.js'].map((name) => bundle(join(site, name), join(site, name), { plugins: [withoutTheirs] })));
  rmSync(join(site, 'snippets'), { recursive: true });
  const taken = bundled.flatMap(({ metafile }) => Object.keys(metafile.inputs)).map((path) => relative(join(ROOT, 'public'), resolve(path)));
  for (const name of new Set(taken)) {
    if (!own.includes(name) && !name.startsWith('..')) rmSync(join(site, name));
  }
}

/** The script that stands in the page itself, and its name in a policy. Old browsers have to read it, too. */
export async function inlineScript(file) {
  const { code } = await transform(readFileSync(file, 'utf8'), { minify: true, legalComments: 'none', target: 'es5' });
  const script = code.trim();
  return { script, source: `'sha256-${createHash('sha256').update(script).digest('base64')}'` };
}
