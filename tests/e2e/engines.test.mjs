// The same site in the other two engines, shortly: the first list, the fence around the worker, wheel and keys.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { movieIdOf } from './support/artifacts.mjs';
import { startSite } from './support/site.mjs';
import { lacksFirefox, lacksWebKit, launchFirefox, launchWebKit } from './support/webdriver.mjs';

const LINK = `#v1&h=${['Alien', 'Blade Runner', 'Heat'].map((title) => movieIdOf(title)).join('.')}&f=sasrec`;

const rows = () => [...document.querySelectorAll('.columns .rec .film-title')].map((it) => it.textContent);

for (const [name, lacks, launch] of [
  ['Firefox', lacksFirefox, launchFirefox],
  ['WebKit', lacksWebKit, launchWebKit],
]) {
  describe(name, { skip: lacks }, () => {
    test('shows a list, hears keys and the wheel, and fences its worker', async () => {
      const site = await startSite({ bare: true });
      const elsewhere = await startSite(); // another port is another origin
      const page = await launch();
      await page.open(`${site.url}${LINK}`);
      await page.until(() => document.querySelectorAll('.columns .rec').length >= 10).catch(async (error) => {
        throw new Error(`${error.message}; the page says: ${await page.evaluate(() => document.body.innerText.slice(0, 600))}`);
      });
      const before = await page.evaluate(rows);

      // A worker made as the engine's is: under the policy of the page, since this host sends none.
      await page.evaluate((foreign) => {
        const script = `fetch(${JSON.stringify(foreign)}, { mode: 'no-cors' }).then(() => postMessage('went through'), () => postMessage('refused'))`;
        const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), { type: 'module' });
        worker.onmessage = ({ data }) => document.documentElement.setAttribute('data-fetched', data);
      }, elsewhere.url);
      await page.until(() => document.documentElement.hasAttribute('data-fetched'));
      assert.equal(await page.evaluate(() => document.documentElement.getAttribute('data-fetched')), 'refused');

      // A pick by keys alone.
      await page.click('[role=combobox]');
      await page.type('[role=combobox]', 'Fargo');
      await page.until(() => document.querySelector('[role=option]') !== null);
      await page.type('[role=combobox]', '\uE015\uE007'); // arrow down, Enter
      await page.until(() => [...document.querySelectorAll('.strip .pick-name')].length === 4);
      await page.until((old) => [...document.querySelectorAll('.columns .rec .film-title')].map((it) => it.textContent).join() !== old, before.join());

      await page.click('.tabs button:nth-of-type(4)');
      await page.until(() => document.querySelector('canvas') !== null);
      await page.wheel('canvas', 300);
      await page.click('.tabs button:nth-of-type(1)');
      await page.until(() => document.querySelectorAll('.columns .rec').length >= 10);
    });
  });
}

describe('Firefox', { skip: lacksFirefox }, () => {
  test('without WebAssembly the page says so', async () => {
    const site = await startSite();
    const page = await launchFirefox({ 'javascript.options.wasm': false });
    await page.open(`${site.url}${LINK}`);
    await page.sees('WebAssembly is switched off in this browser');
  });
});
