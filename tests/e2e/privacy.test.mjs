// The site asks its own origin only, tested where a beacon would speak: on a host name that is not localhost and with
// no web driver to be seen. Once with the page's policy, which may not have to refuse anything, and once without it,
// so that nothing but the code itself keeps requests at home.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SOFTWARE_WEBGPU, asAVisitor, launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

/**
 * Every address that a page or worker asked for, by the log of the browser's own network process: scripts, fetches,
 * beacons and all. What the browser asks for itself, its updates and accounts, has no origin as its initiator.
 */
function urlsIn(netLog) {
  // One event a line, its keys in the order of the alphabet.
  const asked = /"initiator":"https?:[^"]*".*?"url":"([^"]+)"/;
  const urls = readFileSync(netLog, 'utf8').split('\n').map((line) => asked.exec(line)?.[1]);
  return [...new Set(urls.filter(Boolean))];
}

async function visit({ policy, flags = [], use }) {
  const folder = mkdtempSync(join(tmpdir(), 'glassrec-netlog-'));
  const netLog = join(folder, 'net.json');
  const site = await startSite({ policy });
  const origin = new URL(site.at('demo.test')).origin;
  const browser = await launch([...asAVisitor(origin), `--log-net-log=${netLog}`, ...flags]);
  const page = await browser.newPage();
  const complaints = watch(page);
  const reader = await openPage(page, { ...site, url: site.at('demo.test') });
  assert.equal(await page.evaluate(() => navigator.webdriver), false, 'the web driver has to be out of sight');
  await use(reader);
  await browser.close();
  const urls = urlsIn(netLog);
  rmSync(folder, { recursive: true });
  return { foreign: urls.filter((url) => new URL(url).origin !== origin), own: urls.length, complaints };
}

async function pickAndSearch(reader) {
  await reader.pick('Alien');
  await reader.pick('Blade Runner');
  await reader.waitForRecommendations();
  await reader.search('slow space horror with a female lead');
  await reader.waitForFound();
}

test('with its policy the page asks its own origin only and the policy refuses nothing', async () => {
  const { foreign, own, complaints } = await visit({ policy: true, use: pickAndSearch });
  assert.ok(own > 5, 'the log has to show the site loading');
  assert.deepEqual(foreign, []);
  assert.deepEqual(complaints, []);
});

test('without any policy the code still asks its own origin only', async () => {
  const { foreign, own } = await visit({ policy: false, use: pickAndSearch });
  assert.ok(own > 5);
  assert.deepEqual(foreign, []);
});

test('on WebGPU the page asks its own origin only', async () => {
  const use = async (reader) => {
    await reader.pick('Alien');
    await reader.waitForRecommendations();
    await reader.useWebGpu();
    // Its glue builds functions of text where a policy lets it.
    assert.deepEqual(await (await reader.engine()).evaluate(() => globalThis.glassrecRefused), []);
  };
  const { foreign, complaints } = await visit({ policy: true, flags: SOFTWARE_WEBGPU, use });
  assert.deepEqual(foreign, []);
  assert.deepEqual(complaints, []);
});

test('the log of requests would show a foreign one', async () => {
  const { foreign } = await visit({
    policy: false,
    use: (reader) => reader.page.evaluate(() => fetch('http://elsewhere.test/').catch(() => null)),
  });
  assert.deepEqual(foreign, ['http://elsewhere.test/']);
});
