// What a long visit does to the tab's memory: after a first round of everything, it stays where it is.

import { manifest, movieIdOf } from '../e2e/support/artifacts.mjs';
import { openPage } from '../e2e/support/page.mjs';

const START = ['Alien', 'Blade Runner', 'The Matrix', 'Heat', 'Fargo'];
const LINK = `#v2&h=${START.map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease`;
const VISIT = { n_edits: 300, n_tabs: 100, n_families: 50 };
const FAMILIES = Object.keys(manifest.families);

/** So many edits, changes of tab and of family, each awaited. */
async function use(reader, { n_edits: nEdits, n_tabs: nTabs, n_families: nFamilies }) {
  const { page } = reader;
  for (let i = 0; i < nEdits; i += 1) {
    if (i % 2) await reader.undo();
    else await reader.unpick(START.at(-1));
    await reader.waitForRecommendations();
  }
  const doors = page.locator('.tabs button');
  const nDoors = await doors.count();
  for (let i = 0; i < nTabs; i += 1) {
    await doors.nth((i + 1) % nDoors).click();
    await page.locator('.tabs [aria-current=page]').waitFor();
    await page.waitForFunction(() => !document.querySelector('[aria-busy=true], .is-stale, .spin'));
  }
  await doors.first().click();
  for (let i = 0; i < nFamilies; i += 1) {
    await reader.chooseFamily(FAMILIES[(i + 1) % FAMILIES.length]);
    await reader.waitForRecommendations();
    await page.waitForFunction(() => !document.querySelector('[aria-busy=true], .is-stale, .spin'));
  }
}

/** Page and engine together, once what nobody holds is gone. */
async function bytesOf(devtools, page) {
  await devtools.send('HeapProfiler.collectGarbage');
  return (await page.evaluate(() => performance.measureUserAgentSpecificMemory())).bytes;
}

export async function measureMemory(browser, plain, isolated) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const reader = await openPage(page, { url: `${isolated.origin}/` }, { link: LINK });
  await reader.waitForRecommendations();
  await use(reader, { n_edits: 20, n_tabs: 20, n_families: FAMILIES.length });
  const before = await bytesOf(devtools, page);
  await use(reader, VISIT);
  const after = await bytesOf(devtools, page);
  await context.close();
  return { ...VISIT, before_bytes: before, after_bytes: after };
}
