// Builds the release site into dist/ and compresses it. `make demo` and the end-to-end tests run what this leaves.

import { join } from 'node:path';
import { compressAll } from './compress.mjs';
import { ROOT, main, quietly, step } from './steps.mjs';

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

main(async () => {
  console.log('Building the site:');
  await step('page and engine, compiled to WebAssembly by Trunk', () =>
    quietly('trunk', ['build', '--release', '--config', 'Trunk.toml'], { log: 'trunk-build', env: { NO_COLOR: 'true', RUST_BACKTRACE: '0' } }));
  await step('brotli copies for the server', async () => {
    const { files, bytes, compressed } = await compressAll(join(ROOT, 'dist'));
    return `${files} files, ${megabytes(bytes)} → ${megabytes(compressed)}`;
  });
});
