// The language model and the conversation: prefill, decoding, twenty candidates, memory; a turn of a conversation without it.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from '../e2e/support/site.mjs';
import { golden, movieIdOf } from '../e2e/support/artifacts.mjs';
import { openPage } from '../e2e/support/page.mjs';
import { median, summary } from './numbers.mjs';
import { inTurns, openBench } from './workers.mjs';

const N_PROMPT = 52; // tokens, as four picks take
const N_DECODED = 20;
const LINK = `talk.html#v2&h=${['The Matrix', 'Terminator 2: Judgment Day', 'Aliens', 'Blade Runner'].map((title) => movieIdOf(title)).join('.')}&f=sasrec_ease`;
const TURNS = [
  'something like Alien', 'but funny', 'older', 'no horror', 'with Bill Murray', 'from the 80s', 'not that one', 'a heist film instead', 'who directed Heat?', 'why?',
];

/** The engine alone: the model's own milliseconds, warm. */
async function measureModel(browser, { origin }, model) {
  const bench = await openBench(browser, origin);
  const { n_threads: nThreads } = await bench.startEngine('engine');
  const { parts, slots, head_dim, tuned } = model;
  const weights = { parts: parts.map((part) => ({ ...part, path: `llm/${part.path}` })), slots, head_dim, tuned };
  const languageLoaded = await bench.ask('engine', { LoadLanguage: { weights } });
  const ask = async (prefix, rows, want) => (await bench.ask('engine', { ReadTokens: { weights, is_adapted: false, prefix, rows, want } })).cost.millis;
  const { cases } = golden('llm');
  const titles = cases.flatMap((it) => it.titles.map(({ tokens }) => tokens)).filter((tokens) => tokens.length <= 12);
  const rows = Array.from({ length: 20 }, (_, at) => titles[at % titles.length]);
  const words = cases.flatMap((it) => it.context_tokens.slice(1));
  let at = 0;
  // A prefix that was not read before: it begins otherwise each time.
  const fresh = () => [model.begin, ...Array.from({ length: N_PROMPT - 1 }, (_, i) => words[(at += 1 + (i === 0)) % words.length])];
  let prefix = fresh();
  const { prefill, rank, decode } = await inTurns(
    {
      prefill: () => ask((prefix = fresh()), [], 'LogProbs'),
      rank: () => ask(prefix, rows, 'LogProbs'),
      decode: async () => {
        let millis = 0;
        for (let n = 0; n < N_DECODED; n += 1) millis += await ask([...prefix, ...words.slice(0, n)], [[]], 'Next');
        return millis / N_DECODED;
      },
    },
    { rounds: 5, warmUp: 3 },
  );
  await bench.close();
  return {
    n_threads: nThreads,
    first_load_millis: languageLoaded.cost.millis,
    n_prompt: N_PROMPT,
    prefill: summary(prefill),
    n_title_tokens: rows.reduce((sum, it) => sum + it.length, 0),
    rank: summary(rank),
    decode: summary(decode),
  };
}

/** The page: the model from this device's storage, its memory, twenty films ranked with a click. */
async function measurePrompt(browser, plain, isolated) {
  const memoryOf = async (context) => {
    const page = await context.newPage();
    await openPage(page, { url: `${isolated.origin}/` }, { link: `${LINK}&t=l` });
    await page.getByRole('button', { name: /start it/ }).click();
    await page.getByText(/^Ready after/).waitFor({ timeout: 180_000 });
    await page.getByRole('button', { name: 'Rank 20 films' }).click();
    await page.locator('.prompted').waitFor({ timeout: 120_000 });
    const { bytes } = await page.evaluate(() => performance.measureUserAgentSpecificMemory());
    await page.close();
    return bytes;
  };
  const context = await browser.newContext();
  const bytes = await memoryOf(context);
  await context.close();

  const own = await browser.newContext();
  const page = await own.newPage();
  await openPage(page, { url: `${plain.origin}/` }, { link: `${LINK}&t=l` });
  await page.getByRole('button', { name: /start it/ }).click();
  await page.getByText(/^Ready after/).waitFor({ timeout: 180_000 });
  await page.getByRole('button', { name: /free its memory/ }).click();
  const again = Date.now();
  await page.getByRole('button', { name: /on this device/ }).first().click();
  await page.getByText(/^Ready after/).waitFor({ timeout: 180_000 });
  const startedMillis = Date.now() - again;
  const clicks = [];
  for (let round = 0; round < 4; round += 1) {
    // Another prompt each time; the titles without a history are known from the second on.
    await page.getByLabel('With your films').fill(`Films I saw, list ${round}:\n1. The Matrix (1999)\n2. Alien (1979)\n3.`);
    const from = Date.now();
    await page.getByRole('button', { name: 'Rank 20 films' }).click();
    await page.getByRole('button', { name: 'Cancel' }).first().waitFor();
    await page.getByRole('button', { name: 'Cancel' }).first().waitFor({ state: 'detached', timeout: 120_000 });
    clicks.push(Date.now() - from);
  }
  await own.close();
  return { memory_bytes: bytes, from_storage_millis: startedMillis, first_click: clicks[0], click: median(clicks.slice(1)) };
}

/** Turns of a conversation by rules, as the page tells them, after a conversation that made all warm. */
async function measureTurns(browser, { origin }) {
  const page = await (await browser.newContext()).newPage();
  await openPage(page, { url: `${origin}/` }, { link: 'talk.html' });
  const millis = [];
  for (const round of [0, 1]) {
    for (const message of TURNS) {
      const n = await page.locator('.turn').count();
      await page.getByRole('textbox', { name: 'Your message' }).fill(message);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.locator('.turn').nth(n).waitFor();
      const told = await page.locator('.turn').nth(n).locator('.cost').first().innerText();
      const [, value, unit] = /([\d.]+) (ms|s)/.exec(told);
      if (round === 1) millis.push(unit === 's' ? value * 1000 : Number(value));
    }
    await page.getByRole('button', { name: 'Start over' }).click();
  }
  await page.context().close();
  return { ...summary(millis), worst: Math.max(...millis) };
}

export async function measureLanguage(browser, plain, isolated) {
  const list = join(DIST, 'models/llm/llm.json');
  if (!existsSync(list)) throw new Error('the site has no language model: run "make llm", then "make build"');
  const model = JSON.parse(readFileSync(list, 'utf8'));
  return {
    ...(await measureModel(browser, plain, model)),
    ...(await measurePrompt(browser, plain, isolated)),
    turn: await measureTurns(browser, plain),
  };
}
