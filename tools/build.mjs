// Builds the release site into dist/ and compresses it. `make demo` and the end-to-end tests run what this leaves.
// With --light: compressed in a hurry, for a server on the same machine. With --quick: large, unoptimised and uncompressed
// programs, for those who work on the site.

import { homedir } from 'node:os';
import { join } from 'node:path';
import { checkBudgets } from './budget.mjs';
import { compressAhead, compressAll, compressOne, zipAll } from './compress.mjs';
import { writeHome } from './home_page.mjs';
import { writeOwnLessons } from './lessons.mjs';
import { writeOffline } from './offline_list.mjs';
import { writeHostFiles } from './publish.mjs';
import { ROOT, TALK, main, quietly, step } from './steps.mjs';

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

const isQuick = process.argv.includes('--quick');
const isLight = process.argv.includes('--light');
const profile = isQuick ? ['--cargo-profile', 'quick'] : ['--release'];

// Without the paths of the machine that built it. They replace the flags of .cargo/config.toml, so those stand here too.
const registry = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry', 'src');
const flags = { CARGO_ENCODED_RUSTFLAGS: ['--cfg=erase_components', '-Ctarget-feature=+simd128', '-Csymbol-mangling-version=v0', `--remap-path-prefix=${registry}=`].join('\x1f') };

const trunk = (args) =>
  quietly('trunk', ['build', ...args, ...profile, '--config', 'Trunk.toml'], { log: 'trunk-build', env: { ...flags, NO_COLOR: 'true', RUST_BACKTRACE: '0' } });

main(async () => {
  console.log('Building the site:');
  // The files that are here already are compressed while the compiler runs, whose last part takes one core a program.
  const ahead = isQuick ? null : compressAhead([join(ROOT, 'public/ort'), join(ROOT, 'models/artifacts')], { isLight });
  // Both at once: Trunk, which asks for one program at a time, finds them made.
  await step('both programs, compiled to WebAssembly', () =>
    quietly('cargo', ['build', '--locked', '--bins', '--target', 'wasm32-unknown-unknown', ...(isQuick ? ['--profile', 'quick'] : ['--release'])], { log: 'cargo-build', env: flags }));
  // The page of conversations first: the post-build step of the other takes it into the site.
  await step('page of conversations, put together by Trunk', () => trunk(['talk.html', '--html-output', 'talk.html', '--dist', TALK]));
  await step('Explore and engine, likewise', () => trunk([]));
  const dist = join(ROOT, 'dist');
  writeHostFiles(dist);
  if (isQuick) return;
  await step('brotli copies for the server', async () => {
    await ahead;
    const { files, bytes, compressed } = await compressAll(dist, { isLight });
    return `${files} files, ${megabytes(bytes)} → ${megabytes(compressed)}`;
  });
  // Which says how much is fetched.
  await step('first page and lessons', async () => {
    await writeHome(dist);
    const lessons = await writeOwnLessons(dist);
    // Its list has a checksum of each page.
    await writeOffline(dist);
    await Promise.all(['index.html', 'models/stored.json', 'offline.json', 'offline.js', ...lessons.map((it) => `learn/${it}`)].map((name) => compressOne(join(dist, name), { isLight })));
  });
  if (!isLight) await step('gzip copies', () => zipAll(dist));
  await step('budgets of bytes', () => checkBudgets(dist));
});
