// Each thing that can go wrong, caused where it really arises: a notice that says what happened and what to do next,
// nothing hangs, and the history is kept.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { manifest, movieIdOf } from './support/artifacts.mjs';
import { NO_SIMD, SOFTWARE_WEBGPU, launch, launchWithoutStorage } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const SASREC = `/${manifest.families.sasrec_ease.files.graph.path}`;
const GRU4REC = `/${manifest.families.gru4rec.files.graph.path}`;
const MARKOV = `/${manifest.families.markov.files.table.path}`;
const VECTORS = `/${manifest.encoder.files.vectors.path}`;
/** The one that a page begins with. */
const ENCODER = `/${manifest.small_encoder.files.wasm.path}`;
const CATALOGUE = `/${manifest.catalogue.file.path}`;
const DETAILS = `/${manifest.catalogue.details.path}`;
const RUNTIME = '/ort/ort-wasm-simd-threaded.wasm';

const HISTORY = ['Alien', 'Blade Runner', 'The Matrix'];
const IDS = [movieIdOf('Alien', 1979), movieIdOf('Blade Runner', 1982), movieIdOf('The Matrix', 1999)];
const LINK = `#v2&h=${IDS.join('.')}&f=sasrec_ease`;

let browser;
before(async () => (browser = await launch()));

/** A fresh visit, with nothing in the cache, to a site of its own. */
async function visit({ link = LINK, faults = {}, flags = null, site } = {}) {
  const host = site ?? (await startSite());
  for (const [path, fault] of Object.entries(faults)) host.faults.set(path, fault);
  const context = await (flags ? await launch(flags) : browser).newContext();
  const page = await context.newPage();
  return { site: host, context, reader: await openPage(page, host, { link, isAwaited: false }) };
}

const keepsHistory = async (reader) => assert.deepEqual(await reader.history(), HISTORY);

