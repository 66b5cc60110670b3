// licences.txt of the site: NOTICE.md, and the licence of everything that is in the built programs. MIT and its like ask
// for that where only a program is passed on.

import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Advice, ROOT, output } from './steps.mjs';

const read = (...path) => readFileSync(join(ROOT, ...path), 'utf8').trim();

/** The words of the MIT licence, for packages that name it and bring no file. */
const mitOf = (holders) => read('LICENSE-MIT').replace(/^Copyright.*$/m, `Copyright (c) ${holders}`);

/** What runs in the browser: the packages that the program is linked with. Macros run in the compiler and stay there. */
function linkedPackages() {
  const told = output('cargo', ['metadata', '--format-version', '1', '--locked', '--offline', '--filter-platform', 'wasm32-unknown-unknown']);
  if (told === null) throw new Advice('cargo metadata failed: run "cargo fetch --locked" and try again');
  const { packages, resolve } = JSON.parse(told);
  const byId = new Map(packages.map((it) => [it.id, it]));
  const nodes = new Map(resolve.nodes.map((it) => [it.id, it]));
  const isMacro = (id) => byId.get(id).targets.some(({ kind }) => kind.includes('proc-macro'));
  const linked = new Set();
  const waiting = [resolve.root];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (linked.has(id) || isMacro(id)) continue;
    linked.add(id);
    waiting.push(...nodes.get(id).deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind === null)).map(({ pkg }) => pkg));
  }
  linked.delete(resolve.root);
  return [...linked].map((id) => byId.get(id)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The licence in a package's folder, MIT where there is a choice; beside it those that hold as well ("MIT AND BSD-3-Clause"). */
export function licenceIn(folder, named = '') {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|unlicense)/i.test(name)).sort();
  const chosen = files.find((name) => /mit/i.test(name)) ?? files[0];
  const further = / AND /.test(named) ? files.filter((name) => name !== chosen && !/apache/i.test(name)) : [];
  const texts = [chosen, ...further].filter(Boolean).map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return texts.join('\n\n');
}

function licenceOf({ name, license, authors, manifest_path: manifest }) {
  const text = licenceIn(dirname(manifest), license);
  if (text) return text;
  if (!/MIT/.test(license ?? '')) throw new Error(`${name} is under ${license} and brings no text of it`);
  return mitOf(authors.join(', ').replace(/ <[^>]*>/g, '') || `the authors of ${name}`);
}

/** All of licences.txt. */
export function licences() {
  const packages = linkedPackages();
  const named = new Map();
  for (const it of packages) {
    const text = licenceOf(it);
    named.set(text, [...(named.get(text) ?? []), `${it.name} ${it.version}`]);
  }
  const runtime = JSON.parse(read('node_modules/onnxruntime-web/package.json'));
  const code = JSON.parse(read('node_modules/qrcode-generator/package.json'));
  const chapters = [
    ['Glassrec, and what it was made of', read('NOTICE.md')],
    ['Glassrec: MIT', read('LICENSE-MIT')],
    ['Glassrec: Apache-2.0. The text encoders come under it, too', read('LICENSE-APACHE')],
    [`ONNX Runtime Web ${runtime.version}`, mitOf('Microsoft Corporation')],
    [`qrcode-generator ${code.version}`, mitOf(code.author)],
    ...[...named].map(([text, names]) => [names.join(', '), text]),
  ];
  return chapters.map(([title, text]) => `${'='.repeat(78)}\n${title}\n${'='.repeat(78)}\n\n${text}\n`).join('\n');
}
