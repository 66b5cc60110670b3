// The built site on a free port, with faults that a test switches on: what a bad host, disk or line does to a file.

import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { listen, site } from '../../../tools/serve.mjs';
import { ROOT } from '../../../tools/steps.mjs';
import { atTheEnd } from './cleanup.mjs';

/** The built site; the variable GLASSREC_DIST names another folder. */
export const DIST = process.env.GLASSREC_DIST ?? join(ROOT, 'dist');

/** The page with the program about the recommenders. */
export const PROGRAM = 'explore.html';

/** Sends half of what was asked for, whatever `end` then does with the line. */
function half(bytes, response, request, end) {
  const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const rest = bytes.subarray(start);
  const headers = { 'Content-Length': rest.length };
  if (start > 0) headers['Content-Range'] = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(start > 0 ? 206 : 200, headers);
  response.write(rest.subarray(0, rest.length >> 1), end);
}

/** What a fault does with a file: each takes its bytes and the response, and ends it. */
const FAULTS = {
  /** The host does not have it. */
  missing: (bytes, response) => response.writeHead(404).end('404\n'),
  /** A shorter file, sent without complaint. */
  truncated: (bytes, response) => response.writeHead(200, { 'Content-Length': bytes.length >> 1 }).end(bytes.subarray(0, bytes.length >> 1)),
  /** The right length, some bytes flipped in its middle. */
  corrupt: (bytes, response) => {
    const damaged = Buffer.from(bytes);
    for (let i = damaged.length >> 1; i < Math.min(damaged.length, (damaged.length >> 1) + 64); i += 1) damaged[i] ^= 0x5a;
    response.writeHead(200, { 'Content-Length': damaged.length }).end(damaged);
  },
  /** Nothing ever comes. */
  hang: () => {},
  /** All there, under a type that no browser runs. */
  text: (bytes, response) => response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': bytes.length }).end(bytes),
  /** The line goes dead after half of what was asked for. */
  cut: (bytes, response, request) => half(bytes, response, request, () => setTimeout(() => response.destroy(), 50)),
  /** The line stays open after half of the file, and nothing more comes, over no other one either. */
  hung: (bytes, response, request) => request.headers.range || half(bytes, response, request),
};

/** A line that carries so many bytes a second, all answers of a site together. */
class SlowLine {
  #carried = new Set();

  constructor(bytesPerSecond) {
    setInterval(() => this.#carry(bytesPerSecond / 50), 20).unref();
  }

  /** From here on what is written to `response` goes by this line. */
  take(response) {
    const own = { parts: [], isEnded: false, write: response.write.bind(response), end: response.end.bind(response), response };
    const add = (part) => typeof part !== 'function' && part != null && own.parts.push(Buffer.from(part));
    response.write = (part) => (add(part), false);
    response.end = (part) => (add(part), (own.isEnded = true), response);
    response.on('close', () => this.#carried.delete(own));
    this.#carried.add(own);
  }

  #carry(nBytes) {
    const waiting = [...this.#carried].filter((it) => it.parts.length > 0 || it.isEnded);
    for (const own of waiting) {
      let room = Math.ceil(nBytes / waiting.length);
      while (room > 0 && own.parts.length > 0) {
        const part = own.parts.shift();
        own.write(part.subarray(0, room));
        if (part.length > room) own.parts.unshift(part.subarray(room));
        room -= part.length;
      }
      if (own.parts.length > 0) continue;
      if (own.isEnded) {
        this.#carried.delete(own);
        own.end();
      } else own.response.emit('drain');
    }
  }
}

/**
 * Serves the site until the test file is done.
 *
 * `faults` maps the end of a path to `{ kind, times }`, a kind of fault and how often it strikes (always, where left out);
 * it can be changed while the site runs. `base` puts the site under a path, `isolated: true` sends the isolation
 * headers, which few hosts do, `ranges: false` always sends whole files, `validators: false` says nothing of how long they last or which
 * they are,
 * `bare: true` sends what a simple host sends: length, type and no other header, `policy: false` takes the
 * Content-Security-Policy away, so that nothing but the code keeps requests home.
 */
export async function startSite({ base = '/', isolated = false, policy = true, ranges = true, validators = true, bare = false } = {}) {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('there is no site in dist/: run "make build" first');
  const faults = new Map();
  const requests = [];
  let serve = site({ dist: DIST, base, isolated });
  let slow = null;
  const handle = (request, response) => {
    const path = new URL(request.url, 'http://site').pathname;
    const entry = { path, method: request.method, range: request.headers.range ?? null };
    requests.push(entry);
    response.on('close', () => Object.assign(entry, { status: response.statusCode }));
    if (!ranges) delete request.headers.range;
    if (slow && path.endsWith(slow.end)) slow.line.take(response);

    const struck = [...faults].find(([end, fault]) => path.endsWith(end) && (fault.times ?? Infinity) > 0);
    if (struck) {
      const [, fault] = struck;
      if (fault.times !== undefined) fault.times -= 1;
      response.setHeader('Content-Type', { '.json': 'application/json', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' }[extname(path)] ?? 'application/octet-stream');
      response.setHeader('Accept-Ranges', 'bytes');
      response.setHeader('Cache-Control', 'no-store');
      response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
      FAULTS[fault.kind](readFileSync(join(DIST, decodeURIComponent(path.slice(base.length)))), response, request);
      return;
    }
    if (!policy && path === `${base}${PROGRAM}`) {
      const html = readFileSync(join(DIST, PROGRAM), 'utf8').replace(/<meta[^>]*Content-Security-Policy[^>]*>/i, '');
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
      return;
    }
    const untold = [...(policy ? [] : ['Content-Security-Policy']), ...(validators ? [] : ['ETag', 'Cache-Control'])];
    const isTold = ([name]) => (bare ? /^(content-(type|length|encoding|range)|accept-ranges)$/i.test(name) : !untold.includes(name));
    if (bare || untold.length > 0) {
      const writeHead = response.writeHead.bind(response);
      response.writeHead = (status, headers = {}) => writeHead(status, Object.fromEntries(Object.entries(headers).filter(isTold)));
    }
    serve(request, response);
  };
  const server = await listen(handle, 0);
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  atTheEnd(stop);
  const { port } = server.address();
  /** From here on what lies in another folder: a new build that was put in the place of the old one. */
  const serveFrom = (dist) => (serve = site({ dist, base, isolated }));
  /** Makes the line slow for answers that begin from now on, or for those whose path ends in `end`. */
  const slowDown = (bytesPerSecond, end = '') => (slow = { line: new SlowLine(bytesPerSecond), end });
  const url = `http://localhost:${port}${base}`;
  return { port, base, faults, requests, slowDown, stop, serveFrom, url, program: `${url}${PROGRAM}`, at: (host) => `http://${host}:${port}${base}` };
}
