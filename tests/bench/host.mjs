// Serves the built site together with the yardsticks, which are no part of it.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { listen, site } from '../../tools/serve.mjs';
import { ROOT } from '../../tools/steps.mjs';
import { manifest } from '../e2e/support/artifacts.mjs';

const DIST = process.env.GLASSREC_DIST ?? join(ROOT, 'dist');
const LIBRARY = join(ROOT, 'node_modules/@huggingface/transformers');
const OWN_ORT = join(LIBRARY, 'node_modules/onnxruntime-web');

const TYPES = { '.mjs': 'text/javascript', '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm', '.html': 'text/html' };

/** What transformers.js wants to know about a model besides its weights. */
const CONFIG = { architectures: ['BertModel'], model_type: 'bert', hidden_size: 384, num_hidden_layers: 6, num_attention_heads: 12, vocab_size: 30522 };
const TOKENIZER_CONFIG = { tokenizer_class: 'BertTokenizer', do_lower_case: true, model_max_length: 128, unk_token: '[UNK]', sep_token: '[SEP]', pad_token: '[PAD]', cls_token: '[CLS]', mask_token: '[MASK]' };

const MADE = {
  '/bench/empty.html': '<!doctype html><html lang="en"><title>bench</title></html>',
  '/bench/model/encoder/config.json': JSON.stringify(CONFIG),
  '/bench/model/encoder/tokenizer_config.json': JSON.stringify(TOKENIZER_CONFIG),
};

function fileOf(path) {
  if (path === '/bench/model/encoder/tokenizer.json') return join(DIST, 'models', manifest.encoder.files.tokenizer.path);
  if (path === '/bench/model/encoder/onnx/model_quantized.onnx') return join(DIST, 'models', manifest.encoder.files.wasm.path);
  const folders = {
    '/bench/pages/': join(ROOT, 'tests/bench/pages'),
    '/bench/built/': join(ROOT, 'target/bench'),
    '/bench/transformers/': join(LIBRARY, 'dist'),
    '/bench/transformers-ort/': join(existsSync(OWN_ORT) ? OWN_ORT : join(ROOT, 'node_modules/onnxruntime-web'), 'dist'),
  };
  const folder = Object.keys(folders).find((it) => path.startsWith(it));
  const name = folder && path.slice(folder.length);
  return folder && /^[\w.-]+$/.test(name) ? join(folders[folder], name) : null;
}

/**
 * The site and the yardsticks on a free port. `requests` lists what the site sent, with the bytes on the wire;
 * `instead` gives other bytes for some paths.
 */
export async function host({ isolated, instead = {} }) {
  const serve = site({ dist: DIST, isolated });
  const requests = [];
  const isolation = isolated ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } : {};
  const server = await listen((request, response) => {
    const path = new URL(request.url, 'http://site').pathname;
    if (path in instead) {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': instead[path].length });
      return response.end(instead[path]);
    }
    if (!path.startsWith('/bench/')) {
      // Headers that go straight into writeHead can't be asked for afterwards.
      let bytes = 0;
      const { writeHead } = response;
      response.writeHead = (status, headers) => {
        bytes = Number(headers['Content-Length'] ?? 0);
        return writeHead.call(response, status, headers);
      };
      response.on('finish', () => requests.push({ path, status: response.statusCode, bytes, at: performance.now() }));
      return serve(request, response);
    }
    const headers = { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream', 'Cross-Origin-Resource-Policy': 'same-origin', ...isolation };
    if (path in MADE) return response.writeHead(200, headers).end(MADE[path]);
    const file = fileOf(path);
    if (!file || !existsSync(file)) return response.writeHead(404, headers).end();
    response.writeHead(200, { ...headers, 'Content-Length': statSync(file).size });
    return createReadStream(file).pipe(response);
  }, 0);
  const origin = `http://localhost:${server.address().port}`;
  return {
    origin,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
