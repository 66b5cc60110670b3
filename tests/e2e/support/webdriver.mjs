// Firefox and WebKit, by the WebDriver that each brings: Firefox over its own line (Marionette), WebKit over HTTP.
// Both know the same commands; what tests need of them is here: selenium-webdriver wants geckodriver, a program more to fetch.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { which } from '../../../tools/steps.mjs';
import { atTheEnd } from './cleanup.mjs';

const PATIENCE_MILLIS = 60_000;
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const FIREFOX = ['firefox-esr', 'firefox'].map((name) => which(name)).find(Boolean);
const WEBKIT = which('WebKitWebDriver');

/** Why a browser's tests are skipped, or false. */
export const lacksFirefox = FIREFOX ? false : 'no Firefox here: make setup-browser';
export const lacksWebKit = WEBKIT && which('xvfb-run') ? false : 'no WebKit here: make setup-browser';

async function until(probe, what) {
  const end = Date.now() + PATIENCE_MILLIS;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts a program that ends with the test file, and whatever it started with it. */
function start(program, args, env = {}) {
  const child = spawn(program, args, { stdio: 'ignore', detached: true, env: { ...process.env, ...env } });
  atTheEnd(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode !== null) return;
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  });
}

/** What a page offers to a test, over `command(name, parameters)`. */
function pageOf(command) {
  const page = {
    open: (url) => command('Navigate', { url }),
    /** Runs `work(...args)` in the page. */
    evaluate: (work, ...args) => command('ExecuteScript', { script: `return (${work}).apply(null, arguments)`, args }),
    until: (work, ...args) => until(() => page.evaluate(work, ...args), String(work)),
    /** Waits for words anywhere on the page. */
    sees: (text) => page.until((wanted) => document.body && document.body.innerText.includes(wanted), text),
    async click(selector) {
      await page.until((it) => document.querySelector(it) !== null, selector);
      await command('ElementClick', { id: await find(selector) });
    },
    type: async (selector, text) => command('ElementSendKeys', { id: await find(selector), text }),
    /** Turns the wheel over an element. */
    wheel: async (selector, deltaY) =>
      command('PerformActions', {
        actions: [{ type: 'wheel', id: 'wheel', actions: [{ type: 'scroll', x: 0, y: 0, deltaX: 0, deltaY, duration: 0, origin: { [ELEMENT]: await find(selector) } }] }],
      }),
  };
  const find = async (selector) => Object.values(await command('FindElement', { using: 'css selector', value: selector }))[0];
  return page;
}

/** A Firefox with `preferences`, and its page. */
export async function launchFirefox(preferences = {}) {
  const port = await freePort();
  const profile = mkdtempSync(join(tmpdir(), 'glassrec-firefox-'));
  const all = { 'marionette.port': port, 'datareporting.policy.dataSubmissionEnabled': false, 'app.update.disabledForTesting': true, ...preferences };
  writeFileSync(join(profile, 'user.js'), Object.entries(all).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  atTheEnd(() => rmSync(profile, { recursive: true, force: true }));
  start(FIREFOX, ['--headless', '--no-remote', '--marionette', '--profile', profile]);

  const socket = await until(
    () =>
      new Promise((resolve) => {
        const line = connect(port, '127.0.0.1', () => resolve(line)).once('error', () => resolve(null));
      }),
    'Firefox to listen',
  );
  atTheEnd(() => socket.destroy());
  const waiting = new Map();
  let heard = Buffer.alloc(0);
  // Messages are "length:json"; the first says hello, answers are [1, id, error, result].
  socket.on('data', (piece) => {
    heard = Buffer.concat([heard, piece]);
    for (;;) {
      const colon = heard.indexOf(':');
      const length = Number(heard.subarray(0, colon));
      if (colon < 0 || heard.length < colon + 1 + length) return;
      const message = JSON.parse(heard.subarray(colon + 1, colon + 1 + length));
      heard = heard.subarray(colon + 1 + length);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message;
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error) reject(new Error(`${error.error}: ${error.message}`));
      else resolve(result?.value === undefined ? result : result.value);
    }
  });
  let lastId = 0;
  const command = (name, parameters) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      const message = JSON.stringify([0, lastId, `WebDriver:${name}`, parameters]);
      socket.write(`${Buffer.byteLength(message)}:${message}`);
    });
  await command('NewSession', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
  return pageOf(command);
}

/** WebDriver's commands over HTTP. */
const ROUTES = {
  Navigate: () => ['url'],
  ExecuteScript: () => ['execute/sync'],
  FindElement: () => ['element'],
  ElementClick: ({ id }) => [`element/${id}/click`],
  ElementSendKeys: ({ id }) => [`element/${id}/value`],
  PerformActions: () => ['actions'],
};

/** WebKit's MiniBrowser on a screen that nobody sees, and its page. */
export async function launchWebKit() {
  const port = await freePort();
  // Its sandbox needs what a container does not give.
  const env = { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1' };
  start(which('xvfb-run'), ['-a', WEBKIT, `--port=${port}`], env);
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  await until(() => ask('GET', 'status').catch(() => null), 'WebKit’s driver to listen');
  const browser = process.env.MINIBROWSER ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
  const { sessionId } = await ask('POST', 'session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } } },
  });
  atTheEnd(() => ask('DELETE', `session/${sessionId}`).catch(() => null));
  return pageOf((name, parameters) => ask('POST', `session/${sessionId}/${ROUTES[name](parameters)[0]}`, parameters));
}
