// Makes the stored pictures of figures, public/embed/: what a page shows before a reader wants a figure live. Each is drawn
// by the built site itself from a real run, for a wide column and a narrow one, light and dark in one file.
// `node tools/stored_figures.mjs [figure, or the beginning of a key …]`, after `make build`.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { browser as browserProgram } from './browser.mjs';
import { PAGE_FIGURES as FIGURES, figuresOf, keyOf, linkOf, stemOf } from './post_figures.mjs';
import { figuresAsked, measuredHere, readLessons } from './lessons.mjs';
import { listen, site } from './serve.mjs';
import { Advice, ROOT, main } from './steps.mjs';

export const FOLDER = join(ROOT, 'public/embed');
const INDEX = 'stored.json';
/** Films by MovieLens ids, oldest first: the one that snippets begin with, that of the post, the examples of Explore, and a long one. */
export const HISTORIES = [
  [1214, 541, 2571],
  [1214, 541, 2571, 6, 608],
  [50, 296, 6, 608, 1617],
  [364, 1, 3000, 5618, 6377],
  [912, 1212, 904, 908, 910],
  [1, 260, 296, 318, 541, 593, 1214, 2571, 4226, 5618, 58559, 122882],
];
const POST = 'docs/post/index.md';
/** A text column on a desk and on a phone; figures lay themselves out for each. */
const WIDTHS = { wide: 640, narrow: 340 };
const MOST_BYTES = 60_000;
const PATIENCE_MILLIS = 120_000;
/** A picture of fewer is of an answer that has not come. */
const FEWEST_SHAPES = 20;

/** What of an element's style says how it looks; in a picture nothing else does. */
const SAYS = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'paint-order', 'font-size', 'font-weight', 'font-style', 'font-family', 'text-anchor', 'text-decoration-line', 'display'];

/** Runs in the page: the picture that is shown, each element with the number of its look, and the looks themselves. */
function taken({ says, start }) {
  const INHERITED = new Set(['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'paint-order', 'font-size', 'font-weight', 'font-style', 'font-family', 'text-anchor']);
  const root = [...document.querySelectorAll('[data-drawn] .picture > svg')].find((it) => it.checkVisibility());
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
      // What is acted on is no part of a picture.
      else if (!child.classList.contains('hit')) copy.append(copyOf(child, now));
    }
    return copy;
  };
  const copy = copyOf(root, start);
  const height = Math.ceil(root.getBoundingClientRect().height);
  const width = Math.ceil(root.getBoundingClientRect().width);
  return { markup: [...copy.children].map((it) => new XMLSerializer().serializeToString(it)).join(''), looks, width, height };
}

const short = (value) => value.replace(/(\d+\.\d)\d+/g, '$1').replace(/(\d)\.0(?!\d)/g, '$1');

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const opening = ({ width, height }, { claim, link }) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><title>${escaped(claim)}</title><desc>${escaped(link)}</desc>`;

/** Points instead of shapes. Turned for dark pages, with their hues kept: twice the points would be twice the bytes. */
function pictureOf({ image, width, height }, said) {
  const style = '<style>@media (prefers-color-scheme:dark){image{filter:invert(1) hue-rotate(180deg)}}</style>';
  return `${opening({ width, height }, said)}${style}<image width="${width}" height="${height}" href="data:image/webp;base64,${image}"/></svg>\n`;
}

/** What is drawn again and again, as films' marks are, written once. */
function shared(body) {
  const GROUP = /<g([^>]*)>((?:<(?:path|circle|rect|line)\b[^>]*\/>)+)<\/g>/g;
  const n = new Map();
  for (const [, , inside] of body.matchAll(GROUP)) n.set(inside, (n.get(inside) ?? 0) + 1);
  const names = new Map([...n].filter(([inside, times]) => times > 1 && inside.length > 60).map(([inside], at) => [inside, `m${at}`]));
  if (names.size === 0) return body;
  const defs = [...names].map(([inside, name]) => `<g id="${name}">${inside}</g>`).join('');
  return `<defs>${defs}</defs>${body.replace(GROUP, (all, of, inside) => (names.has(inside) ? `<g${of}><use href="#${names.get(inside)}"/></g>` : all))}`;
}

/** One file out of the two: looks that are the same have one class. */
function svgOf(light, dark, { claim, link }) {
  if (light.image) return pictureOf(light, { claim, link });
  const classes = new Map();
  const css = [];
  const written = (look) => look.map(([name, value]) => `${name}:${value}`).join(';');
  const classOf = (at) => {
    const [day, night] = [light.looks[at], dark.looks[at]];
    const key = `${written(day)}|${written(night)}`;
    if (key === '|') return '';
    if (!classes.has(key)) {
      // Letters alone: a name stands at every shape.
      const name = classes.size.toString(26).replace(/./g, (it) => String.fromCharCode(97 + Number.parseInt(it, 26)));
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
  const own = `svg{fill:#000;stroke:none;stroke-width:1px;font:400 16px sans-serif}${rules}@media (prefers-color-scheme:dark){${nights}}`;
  return `${opening(light, { claim, link })}<style>${own}</style>${shared(body)}</svg>\n`;
}

