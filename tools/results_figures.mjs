// The pictures of the page of results: each one claim, computed from results.json, drawn for a desk and for a phone.

import { escaped, grouped, verdict } from './results_parts.mjs';

const [WIDE, NARROW] = [640, 300];
const ROW = 22;
const n1 = (value) => Math.round(value * 10) / 10;
const percent = (share) => `${Math.round(share * 100)}\u00a0%`;
const text = (x, y, words, classes = '') => `<text x="${n1(x)}" y="${n1(y)}" class="${classes}">${escaped(words)}</text>`;
const line = (x0, y0, x1, y1, classes) => `<path class="${classes}" d="M${n1(x0)} ${n1(y0)}L${n1(x1)} ${n1(y1)}"/>`;
const dot = (x, y, r, classes) => `<circle class="${classes}" cx="${n1(x)}" cy="${n1(y)}" r="${r}"/>`;
const listed = (names) => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`);

/** Straight from `low`..`high` to the pixels between `from` and `to`; what lies beyond stops at the edge. */
const scale = (low, high, from, to) => (value) => from + (Math.min(Math.max(value, low), high) - low) / (high - low) * (to - from);

/** Shipped rows without a note, else the model as trained; the best first. */
function measuredIn({ rows = [] } = {}, metric) {
  const plain = rows.filter((row) => !row.note && row[metric] !== undefined);
  const shipped = plain.filter(({ form }) => form === 'shipped');
  const known = new Set(shipped.map(({ family }) => family));
  return [...shipped, ...plain.filter(({ family }) => !known.has(family))].sort((a, b) => b[metric] - a[metric]);
}

/** Names of models, cut where there is no room for all of them. */
function named(title, room) {
  const most = Math.floor(room / 6.6);
  return title.length <= most ? title : `${title.slice(0, most - 1).trimEnd()}…`;
}

/** A row for each model: its name, what `drawn` adds, and a number at the end. `heads` are over the picture. */
function rowsOf(entries, width, { top = 34, bottom = 26, drawn, under = () => '', end }) {
  const isWide = width === WIDE;
  const left = isWide ? 196 : 124;
  const right = width - (end ? 50 : 12);
  const height = top + ROW * entries.length + bottom;
  const room = { left, right, top, bottom: top + ROW * entries.length, width, isWide };
  const body = entries.map((entry, at) => {
    const y = top + ROW * at + ROW / 2;
    const name = text(left - 10, y + 4, named(entry.title, left - 12), `${isWide ? '' : 's'} e`);
    const number = end ? text(width, y + 4, end(entry), 'xs m e') : '';
    return `<g class="kind-${entry.kind}" data-row="${escaped(entry.family)}">${name}${drawn(entry, y, room)}${number}</g>`;
  });
  return { height, inside: under(room) + body.join('') };
}

function axis({ left, right, top, bottom }, ticks, at, said) {
  return ticks.map((tick) => line(at(tick), top - 6, at(tick), bottom + 2, 'rule') + text(at(tick), bottom + 17, said(tick), 'xs c f')).join('') + text(left, bottom, '', '') + line(left, bottom + 2, right, bottom + 2, 'rule');
}

const svg = ({ height, inside }, width, label) =>
  `<svg viewBox="0 0 ${width} ${Math.ceil(height)}" width="${width}" height="${Math.ceil(height)}" role="img" aria-label="${escaped(label)}">${inside}</svg>`;

/** The frame that every figure of the site has. `twin` is where the same stands as a table. */
function figureOf({ name, who, about, claim, draw, say, source, twin }) {
  const picture = (width, of) => `<div class="picture ${of}">${svg(draw(width), width, claim)}</div>`;
  return `<figure class="glass ${name}" data-figure="${name}">
