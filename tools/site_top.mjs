// The head that every page of the site has: its name, which leads home, and its places. The program paints the same
// (src/shell/navigation.rs).

/** The places of the site, in their order. One more is one more line here and one there. */
export const PLACES = [
  { id: 'explore', title: 'Explore', href: 'explore.html' },
  { id: 'yours', title: 'For you', href: 'talk.html#v2&t=h' },
  { id: 'results', title: 'Results', href: 'results.html' },
];

/** `at` is the place the page is; none for the first page. */
export function siteTop(at = null, beside = '') {
  const home = `<a class="wordmark" href="./" translate="no"${at ? '' : ' aria-current="page"'}>glass<span>rec</span></a>`;
  const places = PLACES.map(({ id, title, href }) => `<li><a href="${href.replace('&', '&amp;')}"${id === at ? ' aria-current="page"' : ''}>${title}</a></li>`);
  return `<header class="top"><div class="top-row">${home}<nav class="places" aria-label="Site"><ul>${places.join('')}</ul></nav>${beside}</div></header>`;
}
