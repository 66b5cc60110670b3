// For everyone: no serious finding of axe in light, in dark and on a phone; the whole journey by keyboard alone;
// nothing to scroll sideways at 360 px.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { movieIdOf } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { launch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const HISTORY = ['Alien', 'Blade Runner', 'The Matrix', 'Heat', 'Fargo'];
const LINK = `#v2&h=${HISTORY.map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease`;

let browser;
let site;
before(async () => {
  site = await startSite();
  browser = await launch();
});

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

/** On a phone the explanation is a sheet that opens over the list. */
async function openSheet(reader) {
  await reader.page.locator('.columns .rec-name').first().click();
  await reader.waitForExplanation();
}

/** A page with everything on it that a reader meets: a list, what a search found, and but on a phone an explanation. */
async function fullPage(options) {
  const context = await browser.newContext(options);
  const reader = await openPage(await context.newPage(), site, { link: LINK });
  await reader.waitForRecommendations();
  if (options.viewport === WIDE) await reader.waitForExplanation();
  await reader.search('slow space horror with a female lead');
  await reader.waitForFound();
  return { context, reader };
}

describe('axe has no serious finding', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, viewport] of Object.entries({ wide: WIDE, '360 px': PHONE })) {
      test(`${colorScheme}, ${name}`, async () => {
        const { context, reader } = await fullPage({ colorScheme, viewport, reducedMotion: 'reduce' });
        assert.deepEqual(await findings(reader.page), []);
        if (viewport === PHONE) {
          await openSheet(reader);
          assert.deepEqual(await findings(reader.page), [], 'with the sheet open');
        }
        await context.close();
      });
    }
  }

  test('on a first visit', async () => {
    const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce' });
    const reader = await openPage(await context.newPage(), site);
    assert.deepEqual(await findings(reader.page), []);
    await context.close();
  });

  test('and would have one in a page that deserves it', async () => {
    const context = await browser.newContext({ viewport: WIDE });
    const reader = await openPage(await context.newPage(), site);
    await reader.page.evaluate(() => document.body.append(document.createElement('button')));
    assert.ok((await findings(reader.page)).some((it) => it.startsWith('button-name')));
    await context.close();
  });
});

test('at 360 px nothing scrolls sideways', async () => {
  const { context, reader } = await fullPage({ viewport: PHONE });
  const widths = () => reader.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  for (const open of [() => {}, () => openSheet(reader)]) {
    await open();
    const [page, screen] = await widths();
    assert.ok(page <= screen, `the page is ${page} px wide on a screen of ${screen} px`);
  }
  await context.close();
});

for (const reducedMotion of ['reduce', 'no-preference']) {
  test(`at 360 px the chosen family is in sight, motion: ${reducedMotion}`, async () => {
    const context = await browser.newContext({ viewport: PHONE, reducedMotion });
    const reader = await openPage(await context.newPage(), site, { link: LINK.replace('sasrec_ease', 'popularity') });
    /** Waits until the card of the chosen family lies within the width of the screen. */
    const isInSight = (family) =>
      reader.page.waitForFunction(
        ([name, width]) => {
          const { left, right } = document.querySelector(`input[value=${name}]`).parentElement.getBoundingClientRect();
          return left >= 0 && right <= width;
        },
        [family, PHONE.width],
      );
    await reader.waitForRecommendations();
    await isInSight('popularity');
    const { hash } = new URL(reader.page.url());
    for (const family of ['sasrec_ease', 'ease']) {
      await reader.page.evaluate((it) => (location.hash = it), hash.replace('popularity', family));
      await reader.waitForFamily(family);
      await isInSight(family);
      assert.equal(await reader.page.evaluate(() => scrollY), 0, 'the row moves, the page does not');
    }
    await context.close();
  });
}

test('the whole journey by keyboard', async () => {
  const context = await browser.newContext({ viewport: WIDE });
  const reader = await openPage(await context.newPage(), site);
  const { keyboard } = reader.page;
  const focused = () =>
    reader.page.evaluate(() => {
      const it = document.activeElement;
      return `${it.getAttribute('aria-label') ?? it.textContent.trim()}|${it.className}|${it.getAttribute('role') ?? it.localName}`;
    });
  /** Presses Tab until the focus is on something whose words fit. */
  const tabTo = async (wanted, key = 'Tab') => {
    const met = [];
    for (let i = 0; i < 80; i += 1) {
      met.push(await focused());
      if (wanted.test(met.at(-1))) return;
      await keyboard.press(key);
    }
    assert.fail(`Tab never came to ${wanted}, but to ${met.join(', ')}`);
  };

  // Pick three films by typing their titles.
  await tabTo(/\|combobox$/);
  for (const title of ['Alien', 'Blade Runner', 'The Matrix']) {
    await keyboard.type(title);
    await reader.page.getByRole('option').filter({ hasText: title }).first().waitFor();
    await keyboard.press('Enter');
    await reader.waitForPick(title);
  }
  await reader.waitForRecommendations();

  // Put the newest first.
  await tabTo(/The Matrix.*\|pick-name\|/, 'Shift+Tab');
  await keyboard.press('Shift+ArrowLeft');
  await reader.waitForHistory(['Alien', 'The Matrix', 'Blade Runner']);
  await keyboard.press('Shift+ArrowLeft');
  await reader.waitForHistory(['The Matrix', 'Alien', 'Blade Runner']);
  const before = await reader.waitForRecommendations();

  // Ask why the third film is there.
  await tabTo(new RegExp(`${before[2].replaceAll(/[^\w ]/g, '.')}.*\\|rec-name`));
  await keyboard.press('Enter');
  await reader.waitForExplanation(before[2]);

  // Leave out what carries it.
  await tabTo(/^Try it\|/);
  await keyboard.press('Enter');
  await reader.seesText(/You left out/);
  const left = await reader.history();
  assert.ok(left.length < 3, `${left.length} picks are left`);

  // And take that back.
  await tabTo(/^Undo/, 'Shift+Tab');
  await keyboard.press('Enter');
  await reader.waitForHistory(['The Matrix', 'Alien', 'Blade Runner']);
  await context.close();
});
