// The built site once more, as if something in it had changed: under another build's name, all else the same.

import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { writeOffline } from '../../../tools/offline_list.mjs';
import { atTheEnd } from './cleanup.mjs';
import { DIST } from './site.mjs';

const OFFLINE = ['offline.js', 'offline.json'];

/** A folder with that build, and its name. */
export async function nextBuild() {
  const dist = mkdtempSync(join(tmpdir(), 'glassrec-build-'));
  atTheEnd(() => rmSync(dist, { recursive: true }));
  const [, old] = /page_boot\.js\?build=([0-9a-f]+)/.exec(readFileSync(join(DIST, 'explore.html'), 'utf8'));
  const build = [...old].reverse().join('');
  for (const name of readdirSync(DIST)) {
    if (name.endsWith('.br') || OFFLINE.includes(name)) continue;
    const isNew = extname(name) === '.html' || name === 'page_boot.js';
    if (!isNew) symlinkSync(join(DIST, name), join(dist, name));
    else writeFileSync(join(dist, name), `${readFileSync(join(DIST, name), 'utf8').replaceAll(old, build)}${name.endsWith('.js') ? '//' : ''}`);
  }
  await writeOffline(dist);
  return { dist, build };
}
