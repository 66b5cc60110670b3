// Inside Mult-VAE: the bells are the dimensions farthest from the prior, the lists of the plane are those of the shipped
// graph at its places, and the cloud is dragged by mouse, finger and keyboard, and moved by a link.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalogue, golden } from './support/artifacts.mjs';
import { findings } from './support/axe.mjs';
import { startEngine } from './support/engine.mjs';
import { loadGraph } from './support/graph.mjs';
import { inspect, shortTitle } from './support/inside.mjs';
import { launch, watch } from './support/launch.mjs';
import { openPage } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const FAMILY = 'mult_vae';
const [{ history: HISTORY }] = golden(FAMILY).cases;
const linkOf = (rows) => `#v2&h=${rows.map((row) => catalogue.movie_id[row]).join('.')}&f=${FAMILY}&t=i`;
const N_TOP = 10;

/** The two strongest dimensions of that history, and the list two deviations up: onnxruntime on the shipped file. */
const FROM_PYTHON = [
  {
    number: 122, mean: -1.15152, deviation: 0.1118, bits: 3.40519, low: [4946, 5584, 3719], high: [241, 225, 1094],
    list: [97, 1114, 284, 992, 529, 1530, 475, 136, 477, 2939],
  },
  {
    number: 44, mean: -0.55466, deviation: 0.10523, bits: 2.75699, low: [2513, 2563, 1780], high: [5391, 5785, 6181],
    list: [5832, 5809, 6028, 4598, 5250, 950, 231, 3778, 6257, 7030],
  },
];

/** Places of the plane along each side, and from one to the next. */
const N_ACROSS = 25;
const STEP = 0.25;
const REACH = 3;
const N_LATENT = 128;

let browser;
let site;
let engine;
let run;
before(async () => {
  site = await startSite();
  browser = await launch();
  engine = await startEngine(await browser.newPage(), site);
  run = await loadGraph(await browser.newPage(), site, FAMILY);
});

async function look({ link = linkOf(HISTORY), ...options } = {}) {
  const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link });
  await page.locator('[data-figure=latent] .film').first().waitFor();
  return { page, reader, complaints };
}

const shownFor = (history, moves = []) => {
  const probe = moves.length > 0 ? `z${moves.map((it) => it.join(':')).join()}` : '';
  return inspect(engine, { family: FAMILY, history, probe });
};
const listOf = async (history) =>
  (await engine.ask({ Recommend: { family: FAMILY, history, top: N_TOP } })).list;
const rowsOf = (list) => list.map(({ item }) => item);
/** The first films of the shipped graph, pushed along some dimensions, without the engine. */
async function listAt(history, moves) {
  const shift = new Array(N_LATENT).fill(0);
  for (const [number, by] of moves) shift[number] = by;
  const { data } = (await run(history, ['scores'], { shift, even: [0] })).scores;
  const unseen = Array.from(data, (_, row) => row).filter((row) => !history.includes(row));
  return unseen.sort((a, b) => data[b] - data[a] || a - b).slice(0, N_TOP);
}
const shownList = (page) => page.locator('[data-figure=latent] .film').evaluateAll((films) => films.map((it) => Number(it.dataset.row)));
const placeOf = (right, up) => Math.round((up + REACH) / STEP) * N_ACROSS + Math.round((right + REACH) / STEP);
const handle = (page) => page.getByRole('slider', { name: 'Place on the plane' });
const claim = (page) => page.locator('[data-figure=latent] .claim');
const isFirst = (page, row) => page.waitForFunction((it) => document.querySelector('[data-figure=latent] .film')?.dataset.row === String(it), row);
/** Where a place of the plane is on the screen. */
async function pointOf(page, [right, up]) {
  const { x, y, width } = await page.locator('[data-figure=latent] .plane').boundingBox();
  const unit = width / (2 * REACH);
  return [x + (REACH + right) * unit, y + (REACH - up) * unit];
}
/** The rows of the twin table, each a record of its columns. */
async function table(page) {
  const twin = page.locator('[data-figure=latent] .twin details:not(.embed)');
  if (!(await twin.evaluate((it) => it.open))) await twin.locator('summary').click();
  return page.locator('[data-figure=latent] .twin-rows').evaluate((it) => {
    const heads = [...it.querySelectorAll('th')].map((head) => head.textContent);
    return [...it.querySelectorAll('tbody tr')].map((row) =>
      Object.fromEntries([...row.cells].map((cell, at) => [heads[at], cell.textContent])));
  });
}
const numberOf = (text) => Number(text.replace('−', '-'));

