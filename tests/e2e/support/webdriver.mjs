// Firefox and WebKit, by the WebDriver that each brings: Firefox over its own line (Marionette), WebKit over HTTP.
// Both know the same commands; what tests need of them is here: selenium-webdriver wants geckodriver, a program more to fetch.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { which } from '../../../tools/steps.mjs';
import { atTheEnd } from './cleanup.mjs';

// Beside other work of the machine these browsers get little of it: a minute has been too short for an engine to start.
const PATIENCE_MILLIS = 120_000;
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

/** A folder that is gone when the test file is done. */
function folder(name) {
  const path = mkdtempSync(join(tmpdir(), `glassrec-${name}-`));
  atTheEnd(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Starts a program that ends with the test file, and whatever it started with it; `print` is the file that it prints to. */
function start(program, args, { env = {}, print }) {
  const output = print ? openSync(print, 'a') : 'ignore';
  const child = spawn(program, args, { stdio: ['ignore', output, output], detached: true, env: { ...process.env, ...env } });
  atTheEnd(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode !== null) return;
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  });
}

/** Where the page keeps what it reports as wrong: Firefox forgets the variables of a script with the script. */
const COMPLAINTS = 'data-complaints';

/** From here on the page keeps it: console errors, uncaught exceptions, refused policies. Runs in the page. */
function listen(name) {
  const page = document.documentElement;
  const tell = (words) => page.setAttribute(name, JSON.stringify([...JSON.parse(page.getAttribute(name) ?? '[]'), words]));
  const { error } = console;
  console.error = (...words) => {
    tell(words.join(' '));
    error.apply(console, words);
  };
  addEventListener('error', (event) => tell(event.message ?? `${event.target.tagName} did not load`), true);
  addEventListener('unhandledrejection', ({ reason }) => tell(String(reason)));
  addEventListener('securitypolicyviolation', (event) => tell(`${event.violatedDirective} refused ${event.blockedURI}`));
}

/** What it kept, which it then forgets. Runs in the page. */
function heard(name) {
  const told = document.documentElement.getAttribute(name);
  document.documentElement.removeAttribute(name);
  return JSON.parse(told ?? '[]');
}

/**
 * What a page offers to a test, over `command(name, parameters)`. `downloads` is the folder for what is saved, `printed`
 * gives what the browser itself has printed of errors so far, which also has those of workers and of the first moments.
 */
function pageOf(command, { downloads, printed = () => [] }) {
  const told = [];
  let nPrinted = 0;
  const hear = async () => told.push(...(await page.evaluate(heard, COMPLAINTS)));
  const page = {
    /** Opens a document of its own, also where nothing but the fragment differs from the one that is open. */
    async open(url) {
      await hear();
      await command('Navigate', { url: 'about:blank' });
      await command('Navigate', { url });
      await page.evaluate(listen, COMPLAINTS);
    },
    async reload() {
      await hear();
      await command('Refresh', {});
      await page.evaluate(listen, COMPLAINTS);
    },
    back: () => command('Back', {}),
    /** What was reported as wrong since this was last asked, or since the start. */
    async complaints() {
      await hear();
      const all = printed();
      const news = all.slice(nPrinted);
      nPrinted = all.length;
      return [...told.splice(0), ...news];
    },
    /** The bytes of a file that the page saves under `name`, once all of them are there. */
    async saved(name) {
      const path = join(downloads, name);
      const isWhole = () => existsSync(path) && !existsSync(`${path}.part`) && readFileSync(path).length > 0;
      await until(isWhole, `${name} to be saved`);
      return readFileSync(path);
    },
    /** Runs `work(...args)` in the page. */
    evaluate: (work, ...args) => command('ExecuteScript', { script: `return (${work}).apply(null, arguments)`, args }),
    /** Waits until `work(...args)` gives something true in the page; an error says what stands there in its place. */
    until: (work, ...args) =>
      until(() => page.evaluate(work, ...args), String(work)).catch(async (error) => {
        const [href, words] = await page.evaluate(() => [location.href, document.body?.innerText.slice(0, 600)]);
        throw new Error(`${error.message}; ${href} says: ${words}`);
      }),
    /** Waits for words anywhere on the page. */
    sees: (text) => page.until((wanted) => document.body && document.body.innerText.includes(wanted), text),
    click: async (selector) => clickAtRest(await awaited(selector)),
    /** Clicks the button that is called `name`. */
    async press(name) {
      const path = `//button[normalize-space(.)='${name}']`;
      await page.until((it) => document.evaluate(it, document, null, XPathResult.BOOLEAN_TYPE).booleanValue, `boolean(${path})`);
      await clickAtRest(idOf(await command('FindElement', { using: 'xpath', value: path })));
    },
    type: async (selector, text) => command('ElementSendKeys', { id: await awaited(selector), text }),
    /** Turns the wheel over an element. */
    wheel: async (selector, deltaY) =>
      command('PerformActions', {
        actions: [{ type: 'wheel', id: 'wheel', actions: [{ type: 'scroll', x: 0, y: 0, deltaX: 0, deltaY, duration: 0, origin: { [ELEMENT]: await awaited(selector) } }] }],
      }),
  };
  const idOf = (element) => Object.values(element)[0];
  const awaited = async (selector) => {
    await page.until((it) => document.querySelector(it) !== null, selector);
    return idOf(await command('FindElement', { using: 'css selector', value: selector }));
  };
  /** A click falls on the place where its element was when the driver looked: on one that moves, beside it. */
  const clickAtRest = async (id) => {
    let before;
    const isAtRest = async () => {
      const last = before;
      before = await page.evaluate((it) => Object.values(it.getBoundingClientRect().toJSON()).join(), { [ELEMENT]: id });
      return before === last;
    };
    await until(isAtRest, 'what is clicked to be at rest');
    await command('ElementClick', { id });
  };
  return page;
}