<p class="kicker"><i></i><span><b>${escaped(who)}</b> · ${escaped(about)}</span></p>
<h2 class="claim">${escaped(claim)}</h2>
${picture(WIDE, 'is-wide')}${picture(NARROW, 'is-narrow')}
<p class="say">${escaped(say)}</p>
<figcaption>${escaped(source)} · <a href="#${twin}">The same as a table</a></figcaption>
</figure>`;
}

/** Every model of table B with its interval, and the paired difference to the best that counts on the same axis. */
function evidence({ tables: { B } }, card) {
  const metric = 'ndcg@10';
  const entries = measuredIn(B, metric).map((row) => ({ ...row, ...card(row.family) }));
  const best = entries.find(({ kind }) => kind === 'baseline');
  const beside = ({ family }) => B.differences?.[`${family} - ${best.family}`];
  const models = entries.filter(({ kind }) => kind !== 'baseline');
  const count = (wanted) => models.filter((it) => beside(it) && verdict(beside(it)) === wanted);
  const [ahead, level] = [count('better'), count('cannot be told apart')];
  const reach = Math.max(...entries.map((it) => it[`${metric}_high`]));
  const step = 0.02;
  const draw = (width) =>
    rowsOf(entries, width, {
      end: (it) => it[metric].toFixed(4),
      under: (room) => {
        const x = scale(0, reach, room.left, room.right);
        const ticks = Array.from({ length: Math.floor(reach / step) + 1 }, (_, at) => at * step).filter((_, at) => room.isWide || at % 2 === 0);
        const mark = `<path class="axis" stroke-dasharray="3 3" d="M${n1(x(best[metric]))} ${room.top - 6}V${room.bottom + 2}"/>`;
        const anchor = room.isWide ? 'c' : 'e';
        return axis(room, ticks, x, (it) => it.toFixed(2)) + mark + text(room.isWide ? x(best[metric]) : room.width, 14, `best that counts: ${best.title}`, `xs ${anchor} f`);
      },
      drawn: (it, y, room) => {
        const x = scale(0, reach, room.left, room.right);
        const paired = beside(it);
        const whisker = line(x(it[`${metric}_low`]), y, x(it[`${metric}_high`]), y, 'kind-line');
        const lead = paired ? line(x(best[metric] + paired.low), y, x(best[metric] + paired.high), y, 'kind-line is-paired') : '';
        const isOpen = paired && verdict(paired) === 'cannot be told apart';
        return whisker + lead + dot(x(it[metric]), y, 4.5, isOpen ? 'kind-ring' : 'kind-fill');
      },
    });
  const said = ahead.length === 0 ? 'No model is ahead of the best that counts' : `${listed(ahead.map(({ title }) => title))} ${ahead.length === 1 ? 'is' : 'are'} ahead of the best that counts`;
  return figureOf({
    name: 'evidence', who: 'All models', about: 'what held-out people watch next', draw, twin: 'table-b',
    claim: `${said}; ${level.length} ${level.length === 1 ? "other" : "others"} cannot be told from it`,
    say: 'Thin: 95 % interval of the model. Thick: of its difference to the best that counts, on the same people. Hollow: that difference may be nothing.',
    source: `Table B, ${grouped(best.n_questions)} films of ${grouped(best.n_users)} people, all films ranked, NDCG@10`,
  });
}

const ASKED = { A: 'ML-1M: each reader’s last film', B: 'what held-out people watch next', C: 'the rest of a set, without order', D: 'what they watch next and like' };
const KINDS = { baseline: 'counting', hybrid: 'hybrid', autoregressive: 'autoregressive', masked: 'masked', variational: 'variational', diffusion: 'diffusion', adversarial: 'adversarial', language: 'language' };

/** The best of every kind in each protocol, in lengths of the best that counts. */
function protocols({ tables }, card) {
  const blocks = Object.keys(ASKED).filter((name) => tables[name]?.rows?.length).map((name) => {
    const metric = name === 'C' ? 'ndcg@100' : 'ndcg@10';
    const all = measuredIn(tables[name], metric).map((row) => ({ ...row, ...card(row.family) }));
    const base = all.find(({ kind }) => kind === 'baseline');
    const seen = new Set();
    const best = all.filter(({ kind }) => !seen.has(kind) && seen.add(kind));
    return { name, metric, base, best: best.map((it) => ({ ...it, ratio: it[metric] / base[metric], low: it[`${metric}_low`] / base[metric], high: it[`${metric}_high`] / base[metric] })) };
  });
  const reach = Math.ceil(Math.max(...blocks.flatMap(({ best }) => best.map(({ high }) => high))) * 10) / 10;
  const draw = (width) => {
    const isWide = width === WIDE;
    const left = isWide ? 196 : 124;
    const x = scale(0, reach, left, width - 50);
    let y = 30;
    let inside = '';
    for (const { name, best } of blocks) {
      inside += text(0, y, `${name} · ${ASKED[name]}`, `${isWide ? '' : 's'} b`);
      for (const it of best) {
        y += ROW;
        inside += `<g class="kind-${it.kind}" data-row="${it.family}">${text(left - 10, y + 4, named(isWide ? `${it.title}, ${KINDS[it.kind] ?? it.kind}` : it.title, left - 12), `${isWide ? '' : 's'} e`)}${line(x(it.low), y, x(it.high), y, 'kind-line')}${dot(x(it.ratio), y, 4.5, 'kind-fill')}${text(width, y + 4, `${it.ratio.toFixed(2)} ×`, 'xs m e')}</g>`;
      }
      y += 34;
    }
    const bottom = y - 18;
    const rules = [0, 0.5, 1, 1.5].filter((tick) => tick <= reach).map((tick) => `<path class="${tick === 1 ? 'axis' : 'rule'}" ${tick === 1 ? 'stroke-dasharray="3 3"' : ''} d="M${n1(x(tick))} 38V${bottom}"/>${text(x(tick), bottom + 15, tick === 1 ? '1 ×' : `${tick}`, 'xs c f')}`);
    return { height: bottom + 22, inside: rules.join('') + inside };
  };
  const winner = ({ best }) => best.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  const winners = blocks.map((it) => ({ ...winner(it), of: it.name })).sort((a, b) => b.ratio - a.ratio);
  const [most, next] = winners;
  return figureOf({
    name: 'protocols', who: 'Four questions', about: 'the best model of each kind', draw, twin: 'tables',
    claim: `The answer depends on the question: ${most.title} leads counting by ${percent(most.ratio - 1)} on ${ASKED[most.of].split(':')[0]}${next ? `; asked otherwise, nothing leads by more than ${percent(next.ratio - 1)}` : ''}`,
    say: 'In lengths of the best model that only counts, which is at 1. Lines: 95 % interval of the model alone.',
    source: 'Tables A to D; NDCG@10, in C NDCG@100; never compare numbers of two tables',
  });
}

const EXPLAINERS = { random: 'at random', most_recent: 'the newest', attention: 'attention', leave_one_out: 'leave-one-out' };

/** How often a film stays in the first five without the films that a reason names. */
function faithfulness(found, card) {
  const entries = Object.entries(found ?? {}).filter(([family]) => family !== 'popularity').map(([family, it]) => ({ family, ...it, ...card(family) }));
  if (entries.length === 0) return '';
  const kept = (it, name) => it.explainers[name]?.kept;
  entries.sort((a, b) => kept(a, 'leave_one_out') - kept(b, 'leave_one_out'));
  const shape = { random: ['kind-open', 3.5], most_recent: ['kind-open is-dashed', 4.5], attention: ['attention', 4.5], leave_one_out: ['kind-fill', 5] };
  const draw = (width) =>
    rowsOf(entries, width, {
      end: (it) => percent(kept(it, 'leave_one_out')),
      under: (room) => {
        const x = scale(0, 1, room.left, room.right);
        const [first] = entries;
        const names = room.isWide ? Object.entries(EXPLAINERS).filter(([name]) => kept(first, name) !== undefined && name !== 'most_recent').map(([name, said]) => text(x(kept(first, name)), 20, said, `xs f ${name === 'random' ? 'c' : ''}`)) : [];
        return axis(room, room.isWide ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.5, 1], x, percent) + names.join('');
      },
      drawn: (it, y, room) => {
        const x = scale(0, 1, room.left, room.right);
        const marks = Object.entries(shape).filter(([name]) => kept(it, name) !== undefined).map(([name, [classes, r]]) =>
          name === 'attention' ? `<rect class="kind-open" x="${n1(x(kept(it, name)) - 4)}" y="${y - 4}" width="8" height="8"/>` : dot(x(kept(it, name)), y, r, classes));
        return line(x(kept(it, 'leave_one_out')), y, x(kept(it, 'random')), y, 'kind-line is-thin') + marks.join('');
      },
    });
  const mean = (name) => {
    const all = entries.map((it) => kept(it, name)).filter((it) => it !== undefined);
    return all.reduce((sum, it) => sum + it, 0) / all.length;
  };
  const looked = entries.filter((it) => it.explainers.attention?.beside);
  const better = looked.filter((it) => it.explainers.attention.beside.most_recent[2] < 0);
  return figureOf({
    name: 'faithfulness', who: 'All models', about: 'do the reasons hold?', draw, twin: 'reasons',
    claim: `Without the films that leave-one-out names, a recommendation stays for ${percent(mean('leave_one_out'))} of people; without as many at random, for ${percent(mean('random'))}`,
    say: `Filled: leave-one-out. Square: attention. Dashed: the newest films. Open: at random. Attention beats the newest films in ${better.length} of ${looked.length} models.`,
    source: `${grouped(entries[0].n_users)} held-out people, films left out by tenths up to half; share still in the first five`,
  });
}

/** Quality by how many films people have rated. */
function whom(found, card) {
  const entries = Object.entries(found ?? {}).map(([family, it]) => ({ family, ...it, ...card(family) }));
  if (entries.length === 0) return '';
  const [least, middle, most] = [0, 1, 2].map((at) => (it) => it.groups[at]);
  entries.sort((a, b) => least(b)['ndcg@10'] - least(a)['ndcg@10']);
  const reach = Math.max(...entries.map((it) => least(it)['ndcg@10_high']));
  const draw = (width) =>
    rowsOf(entries, width, {
      end: (it) => `${(least(it)['ndcg@10'] / most(it)['ndcg@10']).toFixed(1)} ×`,
      under: (room) => {
        const x = scale(0, reach, room.left, room.right);
        const [first] = entries;
        const heads = [[most, 'most films'], [least, 'fewest films']].map(([of, said]) => text(x(of(first)['ndcg@10']), 20, said, 'xs c f'));
        return axis(room, [0, 0.05, 0.1, 0.15].filter((it) => room.isWide || it * 20 % 2 === 0), x, (it) => it.toFixed(2)) + heads.join('');
      },
      drawn: (it, y, room) => {
        const x = scale(0, reach, room.left, room.right);
        return line(x(most(it)['ndcg@10']), y, x(least(it)['ndcg@10']), y, 'kind-line is-thin') + dot(x(most(it)['ndcg@10']), y, 4.5, 'kind-ring') + dot(x(middle(it)['ndcg@10']), y, 3, 'kind-fill') + dot(x(least(it)['ndcg@10']), y, 4.5, 'kind-fill');
      },
    });
  const [first] = entries;
  const all = entries.every((it) => least(it)['ndcg@10'] > most(it)['ndcg@10']);
  return figureOf({
    name: 'whom', who: 'All models', about: 'whom lists serve', draw, twin: 'whom',
    claim: `${all ? 'Every model' : 'Most models'} guess${all ? 'es' : ''} better for people with few films: the best of them ${least(first)['ndcg@10'].toFixed(3)}, and ${most(first)['ndcg@10'].toFixed(3)} for those with most`,
    say: `Filled: the third of people with fewest films (${least(first).shortest} to ${least(first).longest}). Ring: the third with most (${most(first).shortest} and more). The number says how many times better.`,
    source: `NDCG@10 on table B’s questions, ${grouped(least(first).n_users)} people a third`,
  });
}

/** How much better known the films of lists are than those of the people's histories. */
function lift(found, card) {
  const entries = Object.entries(found ?? {}).map(([family, it]) => ({ family, lift: it.all.popularity_lift, ...card(family) }));
  if (entries.length === 0) return '';
  entries.sort((a, b) => b.lift - a.lift);
  const low = Math.min(0, ...entries.map((it) => it.lift));
  const high = entries[1].lift * 1.15;
  const said = (value) => `${value < 0 ? '−' : '+'}${Math.round(Math.abs(value) * 100)} %`;
  const draw = (width) =>
    rowsOf(entries, width, {
      end: (it) => said(it.lift),
      under: (room) => {
        const x = scale(low, high, room.left, room.right);
        return axis(room, [-0.25, 0, 0.25, 0.5].filter((it) => it >= low && it <= high), x, (it) => (it === 0 ? 'as known' : said(it))) + line(x(0), room.top - 6, x(0), room.bottom + 2, 'axis');
      },
      drawn: (it, y, room) => {
        const x = scale(low, high, room.left, room.right);
        const [a, b] = [x(0), x(it.lift)].sort((p, q) => p - q);
        const beyond = it.lift > high ? text(b - 4, y + 4, '⟩⟩', 'xs e halo') : '';
        return `<rect class="kind-fill" x="${n1(a)}" y="${y - 6}" width="${n1(Math.max(b - a, 1))}" height="12"/>${beyond}`;
      },
    });
  const n = entries.filter((it) => it.lift > 0).length;
  const lowest = entries.at(-1);
  return figureOf({
    name: 'lift', who: 'All models', about: 'pull towards the popular', draw, twin: 'whom',
    claim: `${n} of ${entries.length} models recommend better-known films than people have watched; ${lowest.title} recommends the least known, ${percent(-lowest.lift)} less`,
    say: `How much more often the films of a list were watched by others than the films of the history, on average.${entries[0].lift > high ? ` The bar of ${entries[0].title} is cut.` : ''}`,
    source: 'First ten films after the last of table B’s questions',
  });
}

/** All pictures of the page, in order. */
export function picturesOf(results, cards) {
  const card = (family) => cards[family] ?? { title: family, kind: 'baseline' };
  return [
    evidence(results, card), protocols(results, card), faithfulness(results.faithfulness, card),
    whom(results.beyond_accuracy, card), lift(results.beyond_accuracy, card),
  ].filter(Boolean).join('\n');
}
