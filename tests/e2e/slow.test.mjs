// A slow line, and one that falls silent: what is here answers while the rest arrives, a download ends by silence and
// never by length, and goes on where it was.

import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { manifest, movieIdOf } from './support/artifacts.mjs';
import { launch } from './support/launch.mjs';
import { openPage, until } from './support/page.mjs';
import { DIST, startSite } from './support/site.mjs';

const SLOW = 25_000;
const RUNTIME = '/ort/ort-wasm-simd-threaded.wasm';
const PROGRAM = '/glassrec_bg.wasm';
const SASREC = `/${manifest.families.sasrec_ease.files.graph.path}`;
const GRU4REC = `/${manifest.families.gru4rec.files.graph.path}`;
const EASE = `/${manifest.families.ease.files.table.path}`;
/** The one that a page begins with. */
const ENCODER = `/${manifest.small_encoder.files.wasm.path}`;

const HISTORY = ['Alien', 'Blade Runner', 'The Matrix'];
const IDS = [movieIdOf('Alien', 1979), movieIdOf('Blade Runner', 1982), movieIdOf('The Matrix', 1999)];
const LINK = `#v2&h=${IDS.join('.')}&f=sasrec_ease`;

let browser;
before(async () => (browser = await launch()));

/** A fresh visit, with nothing in the cache, as in a private window. */
async function visit(host, { link = LINK } = {}) {
  const page = await (await browser.newContext()).newPage();
  return openPage(page, host, { link, isAwaited: false });
}

const asked = (host, path) => host.requests.filter((it) => it.path.endsWith(path));
const isOnItsWay = (host, path) => asked(host, path).some((it) => it.status === undefined);
const waitUntilAsked = (host, path) => until(() => isOnItsWay(host, path), `a request for ${path}`);
const stopped = (reader) => reader.page.getByText(/the engine stopped/i).count();

describe('what is loaded answers while the rest arrives', () => {
  test('a pick, while the encoder comes at 25 kB/s', async () => {
    const host = await startSite();
    const reader = await visit(host);
    await reader.waitForRecommendations();
    host.slowDown(SLOW);
    await reader.search('slow space horror');
    await waitUntilAsked(host, ENCODER);
    await reader.pick('Heat');
    await reader.waitForRecommendations();
    await reader.waitForExplanation();
    assert.ok(isOnItsWay(host, ENCODER), 'the list came before the encoder');
    assert.equal(await stopped(reader), 0);
  });

  test('a family, while another one comes; and two who want one file share a download', async () => {
    const host = await startSite();
    const reader = await visit(host);
    await reader.waitForRecommendations();
    host.slowDown(SLOW);
    await reader.chooseFamily('gru4rec');
    await waitUntilAsked(host, GRU4REC);
    await reader.pick('Heat');
    await reader.chooseFamily('sasrec_ease');
    await reader.waitForFamily('sasrec_ease');
    await reader.seesText(/^SASRec with EASE's links on /);
    await reader.waitForRecommendations();
    assert.ok(isOnItsWay(host, GRU4REC), 'SASRec answered before GRU4Rec came');
    assert.equal(asked(host, GRU4REC).length, 1);
  });
});

describe('a download that falls silent', () => {
  for (const ranges of [true, false]) {
    test(`the runtime is taken up again, from a host that ${ranges ? 'sends ranges' : 'ignores them'}`, async () => {
      const host = await startSite({ ranges });
      host.faults.set(RUNTIME, { kind: 'hung', times: 1 });
      const reader = await visit(host);
      await reader.waitForRecommendations();
      assert.equal(asked(host, RUNTIME).length, 2);
      assert.ok(Number(/^bytes=(\d+)-$/.exec(asked(host, RUNTIME)[1].range)[1]) > 1e6, 'the rest was asked for, not the whole again');
      assert.equal(await stopped(reader), 0);
    });
  }

  test('one that stays silent is named, and a restart goes on where it was', async () => {
    const host = await startSite();
    host.faults.set(RUNTIME, { kind: 'hung' });
    const reader = await visit(host);
    await reader.seesAlert(/did not arrive; check the connection and try again: ort\/ort-wasm-simd-threaded\.wasm/);
    const n = asked(host, RUNTIME).length;
    host.faults.clear();
    await reader.restartEngine();
    await reader.waitForRecommendations();
    assert.deepEqual(await reader.history(), HISTORY);
    const again = asked(host, RUNTIME).slice(n);
    assert.equal(again.length, 1);
    assert.ok(Number(/^bytes=(\d+)-$/.exec(again[0].range)[1]) > 1e6, `asked for ${again[0].range}`);
  });

  test('a model that stays silent is named once, after the limit and not after four more', async () => {
    const host = await startSite();
    const reader = await visit(host);
    await reader.waitForRecommendations();
    host.faults.set(EASE, { kind: 'hung' });
    await reader.chooseFamily('ease');
    await reader.seesAlert(/EASE.* is not available\. A file did not arrive; .*ease/);
    // Half of it, half of the rest, and nothing that a third could hope for.
    assert.ok(asked(host, EASE).length <= 4, `${asked(host, EASE).length} connections`);
  });
});

test('a runtime that comes for longer than an engine may take to start starts it, and tells how far it is', async () => {
  const host = await startSite();
  const file = join(DIST, RUNTIME);
  const { size } = statSync(existsSync(`${file}.br`) ? `${file}.br` : file);
  host.slowDown(size / 70, RUNTIME);
  const reader = await visit(host);
  await reader.seesText(/ort-wasm-simd-threaded\.wasm/);
  await reader.seesText(/^SASRec with EASE's links on /, { timeout: 150_000 });
  await reader.waitForRecommendations();
  assert.equal(asked(host, RUNTIME).length, 1);
  assert.equal(await stopped(reader), 0);
});

test('on a host that says nothing of its files nothing large is fetched twice', async () => {
  const host = await startSite({ validators: false });
  const reader = await visit(host);
  await reader.waitForRecommendations();
  for (const path of [RUNTIME, PROGRAM, SASREC, '/models/manifest.json', `/${manifest.catalogue.file.path}`]) {
    assert.equal(asked(host, path).length, 1, path);
  }
});
