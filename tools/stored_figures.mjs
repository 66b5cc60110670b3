// Makes the stored pictures of figures, public/embed/: what a page shows before a reader wants a figure live. Each is drawn
// by the built site itself from a real run, for a wide column and a narrow one, light and dark in one file.
// `node tools/stored_figures.mjs` writes them; with --check it compares them with what the site draws now.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browser as browserProgram } from './browser.mjs';
import { listen, site } from './serve.mjs';
import { Advice, ROOT, main } from './steps.mjs';

export const FOLDER = join(ROOT, 'public/embed');
const INDEX = 'stored.json';
/** Films by MovieLens ids, oldest first: the one that snippets begin with, the examples of Explore, and a long one. */
export const HISTORIES = [
  [1214, 541, 2571],
  [1214, 541, 1200, 589, 2571],
  [50, 296, 6, 608, 1617],
  [364, 1, 3000, 5618, 6377],
  [912, 1212, 904, 908, 910],
  [1, 260, 296, 318, 541, 593, 1214, 2571, 4226, 5618, 58559, 122882],
];
/** A text column on a desk and on a phone; figures lay themselves out for each. */
const WIDTHS = { wide: 640, narrow: 340 };
const MOST_BYTES = 60_000;
const PATIENCE_MILLIS = 120_000;

/** What of an element's style says how it looks; in a picture nothing else does. */
const SAYS = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'paint-order', 'font-size', 'font-weight', 'font-style', 'font-family', 'text-anchor', 'text-decoration-line', 'display'];

/** Runs in the page: the picture that is shown, each element with the number of its look, and the looks themselves. */
function taken({ says, start }) {
  const INHERITED = new Set(['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'paint-order', 'font-size', 'font-weight', 'font-style', 'font-family', 'text-anchor']);
  const root = document.querySelector('.glass .picture > svg');
  const looks = [];
  const plain = { opacity: '1', 'text-decoration-line': 'none', display: 'inline' };
  const lookOf = (element, around) => {
    const style = getComputedStyle(element);
    const now = Object.fromEntries(says.map((name) => [name, style.getPropertyValue(name)]));
    const own = Object.entries(now).filter(([name, value]) => value !== (INHERITED.has(name) ? around[name] : plain[name]));
    looks.push(own);
    return now;
  };
  const copyOf = (element, around) => {
    const copy = element.cloneNode(false);
    const now = lookOf(element, around);
    copy.setAttribute('data-look', looks.length - 1);
    for (const { name } of [...copy.attributes]) if (/^(class|role|tabindex|style|aria-.*|data-(?!look).*)$/.test(name)) copy.removeAttribute(name);
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) copy.append(child.cloneNode());
      else copy.append(copyOf(child, now));
    }
    return copy;
  };
  const copy = copyOf(root, start);
  const height = Math.ceil(root.getBoundingClientRect().height);
  const width = Math.ceil(root.getBoundingClientRect().width);
  return { markup: [...copy.children].map((it) => new XMLSerializer().serializeToString(it)).join(''), looks, width, height };
}

const short = (value) => value.replace(/(\d+\.\d{2})\d+/g, '$1');

/** One file out of the two: looks that are the same have one class. */
function svgOf(light, dark, { claim, link }) {
  const classes = new Map();
  const css = [];
  const written = (look) => look.map(([name, value]) => `${name}:${value}`).join(';');
  const classOf = (at) => {
    const [day, night] = [light.looks[at], dark.looks[at]];
    const key = `${written(day)}|${written(night)}`;
    if (key === '|') return '';
    if (!classes.has(key)) {
      const name = `g${classes.size}`;
      classes.set(key, name);
      css.push([name, day, night.filter(([name, value]) => !day.some((it) => it[0] === name && it[1] === value))]);
    }
    return ` class="${classes.get(key)}"`;
  };
  const body = light.markup
    .replace(/ xmlns="[^"]*"/g, '')
    .replace(/ data-look="(\d+)"/g, (_, at) => classOf(Number(at)))
    .replace(/ (d|x|y|cx|cy|r|x1|x2|y1|y2|width|height|transform|points)="([^"]*)"/g, (_, name, value) => ` ${name}="${short(value)}"`);
  const rules = css.filter(([, look]) => look.length > 0).map(([name, look]) => `.${name}{${written(look)}}`).join('');
  const nights = css.filter(([, , look]) => look.length > 0).map(([name, , look]) => `.${name}{${written(look)}}`).join('');
  const { width, height } = light;
  const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const own = `svg{fill:#000;stroke:none;stroke-width:1px;font:400 16px sans-serif}${rules}@media (prefers-color-scheme:dark){${nights}}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><title>${escaped(claim)}</title><desc>${escaped(link)}</desc><style>${own}</style>${body}</svg>\n`;
}

