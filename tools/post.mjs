// Makes dist/post/ of docs/post/index.md: a page that can be read without a script, and the same text with its numbers filled
// in, for whoever wants it in a blog of their own. Run after the site was built.
//
//   node tools/post.mjs              [--dist FOLDER] [--embed FOLDER] [--text FILE] [--results FILE]
//   node tools/post.mjs --figures    prints which stored pictures the post needs, as JSON

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { transform } from 'esbuild';
import { Marked } from 'marked';
import { SHORTCODE, figureElement, figuresOf, keyOf, readShortcode } from './post_figures.mjs';
import { filled } from './post_numbers.mjs';
import { escaped } from './results_parts.mjs';
import { hashOf } from './scripts.mjs';
import { scriptlessHead, siteTop } from './site_top.mjs';
import { Advice, ROOT, main } from './steps.mjs';

/** The sheets that the page's own is made of. */
const SHEETS = ['tokens', 'base', 'top', 'post'];
/** From the page to the site. */
const SITE = '../';
const WORDS_A_MINUTE = 230;

/** "title: …" between two lines of dashes, and what follows. */
function parted(text) {
  const [all, head] = /^---\n([^]*?)\n---\n/.exec(text) ?? [];
  if (!all) throw new Advice('the post has no title between two lines of three dashes');
  const fields = Object.fromEntries(head.split('\n').map((line) => /^(\w+):\s*"?(.*?)"?$/.exec(line)).filter(Boolean).map(([, key, value]) => [key, value]));
  return { fields, body: text.slice(all.length) };
}

/** What lies beside the text in the repository → what the site has of it. */
const PLACES = { '../results.md': `${SITE}results.html` };

const idOf = (title) => title.toLowerCase().replace(/<[^>]*>/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
/** A number stays on a line with its per cent. */
const unbroken = (html) => html.replace(/(\d) (?=[%×])/g, '$1\u00a0');

function markdown({ stored, sections }) {
  const figureLine = {
    name: 'glassrec',
    level: 'block',
    start: (source) => source.match(/^\{\{</m)?.index,
    tokenizer(source) {
      const [raw, inside] = SHORTCODE.exec(source) ?? [];
      return raw && { type: 'glassrec', raw, attributes: readShortcode(inside) };
    },
    renderer: ({ attributes }) => figureElement(attributes, { stored, root: SITE }),
  };
  const heading = function heading({ tokens, depth, text }) {
    const id = idOf(text);
    if (depth === 2) sections.push({ id, title: this.parser.parseInline(tokens) });
    return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
  };
  const table = ({ header, rows }) => {
    const cells = (of, tag) => of.map((it) => `<${tag}${it.align ? ` class="${it.align}"` : ''}>${inline.parseInline(it.text)}</${tag}>`).join('');
    return `<div class="scrolls" role="region" tabindex="0" aria-label="Table"><table><thead><tr>${cells(header, 'th scope="col"').replaceAll('</th scope="col">', '</th>')}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n')}</tbody></table></div>\n`;
  };
  const inline = new Marked();
  const walkTokens = (token) => {
    if (token.type === 'link') token.href = PLACES[token.href] ?? token.href;
  };
  return new Marked({ extensions: [figureLine], renderer: { heading, table }, walkTokens });
}

/** The page, whose styles are in the file `sheet`. `text` has its numbers. */
export function postPage({ text, stored, sheet }) {
  const { fields, body } = parted(text);
  const sections = [];
  const html = unbroken(markdown({ stored, sections }).parse(body));
  const minutes = Math.round(body.split(/\s+/).length / WORDS_A_MINUTE);
  return `<!doctype html>
<html lang="en">
<head>
${scriptlessHead({ title: escaped(fields.title), description: escaped(fields.description), sheets: [sheet], root: SITE, allows: "script-src 'self'; frame-src 'self'; " })}
<script src="${SITE}glassrec-figure.js" async></script>
</head>
<body>
${siteTop('post', '', SITE)}
<div class="page post">
<main>
<h1>${escaped(fields.title)}</h1>
<p class="lead">${escaped(fields.description)}</p>
<p class="quiet">About ${minutes} minutes. Every number is looked up in <a href="${SITE}models/results.json">results.json</a> when this page is made; after it, in brackets, its 95 % interval.</p>
${html}</main>
<nav class="contents" aria-label="On this page"><b>On this page</b><ol>${sections.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`).join('')}</ol></nav>
</div>
</body>
</html>
`;
}

async function sheetOf(folder) {
  const sources = await Promise.all(SHEETS.map((name) => readFile(join(ROOT, 'style', `${name}.css`), 'utf8')));
  // As for the other sheets: browsers that run this site may be older than nesting.
  const { code } = await transform(sources.join('\n'), { loader: 'css', minify: true, legalComments: 'none', supported: { nesting: false } });
  await writeFile(join(folder, 'post.css'), code);
  return `post.css?build=${hashOf(code).slice(0, 12)}`;
}

const PLACES_OF = { text: 'docs/post/index.md', results: 'models/artifacts/results.json', embed: 'public/embed' };

/** Writes the post of this repository into `dist`. */
export async function writeOwnPost(dist) {
  const [text, results] = await Promise.all([PLACES_OF.text, PLACES_OF.results].map((it) => readFile(join(ROOT, it), 'utf8')));
  await writePost(dist, { text, results: JSON.parse(results), stored: await indexOf(join(ROOT, PLACES_OF.embed)) });
}

/** Writes a post into `dist`. */
export async function writePost(dist, { text, results, stored }) {
  const folder = join(dist, 'post');
  await mkdir(folder, { recursive: true });
  const whole = filled(text, results);
  await writeFile(join(folder, 'index.html'), postPage({ text: whole, stored, sheet: await sheetOf(folder) }));
  await writeFile(join(folder, 'index.md'), whole);
}

async function indexOf(folder) {
  const index = await readFile(join(folder, 'stored.json'), 'utf8').catch(() => null);
  if (index === null) throw new Advice(`${folder} has no stored.json: the pictures of the post are not stored yet`);
  return JSON.parse(index);
}

if (process.argv[1]?.endsWith('post.mjs')) {
  main(async () => {
    const options = Object.fromEntries(['dist', 'embed', 'text', 'results'].map((it) => [it, { type: 'string' }]));
    const { values } = parseArgs({ options: { ...options, figures: { type: 'boolean' } } });
    const { dist = join(ROOT, 'dist'), embed = join(ROOT, PLACES_OF.embed), text: file = join(ROOT, PLACES_OF.text), results = join(ROOT, PLACES_OF.results) } = values;
    const text = await readFile(file, 'utf8');
    if (values.figures) {
      console.log(JSON.stringify(figuresOf(text).map((it) => ({ key: keyOf(it), ...it })), null, 1));
      return;
    }
    await writePost(dist, { text, results: JSON.parse(await readFile(results, 'utf8')), stored: await indexOf(embed) });
  });
}
