// The figures as a table a person reads. A row whose section was never measured is left out.

import { figure } from './numbers.mjs';

const millis = (value) => `${figure(value)} ms`;
const megabytes = (bytes) => `${figure(bytes / 1e6)} MB`;
const times = (ratio) => `${ratio.toFixed(2)} ×`;

function rows({ recommend, beam, encoder, page, front, post, memory: visit, compare, map, measure, language, nearest }) {
  const list = [];
  if (recommend) {
    const { request, leave_one_out: loo, families = {} } = recommend;
    list.push(
      ["SASRec with EASE's links, a request, history of 50, in the engine, p50", millis(request.engine.p50), `${times(request.ratio)} plain JavaScript (${millis(request.plain.p50)})`, 'at most 1.10 ×'],
      ['leave-one-out of 50 picks', millis(loo.engine.p50), `${times(loo.ratio)} plain JavaScript (${millis(loo.plain.p50)})`, 'at most 1.10 ×, aim 150 ms'],
    );
    const [slowest, ...others] = Object.entries(families).sort(([, a], [, b]) => b.p50 - a.p50);
    if (slowest) {
      const said = others.map(([name, { p50 }]) => `${name} ${figure(p50)}`).join(', ');
      list.push(['request of the slowest family, history of 50, p50', `${slowest[0]} ${millis(slowest[1].p50)}`, `in ms: ${said}`, 'at most 30 ms']);
    }
  }
  if (beam) {
    list.push([`beam of ${beam.width} over semantic IDs, history of ${beam.n_picks}, forward and all, p50`, millis(beam.millis.p50), `quartiles ${millis(beam.millis.p25)} and ${millis(beam.millis.p75)}`, 'at most 150 ms']);
  }
  if (encoder) {
    const { batch, catalogue, native } = encoder;
    list.push(
      ['encoder, 8 texts of 32 tokens, one thread, p50', millis(batch.engine.p50), `${times(batch.speed)} the speed of transformers.js (${millis(batch.transformers.p50)}); native onnxruntime ${millis(native.p50)}`, 'at least 1.0 ×'],
      ['embedding the catalogue, one thread', `${figure(catalogue.engine_texts_per_second)} films/s`, `${times(catalogue.speed)} transformers.js (${figure(catalogue.transformers_texts_per_second)} films/s)`, 'at least 1.5 ×'],
      ['embedding the catalogue, two threads on an isolated page', `${figure(catalogue.two_threads_texts_per_second)} films/s`, `${times(catalogue.two_threads_speed)} our one thread`, 'at least 1.6 ×'],
    );
  }
  if (page) {
    const { click, bytes, cold_start: cold, memory } = page;
    const parts = Object.entries(bytes.parts).map(([name, size]) => `${name} ${megabytes(size)}`);
    const times_ = Object.entries(cold.parts).map(([name, at]) => `${name} ${figure(at / 1000)} s`);
    list.push(
      ['click on a film → painted list, warm, p50', millis(click.painted.p50), `${millis(click.beyond_engine.p50)} beyond the engine's own ${millis(click.engine.p50)}`, 'within 40 ms of the engine, aim 60 ms'],
      ['bytes to the first live recommendation, brotli', megabytes(bytes.total), `ours ${megabytes(bytes.ours)}; ${parts.join(', ')}`, 'at most 3.8 MB, ours 1.1 MB'],
      ['cold start to the first live recommendation, local server', `${figure(cold.millis.p50 / 1000)} s`, times_.join(', '), 'aim 2 s'],
      ['memory of the tab, everything loaded', megabytes(memory.bytes), `${memory.note}`, 'stated'],
    );
  }
  if (front) {
    const { home, stepping } = front;
    const still = stepping.long_tasks.n === 0 ? 'no task' : `${stepping.long_tasks.n} tasks, the longest ${millis(stepping.long_tasks.worst)},`;
    list.push(
      ['first page, bytes until the stored answer is painted', `${figure(home.bytes / 1e3)} kB`, 'compressed, all requests until the page has loaded', 'at most 250 kB'],
      ['first page at 10 Mbit/s, 40 ms, processor 4 × slower: first paint', `${figure(home.first_paint / 1000)} s`, `stored answer ${figure(home.answer_painted / 1000)} s; layout shift ${home.layout_shift.toFixed(3)}`, 'at most 0.6 s, answer 1.0 s, shift 0'],
      [`scrubbing a figure of ${stepping.n_films} films, a frame, p50`, millis(stepping.frame.p50), `p95 ${millis(stepping.frame.p95)}; ${still} over 50 ms on the page's thread`, '16.7 ms, no task over 50 ms'],
    );
  }
  if (post) {
    const { stored, slow, cold, together } = post;
    list.push(
      ['post with six figures, same slow line: a stored picture after it is seen, worst', `${figure(stored.worst / 1000)} s`, `layout shift ${stored.layout_shift.toFixed(3)}`, 'at most 1.0 s, shift 0'],
      ['the first figure live after the press, same slow line', `${figure(slow.millis / 1000)} s`, `unthrottled and cold ${figure(cold.millis / 1000)} s; longest task on the thread of the page around ${millis(Math.max(cold.longest_task, slow.longest_task))}`, 'at most 8 s, 3.5 s, 50 ms'],
      [`${together.n} figures live on one page`, `${times(together.all_bytes / together.one_bytes)} the memory of one`, `${megabytes(together.one_bytes)} and ${megabytes(together.all_bytes)} resident; engines ${together.engines}, downloads of the runtime ${together.runtimes}`, 'at most 1.4 ×, one download'],
    );
  }
  if (visit) {
    const { n_edits: edits, n_tabs: tabs, n_families: families, before_bytes: before, after_bytes: after } = visit;
    list.push([`memory of the tab after ${edits} edits, ${tabs} changes of tab and ${families} of family`, megabytes(after), `${megabytes(before)} before them, after a first round of all`, 'flat']);
  }
  if (compare) {
    const { n_families: n, n_picks: nPicks, first, last, preview, long_tasks: tasks } = compare;
    const still = tasks.n === 0 ? 'no task' : `${tasks.n} tasks, the longest ${millis(tasks.worst)},`;
    list.push([`edit → all lists of ${n} families painted, history of ${nPicks}, warm, p50`, millis(last.p50), `worst ${millis(last.worst)}, the first list ${millis(first.p50)}; ${still} over 50 ms on the page's thread in ${tasks.n_edits} edits`, 'within 400 ms, no task over 50 ms']);
    list.push([`leave-one-out diff of ${n} families, history of ${nPicks}, pointer to painted, p50`, millis(preview.p50), `worst ${millis(preview.worst)}, with 120 ms for which the pointer has to rest`, 'within 2.5 s']);
  }
  if (map) {
    const { first_paint: first, frame, drawing } = map;
    list.push(
      [`map of ${map.n_films} films, click on its tab → first paint, p50`, millis(first.p50), `p95 ${millis(first.p95)}, its file fetched and read`, 'under 300 ms'],
      ['map, one frame while panning, p50', millis(frame.p50), `p95 ${millis(frame.p95)}; of it drawing ${map.n_dots} dots ${millis(drawing.p50)}, p95 ${millis(drawing.p95)}`, '16.7 ms'],
    );
  }
  if (measure) {
    const { n_users: users, n_families: families, millis: taken, long_tasks: tasks } = measure;
    const still = tasks.n === 0 ? 'no task' : `${tasks.n} tasks, the longest ${millis(tasks.worst)},`;
    list.push([`${families} models measured on ${users} users, from the press to the last answer`, `${figure(taken / 1000)} s`, `files fetched meanwhile; ${still} over 50 ms on the page's thread`, 'at most 60 s, no task over 50 ms']);
  }
  if (language) {
    const { prefill, decode, rank, turn } = language;
    const perSecond = (n, { p50 }) => `${figure((n * 1000) / p50)} tokens/s`;
    list.push(
      [`language model, prefill of ${language.n_prompt} tokens, one thread, p50`, millis(prefill.p50), perSecond(language.n_prompt, prefill), 'stated'],
      ['language model, decoding, a token, p50', millis(decode.p50), perSecond(1, decode), 'stated'],
      [`language model, 20 candidates (${language.n_title_tokens} tokens) after a shared prompt, p50`, millis(rank.p50), `click to ranking ${figure(language.click / 1000)} s calibrated, prompt and all; the first time, when the titles without a history are read too, ${figure(language.first_click / 1000)} s`, 'at most 3 s'],
      ['language model, started from this device', `${figure(language.from_storage_millis / 1000)} s`, `memory of the tab with it ${megabytes(language.memory_bytes)}`, 'stated'],
      ['a turn of a conversation without the model, warm, p50', millis(turn.p50), `worst ${millis(turn.worst)} of ${turn.n}`, 'at most 150 ms'],
    );
  }
  if (nearest) {
    list.push(['exact top 100 of 1,000,000 × 64 int8, in wasm', millis(nearest.top100.p50), `${times(nearest.ratio)} summing the same bytes with SIMD (${millis(nearest.sum.p50)}); plain Rust ${millis(nearest.plain.p50)}`, 'at most 3 ×']);
  }
  return list;
}

export function figuresTable(results) {
  const lines = rows(results).map((cells) => `| ${cells.join(' | ')} |`);
  return ['| what | measured | beside it | to reach |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

export const machineLine = (it) => `${it.processor}, ${it.n_cores} cores, ${it.browser}, at commit \`${it.commit}\`.`;
