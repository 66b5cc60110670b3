// The list of what can be kept for use without a network, and the worker that answers out of it. Made last, when all files
// of the site are as they will be served: offline.json for the page "On this device", and the same list within offline.js,
// so that a new build is, to a browser, a new worker.

import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { build } from 'esbuild';
import { PAGE_FIGURES } from './post_figures.mjs';
import { readCards } from './results_page.mjs';
import { hashOf } from './scripts.mjs';
import { ROOT } from './steps.mjs';

/** The model that pages start with, and the one whose scores several need. */
const FIRST = ['sasrec_ease', 'popularity'];
/** The runtime that every browser can run; those for graphics devices are as large as all else together. */
const RUNTIME = ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'].map((it) => `ort/${it}`);
/** What pages read of models/ before any model of the reader's choice. */
const ALWAYS = ['manifest.json', 'stored.json'].map((it) => `models/${it}`);
/** The element of figures. */
const ELEMENT = 'glassrec-figure.js';
/** Of no use without a network: the list and its worker themselves, and what is for other people's pages. */
const NEVER = ['offline.js', 'offline.json', ELEMENT, 'figures.json', 'preview.jpg', '404.html', '_headers', '.nojekyll'];
const STAMPED = /\.(js|css|wasm|mjs)$/;

/** Every file of the site itself: no folder but the runtime's is a page's own. */
const ownFiles = (site) => readdirSync(site).filter((name) => statSync(join(site, name)).isFile() && !/\.(br|gz)$/.test(name) && !NEVER.includes(name));

/** The files of a family and of those it is made of. */
function filesOfFamily({ families }, name) {
  const { files, members = [] } = families[name];
  return [files, ...members.map(({ family }) => families[family].files)].flatMap((it) => Object.values(it));
}

const filesOfEncoder = ({ files: { wasm, tokenizer, folds, vectors } }) => [wasm, tokenizer, folds, vectors];

/** Pages in a folder of their own, each a group. */
const FOLDERS = [
  { id: 'lessons', title: 'Ten lessons', folder: 'learn', about: 'Their pages and pictures, and every model that one of them runs.' },
  { id: 'post', title: 'The post', folder: 'post', about: 'The walk through generative recommenders, its pictures, and the models of its figures.' },
];

/** What the pages of a folder name: their own files, with the stamps of their addresses, pictures, and families of figures. */
export function namedIn(folder, names, html) {
  const own = names.map((name) => ({ path: `${folder}/${name}`, search: new RegExp(`"${name.replace('.', '\\.')}(\\?build=[0-9a-f]+)"`).exec(html)?.[1] }));
  const pictures = new Set([...html.matchAll(/"\.\.\/(embed\/[^"]+)"/g)].map(([, it]) => it));
  const elements = [...html.matchAll(/<glassrec-figure figure="([\w-]+)"(?: family="(\w+)")?/g)];
  const families = new Set(elements.map(([, figure, family]) => family ?? PAGE_FIGURES[figure]?.family).filter(Boolean));
  return { own, pictures: [...pictures], families: [...families] };
}

/** What a reader may choose, by group; `describe` reads a file of the site: its path, bytes and checksum. */
export function groupsOf({ manifest, cards, own, folders = [], describe }) {
  const { catalogue, map, dialogue } = manifest;
  const ofModels = (records) => [...new Map(records.filter(Boolean).map((it) => [it.path, it])).keys()].map((path) => describe(`models/${path}`));
  const shared = [catalogue.file, catalogue.details, ...Object.values(map?.files ?? {}), ...Object.values(dialogue?.files ?? {}), ...FIRST.flatMap((it) => filesOfFamily(manifest, it))];
  const pages = { id: 'pages', title: 'Pages and program', about: 'All pages, the program, the films, and the model that Explore starts with.', files: [...own, ...RUNTIME, ...ALWAYS].map((it) => describe(it)).concat(ofModels(shared)) };
  const families = Object.keys(manifest.families).filter((name) => !FIRST.includes(name));
  const models = families.map((name) => ({ id: name, title: cards[name]?.title ?? name, about: '', files: ofModels(filesOfFamily(manifest, name)) }));
  models.sort((a, b) => a.title.localeCompare(b.title, 'en'));
  const read = folders.map(({ id, title, about, own: pages, pictures, families: named }) => {
    const graphs = named.flatMap((name) => filesOfFamily(manifest, name));
    return { id, title, about, files: [...pages.map(({ path, search }) => describe(path, search)), ...[ELEMENT, ...pictures].map((it) => describe(it))].concat(ofModels(graphs)) };
  });
  const encoders = [['encoder', 'Search by meaning'], ['small_encoder', 'Search by meaning, small']].filter(([id]) => manifest[id]);
  return [pages, ...read, ...models, ...encoders.map(([id, title]) => ({ id, title, about: 'Turns your words into numbers and finds films like them.', files: ofModels(filesOfEncoder(manifest[id])) }))];
}

/** Writes the list and its worker into `site`. */
export async function writeOffline(site) {
  const buildOf = (html, pattern) => pattern.exec(html)?.[1];
  const explore = readFileSync(join(site, 'explore.html'), 'utf8');
  const names = { build: buildOf(explore, /page_boot\.js\?build=([0-9a-f]+)/), runtime: buildOf(explore, /ort\.wasm\.min\.mjs\?build=([0-9a-f]+)/) };
  if (!names.build || !names.runtime) throw new Error('explore.html does not name its build and its runtime where offline_list.mjs looks for them');
  const describe = (path, search) => {
    const bytes = readFileSync(join(site, ...path.split('/')));
    const stamp = search ? { search } : STAMPED.test(path) && path !== ELEMENT ? { search: `?build=${path.startsWith('ort/') ? names.runtime : names.build}` } : {};
    return { path: path.split(sep).join('/'), ...stamp, bytes: bytes.length, sha256: hashOf(bytes) };
  };
  // Of the last time, where the site is finished once more.
  for (const name of NEVER.slice(0, 2)) rmSync(join(site, name), { force: true });
  const manifest = JSON.parse(readFileSync(join(site, 'models/manifest.json'), 'utf8'));
  const folders = FOLDERS.map(({ folder, ...about }) => {
    const files = readdirSync(join(site, folder)).filter((it) => /\.(html|css)$/.test(it));
    const html = files.filter((it) => it.endsWith('.html')).map((it) => readFileSync(join(site, folder, it), 'utf8')).join('');
    return { ...about, ...namedIn(folder, files, html) };
  });
  const list = { ...names, groups: groupsOf({ manifest, cards: readCards(), own: ownFiles(site), folders, describe }) };
  writeFileSync(join(site, 'offline.json'), JSON.stringify(list));
  await build({
    entryPoints: [join(ROOT, 'public/offline.js')],
    outfile: join(site, 'offline.js'),
    bundle: true,
    minify: true,
    legalComments: 'none',
    // A script and no module: not every browser runs a worker of this kind as one.
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
    define: { OFFLINE_LIST: JSON.stringify(list) },
  });
}
