// Runs the tests that smoke.txt names, two files at a time; fails where one of them is not there.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lacksFirefox, lacksWebKit } from './support/webdriver.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const lines = readFileSync(join(HERE, 'smoke.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
// Other engines are tested where they are here.
const isAbsent = (file) => file === 'engines' && lacksFirefox && lacksWebKit;
const wanted = lines.map((line) => /^(\w+): (.+)$/.exec(line).slice(1)).filter(([file]) => !isAbsent(file));
const files = [...new Set(wanted.map(([file]) => join(HERE, `${file}.test.mjs`)))];
const names = wanted.map(([, name]) => `/^${name.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$/`);

const run = spawn(
  process.execPath,
  ['--test', '--test-concurrency=2', '--test-reporter=tap', ...names.flatMap((name) => ['--test-name-pattern', name]), ...files],
  { stdio: ['inherit', 'pipe', 'inherit'] },
);
let output = '';
run.stdout.on('data', (part) => {
  output += part;
  process.stdout.write(part);
});
run.on('exit', (code) => {
  const isPassed = (name) => output.split('\n').some((line) => /^\s*ok \d+ - /.test(line) && line.replace(/^\s*ok \d+ - /, '').replaceAll('\\', '') === name);
  const missing = wanted.filter(([, name]) => !isPassed(name)).map(([file, name]) => `${file}: ${name}`);
  if (missing.length > 0) console.error(`not passed, or not there:\n${missing.join('\n')}`);
  process.exitCode = missing.length > 0 ? 1 : code;
});
