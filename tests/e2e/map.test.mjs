// The map of all films: what it shows and says is what the artefacts and the engine hold, computed a second time; by
// mouse, by keyboard, on a phone, in the dark, and where its file is damaged.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { catalogue, manifest, rowOf } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { isInside, nearestRow, projection, readLayout } from './support/layout.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const HISTORY = ['Alien', 'Blade Runner', 'The Matrix', 'Heat', 'Fargo'].map((title) => rowOf(title));
const link = (more = '') => `#v2&h=${HISTORY.map((row) => catalogue.movie_id[row]).join('.')}&f=sasrec_ease${more}`;
const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const N_ITEMS = catalogue.movie_id.length;
const TEXT = `/${manifest.map.files.text.path}`;
const MODEL = `/${manifest.map.files.model.path}`;

const layout = readLayout('text');
const filmOf = (row) => `${catalogue.title[row]} (${catalogue.year[row]})`;
const counted = (n) => `${n.toLocaleString('en')} film${n === 1 ? '' : 's'}`;
const capital = (name) => name[0].toUpperCase() + name.slice(1);
const figure = (page) => page.locator('[data-figure=map]');
const bestKnownFirst = (rows) => rows.toSorted((a, b) => catalogue.n_ratings[b] - catalogue.n_ratings[a] || a - b);

let browser;
let site;
let engine;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
});

async function visit({ hash = link(), host = site, isDrawn = true, ...options } = {}) {
  const page = await (await browser.newContext({ viewport: WIDE, ...options })).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, host, { link: hash });
  if (hash) await reader.waitForRecommendations();
  await openMap(page, isDrawn);
  return { page, reader, complaints };
}

async function openMap(page, isDrawn = true) {
  await page.getByRole('button', { name: 'Map', exact: true }).click();
  if (isDrawn) await drawn(page, N_ITEMS);
}

/** The picture holds so many dots. */
const drawn = (page, nDots) => page.locator(`.map canvas[data-dots="${nDots}"]`).waitFor();
const count = (page, text) => page.locator('.map-films [role=status]').filter({ hasText: text }).waitFor();
const rowsOf = (page) => page.locator('.map-films tbody tr').evaluateAll((rows) => rows.map((it) => Number(it.dataset.row)));
const named = (page) => page.locator('.map-name').textContent();

