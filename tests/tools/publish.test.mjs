// What is laid beside the built site for its host, and what the site may weigh.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { brotliCompressSync, gunzipSync } from 'node:zlib';
import { checkBudgets, sizes } from '../../tools/budget.mjs';
import { zipAll } from '../../tools/compress.mjs';
import { headersFile, writeHostFiles } from '../../tools/publish.mjs';
import { listen, site } from '../../tools/serve.mjs';

const dist = mkdtempSync(join(tmpdir(), 'glassrec-site-'));
const WORDS = 'a page of many words, '.repeat(200);
mkdirSync(join(dist, 'embed'));
for (const name of ['index.html', 'explore.html', 'figure.html', 'glassrec-figure.js', 'embed/why.svg', 'app.js']) writeFileSync(join(dist, name), `${name} ${WORDS}`);
writeHostFiles(dist);
after(() => rmSync(dist, { recursive: true }));

/** Headers by path, as a host reads them from the file. */
function read(file) {
  const blocks = file.trim().split('\n\n').map((block) => block.split('\n'));
  return (path) => Object.fromEntries(blocks.filter(([it]) => (it.endsWith('*') ? path.startsWith(it.slice(0, -1)) : path === it))
    .flatMap(([, ...lines]) => lines.map((line) => line.trim().split(': ')).map(([name, value]) => [name.toLowerCase(), value])));
}

test('the headers file says what the local server sends', async () => {
  const of = read(headersFile());
  const server = await listen(site({ dist }), 0);
  for (const path of ['/index.html', '/app.js', '/figure.html', '/glassrec-figure.js', '/embed/why.svg']) {
    const { headers } = await fetch(`http://localhost:${server.address().port}${path}`);
    const said = of(path);
    assert.ok(Object.keys(said).length >= 4, path);
    for (const [name, value] of Object.entries(said)) assert.equal(headers.get(name), value, `${name} of ${path}`);
    // Where nothing is said, a file is the site's alone on pages that ask for it.
    assert.equal(headers.get('cross-origin-resource-policy') === 'cross-origin', said['cross-origin-resource-policy'] === 'cross-origin', path);
  }
  server.close();
  assert.equal(readFileSync(join(dist, '_headers'), 'utf8'), headersFile());
  assert.equal(readFileSync(join(dist, '.nojekyll'), 'utf8'), '');
});

test('a copy in gzip lies beside each file, and holds the same', async () => {
  await zipAll(dist);
  assert.equal(gunzipSync(readFileSync(join(dist, 'app.js.gz'))).toString(), `app.js ${WORDS}`);
  // And is no page of its own.
  const server = await listen(site({ dist }), 0);
  assert.equal((await fetch(`http://localhost:${server.address().port}/app.js.gz`)).status, 404);
  server.close();
});

test('a group that grew past its budget fails the build, by name and number', async () => {
  const bytes = brotliCompressSync(readFileSync(join(dist, 'app.js'))).length;
  const budgets = [{ what: 'the program', files: ['app.js'], most: bytes - 1 }, { what: 'a picture', files: ['embed/*.svg'], each: 100_000 }];
  await assert.rejects(checkBudgets(dist, budgets), (fault) => fault.message.startsWith('the program: ') && fault.message.includes(' 1 more than') && !fault.message.includes('a picture'));
  assert.match(await checkBudgets(dist, [{ ...budgets[0], most: bytes + 10 }, budgets[1]]), /the program .*a picture/);
  assert.equal((await sizes(dist, budgets))[1].bytes, Buffer.byteLength(`embed/why.svg ${WORDS}`));
});

test('a budget for files that are not there is a fault, not a pass', async () => {
  await assert.rejects(checkBudgets(dist, [{ what: 'gone', files: ['embed/*.png'], each: 1 }]), /embed\/\*\.png/);
  await assert.rejects(checkBudgets(dist, [{ what: 'gone', files: ['gone.js'], most: 1 }]), /ENOENT/);
});
