// Renders public/icon.svg into the icons of an installed site: `node tools/icons.mjs`, whenever that drawing changes.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browser as browserProgram } from './browser.mjs';
import { ROOT, main } from './steps.mjs';

const PAPER = '#fbfaf7';
/** Name → side in pixels, and the share of it that the drawing takes: systems cut a masked icon to a circle or less. */
const ICONS = {
  'icon-192.png': { side: 192, share: 0.86 },
  'icon-512.png': { side: 512, share: 0.86 },
  'icon-masked-512.png': { side: 512, share: 0.6 },
  'icon-apple-180.png': { side: 180, share: 0.72 },
};

main(async () => {
  const drawing = `data:image/svg+xml,${encodeURIComponent(readFileSync(join(ROOT, 'public/icon.svg'), 'utf8'))}`;
  const browser = await chromium.launch({ executablePath: browserProgram(), args: ['--no-sandbox'] });
  for (const [name, { side, share }] of Object.entries(ICONS)) {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    await page.setContent(`<body style="margin:0;display:grid;place-items:center;height:100vh;background:${PAPER}"><img src="${drawing}" style="width:${100 * share}%">`);
    await page.waitForFunction(() => document.images[0].complete);
    writeFileSync(join(ROOT, 'public', name), await page.screenshot());
    await page.close();
  }
  await browser.close();
});
