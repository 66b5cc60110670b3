// Browsers as the tests need them: the same Chromium, with one thing changed at a time.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browser as browserProgram } from '../../../tools/browser.mjs';
import { atTheEnd } from './cleanup.mjs';

const JS_FLAGS = '--js-flags=';

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Optimised code comes a little later than at a reader's: most tests leave a page before it would pay, and half of
  // the processor's time went into making it.
  `${JS_FLAGS}--wasm-tiering-budget=50000000`,
];

/** Chromium's software adapter: slow, but it runs every shader. */
export const SOFTWARE_WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];

/** V8 compiles no SIMD for a processor without SSE 4.1, and `WebAssembly.validate` says so: an old computer. */
export const NO_SIMD = [`${JS_FLAGS}--no-enable-sse4-1`];

/** A host name that is not localhost, a secure context all the same, and no sign that a driver is at work. */
export const asAVisitor = (origin) => [
  `--host-resolver-rules=MAP ${new URL(origin).hostname} 127.0.0.1`,
  `--unsafely-treat-insecure-origin-as-secure=${origin}`,
  '--disable-blink-features=AutomationControlled',
];

/** Starts a browser that closes when the test file is done. */
export async function launch(flags = []) {
  // Of two the browser would hear the last alone.
  const isOfScript = (flag) => flag.startsWith(JS_FLAGS);
  const kept = flags.some(isOfScript) ? FLAGS.filter((flag) => !isOfScript(flag)) : FLAGS;
  const browser = await chromium.launch({ executablePath: browserProgram(), args: [...kept, ...flags] });
  atTheEnd(() => browser.close());
  return browser;
}

/** A browser as it ships: the driver's own arguments switch off what parts the storage of sites by the page around them. */
export async function launchAsShipped() {
  const profile = mkdtempSync(join(tmpdir(), 'glassrec-profile-'));
  const browser = await chromium.launch({
    executablePath: browserProgram(),
    ignoreDefaultArgs: true,
    args: ['--headless', '--remote-debugging-pipe', `--user-data-dir=${profile}`, ...FLAGS],
  });
  atTheEnd(async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  });
  return browser;
}

/** A browser whose reader has forbidden sites to store anything: the setting itself, not a mock of it. */
export async function launchWithoutStorage() {
  const profile = mkdtempSync(join(tmpdir(), 'glassrec-profile-'));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
  );
  const context = await chromium.launchPersistentContext(profile, { executablePath: browserProgram(), args: FLAGS });
  atTheEnd(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  });
  return context;
}

/** Collects what a page reports as wrong: console errors, uncaught exceptions, refused policies. */
export function watch(page) {
  const complaints = [];
  page.on('console', (message) => {
    // ONNX Runtime prints its warnings as errors; on WebGPU it warns that shapes are computed on the processor.
    if (message.type() === 'error' && !message.text().includes('[W:onnxruntime')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
