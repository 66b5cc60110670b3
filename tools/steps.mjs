// Named steps with their time, and quiet commands whose output is kept in a log and shown when they fail.

import { spawn, spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const TOOLS = join(ROOT, '.tools');

/** Where the page of conversations is built before it joins the site. */
export const TALK = join(ROOT, 'target', 'talk');

/** Where every command of the project looks for programs: our own first, then the machine's. */
export const PATH = [join(TOOLS, 'bin'), join(ROOT, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);

/** A message for the person at the keyboard: what is wrong, and what to do. Printed without a stack. */
export class Advice extends Error {}

/** Runs `work`, printing what it is for and how long it took. `work` may return a note for the line's end. */
export async function step(name, work) {
  const started = performance.now();
  process.stdout.write(`  ${name} … `);
  const note = await work();
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(`${note ?? 'done'} (${seconds.toFixed(1)} s)\n`);
}

/** Runs a command to its end with its output in `.tools/log/<log>.log`; a failure shows the end of that log. */
export async function quietly(command, args, { log, env = {}, cwd = ROOT } = {}) {
  mkdirSync(join(TOOLS, 'log'), { recursive: true });
  const logFile = join(TOOLS, 'log', `${log}.log`);
  const out = openSync(logFile, 'w');
  writeSync(out, `$ ${[command, ...args].join(' ')}\n`);
  const status = await new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, PATH, ...env }, stdio: ['ignore', out, out] });
    child.on('error', (error) => {
      writeSync(out, `${error.message}\n`);
      resolve(127);
    });
    child.on('close', resolve);
  });
  closeSync(out);
  if (status !== 0) {
    const tail = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-40).join('\n');
    throw new Advice(`\n${tail}\n\n${command} ended with ${status}; the whole output is in ${logFile}`);
  }
}

/** The first file of that name on our PATH, or null. */
export function which(name, path = PATH) {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // not in this folder
    }
  }
  return null;
}

/** What a command prints, or null where it is missing or fails. */
export function output(command, args = []) {
  const done = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64e6, env: { ...process.env, PATH } });
  return done.status === 0 ? done.stdout.trim() : null;
}

/** The first `1.2.3` in a text, as three numbers, or null. */
export function versionIn(text) {
  const found = /(\d+)\.(\d+)\.(\d+)/.exec(text ?? '');
  return found ? found.slice(1, 4).map(Number) : null;
}

/** Whether version `a` is at least `b`, both as `versionIn` gives them. */
export function isAtLeast(a, b) {
  for (let i = 0; i < 3; i += 1) {
    if (a[i] !== b[i]) return a[i] > b[i];
  }
  return true;
}

/** Runs a program's main function; an `Advice` is printed as it is, anything else with its stack. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    process.stdout.write('\n');
    console.error(error instanceof Advice ? error.message : error);
    process.exit(1);
  }
}
