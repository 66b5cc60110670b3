// Figures of the post: a line {{< glassrec denoising family=diffrec step=3 >}}, as Quarto's shortcodes are written, becomes
// the element of public/glassrec-figure.js around a stored picture, its claim and a link.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escaped } from './results_parts.mjs';
import { Advice, ROOT } from './steps.mjs';

/** What the site knows of each figure, as the element does. */
export const PAGE_FIGURES = JSON.parse(readFileSync(join(ROOT, 'public/figures.json'), 'utf8'));
export const FIGURES = Object.keys(PAGE_FIGURES);
const ATTRIBUTES = ['family', 'history', 'step', 'film', 'seed', 'height', 'theme', 'lang', 'controls', 'start', 'bytes'];
/** Screens that get the narrow drawing; public/glassrec-figure.js and the Quarto extension say the same. */
const PHONES = '(max-width: 560px)';
/** What tells one stored picture from another, in the order of its key. */
const KEY = ['figure', 'family', 'history', 'step'];

export const SHORTCODE = /^\{\{<[ \t]+glassrec[ \t]+([^\n]*?)[ \t]*>\}\}[ \t]*(?:\n|$)/;
const PIECE = /([\w-]+)=(?:"([^"]*)"|'([^']*)'|(\S+))|(\S+)/g;

/** What stands in a shortcode: the figure, and its attributes in the order of the element's. */
export function readShortcode(inside) {
  const said = {};
  for (const [piece, name, ...values] of inside.matchAll(PIECE)) {
    const [value, bare] = [values.slice(0, 3).find((it) => it !== undefined), values[3]];
    const key = name ?? 'figure';
    if (name === undefined && 'figure' in said) throw new Advice(`"${piece}" in {{< glassrec ${inside} >}} is neither a figure nor an attribute`);
    if (name !== undefined && !ATTRIBUTES.includes(name)) throw new Advice(`{{< glassrec ${inside} >}} has an attribute "${name}"; there are ${ATTRIBUTES.join(', ')}`);
    said[key] = value ?? bare;
  }
  if (!FIGURES.includes(said.figure)) throw new Advice(`{{< glassrec ${inside} >}}: there is no figure called "${said.figure ?? ''}"; there are ${FIGURES.join(', ')}`);
  return Object.fromEntries(['figure', ...ATTRIBUTES].filter((it) => said[it] !== undefined).map((it) => [it, said[it]]));
}

/** By what a stored picture is found: denoising|diffrec|1214,541,2571|3. Films may be parted by commas, points or spaces. */
export function keyOf(attributes) {
  const films = (attributes.history ?? '').split(/\D+/).filter(Boolean).join(',');
  return KEY.map((it) => (it === 'history' ? films : (attributes[it] ?? ''))).join('|');
}

const filmsOf = (history) => history?.split(/\D+/).filter(Boolean) ?? [];

/** The address of what a figure shows; public/glassrec-figure.js makes the same. */
export function linkOf({ figure, family, history, step, film, seed }) {
  const { page, letter, probe, family: usual } = PAGE_FIGURES[figure];
  if (page === 'results.html') return page;
  // Authors count from 1.
  const at = step > 0 ? String(step - 1) : '';
  const pieces = [['h', filmsOf(history).join('.')], ['f', family ?? usual], ['x', film], ['t', letter], ['s', probe ? '' : at], ['p', (seed && `n${seed}`) || (probe && at && `${probe}${at}`)]];
  return `${page}#v2${pieces.filter(([, it]) => it).map(([key, it]) => `&${key}=${it}`).join('')}`;
}

/** What the files of its stored picture are called. */
export const stemOf = ({ figure, family, history, step }) => [figure, family ?? PAGE_FIGURES[figure].family, ...filmsOf(history), step && `step${step}`].filter(Boolean).join('-');

/** All figures of a text, in their order. */
export function figuresOf(text) {
  const lines = text.replace(/^(```|~~~)[^]*?^\1/gm, '').split('\n').map((line) => SHORTCODE.exec(line)).filter(Boolean);
  return lines.map(([, inside]) => readShortcode(inside));
}

/** The element. `stored` is the index of stored pictures, `root` leads from the page to the site. */
export function figureElement(attributes, { stored, root }) {
  const key = keyOf(attributes);
  const picture = stored[key];
  if (!picture) throw new Advice(`no picture is stored for ${key}: it has to be in public/embed/stored.json`);
  const { file, narrow, claim, width, height, link } = picture;
  const whole = `${root}${link.startsWith('#') ? `explore.html${link}` : link}`;
  const said = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
  const image = `<img src="${escaped(`${root}embed/${file}`)}" alt="${escaped(claim)}" loading="lazy" width="${width}" height="${height}">`;
  // Drawn anew for a phone: scaled, its words would be too small to read.
  const drawn = narrow ? `<picture><source media="${PHONES}" srcset="${escaped(`${root}embed/${narrow.file}`)}" width="${narrow.width}" height="${narrow.height}">${image}</picture>` : image;
  return `<glassrec-figure${said}>
<a href="${escaped(whole)}">${drawn}</a>
<p>${escaped(claim)}${/[.?!]$/.test(claim) ? '' : '.'} <a href="${escaped(whole)}">Open in Glassrec</a></p>
</glassrec-figure>
`;
}