/** Where the canvas is on the page, and how the whole map lies in it. */
async function wholeMap(page) {
  const canvas = page.locator('.map canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  const size = await canvas.evaluate((it) => ({ width: it.clientWidth, height: it.clientHeight }));
  const view = projection(size);
  const onPage = (point) => {
    const at = view.toScreen(point);
    return [box.x + at.x, box.y + at.y];
  };
  return { ...view, ...size, onPage };
}

/** Whether a ring of `colour` lies round each of the rows: one of its quarters shows unless something covers them all. */
async function ringed(page, rows, token) {
  const { toScreen } = await wholeMap(page);
  return page.locator('.map canvas').evaluate(
    (canvas, [places, name]) => {
      const probe = document.createElement('canvas').getContext('2d');
      probe.fillStyle = getComputedStyle(canvas).getPropertyValue(name);
      probe.fillRect(0, 0, 1, 1);
      const wanted = probe.getImageData(0, 0, 1, 1).data;
      const context = canvas.getContext('2d');
      const ratio = devicePixelRatio;
      const isColour = (x, y) => {
        const got = context.getImageData(Math.floor(x * ratio), Math.floor(y * ratio), 1, 1).data;
        return [0, 1, 2].every((i) => Math.abs(got[i] - wanted[i]) < 40);
      };
      const round = Array.from({ length: 24 }, (_, i) => (i * Math.PI) / 12);
      return places.map(({ x, y }) => round.filter((turn) => isColour(x + 6 * Math.cos(turn), y + 6 * Math.sin(turn))).length);
    },
    [rows.map((row) => toScreen(layout.points[row])), token],
  );
}

async function firstTen(family) {
  const recommended = await engine.ask({ Recommend: { family, history: HISTORY, top: 10 } });
  return recommended.list.map(({ item }) => item);
}

/** Films with nothing drawn near them. */
function farFrom(rows, n) {
  const isFar = (row) => rows.every((it) => Math.hypot(layout.points[it].x - layout.points[row].x, layout.points[it].y - layout.points[row].y) > 250);
  return layout.points.map((_, row) => row).filter(isFar).slice(0, n);
}

describe('on a known history', () => {
  let page;
  let complaints;
  before(async () => ({ page, complaints } = await visit()));

  test('every film is a dot, and the table has the best known in view', async () => {
    await count(page, `${counted(N_ITEMS)} in view`);
    assert.deepEqual(await rowsOf(page), bestKnownFirst(layout.points.map((_, row) => row)).slice(0, 50));
    await page.getByRole('button', { name: 'Show 50 more' }).click();
    assert.deepEqual(await rowsOf(page), bestKnownFirst(layout.points.map((_, row) => row)).slice(0, 100));
  });

  test('the dot under the hand is named, and a click selects its film', async () => {
    const { onPage, toMap, scale } = await wholeMap(page);
    // The browser tells whole pixels, and a pixel may be nearer to a neighbour.
    await page.locator('.map canvas').evaluate((canvas) =>
      canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => (globalThis.hand = { x: Math.trunc(offsetX), y: Math.trunc(offsetY) })));
    for (const row of [rowOf('Heat', 1995), rowOf('Casablanca'), rowOf('Toy Story')]) {
      await page.mouse.move(...onPage(layout.points[row]));
      const hand = toMap(await page.evaluate(() => globalThis.hand));
      assert.ok(Math.hypot(hand.x - layout.points[row].x, hand.y - layout.points[row].y) < 2 / scale);
      const expected = nearestRow(layout.points, hand, 9 / scale);
      await page.locator('.map-name').filter({ hasText: filmOf(expected) }).waitFor();
      const lies = `lies in ${capital(layout.regions[layout.regionOf[expected]].name)}`;
      await figure(page).locator('.say').filter({ hasText: filmOf(expected) }).filter({ hasText: lies }).waitFor();
      await page.mouse.down();
      await page.mouse.up();
      await page.locator('.map-film .film-title').filter({ hasText: catalogue.title[expected] }).waitFor();
      const region = capital(layout.regions[layout.regionOf[expected]].name);
      await page.locator('.map-hand').getByText(`It lies in ${region}.`).waitFor();
    }
    await page.mouse.move(...onPage({ x: 30, y: 30 }));
    assert.equal(await named(page), '', 'in the corner lies nothing');
    await page.mouse.down();
    await page.mouse.up();
    await page.getByText('Point at a dot to name its film').waitFor();
  });

  test('the claim counts the list in the regions of the history', async () => {
    const ten = await firstTen('sasrec_ease');
    const mine = new Set(HISTORY.map((row) => layout.regionOf[row]));
    const nNear = ten.filter((row) => mine.has(layout.regionOf[row])).length;
    const counts = layout.regions.map((_, region) => ten.filter((row) => layout.regionOf[row] === region).length);
    const most = Math.max(...counts);
    const near = { 0: 'none lies', 1: '1 lies', 10: 'all lie' }[nNear] ?? `${nNear} lie`;
    const region = capital(layout.regions[counts.indexOf(most)].name);
    const last = { 1: 'no two share a region', 10: `all are in ${region}` }[most] ?? `${region} has most, ${most}`;
    const claim = `Of the first 10 by SASRec with EASE's links, ${near} in regions of your films; ${last}`;
    assert.equal(await figure(page).locator('.claim').textContent(), claim);
  });

  test('the table and the files have every film that is named, its place, its rank and the nearest of the history', async () => {
    const ten = await firstTen('sasrec_ease');
    await figure(page).getByText('The same as a table').click();
    await figure(page).locator('.twin-rows tbody tr').first().waitFor();
    const rows = await figure(page).locator('.twin-rows tbody tr').evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((it) => it.textContent)));
    assert.deepEqual(rows.map((it) => Number(it[0])), [...HISTORY, ...ten].map((row) => catalogue.movie_id[row]));
    for (const [at, row] of ten.entries()) {
      const [, , , , rank, region, x, y, nearest, distance] = rows[HISTORY.length + at];
      const far = (pick) => Math.hypot(layout.points[pick].x - layout.points[row].x, layout.points[pick].y - layout.points[row].y) / 4096;
      const [closest] = HISTORY.toSorted((a, b) => far(a) - far(b));
      assert.deepEqual([rank, region, nearest], [String(at + 1), layout.regions[layout.regionOf[row]].name, catalogue.title[closest]]);
      for (const [written, value] of [[x, layout.points[row].x / 4096], [y, layout.points[row].y / 4096], [distance, far(closest)]]) assert.ok(Math.abs(Number(written) - value) < 5e-3, `${written}, wanted ${value}`);
    }
    for (const form of ['PNG', 'CSV', 'JSON']) {
      const download = page.waitForEvent('download');
      await figure(page).locator('.save').getByRole('button', { name: form, exact: true }).click();
      const file = await download;
      assert.equal(file.suggestedFilename(), `glassrec-map.${form.toLowerCase()}`);
      const bytes = await readFile(await file.path());
      if (form === 'PNG') assert.ok(bytes.length > 50_000, `a picture of ${bytes.length} bytes`);
      else assert.ok(bytes.toString('utf8').includes('nearest of your films'), form);
    }
    await figure(page).getByText('The same as a table').click();
  });

  test('every region has as many films as lie nearest to it, and shows them', async () => {
    const sizes = layout.regions.map((_, region) => layout.regionOf.filter((it) => it === region).length);
    const said = layout.regions.map((it, region) => `${capital(it.name)}: ${counted(sizes[region])}`);
    assert.deepEqual(await page.locator('.map-region').allTextContents(), said);
    for (const region of [1, 28]) {
      await page.locator('.map-region').nth(region).click();
      await count(page, `${counted(sizes[region])} inside`);
      const inside = layout.points.map((_, row) => row).filter((row) => layout.regionOf[row] === region);
      assert.deepEqual(await rowsOf(page), bestKnownFirst(inside).slice(0, 50));
    }
    await page.getByRole('button', { name: 'Back to the films in view' }).click();
    await count(page, `${counted(N_ITEMS)} in view`);
  });

  test('a lasso holds the films inside the line', async () => {
    const { width, height, toMap, onPage } = await wholeMap(page);
    await page.getByRole('button', { name: 'Lasso' }).click();
    await page.locator('.map canvas').evaluate((canvas) => {
      globalThis.line = [];
      const note = ({ offsetX, offsetY }) => globalThis.line.push({ x: Math.trunc(offsetX), y: Math.trunc(offsetY) });
      for (const type of ['pointerdown', 'pointermove']) canvas.addEventListener(type, note);
    });
    // A horseshoe: its bay is outside.
    const corners = [[900, 900], [3000, 800], [3100, 3000], [2600, 3000], [2500, 1500], [1500, 1500], [1400, 3000], [900, 2900]];
    await page.mouse.move(...onPage({ x: corners[0][0], y: corners[0][1] }));
    await page.evaluate(() => (globalThis.line.length = 0));
    await page.mouse.down();
    for (const [x, y] of corners.slice(1)) await page.mouse.move(...onPage({ x, y }), { steps: 5 });
    await page.mouse.up();
    const line = (await page.evaluate(() => globalThis.line)).map(toMap);
    assert.ok(line.length > corners.length && width > 0 && height > 0);
    const inside = layout.points.map((_, row) => row).filter((row) => isInside(line, layout.points[row]));
    assert.ok(inside.length > 500 && inside.length < N_ITEMS / 2, `${inside.length} films`);
    await count(page, `${counted(inside.length)} inside`);
    assert.deepEqual(await rowsOf(page), bestKnownFirst(inside).slice(0, 50));
    await page.getByRole('button', { name: 'Back to the films in view' }).click();
  });

  test('the wheel comes closer to what is under the hand, and a drag moves the map', async () => {
    const { onPage, width, height } = await wholeMap(page);
    const row = rowOf('Toy Story');
    await page.mouse.move(...onPage(layout.points[row]));
    await page.keyboard.down('Control');
    for (let notch = 0; notch < 10; notch += 1) await page.mouse.wheel(0, -120);
    await page.keyboard.up('Control');
    await page.waitForFunction((n) => Number(document.querySelector('.map canvas').dataset.dots) < n, N_ITEMS / 4);
    const before = Number(await page.locator('.map canvas').getAttribute('data-dots'));
    await count(page, `${counted(before)} in view`);
    assert.ok((await rowsOf(page)).includes(row), 'the film under the hand is still in view');
    await page.mouse.down();
    await page.mouse.move(...onPage({ x: layout.points[row].x + 900, y: layout.points[row].y }), { steps: 6 });
    await page.mouse.up();
    await page.waitForFunction((n) => Number(document.querySelector('.map canvas').dataset.dots) !== n, before);
    await figure(page).getByRole('button', { name: 'As it was' }).click();
    await drawn(page, N_ITEMS);
    assert.equal(await figure(page).getByRole('button', { name: 'As it was' }).count(), 0);
    assert.ok(width > 300 && height > 300);
  });

  test('the wheel scrolls the page until the reader has taken hold of the map', async () => {
    const { onPage } = await wholeMap(page);
    const at = onPage(layout.points[rowOf('Toy Story')]);
    const y = () => page.evaluate(() => scrollY);
    await page.evaluate(() => document.activeElement.blur());
    await page.mouse.move(...at);
    await page.keyboard.down('Control');
    for (let notch = 0; notch < 5; notch += 1) await page.mouse.wheel(0, -120);
    await page.keyboard.up('Control');
    await page.waitForFunction((n) => Number(document.querySelector('.map canvas').dataset.dots) < n, N_ITEMS);
    const zoomed = await page.locator('.map canvas').getAttribute('data-dots');
    // Half-way in, where the map used to swallow every turn.
    const before = await y();
    await page.mouse.wheel(0, 120);
    await page.waitForFunction((from) => scrollY > from, before);
    assert.equal(await page.locator('.map canvas').getAttribute('data-dots'), zoomed);
    await page.mouse.wheel(0, -2000);
    await page.waitForFunction(() => scrollY === 0);
    await page.locator('.map canvas').focus();
    // The page has scrolled since, so the film lies elsewhere on the screen.
    await page.locator('.map canvas').hover();
    await page.mouse.wheel(0, 240);
    await page.waitForFunction((n) => document.querySelector('.map canvas').dataset.dots !== n, zoomed);
    await page.getByRole('button', { name: 'Whole map' }).click();
    await drawn(page, N_ITEMS);
  });

  test('the first ten of the list are ringed in the colour of its kind, and nothing else is', async () => {
    const ten = await firstTen('sasrec_ease');
    const rings = await ringed(page, ten, '--kind-hybrid');
    assert.deepEqual(rings.filter((n) => n < 6), [], `parts of each ring: ${rings}`);
    const others = farFrom([...ten, ...HISTORY], 40);
    assert.ok(others.length === 40);
    assert.deepEqual((await ringed(page, others, '--kind-hybrid')).filter((n) => n > 0), []);
    await page.locator('input[name=drawn][value=sasrec_ease]').uncheck();
    await page.waitForFunction(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))));
    assert.deepEqual((await ringed(page, ten, '--kind-hybrid')).filter((n) => n > 5), []);
    await page.locator('input[name=drawn][value=sasrec_ease]').check();
  });

  test('the table says in whose first ten a film is, and adding it makes it a pick', async () => {
    const ten = await firstTen('sasrec_ease');
    const region = layout.regionOf[ten[0]];
    await page.locator('.map-region').nth(region).click();
    const more = page.getByRole('button', { name: 'Show 50 more' });
    while (await more.isVisible()) await more.click();
    const cell = (row) => page.locator(`.map-films tr[data-row="${row}"] td:last-child`);
    for (const [at, row] of ten.entries()) if (layout.regionOf[row] === region) assert.equal(await cell(row).textContent(), `SASRec with EASE's links ${at + 1}`);
    await page.locator(`.map-films tr[data-row="${ten[0]}"] .map-row`).click();
    await page.locator('.map-hand').getByText("1st with SASRec with EASE's links").waitFor();
    await page.locator('.map-hand').getByRole('button', { name: 'Add to your history' }).click();
    await cell(ten[0]).filter({ hasText: 'your history' }).waitFor();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await cell(ten[0]).filter({ hasNotText: 'your history' }).waitFor();
  });

  test('a film is added by one press in the table, by two clicks on its dot and by a key', async () => {
    const { page, reader } = await visit();
    const was = HISTORY.map((row) => catalogue.title[row]);
    const first = bestKnownFirst(layout.points.map((_, row) => row)).find((row) => !HISTORY.includes(row));
    await page.locator(`.map-films tr[data-row="${first}"] .add-film`).click();
    await reader.waitForHistory([...was, catalogue.title[first]]);
    await reader.undo();
    await reader.waitForHistory(was);
    const { onPage } = await wholeMap(page);
    await page.mouse.move(...onPage(layout.points[rowOf('Casablanca')]));
    await page.locator('.map-name').filter({ hasText: /\(/ }).waitFor();
    const film = await named(page);
    await page.mouse.dblclick(...onPage(layout.points[rowOf('Casablanca')]));
    await reader.waitForPick(film.replace(/ \(\d{4}\)$/, ''));
    await reader.undo();
    await reader.waitForHistory(was);
    await page.locator('.map canvas').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('.map-name').filter({ hasText: /\(/ }).waitFor();
    const aimed = (await named(page)).replace(/ \(\d{4}\)$/, '');
    await page.keyboard.press('a');
    await reader.waitForPick(aimed);
  });

  test('and nothing was complained about', () => assert.deepEqual(complaints, []));
});

