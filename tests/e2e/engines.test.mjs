// The same site in the other two engines, shortly: what each of them might do in its own way. Lists and numbers are those
// that Python computed.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { afterEach, before, describe, test } from 'node:test';
import { catalogue, golden, movieIdOf } from './support/artifacts.mjs';
import { atTheEnd } from './support/cleanup.mjs';
import { startSite } from './support/site.mjs';
import { lacksFirefox, lacksWebKit, launchFirefox, launchWebKit } from './support/webdriver.mjs';

const linkOf = (rows, more) => `#v2&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&${more}`;
const LINK = `#v2&h=${['Alien', 'Blade Runner', 'Heat'].map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease`;
const [ALIEN, FARGO] = [movieIdOf('Alien'), movieIdOf('Fargo')];

/** A short history, and the first ten films that Python read off the shipped file of `family` for it, with their scores. */
function known(family) {
  const [{ history, top }] = golden(family).cases;
  const unseen = top.filter(([row]) => !history.includes(row));
  return { history, rows: unseen.map(([row]) => row), scores: unseen.map(([, score]) => score) };
}

/** The list two deviations up Mult-VAE's strongest direction for its short history: onnxruntime on the shipped file. */
const PUSHED = { direction: 122, list: [97, 1114, 284, 992, 529, 1530, 475, 136, 477, 2939] };
const N_PRESSES = 2 / 0.25;

const [ARROW_UP, ARROW_RIGHT, ARROW_DOWN, ENTER] = ['\uE013', '\uE014', '\uE015', '\uE007'];

// These run in the page.
const titles = () => [...document.querySelectorAll('.columns .rec .film-title')].map((it) => it.textContent);
const rows = (selector) => [...document.querySelectorAll(selector)].map((it) => Number(it.dataset.row));
const texts = (selector) => [...document.querySelectorAll(selector)].map((it) => it.textContent.trim());
const count = (selector) => document.querySelectorAll(selector).length;
const isPart = (name) => document.querySelector('.tab[aria-current=page]')?.textContent === name;

const numberOf = (text) => Number.parseFloat(text.replace('−', '-').replace('+', ''));
const sum = (numbers) => numbers.reduce((all, it) => all + it, 0);
const namesOf = (column, names, row) => column[row].map((at) => names[at]);

