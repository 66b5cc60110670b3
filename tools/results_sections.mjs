// Sections of the page of results beside its tables: a reader's re-ranker, conversations, the language model.

import { escaped, figure, grouped, measured, scrolling, signed, verdict } from './results_parts.mjs';

/** Whether a re-ranker trained on a reader's own marks tells likes from dislikes better than the plain comparison. */
export function rerankerOf(rows) {
  if (rows.length === 0) return '';
  const reach = Math.max(...rows.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  const body = rows.map(({ n_marks: nMarks, n_readers: nReaders, auc_head: reranker, auc_plain: plain, difference, low, high, n_said_to_help: nSaid, n_that_did: nDid }) =>
    `<tr class="kind-baseline" data-reranker="${nMarks}"><th scope="row"><span class="family-of">${nMarks} marks</span></th><td class="number" translate="no">${grouped(nReaders)}</td>
<td class="number" translate="no">${reranker.toFixed(3)}</td><td class="number" translate="no">${plain.toFixed(3)}</td>
<td class="number" translate="no">${measured(signed, difference, low, high, { from: -reach, to: reach, mark: 0 })}</td><td>${verdict({ low, high })}</td>
<td class="number">${nSaid}, rightly for ${nDid}</td></tr>`);
  const heads = ['Marked', 'Readers', 'Re-ranker', 'Plain', 'Difference', 'So the re-ranker is', 'Said to help'];
  return `<section id="head" aria-labelledby="title-head"><h2 id="title-head">Does your re-ranker help?</h2>
<p>For you trains a small network on what its reader likes and does not, and lets it be switched on only where a held-out check says that it helps. Here readers of MovieLens marked some of their films and were asked
about the others: of pairs of a film they like and one they do not, how many stand in the right order? A coin gets half; the plain comparison is a cosine.</p>
${scrolling(
    'Does your re-ranker help?',
    `<table class="results"><caption><span>Share of pairs in the right order, the mean over readers, and the difference with its paired 95 % interval.</span></caption>
<thead><tr>${heads.map((head, i) => `<th scope="col"${i === 0 || i === 5 ? '' : ' class="number"'}>${head}</th>`).join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table>`,
  )}</section>`;
}

/** What each step of a conversation goes by, in the order the page shows them. */
const CONVERSATION_STEPS = {
  popularity: 'Popularity',
  encoder_last_utterance: 'Text encoder, last message',
  encoder_context: 'Text encoder, all that was said',
  state: 'What was understood: filters, facts, films liked, words',
  state_popularity: '… and how known a film is',
  state_named: '… and how often people name a film',
  state_sequential: "… and SASRec with EASE's links after the films liked",
};

/** How often talk finds the film that a person recommended. */
export function conversationsOf({ testing } = {}) {
  if (!testing) return '';
  const { steps, targets, targets_asked: nAsked, targets_left_out: out, conversations: nTalks, state_to_last_utterance: { 'recall@10': ratio } } = testing;
  const to = Math.max(...steps.map((it) => it['recall@10'][2]));
  const body = steps.map((step) => {
    const more = step.more_than_the_step_before?.['recall@10'];
    return `<tr data-step="${escaped(step.step)}"><th scope="row"><span class="family-of">${escaped(CONVERSATION_STEPS[step.step] ?? step.step)}</span></th>
<td class="number" translate="no">${measured(figure, ...step['recall@10'], { from: 0, to, mark: steps[0]['recall@10'][0] })}</td>
<td class="number" translate="no">${figure(step['recall@1'][0])}</td><td class="number" translate="no">${figure(step['recall@50'][0])}</td>
<td class="number" translate="no">${more ? `${signed(more[0])} <span class="interval">${signed(more[1])} to ${signed(more[2])}</span>` : ''}</td></tr>`;
  });
  return `<section id="talk" aria-labelledby="title-talk"><h2 id="title-talk">Does talk find the right film?</h2>
<p>Asked of ${grouped(nTalks)} conversations in which one person recommends films to another (ReDial) and that no weight was fitted to: of ${grouped(targets)} films recommended ${grouped(out.not_in_catalogue)} are not in the catalogue and
${grouped(out.named_before)} had been named before; ${grouped(nAsked)} are asked. <b>Recall@10</b> is how often the film is among the ten best of the whole catalogue. Each row adds to the one above it, from what was understood on;
that alone is worth ${ratio[0].toFixed(2)} × the encoder on the last message (${ratio[1].toFixed(2)} to ${ratio[2].toFixed(2)}).</p>
<p class="quiet">What this does not show: those people talked to people, not to this page, and the one film that somebody happened to recommend counts as the only right answer.</p>
${scrolling(
    'Does talk find the right film?',
    `<table class="results differences"><caption><span>Recall@10 with its 95 % interval over conversations. The line is popularity.</span></caption>
<thead><tr><th scope="col">Goes by</th><th scope="col" class="number">Recall@10</th><th scope="col" class="number">Recall@1</th><th scope="col" class="number">Recall@50</th><th scope="col" class="number">Recall@10, more than the row above</th></tr></thead>
<tbody>${body.join('\n')}</tbody></table>`,
  )}</section>`;
}

/** How the short lists of the language model were ranked. */
const RANKERS = {
  llm: 'Language model',
  llm_tuned: 'Language model, tuned',
  raw: 'log-probability',
  half: 'less half of its own',
  full: 'less all of its own',
};

/** The language model beside other rankers, on lists that are the same for all. */
export function languageModelOf(llm, cards) {
  if (!llm.test) return '';
  const titleOf = (name) => {
    const [form, share] = name.split(' ');
    return share ? `${RANKERS[form]} <span class="form-of">${RANKERS[share]}</span>` : escaped(cards[name]?.title ?? 'At random');
  };
  const tableOfSize = ([size, { n_users: nUsers, rows }]) => {
    const best = Object.entries(rows).sort(([, a], [, b]) => b['ndcg@10'] - a['ndcg@10']);
    const body = best.map(([name, row]) => {
      const [lead, low, high] = row.beside_sasrec_ease;
      const beside = name === 'sasrec_ease' ? '' : `${signed(lead)} (${signed(low)} to ${signed(high)})`;
      return `<tr class="kind-${cards[name]?.kind ?? 'baseline'}" data-ranked-by="${escaped(name)}"><th scope="row"><span class="family-of">${titleOf(name)}</span></th>
<td class="number" translate="no">${measured(figure, row['ndcg@10'], row['ndcg@10_low'], row['ndcg@10_high'], { from: 0, to: 1, mark: rows.random['ndcg@10'] })}</td>
<td class="number" translate="no">${beside}</td><td class="number" translate="no">${row.popularity.toFixed(2)}</td></tr>`;
    });
    return scrolling(
      `Lists of ${size}`,
      `<table class="results"><caption><span>Lists of ${size}, ${grouped(nUsers)} people. The line is a list at random.</span></caption>
<thead><tr><th scope="col">Ranked by</th><th scope="col" class="number">NDCG@10</th><th scope="col" class="number">Ahead of ${titleOf('sasrec_ease')}</th><th scope="col" class="number">× popular</th></tr></thead>
<tbody>${body.join('\n')}</tbody></table>`,
    );
  };
  return `<section id="language-model" aria-labelledby="title-language-model"><h2 id="title-language-model">Can a language model do it?</h2>
<p>Gemma 3 270M is told somebody’s last ten picks and ranks films by how likely their titles come next. A list is the film that was picked and others drawn by their popularity, the same for every ranker.
Such lists are easier than ranking the whole catalogue: compare these numbers with each other and with no other table. <b>Less its own</b> takes off that share of what the title is likely without any picks;
<b>× popular</b> says how many times as popular the first ten are as the whole list.</p>
${Object.entries(llm.test).filter(([size]) => Number(size)).map(tableOfSize).join('\n')}</section>`;
}