describe('on a known history', () => {
  test('the bells are the dimensions that are farthest from the prior, with mean, standard deviation and bits', async () => {
    const { page, complaints } = await look();
    const { dimensions, ends, plane } = await shownFor(HISTORY);
    assert.equal(dimensions.length, N_LATENT);
    for (const { mean, deviation, bits } of dimensions) {
      const nats = (mean ** 2 + deviation ** 2 - 1 - Math.log(deviation ** 2)) / 2;
      assert.ok(Math.abs(bits - nats / Math.LN2) < 1e-4, `${bits} bits, not ${nats / Math.LN2}`);
    }
    const byBits = dimensions.toSorted((a, b) => b.bits - a.bits).map(({ number }) => number);
    const drawn = await page.locator('[data-figure=latent] .dimension').evaluateAll((all) => all.map((it) => Number(it.dataset.dimension)));
    assert.deepEqual(drawn, byBits.slice(0, 6));
    const rows = (await table(page)).filter((it) => it.Dimension);
    assert.equal(rows.length, 6);
    for (const [at, { dimension, low, high }] of ends.entries()) {
      const { number, mean, deviation, bits } = dimensions[at];
      assert.equal(dimension, number);
      assert.equal(rows[at].Dimension, String(number + 1));
      [['Mean', mean], ['Deviation', deviation], ['Bits', bits]].forEach(([name, want]) =>
        assert.ok(Math.abs(numberOf(rows[at][name]) - want) < 0.0051, `${name}: ${rows[at][name]} for ${want}`));
      for (const row of low) assert.ok(rows[at].Low.includes(catalogue.title[row]), rows[at].Low);
      for (const row of high) assert.ok(rows[at].High.includes(catalogue.title[row]), rows[at].High);
    }
    // Both dimensions of the plane are among them, the stronger one to the right.
    assert.ok(byBits.indexOf(plane.right) < byBits.indexOf(plane.up) && byBits.indexOf(plane.up) < 6);
    assert.deepEqual(await shownList(page), rowsOf(await listOf(HISTORY)));
    assert.deepEqual(complaints, []);
  });

  test('places, ends and lists are those that Python reads off the same file', async () => {
    const { dimensions } = await shownFor(HISTORY);
    for (const [at, { number, mean, deviation, bits, low, high, list }] of FROM_PYTHON.entries()) {
      assert.equal(dimensions[at].number, number);
      const got = [dimensions[at].mean, dimensions[at].deviation, dimensions[at].bits];
      [mean, deviation, bits].forEach((want, n) => assert.ok(Math.abs(got[n] - want) < 1e-3, `${got[n]}, not ${want}`));
      const pushed = await shownFor(HISTORY, [[number, 2]]);
      assert.deepEqual([pushed.ends[at].low, pushed.ends[at].high], [low, high]);
      assert.deepEqual(rowsOf(pushed.list), list);
      assert.deepEqual(pushed.before.slice(0, N_TOP), rowsOf(await listOf(HISTORY)));
      // The plane has the same list there.
      const { right, lists } = pushed.plane;
      assert.deepEqual(lists[number === right ? placeOf(2, 0) : placeOf(0, 2)], list);
    }
  });

  test('the lists of the plane are those of the shipped graph at its places', async () => {
    const { plane, before: own } = await shownFor(HISTORY);
    const { right, up, lists, regions } = plane;
    assert.equal(lists.length, N_ACROSS ** 2);
    assert.deepEqual(lists[placeOf(0, 0)], own.slice(0, N_TOP));
    for (const [x, y] of [[0, 0], [-3, -3], [3, 3], [-3, 3], [1.5, -0.75], [-0.25, 2.25]]) {
      assert.deepEqual(lists[placeOf(x, y)], await listAt(HISTORY, [[right, x], [up, y]]), `at ${x}, ${y}`);
    }
    // Regions are as large as their places are many, within what borders between places give and take.
    const counts = new Map();
    for (const [first] of lists) counts.set(first, (counts.get(first) ?? 0) + 1);
    assert.deepEqual(new Map(regions.map(({ item, n_places: n }) => [item, n])), counts);
    const areaOf = (part) => Math.abs(part.reduce((sum, [x, y], at) => {
      const [x1, y1] = part[(at + 1) % part.length];
      return sum + x * y1 - x1 * y;
    }, 0)) / 2;
    const areas = regions.map(({ parts }) => parts.reduce((sum, part) => sum + areaOf(part), 0));
    assert.ok(Math.abs(areas.reduce((a, b) => a + b) - (2 * REACH) ** 2) < 0.1, `${areas}`);
  });

  test('the picture has every region, the cloud in that of the first film, and the nearest other film in its claim', async () => {
    const { page } = await look();
    const { plane: { regions }, before: [first] } = await shownFor(HISTORY);
    const drawn = await page.locator('[data-figure=latent] .region').evaluateAll((all) => all.map((it) => Number(it.dataset.row)));
    assert.deepEqual(drawn, regions.map(({ item }) => item));
    const [x, y] = await pointOf(page, [0, 0]);
    const cloud = await page.locator('[data-figure=latent] .cloud').boundingBox();
    assert.ok(Math.abs(cloud.x + cloud.width / 2 - x) < 1.5 && Math.abs(cloud.y + cloud.height / 2 - y) < 1.5, JSON.stringify(cloud));
    const distance = ([x0, y0], [x1, y1]) => {
      const [dx, dy] = [x1 - x0, y1 - y0];
      const along = Math.max(0, Math.min(1, -(x0 * dx + y0 * dy) / (dx * dx + dy * dy || 1)));
      return Math.hypot(x0 + along * dx, y0 + along * dy);
    };
    const away = regions
      .filter(({ item }) => item !== first)
      .map(({ item, parts }) => [item, Math.min(...parts.flatMap((part) => part.map((it, at) => distance(it, part[(at + 1) % part.length]))))]);
    const [beside, far] = away.sort((a, b) => a[1] - b[1])[0];
    const said = await claim(page).innerText();
    const [, named, by, other] = /^Where the model places you, (.+) comes first; ([\d.]+) standard deviations? away, (.+) would$/.exec(said.replaceAll('\n', ' '));
    assert.deepEqual([named, other], [shortTitle(catalogue.title[first]), shortTitle(catalogue.title[beside])]);
    assert.ok(Math.abs(Number(by) - far) < 0.051, `${by} for ${far}`);
  });
});

