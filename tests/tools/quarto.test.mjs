// The Quarto extension in what its authors write and their readers get: the document of tests/quarto through pandoc's
// writers, with tests/quarto/harness.lua in Quarto's place.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { FIGURES } from '../../tools/post_figures.mjs';
import { ROOT, which } from '../../tools/steps.mjs';

const SITE = 'https://films.example/glassrec/';
const CLAIM = 'Denoising takes “The Terminator” from 12th to 1st & keeps it there.';
const DENOISING = `${SITE}explore.html#v2&h=1214.541.2571&f=diffrec&t=i&s=2`;
/** One grey pixel. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==', 'base64');

const pandoc = which('pandoc');
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glassrec-quarto-'));
  await cp(join(ROOT, 'tests/quarto'), folder, { recursive: true });
  await cp(join(ROOT, '_extensions'), join(folder, '_extensions'), { recursive: true });
  const stored = JSON.parse(await readFile(join(folder, 'embed/stored.json'), 'utf8'));
  await Promise.all(Object.values(stored).map((it) => writeFile(join(folder, 'embed', it.png), PIXEL)));
});
after(() => rm(folder, { recursive: true }));

function run(args, input = '') {
  const env = { ...process.env, no_proxy: 'localhost,127.0.0.1', NO_PROXY: 'localhost,127.0.0.1' };
  return new Promise((resolve, reject) => {
    const child = execFile(pandoc, args, { cwd: folder, env }, (error, out, warned) => (error ? reject(new Error(warned)) : resolve({ out, warned })));
    child.stdin.end(input);
  });
}

/** The document `text`, or the one in the folder, as Quarto would render it to `to`. */
const render = (to, { text, more = [], project = '_quarto.yml' } = {}) =>
  run(['--from', 'markdown-smart', '--wrap', 'none', '--metadata-file', project, '--lua-filter', 'harness.lua', '--to', to, ...more, ...(text === undefined ? ['index.qmd'] : [])], text);

/** Another _quarto.yml; gives its name. */
async function project(name, settings) {
  await writeFile(join(folder, name), `glassrec:\n${Object.entries(settings).map(([key, value]) => `  ${key}: ${value}\n`).join('')}`);
  return name;
}

const elements = (html) => html.match(/<glassrec-figure[^]*?<\/glassrec-figure>/g) ?? [];