/** What a look is compared with at the root: an svg without a style of ours. */
const START = { fill: 'rgb(0, 0, 0)', 'fill-opacity': '1', stroke: 'none', 'stroke-width': '1px', 'stroke-opacity': '1', 'stroke-dasharray': 'none', 'stroke-linecap': 'butt', 'stroke-linejoin': 'miter', 'paint-order': 'normal', 'font-size': '16px', 'font-weight': '400', 'font-style': 'normal', 'font-family': 'sans-serif', 'text-anchor': 'start' };

/** The figures that can stand by themselves, as the script for authors names them. */
export const FIGURES = JSON.parse(readFileSync(join(ROOT, 'public/figures.json'), 'utf8'));

export const linkOf = ({ letter, family }, history) => `#v2&h=${history.join('.')}&f=${family}${letter ? `&t=${letter}` : ''}`;
export const stemOf = (name, { family }, history) => [name, family, ...history].join('-');

async function draw(browser, url, figure, history) {
  const link = linkOf(figure, history);
  const drawn = {};
  let claim;
  let caption;
  for (const [size, width] of Object.entries(WIDTHS)) {
    const page = await browser.newPage({ viewport: { width, height: 1200 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(PATIENCE_MILLIS);
    await page.goto(`${url}figure.html?theme=light${link}`);
    await page.locator('.glass .picture > svg > *').first().waitFor({ state: 'attached' });
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .is-stale, .spin'));
    // What follows the first answer (facts of films, their marks) changes the picture once more.
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(300);
    const [light, dark] = [await page.evaluate(taken, { says: SAYS, start: START }), await (async () => {
      await page.evaluate(() => (document.documentElement.dataset.theme = 'dark'));
      await page.waitForTimeout(50);
      return page.evaluate(taken, { says: SAYS, start: START });
    })()];
    const told = await page.locator('.glass .claim').innerText();
    claim ??= told.replace(/\s+/g, ' ');
    caption ??= (await page.locator('.glass .say').innerText()).replace(/\s+/g, ' ');
    drawn[size] = svgOf(light, dark, { claim, link: `explore.html${link}` });
    drawn[`${size}Size`] = [light.width, light.height];
    await page.close();
  }
  return { ...drawn, claim, caption, link: `explore.html${link}` };
}

/** The files of models that a figure's numbers come from, by their checksums. */
function madeFrom(manifest, family) {
  const sums = {};
  const note = (it) => {
    if (it?.sha256 && it.path) sums[it.path] = it.sha256;
    else if (it && typeof it === 'object') Object.values(it).forEach(note);
  };
  const entry = manifest.families[family] ?? {};
  note(entry);
  for (const member of entry.members ?? []) note(manifest.families[member.family]);
  note(manifest.catalogue.file);
  return sums;
}

export async function drawAll({ only, histories = HISTORIES, onDrawn }) {
  const dist = join(ROOT, 'dist');
  const server = await listen(site({ dist, base: '/', isolated: false }), 0);
  const browser = await chromium.launch({ executablePath: browserProgram(), args: ['--no-sandbox'] });
  const manifest = JSON.parse(readFileSync(join(ROOT, 'models/artifacts/manifest.json'), 'utf8'));
  try {
    for (const [name, figure] of Object.entries(FIGURES)) {
      if (only && !only.includes(name)) continue;
      for (const history of histories) {
        const drawn = await draw(browser, `http://localhost:${server.address().port}/`, figure, history);
        await onDrawn({ name, figure, history, drawn, madeFrom: madeFrom(manifest, figure.family) });
      }
    }
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

async function write(only) {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, INDEX);
  let index = {};
  try {
    index = JSON.parse(readFileSync(file, 'utf8'));
  } catch { /* the first time there is none */ }
  const kept = only ? index : {};
  if (!only) readdirSync(FOLDER).filter((it) => it.endsWith('.svg')).forEach((it) => rmSync(join(FOLDER, it)));
  await drawAll({
    only,
    onDrawn: ({ name, figure, history, drawn, madeFrom }) => {
      const stem = stemOf(name, figure, history);
      for (const [size, suffix] of [['wide', ''], ['narrow', '-narrow']]) {
        const bytes = Buffer.byteLength(drawn[size]);
        if (bytes > MOST_BYTES) throw new Advice(`${stem}${suffix}.svg has ${bytes} bytes, more than ${MOST_BYTES}`);
        writeFileSync(join(FOLDER, `${stem}${suffix}.svg`), drawn[size]);
      }
      const [width, height] = drawn.wideSize;
      const [narrowWidth, narrowHeight] = drawn.narrowSize;
      kept[stem] = { figure: name, family: figure.family, history, claim: drawn.claim, caption: drawn.caption, link: drawn.link, width, height, narrow: [narrowWidth, narrowHeight], made_from: madeFrom };
      console.log(`${stem}: ${drawn.claim}`);
    },
  });
  const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 1)}\n`);
}

if (process.argv[1] === import.meta.filename) main(() => write(process.argv.length > 2 ? process.argv.slice(2) : undefined));
