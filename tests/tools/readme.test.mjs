// What README and docs/limits.md say of measured things by hand is what results.json says.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../tools/steps.mjs';

const read = (name) => readFileSync(join(ROOT, name), 'utf8');
const percent = (share) => `${Math.round(100 * share)} %`;

test('how often a film stays without the films that are said to carry it', () => {
  const { leave_one_out, attention, most_recent, random } = JSON.parse(read('models/artifacts/manifest.json')).families.sasrec_ease.faithfulness;
  const said = `for ${percent(leave_one_out)} of them; attention ${percent(attention)}, most recent ${percent(most_recent)}, random ${percent(random)}`;
  assert.ok(read('README.md').includes(said), said);
  const limit = `looked at most (${percent(attention)}) than without the most recent ones (${percent(most_recent)})`;
  assert.ok(read('docs/limits.md').includes(limit), limit);
});
