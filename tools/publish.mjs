// What the built site carries for the host it is put on: a file that keeps GitHub from running Jekyll over it, and headers
// in the form that Netlify and Cloudflare Pages read. The site needs neither: it runs from any static host.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOR_ANY_PAGE, ISOLATION, SAFETY } from './serve.mjs';

const block = (path, headers) => [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n');

/** Headers by path. The pages' policies are not among them: each page carries its own. */
export const headersFile = () =>
  `${[block('/*', { ...SAFETY, ...ISOLATION }), ...FOR_ANY_PAGE.map((path) => block(path, { 'Cross-Origin-Resource-Policy': 'cross-origin' }))].join('\n\n')}\n`;

export function writeHostFiles(dist) {
  writeFileSync(join(dist, '.nojekyll'), '');
  writeFileSync(join(dist, '_headers'), headersFile());
}
