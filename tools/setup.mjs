// Installs what a target of the Makefile needs and this machine lacks, without root where it can.
//
//   node tools/setup.mjs site      Rust's wasm target, wasm-bindgen, Trunk, npm packages, the ONNX runtime files
//   node tools/setup.mjs browser   a Chromium and its driver; Firefox and WebKit where they can be had
//   node tools/setup.mjs check     .venv with what the Python tests need (no torch); pandoc where it can be had
//   node tools/setup.mjs llm       .venv-llm with the language model's weights and what cuts them (no torch)
//   node tools/setup.mjs train     .venv-train with torch
//
// A program that is already on PATH is used when its version fits; the others go into .tools/.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browser, driver } from './browser.mjs';
import { Advice, ROOT, TOOLS, isAtLeast, main, output, quietly, step, versionIn, which } from './steps.mjs';

const TRUNK = '0.21.14'; // 0.22 asks for a newer Rust than this project does
const NODE = [20, 10, 0];
const PYTHON = [3, 11, 0];

// Tools are run for seconds and built once: building them lightly halves the wait.
const LIGHT_BUILD = {
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  CARGO_TARGET_DIR: join(TOOLS, 'build'),
};

const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Skips `install` while the stamp at `path` says it was done for this very `text`. */
async function oncePer(text, path, install) {
  const stamp = join(ROOT, path);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sha256(text)) return 'already there';
  await install();
  writeFileSync(stamp, sha256(text));
  return 'installed';
}

function checkNode() {
  if (!isAtLeast(versionIn(process.version), NODE)) {
    throw new Advice(`Node ${NODE.join('.')} or newer is needed, this is ${process.version}: see https://nodejs.org`);
  }
}

function checkRust() {
  const wanted = versionIn(`${/rust-version = "([\d.]+)"/.exec(read('Cargo.toml'))[1]}.0`);
  const found = output('rustc', ['--version']);
  if (found === null) throw new Advice('Rust is missing: install rustup from https://rustup.rs, then run this again');
  if (!isAtLeast(versionIn(found), wanted)) {
    throw new Advice(`Rust ${wanted.join('.')} or newer is needed, this is ${found}: run "rustup update stable"`);
  }
  return found.split(' ')[1];
}

async function addRustParts() {
  const target = join(output('rustc', ['--print', 'sysroot']), 'lib', 'rustlib', 'wasm32-unknown-unknown');
  const has = [existsSync(target), output('cargo', ['fmt', '--version']), output('cargo', ['clippy', '--version'])];
  if (has.every(Boolean)) return 'already there';
  if (!which('rustup')) {
    throw new Advice('rustup is needed to add the wasm32-unknown-unknown target, rustfmt and clippy: see https://rustup.rs');
  }
  await quietly('rustup', ['target', 'add', 'wasm32-unknown-unknown'], { log: 'rustup-target' });
  await quietly('rustup', ['component', 'add', 'rustfmt', 'clippy'], { log: 'rustup-component' });
  return 'added';
}

/** Installs a Rust program of exactly this version into `.tools/bin`, unless PATH has it. */
async function installProgram({ crate, program, version, options = [], optimised = 1, minutes }) {
  const fits = (file) => file !== null && versionIn(output(file, ['--version']))?.join('.') === version;
  const own = join(TOOLS, 'bin', program);
  if (existsSync(own) && !fits(own)) rmSync(own); // from an older checkout: it would hide a fitting one
  if (fits(which(program))) return `using ${which(program).replace(`${ROOT}/`, '')}`;

  mkdirSync(TOOLS, { recursive: true });
  if (which('cargo-binstall')) {
    try {
      const args = ['binstall', '--no-confirm', '--root', TOOLS, `${crate}@${version}`];
      await quietly('cargo', args, { log: `binstall-${crate}` });
      if (fits(own)) return 'downloaded';
    } catch {
      // no ready-made program to be had here: build it
    }
  }
  process.stdout.write(`building, about ${minutes} minutes on two cores … `);
  const args = ['install', crate, '--version', version, '--root', TOOLS, '--force', ...options];
  await quietly('cargo', args, { log: `install-${crate}`, env: { ...LIGHT_BUILD, CARGO_PROFILE_RELEASE_OPT_LEVEL: String(optimised) } });
  return 'built';
}

