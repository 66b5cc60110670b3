// How many bytes a reader may have to fetch, in brotli: the build fails where a group of files has grown past its budget.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bestCopyOf } from './compress.mjs';
import { Advice, ROOT } from './steps.mjs';

const BUDGETS = join(ROOT, 'tools/budgets.json');

/** The files of `dist` that a budget is for: paths, of which the last part may have one star. */
function filesOf(dist, paths) {
  return paths.flatMap((path) => {
    const [, folder, before, after] = /^(.*\/)?([^*]*)\*?(.*)$/.exec(path);
    if (!path.includes('*')) return [path];
    const found = readdirSync(join(dist, folder ?? '')).filter((it) => it.startsWith(before) && it.endsWith(after) && !/\.(br|gz)$/.test(it));
    if (found.length === 0) throw new Advice(`tools/budgets.json speaks of ${path}, and the site has no such file`);
    return found.map((it) => `${folder ?? ''}${it}`);
  });
}

/** What each group has and may have. `each` is a budget for every file by itself, in its own bytes. */
export async function sizes(dist, budgets = JSON.parse(readFileSync(BUDGETS, 'utf8'))) {
  const groups = [];
  for (const { what, files, most, each } of budgets) {
    const paths = filesOf(dist, files);
    if (each) {
      const largest = Math.max(...paths.map((it) => statSync(join(dist, it)).size));
      groups.push({ what, bytes: largest, most: each });
      continue;
    }
    let bytes = 0;
    for (const path of paths) bytes += statSync(await bestCopyOf(readFileSync(join(dist, path)))).size;
    groups.push({ what, bytes, most });
  }
  return groups;
}

/** Fails with the groups that are too large. */
export async function checkBudgets(dist, budgets) {
  const groups = await sizes(dist, budgets);
  const grown = groups.filter(({ bytes, most }) => bytes > most);
  if (grown.length > 0) {
    const said = grown.map(({ what, bytes, most }) => `${what}: ${bytes} bytes, ${bytes - most} more than the ${most} it may have`);
    throw new Advice(`${said.join('\n')}\nMake it smaller, or raise its number in tools/budgets.json and say why in the commit.`);
  }
  return groups.map(({ what, bytes }) => `${what} ${(bytes / 1e3).toFixed(1)} kB`).join(', ');
}