test('the cloud is dragged by mouse: the list follows without another question, and there is a way back', async () => {
  const { page, complaints } = await look({ viewport: { width: 1280, height: 1400 } });
  const { plane: { right, up, lists }, before: own } = await shownFor(HISTORY);
  const ran = await page.locator('[data-figure=latent] figcaption').innerText();
  await page.mouse.move(...(await pointOf(page, [0, 0])));
  await page.mouse.down();
  await page.mouse.move(...(await pointOf(page, [-1, 0.5])));
  await page.mouse.move(...(await pointOf(page, [-2.02, 1.24])), { steps: 4 });
  await page.mouse.up();
  const list = lists[placeOf(-2, 1.25)];
  await isFirst(page, list[0]);
  assert.deepEqual(await shownList(page), list);
  const moves = [[right, -2], [up, 1.25]].sort((a, b) => a[0] - b[0]);
  assert.ok(page.url().endsWith(`&p=z${moves.map((it) => it.join(':')).join()}`), page.url());
  const n = list.filter((row) => !own.slice(0, N_TOP).includes(row)).length;
  const said = (await claim(page).innerText()).replaceAll('\n', ' ');
  assert.ok(said.startsWith(`Moved by ${Math.hypot(2, 1.25).toFixed(1)} standard deviations, ${shortTitle(catalogue.title[list[0]])} `), said);
  assert.ok(said.endsWith(n === 0 ? 'the first 10 are the same films' : `${n} of the first 10 are new`), said);
  await page.getByText('Moved: 2.00 left, 1.25 up.').waitFor();
  // What is new and what has risen says so.
  const notes = await page.locator('[data-figure=latent] .film').evaluateAll((films) => films.map((it) => it.lastElementChild.textContent));
  for (const [at, row] of list.entries()) {
    const was = own.indexOf(row);
    if (was < 0) assert.equal(notes[at], 'new');
    else if (was > at) assert.equal(notes[at], `▲${was - at}`);
    else if (was < at) assert.equal(notes[at], `▼${at - was}`);
  }
  assert.equal(await page.locator('[data-figure=latent] figcaption').innerText(), ran, 'the engine was not asked again');
  await page.getByRole('button', { name: 'As it was' }).click();
  await claim(page).filter({ hasText: 'Where the model places you' }).waitFor();
  assert.deepEqual(await shownList(page), rowsOf(await listOf(HISTORY)));
  assert.doesNotMatch(page.url(), /&p=/);
  assert.deepEqual(complaints, []);
});