/** What a look is compared with at the root: an svg without a style of ours. */
const START = { fill: 'rgb(0, 0, 0)', 'fill-opacity': '1', stroke: 'none', 'stroke-width': '1px', 'stroke-opacity': '1', 'stroke-dasharray': 'none', 'stroke-linecap': 'butt', 'stroke-linejoin': 'miter', 'paint-order': 'normal', 'font-size': '16px', 'font-weight': '400', 'font-style': 'normal', 'font-family': 'sans-serif', 'text-anchor': 'start' };

/** What lessons ask for and a frame can run; the others' pictures are stored as the figure is by itself. */
const { read } = await readLessons(join(ROOT, 'lessons'), await measuredHere());
const ofLessons = figuresAsked(read.map(({ lesson }) => lesson)).filter(({ figure }) => FIGURES[figure].live);

/** All that is stored: every live figure of every history, those of the page of results, and what the post and the lessons ask for. */
export function wanted() {
  const live = Object.entries(FIGURES).filter(([, it]) => it.live);
  const usual = live.flatMap(([figure, { family }]) => HISTORIES.map((history) => ({ figure, family, history: history.join(',') })));
  const still = ['evidence', 'faithfulness', 'talk', 'meaning'].map((figure) => ({ figure }));
  const post = figuresOf(readFileSync(join(ROOT, POST), 'utf8'));
  const all = new Map([...usual, ...still, ...post, ...ofLessons].map((it) => [keyOf(it), it]));
  return [...all.values()];
}

/** What follows the first answer (facts of films, their marks, other models) changes a picture once more. */
async function settled(figure) {
  let before = '';
  for (let still = 0; still < 8; ) {
    await figure.page().waitForTimeout(250);
    const now = await figure.evaluate((it) => it.innerHTML);
    still = now === before ? still + 1 : 0;
    before = now;
  }
}

/** What a reader does before a figure that is not live by itself has something to show. */
export const ACTS = {
  async talk(page) {
    await page.getByRole('textbox', { name: 'Your message' }).fill('a crime film from the 90s, no comedy');
    await page.getByRole('button', { name: 'Send' }).click();
  },
  async meaning(page) {
    await page.getByRole('combobox', { name: 'Add a film' }).fill('slow space horror with a female lead');
    await page.getByRole('button', { name: /^Search by meaning/ }).click();
  },
  async prompt(page) {
    await page.getByRole('button', { name: /start it/ }).click();
    await page.getByText(/^Ready after/).waitFor();
    await page.getByRole('button', { name: /^Rank \d+ films$/ }).click();
  },
};

/** A picture that is no SVG, as the points that the screen shows. */
async function pointsOf(page) {
  const canvas = page.locator('[data-drawn] canvas').first();
  // What only serves to use a figure is no part of its picture.
  await page.evaluate(() => document.querySelectorAll('[data-drawn] button').forEach((it) => (it.style.visibility = 'hidden')));
  const { x, y, width, height } = await canvas.boundingBox();
  const points = await page.screenshot({ omitBackground: true, fullPage: true, clip: { x, y, width, height } });
  const { default: sharp } = await import('sharp');
  return { image: (await sharp(points).webp({ quality: 22, alphaQuality: 30, effort: 6 }).toBuffer()).toString('base64'), width: Math.round(width), height: Math.round(height) };
}