describe('a damaged or missing file', () => {
  for (const kind of ['truncated', 'corrupt']) {
    test(`a ${kind} model`, async () => {
      const { reader } = await visit({ faults: { [SASREC]: { kind } } });
      await reader.seesAlert(/damaged or belongs to another version/);
      await reader.seesAlert(/reload/i);
      await keepsHistory(reader);
    });

    test(`a ${kind} catalogue, and the history is there again once the site is mended`, async () => {
      const { reader, site } = await visit();
      await reader.waitForRecommendations();
      site.faults.set(CATALOGUE, { kind });
      await reader.reload({ isAwaited: false });
      await reader.seesAlert(/damaged or belongs to another version/);
      await reader.seesAlert(/reload/i);
      site.faults.clear();
      await reader.reload();
      await reader.waitForRecommendations();
      await keepsHistory(reader);
    });

    test(`a ${kind} file of details keeps the cast from being found, and can be asked for again`, async () => {
      const { reader, site } = await visit({ faults: { [DETAILS]: { kind } } });
      await reader.seesAlert(/cannot be found by director or cast yet.*damaged/i);
      await reader.waitForRecommendations();
      const offered = () => reader.page.getByRole('option').filter({ hasText: 'Keanu Reeves', hasNotText: 'Search by meaning' }).first();
      await reader.search_box.fill('Keanu Reeves');
      assert.equal(await offered().count(), 0);
      site.faults.clear();
      await reader.tryAgain();
      await reader.search_box.fill('Keanu Reeve');
      await offered().waitFor();
      await keepsHistory(reader);
    });

    test(`a ${kind} vector file stops the search and nothing else`, async () => {
      const { reader } = await visit({ faults: { [VECTORS]: { kind } } });
      await reader.waitForRecommendations();
      await reader.search('slow space horror');
      await reader.seesAlert(/damaged or belongs to another version/);
      await keepsHistory(reader);
      await reader.pick('Heat');
      await reader.waitForRecommendations();
    });
  }

  test('a model that is not on the server', async () => {
    const { reader } = await visit({ faults: { [SASREC]: { kind: 'missing' } } });
    await reader.seesAlert(/did not arrive; check the connection and try again/);
    await keepsHistory(reader);
  });

  test('another family answers while a model is damaged', async () => {
    const { reader } = await visit({ faults: { [SASREC]: { kind: 'corrupt' } } });
    await reader.seesAlert(/damaged/);
    await reader.chooseFamily('ease');
    await reader.waitForRecommendations();
    await keepsHistory(reader);
  });

  test('families without their files are marked, each with its reason, and the others go on', async () => {
    const { reader, site } = await visit({ faults: { [GRU4REC]: { kind: 'missing' }, [MARKOV]: { kind: 'corrupt' } } });
    const before = await reader.waitForRecommendations();
    assert.deepEqual(await reader.unavailableFamilies(), []);

    // The list that is here stays, of the family that made it.
    await reader.chooseFamily('gru4rec');
    await reader.seesAlert(/GRU4Rec is not available\. A file did not arrive; .*gru4rec/);
    await reader.waitForFamily('sasrec_ease');
    assert.deepEqual(await reader.waitForRecommendations(), before);
    await reader.chooseFamily('markov');
    await reader.seesAlert(/Markov-1 is not available\. A file is damaged .*markov/);
    await reader.waitForFamily('sasrec_ease');
    assert.deepEqual((await reader.unavailableFamilies()).sort(), ['gru4rec', 'markov']);
    await reader.seesAlert(/GRU4Rec is not available/);

    await reader.chooseFamily('ease');
    await reader.waitForRecommendations();
    await reader.waitForFamily('ease');
    await keepsHistory(reader);

    // Once the file is there, trying again is enough.
    site.faults.delete(GRU4REC);
    await reader.tryAgainWith('GRU4Rec');
    await reader.waitForFamily('gru4rec');
    await reader.seesText(/^GRU4Rec on /);
    assert.deepEqual(await reader.unavailableFamilies(), ['markov']);
  });

  test('where the first family is damaged, the best of the others answers', async () => {
    const { reader } = await visit({ faults: { [SASREC]: { kind: 'corrupt' } } });
    await reader.seesAlert(/SASRec with EASE's links is not available/);
    await reader.waitForRecommendations();
    assert.notEqual(await reader.chosenFamily(), 'sasrec_ease');
    assert.deepEqual(await reader.unavailableFamilies(), ['sasrec_ease']);
    await keepsHistory(reader);
  });

  test('where several are gone at once, the list says so and waits', async () => {
    const { reader, site } = await visit({ faults: { '.onnx': { kind: 'missing' }, '.table': { kind: 'missing' } } });
    await reader.seesAlert(/did not arrive; check the connection and try again/);
    await reader.page.locator('.list [role=alert]').waitFor();
    assert.equal((await reader.unavailableFamilies()).length, 2);
    site.faults.clear();
    await reader.page.locator('.list').getByRole('button', { name: 'Try again' }).click();
    await reader.waitForRecommendations();
    await keepsHistory(reader);
  });

  for (const kind of ['truncated', 'missing']) {
    test(`a ${kind} runtime`, async () => {
      const { reader } = await visit({ faults: { [RUNTIME]: { kind } } });
      await reader.seesAlert(kind === 'missing' ? /did not arrive/ : /damaged/);
      await keepsHistory(reader);
    });
  }
});

describe('the notice names what is wrong, and a step that can help', () => {
  for (const name of ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs']) {
    test(`a missing ${name} is not blamed on the program of the runtime`, async () => {
      const { reader } = await visit({ faults: { [`/ort/${name}`]: { kind: 'missing' } } });
      await reader.seesAlert(new RegExp(`did not arrive.*${name.replaceAll('.', '\\.')}`));
      await keepsHistory(reader);
    });
  }

  test('a damaged runtime asks for a reload: another engine would find the same file', async () => {
    const { reader, site } = await visit({ faults: { [RUNTIME]: { kind: 'corrupt' } } });
    const alert = reader.page.locator('.notices').getByRole('alert').filter({ hasText: /damaged/ });
    await alert.waitFor();
    assert.equal(await alert.getByRole('button', { name: 'Restart the engine' }).count(), 0);
    site.faults.clear();
    await alert.getByRole('button', { name: 'Reload the page' }).click();
    await reader.waitForRecommendations();
    await keepsHistory(reader);
  });
});

describe('a lost connection', () => {
  test('a model cut off on its way is taken up where it broke off', async () => {
    // Twice: the page asks for it ahead of the engine.
    const { reader, site } = await visit({ faults: { [SASREC]: { kind: 'cut', times: 2 } } });
    await reader.waitForRecommendations();
    const ranges = site.requests.filter(({ path, range }) => path.endsWith(SASREC) && range);
    assert.ok(ranges.length > 0, 'the rest has to be asked for, not the whole again');
    await keepsHistory(reader);
  });

  test('a line that stays dead ends in a notice, and trying again works once it is back', async () => {
    const { reader, site } = await visit({ faults: { [SASREC]: { kind: 'cut' } } });
    await reader.seesAlert(/did not arrive; check the connection and try again/, { timeout: 60_000 });
    await keepsHistory(reader);
    site.faults.clear();
    await reader.tryAgain();
    await reader.waitForFamily('sasrec_ease');
    await reader.waitForRecommendations();
    await keepsHistory(reader);
  });

  test('an encoder cut off on its way is taken up where it broke off', async () => {
    const { reader, site } = await visit({ faults: { [ENCODER]: { kind: 'cut', times: 1 } } });
    await reader.waitForRecommendations();
    await reader.search('slow space horror');
    await reader.waitForFound();
    assert.ok(site.requests.some(({ path, range }) => path.endsWith(ENCODER) && range));
  });
});

describe('an address that does not fit', () => {
  test('an unknown film is named and left out', async () => {
    const { reader } = await visit({ link: `#v2&h=${[IDS[0], 999999999, IDS[1], IDS[2]].join('.')}&f=sasrec_ease` });
    await reader.seesNotice(/not in the catalogue and were left out: 999999999/);
    await reader.waitForRecommendations();
    await keepsHistory(reader);
  });

  test('an unknown family is named, and another one answers', async () => {
    const { reader } = await visit({ link: `#v2&h=${IDS.join('.')}&f=crystal_ball` });
    await reader.seesNotice(/not part of the site; another one answers: crystal_ball/);
    await reader.waitForRecommendations();
    await keepsHistory(reader);
  });

  test('a link of another version is named, and the page opens', async () => {
    const { reader } = await visit({ link: '#v9&h=1' });
    await reader.seesNotice(/another version of the site/);
    assert.deepEqual(await reader.history(), []);
  });
});

describe('storage', () => {
  test('where it is forbidden the page says so, and works', async () => {
    const context = await launchWithoutStorage();
    const reader = await openPage(await context.newPage(), await startSite(), { link: LINK, isAwaited: false });
    await reader.waitForRecommendations();
    await reader.pick('Heat');
    await reader.seesNotice(/This browser keeps nothing for this page: your history lasts until you close it/);
    assert.deepEqual(await reader.history(), [...HISTORY, 'Heat']);
    await reader.waitForRecommendations();
  });

  test('where it is full the embedding goes on and says that it will not be kept', async () => {
    const { reader, site, context } = await visit();
    await reader.waitForRecommendations();
    const devtools = await context.newCDPSession(reader.page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize: 1000 });
    await reader.startEmbedding();
    await reader.seesText(/This browser’s storage is full/);
    await keepsHistory(reader);
    await reader.waitForRecommendations();
  });
});