test('arrow keys move it by a place, Home leads back, and who does not see it hears where it is', async () => {
  const { page } = await look();
  const { plane: { lists } } = await shownFor(HISTORY);
  await handle(page).focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  await page.getByText('Moved: 0.50 right, 0.25 down.').waitFor();
  assert.equal(await handle(page).getAttribute('aria-valuetext'), '0.50 right, 0.25 down');
  assert.ok(await handle(page).evaluate((it) => it === document.activeElement), 'the focus stays');
  assert.deepEqual(await shownList(page), lists[placeOf(0.5, -0.25)]);
  for (let n = 0; n < 14; n += 1) await page.keyboard.press('ArrowRight');
  await page.getByText('Moved: 3.00 right, 0.25 down.').waitFor();
  assert.deepEqual(await shownList(page), lists[placeOf(3, -0.25)]);
  await page.keyboard.press('Home');
  await claim(page).filter({ hasText: 'Where the model places you' }).waitFor();
});

test('a finger drags the cloud, and a tap on the plane calls it there', async () => {
  const { page } = await look({ hasTouch: true, viewport: { width: 390, height: 844 } });
  const { plane: { lists } } = await shownFor(HISTORY);
  await page.locator('[data-figure=latent] .plane').scrollIntoViewIfNeeded();
  await page.touchscreen.tap(...(await pointOf(page, [1.5, 1])));
  await page.getByText('Moved: 1.50 right, 1.00 up.').waitFor();
  assert.deepEqual(await shownList(page), lists[placeOf(1.5, 1)]);
  const client = await page.context().newCDPSession(page);
  const touch = async (type, at) => {
    const touchPoints = at ? [{ x: at[0], y: at[1] }] : [];
    await client.send('Input.dispatchTouchEvent', { type, touchPoints });
  };
  await touch('touchStart', await pointOf(page, [1.5, 1]));
  await touch('touchMove', await pointOf(page, [1, 1.5]));
  await touch('touchMove', await pointOf(page, [-0.5, 2]));
  await touch('touchEnd');
  await page.getByText('Moved: 0.50 left, 2.00 up.').waitFor();
  assert.deepEqual(await shownList(page), lists[placeOf(-0.5, 2)]);
});

test('a link brings its pushes along, of other dimensions too, and a damaged one is told', async () => {
  const { dimensions, plane: { right } } = await shownFor(HISTORY);
  const weak = dimensions.at(-1).number;
  const { page } = await look({ link: `${linkOf(HISTORY)}&p=z${weak}:1.5` });
  assert.equal(await page.locator('[data-figure=latent] .dimension').count(), 7);
  assert.deepEqual(await shownList(page), await listAt(HISTORY, [[weak, 1.5]]));
  // It leads over the plane, so it can be dragged back.
  assert.equal(await page.locator(`[data-figure=latent] .dimension[data-dimension="${weak}"]`).getAttribute('data-pushed'), '1.5');
  assert.equal((await shownFor(HISTORY, [[weak, 1.5]])).plane.up, weak);
  // Between two places of the plane the list is the place's own.
  const between = await look({ link: `${linkOf(HISTORY)}&p=z${right}:-1.1` });
  assert.deepEqual(await shownList(between.page), await listAt(HISTORY, [[right, -1.1]]));
  const damaged = await look({ link: `${linkOf(HISTORY)}&p=z3:99` });
  await damaged.page.getByText(/damaged and was left out: p=z3:99/).waitFor();
});

for (const n of [1, 500]) {
  test(`a history of ${n} ${n === 1 ? 'pick' : 'picks'} has its plane`, async () => {
    const rows = Array.from({ length: n }, (_, at) => 100 + at);
    const { page, complaints } = await look({ link: linkOf(rows) });
    assert.equal(await page.locator('[data-figure=latent] .dimension').count(), 6);
    assert.deepEqual(await shownList(page), rowsOf(await listOf(rows)));
    assert.deepEqual(complaints, []);
  });
}

test('axe finds nothing serious, and a phone shows all of it', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await look({ colorScheme, viewport: { width: 360, height: 740 } });
    assert.deepEqual(await findings(page), []);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} wide`);
  }
});