test('the file is fetched when the tab is opened, and the other when it is asked for', async () => {
  const host = await startSite();
  const asked = (path) => host.requests.filter((it) => it.path.endsWith(path)).length;
  const { page, reader } = await visit({ host });
  assert.equal(asked(TEXT), 1);
  assert.equal(asked(MODEL), 0);
  const model = readLayout('model');
  await page.getByRole('radio', { name: 'who watches what next' }).check();
  const sizes = model.regions.map((_, region) => model.regionOf.filter((it) => it === region).length);
  // The other map may have a region of the same name, but not of as many films.
  await page.locator('.map-region').first().filter({ hasText: `${capital(model.regions[0].name)}: ${counted(sizes[0])}` }).waitFor();
  assert.deepEqual(await page.locator('.map-region').allTextContents(), model.regions.map((it, region) => `${capital(it.name)}: ${counted(sizes[region])}`));
  await reader.seesText(`${Math.round(manifest.map.kept_of_ten.model * 100)} % are among its ten nearest here`);
});

test('the map is not asked for by those who do not open it', async () => {
  const host = await startSite();
  const page = await (await browser.newContext({ viewport: WIDE })).newPage();
  const reader = await openPage(page, host, { link: link() });
  await reader.waitForRecommendations();
  assert.ok(!host.requests.some((it) => it.path.endsWith('.layout')));
});

