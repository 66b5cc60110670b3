// Makes figure.html, a figure by itself for frames on other people's pages, out of the page of Explore: the same program,
// styles and policy, without what only serves a page of the site.

/** The rule of style/tokens.css that a dark scheme brings, and its colours. */
const DARK = /@media screen and \(prefers-color-scheme: ?dark\) ?\{\s*:root ?\{([^}]*)\}\s*\}/;
const LIGHT = /:root ?\{([^}]*)\}/;

/**
 * Colours by the theme that the page around asks for: those of `tokens`, said once more under an attribute, since a frame
 * cannot tell its browser which scheme it prefers.
 */
export function themes(tokens) {
  const [, dark] = DARK.exec(tokens) ?? [];
  const [, light] = LIGHT.exec(tokens) ?? [];
  if (!dark || !light) throw new Error('style/tokens.css has no light or no dark colours where figure_page.mjs looks for them');
  const named = new Set([...dark.matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
  const lights = [...light.matchAll(/(--[\w-]+): ?([^;]+);?/g)].filter(([, name]) => named.has(name));
  const back = lights.map(([, name, value]) => `${name}: ${value};`).join(' ');
  return `@media screen { :root[data-theme="dark"] { color-scheme: dark; ${dark} } }\n:root[data-theme="light"] { color-scheme: light; ${back} }\n`;
}

/** The page out of that of Explore, before its marks are replaced; `sheet` is the address of the styles of frames. */
export function figurePage(explore, sheet) {
  let html = explore;
  const change = (pattern, by) => {
    const changed = html.replace(pattern, by);
    if (changed === html) throw new Error(`explore.html has nothing like ${pattern}`);
    html = changed;
  };
  change(/<meta (?:property|name)="?(?:og|twitter|description)\b[^>]*>\s*/g, '');
  // Which model a frame needs is not known before its address is read.
  change(/<link rel="?preload"? as="?fetch"? crossorigin(="")? href="?models\/\w+\.onnx"?>\s*/g, '');
  change(/<title>[^<]*<\/title>/, '<title>A figure · Glassrec</title>\n    <meta name="robots" content="noindex">\n    <meta name="glassrec-page" content="figure">\n    <base target="_blank">');
  change('</head>', `  <link rel="stylesheet" href="${sheet}">\n  </head>`);
  return html;
}