/** A Firefox with `preferences`, and its page; `isDarkAndStill` for a reader who asked for dark colours and little motion. */
export async function launchFirefox({ preferences = {}, isDarkAndStill = false } = {}) {
  const port = await freePort();
  const [profile, downloads] = [folder('firefox'), folder('downloads')];
  const print = join(profile, 'printed');
  const all = {
    'marionette.port': port,
    'datareporting.policy.dataSubmissionEnabled': false,
    'app.update.disabledForTesting': true,
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    // It prints what pages report.
    'devtools.console.stdout.content': true,
    'browser.dom.window.dump.enabled': true,
    ...(isDarkAndStill ? { 'layout.css.prefers-color-scheme.content-override': 0, 'ui.prefersReducedMotion': 1 } : {}),
    ...preferences,
  };
  writeFileSync(join(profile, 'user.js'), Object.entries(all).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  start(FIREFOX, ['--headless', '--no-remote', '--marionette', '--profile', profile], { print });

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
  // What its own parts report begins with their names.
  const isOfPage = /^JavaScript error: http|^console\.error: ["(]/;
  const printed = () => readFileSync(print, 'utf8').split('\n').filter((line) => isOfPage.test(line));
  return pageOf(command, { downloads, printed });
}

/** WebDriver's commands over HTTP. */
const ROUTES = {
  Navigate: () => ['url'],
  Refresh: () => ['refresh'],
  Back: () => ['back'],
  ExecuteScript: () => ['execute/sync'],
  FindElement: () => ['element'],
  ElementClick: ({ id }) => [`element/${id}/click`],
  ElementSendKeys: ({ id }) => [`element/${id}/value`],
  PerformActions: () => ['actions'],
};

/** WebKit's MiniBrowser on a screen that nobody sees, and its page; `isDarkAndStill` as above. */
export async function launchWebKit({ isDarkAndStill = false } = {}) {
  const port = await freePort();
  const [settings, downloads] = [folder('webkit'), folder('downloads')];
  writeFileSync(join(settings, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  mkdirSync(join(settings, 'gtk-3.0'));
  // It asks the desktop whether things may move.
  writeFileSync(join(settings, 'gtk-3.0', 'settings.ini'), `[Settings]\ngtk-enable-animations=${isDarkAndStill ? 0 : 1}\n`);
  // Its sandbox needs what a container does not give.
  const env = { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1', XDG_CONFIG_HOME: settings };
  start(which('xvfb-run'), ['-a', WEBKIT, `--port=${port}`], { env });
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}/${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  await until(() => ask('GET', 'status').catch(() => null), 'WebKit’s driver to listen');
  const browser = process.env.MINIBROWSER ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
  const args = ['--automation', ...(isDarkAndStill ? ['--dark-mode'] : [])];
  const { sessionId } = await ask('POST', 'session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: browser, args } } },
  });
  atTheEnd(() => ask('DELETE', `session/${sessionId}`).catch(() => null));
  const command = (name, parameters) => ask('POST', `session/${sessionId}/${ROUTES[name](parameters)[0]}`, parameters);
  return pageOf(command, { downloads });
}