test('families chosen in Compare are drawn, each in the colour of its kind', async () => {
  const code = (name) => name.slice(0, 2) + name.at(-1);
  const families = ['sasrec_ease', 'ease_recency'];
  const page = await (await browser.newContext({ viewport: WIDE })).newPage();
  await openPage(page, site, { link: link(`&c=${families.map(code).join('')}`) });
  await page.waitForFunction((n) => document.querySelectorAll('.column .place').length >= 10 * n, families.length);
  await openMap(page);
  await page.locator('input[name=drawn][value=ease_recency]').waitFor();
  assert.deepEqual(await page.locator('input[name=drawn]').evaluateAll((it) => it.map(({ value }) => value)), families);
  const sasrec_ease = await firstTen('sasrec_ease');
  const alone = (await firstTen('ease_recency')).filter((row) => !sasrec_ease.includes(row));
  assert.ok(alone.length > 0);
  await page.waitForFunction(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))));
  const rings = await ringed(page, alone, '--kind-baseline');
  assert.deepEqual(rings.filter((n) => n < 6), [], `parts of each ring: ${rings}`);
});

test('by keyboard alone', async () => {
  const { page } = await visit();
  const canvas = page.locator('.map canvas');
  await page.getByRole('radio', { name: 'what the texts say' }).focus();
  await page.keyboard.press('Tab');
  for (let i = 0; i < 6 && !(await canvas.evaluate((it) => it === document.activeElement)); i += 1) await page.keyboard.press('Tab');
  assert.ok(await canvas.evaluate((it) => it === document.activeElement), 'Tab comes to the map');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const { width, height, scale, toMap } = await wholeMap(page);
  const centre = toMap({ x: width / 2 + 60, y: height / 2 + 60 });
  const aimed = nearestRow(layout.points, centre, 60 / scale);
  await page.locator('.map-name').filter({ hasText: filmOf(aimed) }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.map-film .film-title').filter({ hasText: catalogue.title[aimed] }).waitFor();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await page.waitForFunction((n) => Number(document.querySelector('.map canvas').dataset.dots) < n, N_ITEMS);
  await page.keyboard.press('0');
  await drawn(page, N_ITEMS);
  await page.keyboard.press('Escape');
  await page.getByText('Point at a dot to name its film').waitFor();

  const region = page.locator('.map-region').nth(2);
  for (let i = 0; i < 20 && !(await region.evaluate((it) => it === document.activeElement)); i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await count(page, 'inside');
  assert.equal(await region.getAttribute('aria-pressed'), 'true');
});

describe('for everyone', () => {
  for (const colorScheme of ['light', 'dark']) {
    for (const [name, viewport] of Object.entries({ wide: WIDE, '360 px': PHONE })) {
      test(`axe has no serious finding: ${colorScheme}, ${name}`, async () => {
        const { page } = await visit({ colorScheme, viewport, reducedMotion: 'reduce' });
        await page.locator('.map-region').nth(1).click();
        await page.locator('.map-films tbody button').first().click();
        assert.deepEqual(await findings(page), []);
      });
    }
  }

  test('nothing to scroll sideways at 360 px, and a finger selects a film', async () => {
    const { page } = await visit({ viewport: PHONE, hasTouch: true });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
    const { onPage, scale } = await wholeMap(page);
    const row = rowOf('Toy Story');
    await page.touchscreen.tap(...onPage(layout.points[row]));
    await page.locator('.map-film .film-title').waitFor();
    const title = await page.locator('.map-film .film-title').textContent();
    const near = layout.points.map((_, it) => it).filter((it) => Math.hypot(layout.points[it].x - layout.points[row].x, layout.points[it].y - layout.points[row].y) <= 3 / scale);
    assert.ok(near.map((it) => catalogue.title[it]).includes(title), `${title} is not at that dot`);
  });

  test('the colours follow the reader’s system while the map is open', async () => {
    const { page } = await visit({ colorScheme: 'light' });
    const corner = () => page.locator('.map canvas').evaluate((it) => it.getContext('2d').getImageData(20, it.height - 20, 1, 1).data[0]);
    assert.ok((await corner()) > 200);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => {
      const it = document.querySelector('.map canvas');
      return it.getContext('2d').getImageData(20, it.height - 20, 1, 1).data[0] < 60;
    });
  });

  test('without a history the map is there, with nothing drawn on it', async () => {
    const { page } = await visit({ hash: '' });
    await page.getByText('Add a film, and the recommendations are ringed here.').waitFor();
    const sizes = layout.regions.map((_, region) => layout.regionOf.filter((it) => it === region).length);
    const largest = sizes.indexOf(Math.max(...sizes));
    const claim = `The largest of ${layout.regions.length} regions is ${capital(layout.regions[largest].name)}, with ${sizes[largest].toLocaleString('en')} of ${N_ITEMS.toLocaleString('en')} films`;
    assert.equal(await figure(page).locator('.claim').textContent(), claim);
    assert.equal(await page.locator('input[name=drawn]').count(), 0);
  });
});

describe('a file that does not come', () => {
  for (const [kind, words] of Object.entries({ corrupt: /There is no map\. A file is damaged/, truncated: /There is no map\. A file is damaged/, missing: /There is no map\. A file did not arrive/ })) {
    test(`${kind}: a word in its place, the rest goes on, and trying again is enough`, async () => {
      const host = await startSite();
      host.faults.set(TEXT, { kind });
      const { page, reader } = await visit({ host, isDrawn: false });
      await reader.seesAlert(words);
      assert.deepEqual(await reader.history(), HISTORY.map((row) => catalogue.title[row]));
      await page.getByRole('button', { name: 'The list' }).click();
      await reader.waitForRecommendations();
      await openMap(page, false);
      await reader.seesAlert(words);
      host.faults.clear();
      await reader.tryAgain();
      await drawn(page, N_ITEMS);
    });
  }
});