describe('the Quarto extension', { skip: pandoc ? false : 'pandoc is not here: "node tools/setup.mjs check" installs it where it can' }, () => {
  for (const to of ['html', 'revealjs']) {
    test(`in ${to} a figure is the element around picture, claim and link, and one script serves all`, async () => {
      const { out } = await render(to, { more: ['--standalone'] });
      const [denoising, compare, results, codes, ...others] = elements(out);
      assert.equal(others.length, 0);
      const address = DENOISING.replaceAll('&', '&amp;');
      const claim = CLAIM.replace('&', '&amp;');
      assert.equal(denoising, `<glassrec-figure figure="denoising" site="${SITE}" family="diffrec" history="1214,541,2571" step="3" seed="7" controls="-claim,-save" lang="de" theme="dark" height="480" style="display:block;margin:1.5em 0;padding-bottom:44px">
<a href="${address}"><picture><source media="(max-width: 560px)" srcset="${SITE}embed/denoising-diffrec-1214-541-2571-narrow.svg" width="340" height="500"><img src="${SITE}embed/denoising-diffrec-1214-541-2571.svg" alt="${claim}" loading="lazy" width="640" height="400" style="display:block;max-width:100%;height:auto"></picture></a>
<p>${claim} <a href="${address}">Open in Glassrec</a></p>
</glassrec-figure>`);
      assert.match(compare, /figure="compare".*\n<a href="https:\/\/films\.example\/glassrec\/explore\.html#v2&amp;h=1214\.541\.2571&amp;t=c"><img /);
      assert.match(results, /<a href="https:\/\/films\.example\/glassrec\/results\.html">/);
      assert.match(codes, /codes-semantic_id.*<\/a>\n<p>A caption of <em>my own<\/em>\.<\/p>\n<\/glassrec-figure>/);
      assert.equal(out.split(`<script src="${SITE}glassrec-figure.js" async></script>`).length, 2);
      assert.ok(out.indexOf('glassrec-figure.js') < out.indexOf('<body'), 'the script is in the head');
      if (to === 'revealjs') assert.match(out, /<section id="denoising"[^]*?<glassrec-figure[^]*?<\/section>/);
    });
  }

  test('inside a line a figure is a link that says its claim', async () => {
    const { out } = await render('html');
    assert.ok(out.includes(`as in <a href="${DENOISING.replaceAll('&', '&amp;')}">${CLAIM.replace('&', '&amp;')}</a>, inside a line.`));
  });

  test('in GitHub’s Markdown a figure is a picture that is a link, with absolute addresses and no HTML', async () => {
    const { out } = await render('gfm');
    assert.ok(out.includes(`[![${CLAIM}](${SITE}embed/denoising-diffrec-1214-541-2571.svg)](${DENOISING})\n\n${CLAIM} [Open in Glassrec](${DENOISING})`));
    assert.ok(out.includes(`](${SITE}explore.html#v2&h=1214.541.2571&f=semantic_id&t=i)\n\nA caption of *my own*.`));
    assert.ok(!/<(glassrec|script|div|img)/.test(out));
  });

  test('in LaTeX a figure is a file that is there, with its claim and link', async () => {
    const { out } = await render('latex');
    const pictures = [...out.matchAll(/\\href\{([^}]*)\}\{\\includegraphics\[width=[^\]]*\]\{([^}]*)\}\}/g)];
    assert.equal(pictures.length, 3);
    assert.equal(pictures[0][1].replaceAll('\\', ''), DENOISING);
    for (const [, , file] of pictures) assert.deepEqual(await readFile(file), PIXEL);
    assert.ok(out.includes('Denoising takes “The Terminator” from 12th to 1st \\& keeps it there. \\href{') || out.includes("Denoising takes ``The Terminator'' from 12th to 1st \\& keeps it there. \\href{"));
    assert.ok(!out.includes('glassrec-figure'));
  });

  test('a Word document holds the pictures themselves, their claims and links', async () => {
    await render('docx', { more: ['--output', 'post.docx'] });
    const { out } = await run(['post.docx', '--to', 'markdown-smart', '--wrap', 'none', '--extract-media', 'taken']);
    const media = await readdir(join(folder, 'taken/media'));
    assert.ok(media.length > 0);
    for (const name of media) assert.deepEqual(await readFile(join(folder, 'taken/media', name)), PIXEL);
    assert.ok(out.includes(CLAIM) && out.includes(`[Open in Glassrec](${DENOISING})`));
    assert.match(out, /A caption of \*my own\*\./);
    assert.ok(!out.includes('glassrec-figure'));
  });

  test('without a folder of pictures they are fetched from the site, and its index once', async () => {
    const asked = [];
    const server = createServer(async (request, response) => {
      asked.push(request.url);
      const body = await readFile(join(folder, request.url.replace('/films/', ''))).catch(() => null);
      response.writeHead(body ? 200 : 404);
      response.end(body ?? '');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const site = `http://127.0.0.1:${server.address().port}/films`;
      const { out, warned } = await render('latex', { project: await project('fetched.yml', { site }) });
      assert.equal(asked.filter((it) => it === '/films/embed/stored.json').length, 1);
      const files = [...out.matchAll(/\{(glassrec-pictures\/[^}]*)\}/g)].map(([, it]) => it);
      assert.equal(files.length, 3);
      for (const file of files) assert.deepEqual(await readFile(join(folder, file)), PIXEL);
      assert.deepEqual(warned.trim().split('\n'), ['WARNING: glassrec: no picture is stored for results|||; it is a link alone']);
    } finally {
      server.close();
    }
  });

  test('where nothing can be fetched it is said, and the link stays', async () => {
    const nowhere = await project('nowhere.yml', { site: 'http://127.0.0.1:9/films/' });
    const text = '{{< glassrec denoising family=diffrec history="1214,541,2571" step=3 >}}';
    for (const to of ['latex', 'gfm', 'html']) {
      const { out, warned } = await render(to, { project: nowhere, text });
      assert.match(warned, /http:\/\/127\.0\.0\.1:9\/films\/embed\/stored\.json cannot be read/);
      assert.ok(out.replaceAll('\\', '').replaceAll('&amp;', '&').includes('http://127.0.0.1:9/films/explore.html#v2&h=1214.541.2571&f=diffrec&t=i&s=2'), out);
    }
  });

  test('an unknown figure is named with those there are, and becomes a link', async () => {
    const { out, warned } = await render('html', { text: '{{< glassrec denoise family=diffrec >}}' });
    assert.match(warned, /no figure called "denoise"; there are attention, blend, codes,/);
    assert.equal(out.trim(), `<p><a href="${SITE}explore.html">Glassrec</a></p>`);
  });

  test('an unknown attribute is named with those there are, and left out', async () => {
    const { out, warned } = await render('html', { text: '{{< glassrec denoising famly=diffrec loud >}}' });
    assert.match(warned, /the figure denoising has no attribute "famly"; there are family, history,/);
    assert.match(warned, /"loud" is no attribute: write name=value/);
    assert.match(out, /^<glassrec-figure figure="denoising" site="[^"]*" style="[^"]*">/);
  });

  test('without a site the author is told where to name it', async () => {
    const { out, warned } = await render('html', { project: await project('bare.yml', { pictures: 'embed' }), text: '{{< glassrec map >}}' });
    assert.match(warned, /where is the site\? Write glassrec: site: https:\/\/…/);
    assert.match(out, /\?glassrec:map/);
    const { out: named } = await render('html', { project: 'bare.yml', text: '{{< glassrec map site="https://xn--fln-hoa.example/a--b" >}}' });
    assert.match(named, / site="https:\/\/xn--fln-hoa\.example\/a--b\/"/);
  });

  test('what an author writes cannot leave its attribute', async () => {
    const { out } = await render('html', { text: "::: {.glassrec figure=map family='\"><script>x</script>'}\n:::" });
    assert.ok(out.includes('family="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"') && !out.includes('<script>x'));
  });

  test('a picture is found by the model and the films that the element takes for granted', async () => {
    const { out, warned } = await render('html', { text: '{{< glassrec codes >}}\n\n{{< glassrec codes step=2 >}}\n\n{{< glassrec codes family=diffrec >}}' });
    assert.equal(out.split('<img src').length, 3);
    assert.equal(warned.trim(), 'WARNING: glassrec: no picture is stored for codes|diffrec||; it is a link alone');
  });

  test('the filter works in pandoc without Quarto, and brings the script itself', async () => {
    const text = `---\ntitle: x\nglassrec:\n  site: ${SITE}\nheader-includes: '<meta name="kept">'\n---\n\n::: {.glassrec figure=denoising family=diffrec step=3}\nMy caption.\n:::\n`;
    const { out } = await run(['--from', 'markdown', '--to', 'html', '--standalone', '--lua-filter', '_extensions/glassrec/glassrec-filter.lua'], text);
    assert.match(out, new RegExp(`<meta name="kept">[^]*<script src="${SITE}glassrec-figure.js" async></script>[^]*<body`));
    assert.match(elements(out)[0], /<p>My caption\.<\/p>/);
  });

  test('it knows the figures of the post, and those of the site', async () => {
    const all = [...FIGURES, 'results'];
    const { out, warned } = await render('html', { text: all.map((it) => `{{< glassrec ${it} >}}`).join('\n\n') });
    assert.deepEqual([...out.matchAll(/<glassrec-figure figure="(\w+)"/g)].map(([, it]) => it), all);
    assert.ok(!warned.includes('no figure called'));
    for (const file of ['public/figures.json', 'public/embed/figures.json']) {
      const registered = await readFile(join(ROOT, file), 'utf8').catch(() => '{}');
      for (const name of Object.keys(JSON.parse(registered))) assert.ok(all.includes(name), `${name} is not known to the extension`);
    }
  });
});