async function takenFrom(page) {
  const theme = async (name) => {
    await page.emulateMedia({ colorScheme: name, reducedMotion: 'reduce' });
    await page.waitForTimeout(50);
    const isSvg = await page.locator('[data-drawn] .picture > svg').count() > 0;
    return isSvg ? page.evaluate(taken, { says: SAYS, start: START }) : pointsOf(page);
  };
  const [light, dark] = [await theme('light'), await theme('dark')];
  const claim = await page.evaluate(() => document.querySelector('[data-drawn] .claim').innerText.replace(/\s+/g, ' ').trim());
  return { light, dark, claim };
}

/** Both drawings of a figure. */
async function draw(browser, url, asked) {
  const link = linkOf(asked);
  const drawn = { link };
  for (const [size, width] of Object.entries(WIDTHS)) {
    const { live } = FIGURES[asked.figure];
    const page = await browser.newPage({ viewport: { width, height: 1200 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(PATIENCE_MILLIS);
    await page.goto(`${url}${live ? link.replace(/^[\w.]+/, 'figure.html') : link}`);
    const figure = page.locator(live ? '.framed .glass' : `[data-figure="${asked.figure}"]`);
    await ACTS[asked.figure]?.(page);
    await figure.locator('.picture > svg > *, canvas').first().waitFor({ state: 'attached' });
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .is-stale, .spin'));
    await settled(figure);
    await figure.evaluate((it) => (it.dataset.drawn = ''));
    const { light, dark, claim } = await takenFrom(page);
    if (light.markup && light.looks.length < FEWEST_SHAPES) throw new Advice(`${asked.figure} was not whole when it was taken: run this again on a calmer machine`);
    drawn[size] = { svg: svgOf(light, dark, { claim, link }), width: light.width, height: light.height };
    if (size === 'wide') drawn.claim = claim;
    await page.close();
  }
  return drawn;
}

/** The files of models that a figure's numbers come from, by their checksums. */
function madeFrom(manifest, { figure, family = FIGURES[figure].family }) {
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

const written = (index) => `${JSON.stringify(Object.fromEntries(Object.entries(index).sort(([a], [b]) => (a < b ? -1 : 1))), null, 1)}\n`;

async function write(only) {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, INDEX);
  const index = only && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  if (!only) readdirSync(FOLDER).filter((it) => it.endsWith('.svg')).forEach((it) => rmSync(join(FOLDER, it)));
  const manifest = JSON.parse(readFileSync(join(ROOT, 'models/artifacts/manifest.json'), 'utf8'));
  const server = await listen(site({ dist: join(ROOT, 'dist'), base: '/', isolated: false }), 0);
  const browser = await chromium.launch({ executablePath: browserProgram(), args: ['--no-sandbox'] });
  try {
    for (const asked of wanted().filter((it) => only?.some((wish) => keyOf(it).startsWith(wish)) ?? true)) {
      const { wide, narrow, claim, link } = await draw(browser, `http://localhost:${server.address().port}/`, asked);
      const stem = stemOf(asked);
      for (const [name, { svg }] of [[`${stem}.svg`, wide], [`${stem}-narrow.svg`, narrow]]) {
        const bytes = Buffer.byteLength(svg);
        if (bytes > MOST_BYTES) throw new Advice(`${name} has ${bytes} bytes, more than ${MOST_BYTES}`);
        writeFileSync(join(FOLDER, name), svg);
      }
      const { width, height } = wide;
      index[keyOf(asked)] = { file: `${stem}.svg`, narrow: { file: `${stem}-narrow.svg`, width: narrow.width, height: narrow.height }, claim, link, width, height, made_from: madeFrom(manifest, asked) };
      // At once: what follows may fail.
      writeFileSync(file, written(index));
      console.log(`${stem}: ${claim}`);
    }
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

if (process.argv[1] === import.meta.filename) main(() => write(process.argv.length > 2 ? process.argv.slice(2) : undefined));
