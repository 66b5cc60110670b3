// Measures this machine: `node tests/bench/run.mjs [section …]`. Sections that are not named keep their old figures.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ROOT, main, output, step } from '../../tools/steps.mjs';
import { measureBeam } from './beam.mjs';
import { measureCompare } from './compare.mjs';
import { measureEncoder } from './encoder.mjs';
import { measureFront } from './front.mjs';
import { host } from './host.mjs';
import { measureLanguage } from './language.mjs';
import { measureMap } from './map.mjs';
import { measureMeasure } from './measure.mjs';
import { measureMemory } from './memory.mjs';
import { measureNearest } from './nearest.mjs';
import { putBetween } from './numbers.mjs';
import { measurePage } from './page.mjs';
import { measurePost } from './post.mjs';
import { measureRecommend } from './recommend.mjs';
import { figuresTable, machineLine } from './table.mjs';
import { launch } from './workers.mjs';

/** Each on a page without isolation, which is what most hosts give: one thread. */
const SECTIONS = {
  recommend: ["SASRec with EASE's links against plain JavaScript", measureRecommend],
  beam: ['beam over semantic IDs', measureBeam],
  encoder: ['text encoder against transformers.js and native onnxruntime', measureEncoder],
  page: ['the page: cold start, bytes, click to list, memory', measurePage],
  front: ['the first page on a slow line, and a figure while it is stepped', measureFront],
  post: ['a post with six figures', measurePost],
  memory: ['memory over a long visit', measureMemory],
  compare: ['ten families side by side', measureCompare],
  map: ['the map of all films', measureMap],
  measure: ['ten models measured on held-out users', measureMeasure],
  language: ['the language model, and a conversation without it', measureLanguage],
  nearest: ['nearest neighbours among a million', measureNearest],
};

const JSON_FILE = join(ROOT, 'docs/benchmarks.json');

main(async () => {
  const named = process.argv.slice(2);
  const results = existsSync(JSON_FILE) ? JSON.parse(readFileSync(JSON_FILE, 'utf8')) : {};
  const browser = await launch();
  const plain = await host({ isolated: false });
  const isolated = await host({ isolated: true });
  results.machine = {
    processor: cpus()[0].model,
    n_cores: cpus().length,
    browser: `Chromium ${browser.version()}`,
    commit: output('git', ['rev-parse', '--short', 'HEAD']),
  };
  console.log('Measuring:');
  try {
    for (const [name, [what, measure]] of Object.entries(SECTIONS)) {
      if (named.length > 0 && !named.includes(name)) continue;
      await step(what, async () => {
        results[name] = await measure(browser, plain, isolated);
        // A later section may fail.
        writeFileSync(JSON_FILE, `${JSON.stringify(results, null, 2)}\n`);
      });
    }
  } finally {
    await browser.close();
    plain.close();
    isolated.close();
  }
  const table = figuresTable(results);
  for (const file of ['docs/benchmarks.md', 'README.md']) {
    const path = join(ROOT, file);
    writeFileSync(path, putBetween(readFileSync(path, 'utf8'), 'figures', table));
  }
  const path = join(ROOT, 'docs/benchmarks.md');
  writeFileSync(path, putBetween(readFileSync(path, 'utf8'), 'machine', machineLine(results.machine)));
  console.log(`\n${table}`);
});
