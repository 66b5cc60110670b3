// Finds the browser that tests run in, and its driver. `node tools/browser.mjs driver` prints a path.

import { existsSync } from 'node:fs';
import { which } from './steps.mjs';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const APPS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** The browser's program, or null: the variable CHROME, else the first on PATH. */
export function browser() {
  if (process.env.CHROME) return process.env.CHROME;
  return BROWSERS.map((name) => which(name)).find(Boolean) ?? APPS.find((file) => existsSync(file)) ?? null;
}

/** chromedriver's program, or null: the variable CHROMEDRIVER, else the first on PATH. */
export function driver() {
  return process.env.CHROMEDRIVER ?? which('chromedriver') ?? ['/usr/lib/chromium/chromedriver'].find((file) => existsSync(file)) ?? null;
}

if (process.argv[1]?.endsWith('browser.mjs')) {
  console.log((process.argv[2] === 'driver' ? driver() : browser()) ?? '');
}