describe('a browser that lacks something', () => {
  test('no WebGPU: said when it is asked for, WebAssembly goes on', async () => {
    // The browser of these tests has no graphics device unless it is given the software one.
    const { reader } = await visit();
    await reader.waitForRecommendations();
    await reader.askForWebGpu();
    await reader.seesNotice(/no WebGPU here; Glassrec stays on WebAssembly/);
    await reader.pick('Heat');
    await reader.waitForRecommendations();
    assert.deepEqual(await reader.history(), [...HISTORY, 'Heat']);
  });

  test('no wasm SIMD: said at once, with the browsers that have it', async () => {
    const { reader } = await visit({ flags: NO_SIMD });
    assert.equal(await reader.page.evaluate(() => WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]))), false);
    await reader.seesAlert(/cannot run WebAssembly SIMD; use a current Firefox, Chrome, Edge or Safari/);
    assert.ok(reader.page.url().endsWith(LINK), reader.page.url());
    assert.equal(await reader.page.getByRole('button', { name: 'Restart the engine' }).count(), 0, 'another engine would not start either');
  });
});

describe('an engine that dies', () => {
  test('a killed worker is noticed, and a restart answers with the history kept', async () => {
    const { reader } = await visit();
    await reader.waitForRecommendations();
    await reader.killEngine();
    await reader.pick('Heat');
    await reader.seesAlert(/the engine stopped; restart it, your history is kept/i, { timeout: 60_000 });
    assert.deepEqual(await reader.history(), [...HISTORY, 'Heat']);
    await reader.restartEngine();
    await reader.waitForRecommendations();
    assert.deepEqual(await reader.history(), [...HISTORY, 'Heat']);
  });

  test('a worker that computes without end is noticed, and a restart answers', async () => {
    const { reader } = await visit();
    await reader.waitForRecommendations();
    // From a timer, so that the driver has its answer: from then on the worker hears nothing.
    await (await reader.engine()).evaluate(
      () =>
        void setTimeout(() => {
          for (;;);
        }),
    );
    await reader.pick('Heat');
    await reader.seesAlert(/the engine stopped; restart it, your history is kept/i);
    assert.deepEqual(await reader.history(), [...HISTORY, 'Heat']);
    await reader.restartEngine();
    await reader.waitForRecommendations();
    assert.deepEqual(await reader.history(), [...HISTORY, 'Heat']);
  });

  test('after a restart the open views ask again: the preview of a switch', async () => {
    const { reader } = await visit();
    await reader.waitForRecommendations();
    await reader.killEngine();
    const { page } = reader;
    await page.getByRole('switch', { name: 'Read Alien (1979)', exact: true }).focus();
    await reader.seesAlert(/the engine stopped/i);
    // By a click that moves neither pointer nor focus: the preview lasts as long as they stay.
    await page.getByRole('button', { name: 'Restart the engine' }).first().dispatchEvent('click');
    await page.locator('.preview-note').filter({ hasText: /Without Alien: \d+ enter/ }).waitFor();
  });

  test('after a restart the open views ask again: the inside of a family', async () => {
    const { reader } = await visit({ link: `${LINK}&t=i` });
    await reader.seesText('after 3 of 3');
    await reader.killEngine();
    await reader.pick('Heat');
    await reader.seesAlert(/the engine stopped/i);
    await reader.restartEngine();
    await reader.seesText('after 4 of 4');
  });

  test('after a restart the open views ask again: the test of an explanation', async () => {
    const { reader } = await visit();
    await reader.waitForRecommendations();
    await reader.waitForExplanation();
    await reader.killEngine();
    await reader.page.locator('summary').filter({ hasText: 'Do these reasons hold?' }).click();
    await reader.seesAlert(/the engine stopped/i);
    await reader.restartEngine();
    await reader.page.locator('.truth-table').waitFor();
  });

  test('a lost graphics device is said, and WebAssembly goes on', async () => {
    const { reader } = await visit({ flags: SOFTWARE_WEBGPU });
    await reader.waitForRecommendations();
    await reader.useWebGpu();
    await reader.loseGraphicsDevice();
    await reader.seesNotice(/the graphics device was lost; Glassrec goes on with WebAssembly/i, { timeout: 60_000 });
    await reader.waitForRecommendations();
    await keepsHistory(reader);
  });
});
