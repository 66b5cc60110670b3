// The head that every page of the site has: its name, which leads home, and its places. The program paints the same
// (src/shell/navigation.rs).

/** The places of the site, in their order. One more is one more line here and one there. */
export const PLACES = [
  { id: 'explore', title: 'Explore', href: 'explore.html' },
  { id: 'yours', title: 'For you', href: 'talk.html#v2&t=y' },
  { id: 'learn', title: 'Learn', href: 'learn/' },
  { id: 'results', title: 'Results', href: 'results.html' },
];

/** `at` is the place the page is; none for the first page. `root` leads from a page in a folder to the site. */
export function siteTop(at = null, beside = '', root = '') {
  const home = `<a class="wordmark" href="${root || './'}" translate="no"${at ? '' : ' aria-current="page"'}>glass<span>rec</span></a>`;
  const places = PLACES.map(({ id, title, href }) => `<li><a href="${root}${href.replace('&', '&amp;')}"${id === at ? ' aria-current="page"' : ''}>${title}</a></li>`);
  return `<header class="top"><div class="top-row">${home}<nav class="places" aria-label="Site"><ul>${places.join('')}</ul></nav>${beside}</div></header>`;
}

/**
 * What is in the head of a page that has no program; `sheets` are the files of its styles, `description` is plain text. `root`
 * leads from a page in a folder to the site, `allows` is what its policy has to allow beside styles and pictures.
 */
export function scriptlessHead({ title, description, sheets, root = '', allows = '' }) {
  return `<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self' data:; ${allows}base-uri 'none'; form-action 'none'">
<title>${title} · Glassrec</title>
<meta name="description" content="${description}">
<meta property="og:site_name" content="Glassrec">
<meta property="og:type" content="website">
<meta property="og:title" content="${title} · Glassrec">
<meta property="og:description" content="${description}">
<meta property="og:image" content="${root}preview.jpg">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="A list of recommended films, and beside it which picks brought the first of them there.">
<meta name="theme-color" content="#fbfaf7" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#151413" media="(prefers-color-scheme: dark)">
<link rel="icon" href="${root}icon.svg" type="image/svg+xml">
${sheets.map((sheet) => `<link rel="stylesheet" href="${sheet}">`).join('\n')}`;
}