async function setUpSite() {
  checkNode();
  let rust;
  await step('Rust compiler', () => (rust = checkRust()));
  await step(`wasm target, rustfmt and clippy for Rust ${rust}`, addRustParts);
  await step('npm packages, as package-lock.json has them (onnxruntime-web, wasm-opt, test tools)', () =>
    oncePer(read('package-lock.json'), 'node_modules/.glassrec', () =>
      quietly('npm', ['ci', '--no-audit', '--no-fund'], { log: 'npm-ci' })));
  await step('ONNX runtime files into public/ort', () =>
    quietly(process.execPath, ['tools/place_runtime.mjs'], { log: 'place-runtime' }));
  const bindgen = /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(read('Cargo.lock'))[1];
  // Without --locked: its lock file names a crate that not every registry still serves.
  await step(`wasm-bindgen ${bindgen}, the version in Cargo.lock`, () =>
    installProgram({ crate: 'wasm-bindgen-cli', program: 'wasm-bindgen', version: bindgen, minutes: 2 }));
  await step(`Trunk ${TRUNK}, which builds the site`, () =>
    // It copies files and starts programs that are here: it need not be fast, nor fetch anything.
    installProgram({ crate: 'trunk', program: 'trunk', version: TRUNK, options: ['--locked', '--no-default-features'], optimised: 0, minutes: 3 }));
}

async function installFromDebian(...packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await quietly('apt-get', ['update'], { log: 'apt-update', env });
  await quietly('apt-get', ['install', '--yes', '--no-install-recommends', ...packages], { log: 'apt-install', env });
  return 'installed from Debian';
}

const canInstall = () => process.getuid?.() === 0 && which('apt-get') !== null;

async function setUpBrowser() {
  await step('a Chromium or Chrome with its driver', async () => {
    if (browser() && driver()) return `using ${browser()}`;
    if (!canInstall()) {
      throw new Advice(
        'The browser tests need Chromium or Chrome and its chromedriver: install them (Debian: apt-get install chromium chromium-driver),\n' +
          'or name them in the variables CHROME and CHROMEDRIVER, then run this again');
    }
    return installFromDebian('chromium', 'chromium-driver');
  });
  await step('Firefox and WebKit, for tests/e2e/engines.test.mjs', async () => {
    const isHere = (which('firefox-esr') ?? which('firefox')) && which('WebKitWebDriver') && which('xvfb-run');
    if (isHere) return 'already there';
    // A few tests: elsewhere they are skipped, and say so.
    return canInstall() ? installFromDebian('firefox-esr', 'webkit2gtk-driver', 'xvfb', 'xauth') : 'not here: their tests are skipped';
  });
}

/** A virtual environment with the named extra of models/pyproject.toml, and nothing from outside it. */
async function setUpPython(extra, folder) {
  await step(`Python packages [${extra}] of models/pyproject.toml into ${folder}`, () =>
    oncePer(extra + read('models/pyproject.toml'), `${folder}/.glassrec`, async () => {
      const python = process.env.PYTHON ?? 'python3';
      const found = versionIn(output(python, ['--version']));
      if (!found || !isAtLeast(found, PYTHON)) {
        throw new Advice(`Python ${PYTHON.join('.')} or newer is needed; name it in the variable PYTHON`);
      }
      await quietly(python, ['-m', 'venv', '--clear', folder], { log: `venv${folder}` });
      await quietly(join(ROOT, folder, 'bin', 'python'), ['-m', 'pip', 'install', '--editable', `./models[${extra}]`], { log: `pip${folder}` });
    }));
}

async function setUpCheck() {
  await setUpPython('check', '.venv');
  await step('pandoc, for tests/tools/quarto.test.mjs', async () => {
    if (which('pandoc')) return `using ${which('pandoc')}`;
    // One test file: elsewhere it is skipped, and says so.
    return canInstall() ? installFromDebian('pandoc') : 'not here: its tests are skipped';
  });
}

const SETUPS = {
  site: setUpSite,
  browser: setUpBrowser,
  check: setUpCheck,
  llm: () => setUpPython('llm', '.venv-llm'),
  train: () => setUpPython('check,llm,train', '.venv-train'),
};

main(async () => {
  const wanted = process.argv.slice(2);
  if (wanted.length === 0 || wanted.some((name) => !(name in SETUPS))) {
    throw new Advice(`say what to set up: ${Object.keys(SETUPS).join(', ')}`);
  }
  console.log(`Setting up: ${wanted.join(', ')}`);
  for (const name of wanted) await SETUPS[name]();
});
