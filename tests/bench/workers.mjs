// The engine and its yardsticks in one page, asked in turns, so that a busy machine is as unfair to one as to the other.

import { browser as browserProgram } from '../../tools/browser.mjs';
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launch = () => chromium.launch({ executablePath: browserProgram(), args: FLAGS });

/** Opens an empty page of our origin and gives it `ask(name, message)` for workers started with `start`. */
export async function openBench(browser, origin) {
  const page = await browser.newPage();
  await page.goto(`${origin}/bench/empty.html`);
  await page.evaluate(() => {
    const workers = {};
    globalThis.startEngine = (name, backend = 'wasm') =>
      new Promise((resolve, reject) => {
        const worker = new Worker(`/engine_boot.js?backend=${backend}&build=bench`, { type: 'module' });
        const waiting = new Map();
        let lastId = 0;
        worker.onerror = (event) => reject(new Error(event.message));
        // The page's part: it fetches, and compiles programs. See src/engine/supply.rs.
        const supply = async ({ path }) => {
          const bytes = await (await fetch(`/${path}`)).arrayBuffer();
          const file = /\.wasm($|\?)/.test(path) ? await WebAssembly.compile(bytes) : new Uint8Array(bytes);
          worker.postMessage({ File: { path, file } });
        };
        worker.onmessage = ({ data }) => {
          if (data.Want) supply(data.Want).catch(reject);
          else if (data.Ready) resolve(data.Ready);
          else if (data.Refused) reject(new Error(JSON.stringify(data.Refused)));
          else if (data.Reply) {
            const { outcome } = data.Reply;
            const { answer, refuse } = waiting.get(data.Reply.id);
            waiting.delete(data.Reply.id);
            if (outcome.Ok) answer(outcome.Ok);
            else refuse(new Error(JSON.stringify(outcome.Err)));
          }
        };
        workers[name] = {
          worker,
          ask: (request) =>
            new Promise((answer, refuse) => {
              lastId += 1;
              waiting.set(lastId, { answer, refuse });
              worker.postMessage({ Ask: { id: lastId, request } });
            }),
        };
      });
    globalThis.startYardstick = (name, script) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(`/bench/pages/${script}`, { type: 'module' });
        const waiting = new Map();
        let lastId = 0;
        worker.onerror = (event) => reject(new Error(`${script}: ${event.message}`));
        worker.onmessage = ({ data }) => {
          if (data === 'ready') return resolve();
          const { answer, refuse } = waiting.get(data.id);
          waiting.delete(data.id);
          return data.error ? refuse(new Error(data.error)) : answer(data.result);
        };
        workers[name] = {
          worker,
          ask: ({ verb, argument }) =>
            new Promise((answer, refuse) => {
              lastId += 1;
              waiting.set(lastId, { answer, refuse });
              worker.postMessage({ id: lastId, verb, argument });
            }),
        };
      });
    globalThis.ask = (name, message) => workers[name].ask(message);
    globalThis.stop = (name) => workers[name].worker.terminate();
  });
  return {
    page,
    startEngine: (name, backend) => page.evaluate((it) => globalThis.startEngine(...it), [name, backend]),
    startYardstick: (name, script) => page.evaluate((it) => globalThis.startYardstick(...it), [name, script]),
    ask: (name, message) => page.evaluate((it) => globalThis.ask(...it), [name, message]),
    stop: (name) => page.evaluate((it) => globalThis.stop(it), name),
    close: () => page.close(),
  };
}

/** Runs each of `turns` once a round, warm-up rounds first; returns a list of milliseconds for each. */
export async function inTurns(turns, { rounds, warmUp }) {
  const millis = Object.fromEntries(Object.keys(turns).map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round += 1) {
    // Whoever goes second finds warmer caches: change the order each round.
    const names = Object.keys(turns);
    if (round % 2) names.reverse();
    for (const name of names) {
      const took = await turns[name]();
      if (round >= 0) millis[name].push(took);
    }
  }
  return millis;
}
