// Makes words.html, where every term of the field that the site uses has its line. Pages link to a term by its id.

import { escaped } from './results_parts.mjs';
import { scriptlessHead, siteTop } from './site_top.mjs';

/** Term → what it means here, by subject. Order is that of the page. */
const WORDS = {
  'Reading a list': {
    History: 'The films watched, oldest first. It is all that a model reads of you.',
    Model: 'One way to get from a history to a ranked list of films.',
    Score: 'The number by which a model orders films. Scores of two models mean different things; ranks can be compared.',
    'Because of': 'The smallest set of your films without which a film leaves the first ten. One click tests it.',
    'Leave-one-out': 'Asking the model again without one film of the history, to see what that film did.',
    Attention: 'Where a network looked while it read the history. It is not a reason: the tests under Results show how far it falls behind leave-one-out.',
    'Stored answer': 'Computed before, by the same models, and kept with the page.',
    Live: 'Computed just now, on this device.',
  },
  'Kinds of models': {
    Counting: 'Learned from who watched what, without a network: popularity, Markov, ItemKNN, EASE.',
    Autoregressive: 'Reads films in order and predicts the next one (SASRec, GRU4Rec).',
    Masked: 'Learned by filling in hidden films, and looks both ways (BERT4Rec).',
    Variational: 'Turns a history into a point with an uncertainty, and that back into films (Mult-VAE).',
    Diffusion: 'Treats a history as a noisy picture of all that would be liked, and removes the noise in steps (DiffRec).',
    Adversarial: 'A generator trained against a discriminator that tries to tell its films from real ones (IRGAN).',
    'From text': 'Reads what is written about films (text only, semantic IDs, multimodal).',
    Hybrid: 'Adds the scores or ranks of unlike models.',
    Blend: 'Adds up the ranks that two models give; in the field, reciprocal rank fusion.',
    'Semantic ID': 'A short code made from a film’s description. Films that are alike share its beginning.',
    Encoder: 'A network that turns words into numbers, so that likeness can be measured.',
    'Latent dimension': 'One of the numbers between the two halves of a network. It has no name; the films at its ends show what it stands for.',
    'Re-ranker': 'A small network, trained here on what you like and dislike, that changes the order of another model’s list.',
  },
  'How good is it?': {
    Quality: 'How high a model ranks what held-out people watched next: NDCG@10, with its interval.',
    'NDCG@10': '1 if the film stands first, less the lower it stands, 0 beyond the tenth place; averaged over all questions.',
    'HR@10': 'The share of questions whose film stands in the first ten.',
    'Held-out people': 'People none of whose ratings any model has seen while it learned.',
    Interval: 'Asked of other people of the same kind, the number would lie in it 95 times in 100.',
    'Paired difference': 'Two models asked the same questions and subtracted question by question. It can tell models apart whose intervals overlap.',
    Baseline: 'A plain model that a newer one has to beat to be worth its cost.',
    Popularity: 'How many people in the training data watched a film.',
    Cold: 'Said of a film that nobody in the training data watched.',
  },
};

/** "Leave-one-out" → "leave-one-out", "NDCG@10" → "ndcg-10". */
const idOf = (term) => term.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** The page, whose styles are the files named in `sheets`. */
export function wordsPage({ sheets }) {
  const line = ([term, said]) => `<div id="${idOf(term)}"><dt>${escaped(term)}</dt><dd>${escaped(said)}</dd></div>`;
  const part = ([title, words]) => `<section aria-labelledby="part-${idOf(title)}"><h2 id="part-${idOf(title)}">${escaped(title)}</h2><dl class="glossary">${Object.entries(words).map(line).join('\n')}</dl></section>`;
  return `<!doctype html>
<html lang="en">
<head>
${scriptlessHead({ title: 'Words used here', description: 'The terms that Glassrec uses for recommenders and for how they are measured, each in a sentence or two.', sheets })}
</head>
<body>
${siteTop('words')}
<div class="page results-page">
<main>
<h1>Words used here</h1>
${Object.entries(WORDS).map(part).join('\n')}
</main>
<footer class="colophon"><p><a href="device.html">On this device</a>: what is kept here, and how to check that nothing is sent</p></footer>
</div>
</body>
</html>
`;
}
