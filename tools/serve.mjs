// The local server: the built site and nothing else, with the headers a good host sends.
//
//   node tools/serve.mjs [--port 8080] [--dist dist] [--check]
//
// With --check it only says whether the port is free.
//
// serve-handler sends no copies in brotli. Brotli where a copy lies beside the file, byte ranges, entity tags, long caching for hashed names, the page's own
// Content-Security-Policy as a header, and the isolation headers that let the engine use threads (never required).

import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { Advice, ROOT, main } from './steps.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
};

/** Which let the engine use threads; never required. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export const SAFETY = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** Whether an address can never mean other bytes: its name holds a hash, or it names the build it belongs to. */
const isLasting = (path, search) => /-[0-9a-f]{12,}(_bg)?\.(js|css|wasm)$/.test(path) || /^\?build=[0-9a-f]+$/.test(search);

/** What authors put on their pages: the script of figures, their stored pictures, and the frame they run in. */
export const FOR_ANY_PAGE = ['/glassrec-figure.js', '/figure.html', '/embed/*'];
const isForAnyPage = (path) => FOR_ANY_PAGE.some((it) => (it.endsWith('*') ? `/${path}`.startsWith(it.slice(0, -1)) : `/${path}` === it));

/** The policy in the page's own meta element, so that header and page cannot disagree. */
export function policyOf(html) {
  const meta = /<meta[^>]*http-equiv="?Content-Security-Policy"?[^>]*>/i.exec(html)?.[0] ?? '';
  const content = /content="([^"]*)"/i.exec(meta)?.[1] ?? '';
  return content.replaceAll('&#39;', "'").replaceAll('&amp;', '&').replace(/\s+/g, ' ').trim() || null;
}

/** Entity tags by file, kept while size and time of change stay the same. */
const tags = new Map();

function tagOf(file, { size, mtimeMs }) {
  const known = tags.get(file);
  if (known?.size === size && known?.mtimeMs === mtimeMs) return known.tag;
  const tag = `"${createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 24)}"`;
  tags.set(file, { size, mtimeMs, tag });
  return tag;
}

function statOf(file) {
  try {
    const found = statSync(file);
    return found.isFile() ? found : null;
  } catch {
    return null;
  }
}

/** `bytes=start-end` as positions in a file of `size` bytes; null to send all of it, false where it cannot be met. */
function rangeOf(header, size) {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!found || (found[1] === '' && found[2] === '')) return null;
  const start = found[1] === '' ? Math.max(0, size - Number(found[2])) : Number(found[1]);
  const end = found[1] === '' || found[2] === '' ? size - 1 : Math.min(Number(found[2]), size - 1);
  return start <= end && start < size ? { start, end } : false;
}

/**
 * What to do with requests, as a function for `node:http`.
 * `isolated` sends the isolation headers; `base` is the path the site lies under, "/" or "/some/where/".
 */
export function site({ dist, isolated = true, base = '/' }) {
  return (request, response) => {
    /** As most hosts do: the site's own page for what is nowhere. */
    const refuseUnknown = () => {
      const file = join(dist, '404.html');
      if (statOf(file) === null || !/text\/html/.test(request.headers.accept ?? '')) return refuse(404);
      return response.writeHead(404, { 'Content-Type': TYPES['.html'] }).end(readFileSync(file));
    };
    const refuse = (status, headers = {}) => response.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(`${status}\n`);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, { Allow: 'GET, HEAD' });

    let path;
    let search;
    try {
      const url = new URL(request.url, 'http://site');
      path = decodeURIComponent(url.pathname);
      search = url.search;
    } catch {
      return refuse(400);
    }
    if (!path.startsWith(base)) return refuse(404);
    path = normalize(path.slice(base.length) || 'index.html');
    if (path.startsWith('..') || path.startsWith(sep) || /\.(br|gz)$/.test(path)) return refuse(404);
    if (path === '.') path = 'index.html';
    if (path.endsWith(sep)) path += 'index.html';

    const file = join(dist, path);
    const stat = statOf(file);
    if (stat === null) return refuseUnknown();

    const headers = {
      'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
      'Cache-Control': isLasting(path, search) ? 'public, max-age=31536000, immutable' : 'no-cache',
      'Accept-Ranges': 'bytes',
      'Cross-Origin-Resource-Policy': isForAnyPage(path) ? 'cross-origin' : 'same-origin',
      ...SAFETY,
      ETag: tagOf(file, stat),
      Vary: 'Accept-Encoding',
      ...(isolated ? ISOLATION : {}),
    };
    // A page has its own; whatever else is fetched, a worker's script among it, has that of the page it works for.
    const policy = policyOf(readFileSync(extname(path) === '.html' ? file : join(dist, 'explore.html'), 'utf8'));
    if (policy) headers['Content-Security-Policy'] = policy;

    if (request.headers['if-none-match']?.split(/,\s*/).includes(headers.ETag)) return response.writeHead(304, headers).end();

    const send = (status, from, options, length) => {
      response.writeHead(status, { ...headers, 'Content-Length': length });
      if (request.method === 'HEAD') return response.end();
      return createReadStream(from, options).on('error', () => response.destroy()).pipe(response);
    };

    // A range means positions in the file itself, so it is answered uncompressed.
    const isCurrent = !request.headers['if-range'] || request.headers['if-range'] === headers.ETag;
    const range = isCurrent ? rangeOf(request.headers.range, stat.size) : null;
    if (range === false) return refuse(416, { 'Content-Range': `bytes */${stat.size}` });
    if (range) {
      headers['Content-Range'] = `bytes ${range.start}-${range.end}/${stat.size}`;
      return send(206, file, range, range.end - range.start + 1);
    }
    const compressed = /\bbr\b/.test(request.headers['accept-encoding'] ?? '') ? statOf(`${file}.br`) : null;
    if (compressed && compressed.mtimeMs >= stat.mtimeMs) {
      headers['Content-Encoding'] = 'br';
      return send(200, `${file}.br`, {}, compressed.size);
    }
    return send(200, file, {}, stat.size);
  };
}

/** Starts a server on `port` (0: any free one); resolves to it once it listens. */
export function listen(handle, port) {
  const server = createServer(handle);
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(error.code === 'EADDRINUSE' ? new Advice(`port ${port} is in use: stop what listens there, or run "make demo PORT=8081"`) : error));
    server.listen(port, () => resolve(server));
  });
}

if (process.argv[1] && statOf(process.argv[1]) && process.argv[1].endsWith('serve.mjs')) {
  main(async () => {
    const option = (name, otherwise) => {
      const at = process.argv.indexOf(`--${name}`);
      return at < 0 ? otherwise : process.argv[at + 1];
    };
    const port = Number(option('port', process.env.PORT ?? 8080));
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Advice('the port has to be a number from 0 to 65535');
    const dist = option('dist', join(ROOT, 'dist'));
    if (process.argv.includes('--check')) {
      (await listen(() => {}, port)).close();
      return;
    }
    if (statOf(join(dist, 'index.html')) === null) throw new Advice(`there is no site in ${dist}: run "make demo" or "make build" first`);
    const server = await listen(site({ dist }), port);
    console.log(`\nGlassrec is at http://localhost:${server.address().port}   (Ctrl+C stops it)`);
  });
}