test('docs/embed.md has every figure and every attribute of the extension', async () => {
  const [guide, source] = await Promise.all(['docs/embed.md', '_extensions/glassrec/figure.lua'].map((it) => readFile(join(ROOT, it), 'utf8')));
  const [, attributes] = /local ATTRIBUTES = \{([^}]*)\}/.exec(source);
  for (const name of [...FIGURES, 'results', ...attributes.match(/\w+/g), 'site', 'pictures']) assert.ok(guide.includes(`| \`${name}\` |`), `docs/embed.md has no row for ${name}`);
});

test('the extension knows the figures that the element knows, by the same pages, letters and models', async () => {
  const element = JSON.parse(await readFile(join(ROOT, 'public/figures.json'), 'utf8'));
  const lua = await readFile(join(ROOT, '_extensions/glassrec/figure.lua'), 'utf8');
  const table = /local FIGURES = \{\n([^]*?)\n\}/.exec(lua)[1];
  const known = Object.fromEntries([...table.matchAll(/(\w+) = \{ "([^"]*)", "([^"]*)", "([^"]*)" \}/g)].map(([, name, page, letter, family]) => [name, { page, letter, family }]));
  assert.deepEqual(known, Object.fromEntries(Object.entries(element).map(([name, { page, letter = '', family = '' }]) => [name, { page, letter, family }])));
});
