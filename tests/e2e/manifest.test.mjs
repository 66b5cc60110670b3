// The list of models as a host might serve it, edited in one thing at a time: the page says what is wrong and what to do
// next, or goes on with what is left; it is never blank, and trying again is enough once the list is mended.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { manifest, movieIdOf } from './support/artifacts.mjs';
import { launch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const HISTORY = ['Alien', 'Blade Runner', 'Heat'];
const LINK = `#v2&h=${HISTORY.map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease`;
const WHOLE = JSON.stringify(manifest);
const OTHER_SHA256 = '0'.repeat(64);

let browser;
let site;
before(async () => {
  browser = await launch();
  site = await startSite();
});

/** The list after `change`, as text. */
function edited(change) {
  const copy = JSON.parse(WHOLE);
  change(copy);
  return JSON.stringify(copy);
}

/** A fresh visit that is served `body` for the list of models. */
async function visit({ body, contentType = 'application/json' }) {
  const context = await browser.newContext();
  const served = { body, contentType };
  await context.route('**/models/manifest.json', (route) => (served.body === null ? route.continue() : route.fulfill(served)));
  const page = await context.newPage();
  const reader = await openPage(page, site, { link: LINK, isAwaited: false });
  return { page, reader, mend: () => (served.body = null) };
}

describe('the page cannot open, says why and what to do, and opens once the list is mended', () => {
  const CANNOT_BE_READ = /list of models cannot be read; reload the page/;
  const DAMAGED = /damaged or belongs to another version; reload the page: catalogue\.json/;
  const cases = {
    'an empty file': [{ body: '' }, CANNOT_BE_READ],
    'no JSON': [{ body: 'glassrec' }, CANNOT_BE_READ],
    'a page of the host': [{ body: '<!doctype html><title>Welcome</title>', contentType: 'text/html' }, /did not arrive; check the connection and try again: manifest\.json/],
    'a page of the host under the type of the list': [{ body: '<!doctype html><title>Welcome</title>' }, CANNOT_BE_READ],
    'cut in its middle': [{ body: WHOLE.slice(0, WHOLE.length >> 1) }, CANNOT_BE_READ],
    'an entry that stands twice': [{ body: WHOLE.replace('{', '{"version":1,') }, CANNOT_BE_READ],
    'an entry that is missing': [{ body: edited((it) => delete it.catalogue) }, CANNOT_BE_READ],
    'another version': [{ body: edited((it) => (it.version = 2)) }, /of another version than this site reads \(1\); reload the page/],
    'a path that leads outside': [{ body: edited((it) => (it.families.sasrec_ease.files.graph.path = '../sasrec_ease.onnx')) }, /cannot be true; tell the site's owner: \.\.\/sasrec_ease\.onnx/],
    'another size of the catalogue': [{ body: edited((it) => (it.catalogue.file.bytes += 1)) }, DAMAGED],
    'another checksum of the catalogue': [{ body: edited((it) => (it.catalogue.file.sha256 = OTHER_SHA256)) }, DAMAGED],
    'another number of films': [{ body: edited((it) => (it.catalogue.n_items += 1)) }, /holds [\d,]+ films where the list of models names [\d,]+; reload the page/],
  };
  for (const [name, [served, words]] of Object.entries(cases)) {
    test(name, async () => {
      const { page, reader, mend } = await visit(served);
      await page.getByRole('heading', { name: 'Glassrec cannot open' }).waitFor();
      await reader.seesAlert(words);
      mend();
      await reader.tryAgain();
      await reader.waitForHistory(HISTORY);
      await reader.waitForRecommendations();
    });
  }
});

describe('the page goes on with what is left', () => {
  for (const [name, change] of Object.entries({
    size: (file) => (file.bytes += 1),
    checksum: (file) => (file.sha256 = OTHER_SHA256),
  })) {
    test(`another ${name} of a model`, async () => {
      const { reader } = await visit({ body: edited((it) => change(it.families.sasrec_ease.files.graph)) });
      await reader.seesAlert(/SASRec with EASE's links is not available\. A file is damaged or belongs to another version; .*sasrec_ease\.onnx/);
      await reader.waitForRecommendations();
      assert.notEqual(await reader.chosenFamily(), 'sasrec_ease');
      assert.deepEqual(await reader.history(), HISTORY);
    });
  }

  test('a model without the file it needs', async () => {
    const body = edited(({ families: { sasrec_ease } }) => (sasrec_ease.files = { weights: sasrec_ease.files.graph }));
    const { reader } = await visit({ body });
    await reader.seesAlert(/SASRec with EASE's links is not available\. .*reload the page.*manifest\.json/);
    await reader.waitForRecommendations();
    assert.deepEqual(await reader.history(), HISTORY);
  });

  test('a family that this site does not know is not offered', async () => {
    const { page, reader } = await visit({ body: edited(({ families }) => (families.crystal_ball = families.ease)) });
    await reader.waitForRecommendations();
    assert.equal(await reader.chosenFamily(), 'sasrec_ease');
    assert.equal(await page.locator('input[name=family][value=crystal_ball]').count(), 0);
  });

  test('the family of the link is not in the list', async () => {
    const { reader } = await visit({ body: edited(({ families }) => delete families.sasrec_ease) });
    await reader.seesNotice(/not part of the site; another one answers: sasrec_ease/);
    await reader.waitForRecommendations();
    assert.deepEqual(await reader.history(), HISTORY);
  });

  test('a list of no family at all', async () => {
    const { page, reader } = await visit({ body: edited((it) => (it.families = {})) });
    assert.deepEqual(await reader.history(), HISTORY);
    await page.getByRole('alert').filter({ hasText: /reload|try again|owner/i }).first().waitFor();
  });
});