for (const [name, lacks, launch] of [
  ['Firefox', lacksFirefox, launchFirefox],
  ['WebKit', lacksWebKit, launchWebKit],
]) {
  describe(name, { skip: lacks }, () => {
    let site;
    let page;
    before(async () => {
      site = await startSite({ bare: true });
      page = await launch();
    });
    afterEach(async () => assert.deepEqual(await page.complaints(), [], 'the page complained'));

    /** Opens `link` as a reader of whom nothing is kept. */
    async function visit(link = '') {
      await page.open(`${site.url}licences.txt`);
      await page.evaluate(() => localStorage.clear());
      await page.open(`${link.startsWith('talk') ? site.url : site.program}${link}`);
    }
    /** Waits until the list of the page is that of so many picks. */
    const hasList = async (nPicks) => {
      await page.until((n) => {
        const said = document.querySelector('.columns .list-foot')?.textContent ?? '';
        return new RegExp(`\\b${n} films?, `).test(said) && document.querySelector('.columns .is-stale') === null;
      }, nPicks);
    };
    const pickByKeys = async (title) => {
      await page.click('[role=combobox]');
      await page.type('[role=combobox]', title);
      await page.until((wanted) => document.querySelector('[role=option]')?.textContent.includes(wanted), title);
      // To the second and back, so that the keys have done something. There is a second once the films' details are here.
      await page.until(() => document.querySelectorAll('[role=option]').length >= 2);
      await page.type('[role=combobox]', ARROW_DOWN);
      await page.until(() => document.querySelector('[role=combobox]').getAttribute('aria-activedescendant') === 'option-1');
      await page.type('[role=combobox]', `${ARROW_UP}${ENTER}`);
      await page.until((wanted) => [...document.querySelectorAll('.strip .pick-name')].at(-1)?.textContent.includes(wanted), title);
    };
    const history = async () => (await page.evaluate(texts, '.strip .pick-name')).map((it) => it.replace(/ \d{4}$/, ''));
    const part = (wanted) => page.until(isPart, wanted);

    test('a figure on a page of another origin: stored, then live, then stored again', async () => {
      const element = '<glassrec-figure figure="memory" history="1214,541,2571"></glassrec-figure>';
      const host = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html><html lang="en"><title>A post</title><body>${element}<script src="${site.url}glassrec-figure.js" async></script></body></html>`));
      await new Promise((resolve) => host.listen(0, resolve));
      atTheEnd(() => {
        host.closeAllConnections();
        host.close();
      });
      await page.open(`http://127.0.0.1:${host.address().port}/`);
      await page.until(() => document.querySelector('glassrec-figure img')?.naturalWidth > 0);
      await page.evaluate(() => document.querySelector('glassrec-figure').run());
      await page.until(() => document.querySelector('glassrec-figure').shadowRoot.querySelector('.is-live') !== null);
      await page.until(() => document.querySelector('glassrec-figure').shadowRoot.querySelector('iframe').clientHeight > 300);
      await page.evaluate(() => document.querySelector('glassrec-figure').stop());
      await page.until(() => document.querySelector('glassrec-figure img').checkVisibility());
    });

    test('a lesson: a guess, and the answer read off the live figure, kept for the next visit', async () => {
      await visit();
      const address = `${site.url}learn/02-order.html`;
      await page.open(`${address}#step=4`);
      await page.until(() => document.querySelector('#step-4 .choices input') !== null);
      assert.equal(await page.evaluate(() => document.querySelector('#step-4 glassrec-figure').checkVisibility({ visibilityProperty: true })), false);
      await page.click('#step-4 .choices input');
      await page.click('#step-4 .guess button');
      await page.until(() => /You guessed right|It came out otherwise/.test(document.querySelector('#step-4 .verdict').textContent));
      assert.equal(await page.evaluate(count, '#step-4 .is-right em:not(:empty)'), 1);
      await page.click('.pager .button:last-child');
      await page.until(() => location.hash === '#step=5');
      await page.open(address);
      await page.sees('You left this lesson at step 5.');
    });

    test('shows a list, hears keys and the wheel, and fences its worker', async () => {
      const elsewhere = await startSite(); // another port is another origin
      await visit(LINK);
      await page.until(() => document.querySelectorAll('.columns .rec').length >= 10);
      const first = await page.evaluate(titles);

      // A pick by keys alone.
      await pickByKeys('Fargo');
      await page.until(() => document.querySelectorAll('.strip .pick-name').length === 4);
      await page.until((old) => [...document.querySelectorAll('.columns .rec .film-title')].map((it) => it.textContent).join() !== old, first.join());

      await page.press('Map');
      await page.until(() => document.querySelector('canvas') !== null);
      await page.wheel('canvas', 300);
      await page.press('The list');
      await page.until(() => document.querySelectorAll('.columns .rec').length >= 10);
      assert.deepEqual(await page.complaints(), []);

      // A worker made as the engine's is: under the policy of the page, since this host sends none.
      await page.evaluate((foreign) => {
        const script = `fetch(${JSON.stringify(foreign)}, { mode: 'no-cors' }).then(() => postMessage('went through'), () => postMessage('refused'))`;
        const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), { type: 'module' });
        worker.onmessage = ({ data }) => document.documentElement.setAttribute('data-fetched', data);
      }, elsewhere.url);
      await page.until(() => document.documentElement.hasAttribute('data-fetched'));
      assert.equal(await page.evaluate(() => document.documentElement.getAttribute('data-fetched')), 'refused');
      assert.ok((await page.complaints()).every((it) => it.includes('refused') || it.includes('Content-Security-Policy')));
    });

    test('a link opens the list that Python computed', async () => {
      const { history: picks, rows: want } = known('sasrec_ease');
      await visit(linkOf(picks, 'f=sasrec_ease'));
      await hasList(picks.length);
      assert.deepEqual(await page.evaluate(rows, '.columns .rec'), want);
      assert.deepEqual(await history(), picks.map((row) => catalogue.title[row]));
    });

    test('the reasons of a film open, and their parts are its score', async () => {
      const { history: picks, rows: want, scores } = known('ease_recency');
      await visit(linkOf(picks, 'f=ease_recency'));
      await hasList(picks.length);
      await page.click(`.rec[data-row="${want[1]}"] .rec-name`);
      await page.until((title) => document.querySelector('#why-title')?.textContent === `Why ${title}?`, catalogue.title[want[1]]);
      await page.sees('It stands 2nd');
      assert.ok((await page.evaluate(() => location.hash)).includes(`&x=${catalogue.movie_id[want[1]]}`));
      // The driver of Firefox does not scroll within a column that sticks.
      await page.evaluate(() => { document.querySelector('.why .twin details:not(.embed)').open = true; });
      await page.until(() => document.querySelector('.why .twin-rows tbody tr') !== null);
      const numbers = (await page.evaluate(texts, '.why .twin-rows tbody td:nth-of-type(4)')).map(numberOf);
      // Behind the parts of the films: popularity, which counts for nothing here, and the score.
      const [parts, [, total]] = [numbers.slice(0, picks.length), numbers.slice(picks.length)];
      assert.equal(numbers.length, picks.length + 2);
      assert.ok(Math.abs(total - scores[1]) < 0.001, `${total} for ${scores[1]}`);
      assert.ok(Math.abs(sum(parts) - total) < 0.003, `${parts} make ${total}`);
    });

    test('a look inside draws, and its cloud goes by keys', async () => {
      const { history: picks, rows: want } = known('mult_vae');
      await visit(linkOf(picks, 'f=mult_vae'));
      await hasList(picks.length);
      await page.press('How it came about');
      await page.until(() => document.querySelector('[data-figure=latent] .film') !== null);
      assert.deepEqual(await page.evaluate(rows, '[data-figure=latent] .film'), want);
      const { width, height } = await page.evaluate(() => {
        const { width, height } = document.querySelector('[data-figure=latent] svg').getBoundingClientRect();
        return { width, height };
      });
      assert.ok(width > 200 && height > 200, `the picture is ${width} by ${height}`);
      await page.type('[data-figure=latent] .picture', ARROW_RIGHT.repeat(N_PRESSES));
      await page.until((list) => [...document.querySelectorAll('[data-figure=latent] .film')].map((it) => it.dataset.row).join() === list, PUSHED.list.join());
      await page.until((piece) => location.hash.endsWith(piece), `&t=i&p=z${PUSHED.direction}:2`);
    });

    test('families side by side have each its list, joined by lines', async () => {
      const families = ['semantic_id', 'bert4rec', 'gru4rec', 'sasrec_ease'];
      const { history: picks } = known('sasrec_ease');
      await visit(linkOf(picks, 'f=sasrec_ease&c=sedbecgrcsae'));
      await page.until(() => document.querySelectorAll('.column .place').length === 40);
      for (const family of families) {
        assert.deepEqual(known(family).history, picks);
        assert.deepEqual(await page.evaluate(rows, `[aria-labelledby=column-${family}] .place`), known(family).rows, family);
      }
      await page.until(() => [...document.querySelectorAll('.links .link')].some((it) => it.getTotalLength() > 100));
    });

    test('the map draws every film, and the wheel goes closer once the map is held', async () => {
      await visit(LINK);
      await hasList(3);
      await page.press('Map');
      await page.until((n) => document.querySelector('.map canvas')?.dataset.dots === String(n), catalogue.movie_id.length);
      const nColours = await page.evaluate(() => {
        const canvas = document.querySelector('.map canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      });
      assert.ok(nColours > 20, `${nColours} colours`);
      const all = `${catalogue.movie_id.length.toLocaleString('en')} films in view`;
      await page.until((said) => document.querySelector('.map-films [role=status]').textContent.startsWith(said), all);
      await page.click('.map canvas');
      await page.wheel('.map canvas', -300);
      await page.until((said) => !document.querySelector('.map-films [role=status]').textContent.startsWith(said), all);
    });

    test('a message is answered by films that have what was asked for', async () => {
      await visit('talk.html');
      await page.type('#message', 'a crime film from the 90s, no comedy');
      await page.press('Send');
      await page.until(() => document.querySelectorAll('[data-figure=talk] .ranked').length === 6);
      for (const row of await page.evaluate(rows, '[data-figure=talk] .ranked')) {
        assert.ok(catalogue.year[row] >= 1990 && catalogue.year[row] <= 1999, catalogue.title[row]);
        const genres = namesOf(catalogue.genres, catalogue.genre_names, row);
        assert.ok(genres.includes('Crime') && !genres.includes('Comedy'), catalogue.title[row]);
      }
      assert.equal(await page.evaluate(count, '.turn'), 1);
    });

    test('Back goes to the part before, and takes no pick back', async () => {
      await visit(LINK);
      await hasList(3);
      await page.press('How it came about');
      await page.until(() => location.hash.includes('&t=i'));
      await page.press('Compare');
      await page.until(() => location.hash.includes('&c='));
      await pickByKeys('Fargo');
      await page.until((id) => location.hash.includes(`.${id}&`), FARGO);
      await page.back();
      await part('How it came about');
      await page.back();
      await part('The list');
      assert.deepEqual(await history(), ['Alien', 'Blade Runner', 'Heat', 'Fargo']);
    });

    test('the history is there after a reload, and on the next visit', async () => {
      await visit();
      await pickByKeys('Alien');
      await hasList(1);
      await page.reload();
      await hasList(1);
      assert.deepEqual(await history(), ['Alien']);
      await page.until((kept) => localStorage.getItem('glassrec/history') === kept, `#v1&h=${ALIEN}`);
      await page.open(site.program);
      await hasList(1);
      assert.deepEqual(await history(), ['Alien']);
    });

    test('what is taken along is the list as it stands, and its picture', async () => {
      const { history: picks, rows: want } = known('sasrec_ease');
      await visit(linkOf(picks, 'f=sasrec_ease'));
      await hasList(picks.length);
      await page.sees('It stands 1st'); // what is below moves until then
      await page.click('.take-away button:nth-of-type(5)');
      await page.sees('Done.');
      const csv = (await page.saved('glassrec-sasrec-with-ease-s-links-recommends.csv')).toString('utf8');
      const list = /\r\nlist\r\n[^\r]*\r\n([^]*?)(\r\n\r\n|$)/.exec(csv)[1].split('\r\n').slice(0, 10);
      assert.deepEqual(list.map((line) => line.split(',').slice(0, 2).map(Number)), want.map((row, at) => [at + 1, catalogue.movie_id[row]]));
      await page.click('.take-away button:nth-of-type(3)');
      const png = await page.saved('glassrec-sasrec-with-ease-s-links-recommends.png');
      assert.equal(png.subarray(1, 4).toString(), 'PNG');
      const width = await page.evaluate(() => document.querySelector('[data-view]').getBoundingClientRect().width);
      assert.ok(png.readUInt32BE(16) >= 2 * Math.floor(width), `${png.readUInt32BE(16)} points for ${width}`);
    });

    test('a damaged link says what is wrong with it, and the rest of it counts', async () => {
      await visit(`#v2&h=${ALIEN}.x&f=oracle`);
      await hasList(1);
      assert.deepEqual(await page.evaluate(texts, '[role=alert] p'), [
        `A piece of this link is damaged and was left out: h=${ALIEN}.x.`,
        'This link asks for a model that is not part of the site; another one answers: oracle.',
      ]);
      await page.press('Dismiss');
      await page.until(() => document.querySelectorAll('[role=alert]').length === 1);
      assert.deepEqual(await history(), ['Alien']);
    });

    test('a reader who likes it dark and still has it so', async () => {
      const dark = await launch({ isDarkAndStill: true });
      await dark.open(`${site.program}${LINK}`);
      await dark.until(() => document.querySelectorAll('.columns .rec').length >= 10);
      const colour = await dark.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.ok(Math.max(...colour.match(/\d+/g).slice(0, 3).map(Number)) < 80, colour);
      assert.ok(await dark.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches));
      assert.deepEqual(await dark.evaluate(() => document.getAnimations().filter((it) => it.playState === 'running').length), 0);
      assert.deepEqual(await dark.complaints(), []);
    });
  });
}

describe('Firefox', { skip: lacksFirefox }, () => {
  test('without WebAssembly the page says so', async () => {
    const site = await startSite();
    const page = await launchFirefox({ preferences: { 'javascript.options.wasm': false } });
    await page.open(`${site.program}${LINK}`);
    await page.sees('WebAssembly is switched off in this browser');
  });
});
