// Numbers of the post, each looked up in results.json: {{ndcg:ease_recency:B}}. What a text says of two models is looked
// up as well: <!-- holds: ease_recency > gru4rec in B -->. Neither can go stale: what is not found, or no longer so, fails.

import { figure, grouped, signed, verdict } from './results_parts.mjs';
import { Advice } from './steps.mjs';

const TESTED = 'test, last ten';
const RAREST = 'rarest third of the films';

const three = (value) => value.toFixed(3);
const signedThree = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
const lasting = (minutes) => (minutes >= 1 ? `${minutes.toFixed(1)} minutes` : `${Math.round(60 * minutes)} seconds`);
const percent = (value) => `${Math.round(100 * value)} %`;
const spread = (said, [value, low, high]) => `${said(value)} (${said(low)} to ${said(high)})`;
const intervalOf = (row, metric) => [row[metric], row[`${metric}_low`], row[`${metric}_high`]];
const metricOf = (table) => (table === 'C' ? 'ndcg@100' : 'ndcg@10');

/** A row of a table: the shipped file, or the form that is named, with its note. */
function rowOf({ tables }, family, table, form = 'shipped', note) {
  return tables[table].rows.find((row) => row.family === family && row.form === form && row.note === note);
}

/** The lead of one model over another: value, low, high. Either may be the one that was subtracted. */
function leadOf({ tables }, one, other, table) {
  const { differences } = tables[table];
  const metric = metricOf(table);
  const [there, back] = [differences[`${one} - ${other}`], differences[`${other} - ${one}`]];
  if (there) return [there[metric], there.low, there.high];
  return [-back[metric], -back.high, -back.low];
}

const IN_WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);
const rarestOf = ({ by_popularity: parts }) => parts.find((it) => it.questions === TESTED && it.cut === 'films' && it.part === 'rarest');
const stepOf = ({ conversations: { testing } }, name) => testing.steps.find(({ step }) => step === name);
const asked = (parts, films) => parts.find((it) => it.questions === TESTED && it.films === films);

/** What may stand before the first colon of a placeholder, and what follows it. */
const NUMBERS = {
  // How high a model ranks, with its interval: family, table, form, note.
  ndcg: (results, family, table, form, note) => spread(figure, intervalOf(rowOf(results, family, table, form, note), metricOf(table))),
  // Paired lead of one model over another in a table.
  lead: (results, one, other, table) => spread(signed, leadOf(results, one, other, table)),
  // The same where the sign is said in words, as in "behind by": the first is the better one.
  gap: (results, one, other, table) => {
    const lead = leadOf(results, one, other, table);
    return lead[1] > 0 ? spread(figure, lead) : '';
  },
  people: (results, table) => grouped(rowOf(results, 'popularity', table).n_users),
  questions: (results, table) => grouped(rowOf(results, 'popularity', table).n_questions),
  // How much of its quality a model adds to another's.
  gain: (results, one, other, table) => percent(rowOf(results, one, table)[metricOf(table)] / rowOf(results, other, table)[metricOf(table)] - 1),
  minutes: (results, family) => lasting(rowOf(results, family, 'B').minutes),
  megabytes: (results, family) => `${(rowOf(results, family, 'B').bytes / 1e6).toFixed(2)} MB`,
  films: ({ modalities }) => grouped(asked(modalities.switches, 'all').n_films),
  // How often a film outlives the picks that an explainer names.
  kept: ({ faithfulness }, family, explainer) => spread(percent, intervalOf(faithfulness[family].explainers[explainer], 'kept')),
  explained: ({ faithfulness }, family) => grouped(faithfulness[family].n_users),
  // A language model on short lists: how it ranks, films a list.
  llm: ({ llm }, ranker, size) => spread(three, intervalOf(llm.test[size].rows[ranker], 'ndcg@10')),
  tuned: ({ llm }, part, size) => spread(signedThree, llm[part][size].tuned_ahead),
  favoured: ({ llm }, ranker, size) => `${llm.test[size].rows[ranker].popularity.toFixed(2)} ×`,
  'llm-readers': ({ llm }, size) => grouped(llm.test[size].n_users),
  'place-readers': ({ llm }) => grouped(llm.listed.n_users),
  reordered: ({ conversations: { testing } }) => spread(signed, testing.language_model.steps.find(({ step }) => step === 'language_model_alone').more_than_the_step_before['recall@10']),
  'talks-asked': ({ conversations: { testing } }) => IN_WORDS[testing.times_asked],
  place: ({ llm }) => spread(signedThree, llm.listed.first_less_last),
  // Multimodal with a modality switched off, and cold films by the modalities that are named.
  switched: ({ modalities }, variant, films) => spread(signed, asked(modalities.switches, films).variants[variant].ahead['ndcg@10']),
  cold: ({ modalities }, variant, films) => spread(signed, asked(modalities.cold, films).variants[variant].ahead['ndcg@10']),
  // SASRec with texts on the rarest third of the films: the share of answers in the first hundred, and its lead.
  rare: (results, family) => percent(rarestOf(results).families[family]['hr@100']),
  'rare-lead': (results, family) => spread(signed, rarestOf(results).families[family].ahead['hr@100']),
  'rare-films': (results) => `${RAREST}, up to ${grouped(rarestOf(results).most_ratings)} ratings each`,
  // Conversations: Recall@10 of a step, and how much more than the step before.
  recall: (results, step) => spread(figure, stepOf(results, step)['recall@10']),
  more: (results, step) => spread(signed, stepOf(results, step).more_than_the_step_before['recall@10']),
  talks: ({ conversations: { testing } }) => grouped(testing.conversations),
  'films-asked': ({ conversations: { testing } }) => grouped(testing.targets_asked),
  // A reader's re-ranker: its lead over a plain comparison by the number of marks; cases in which its check said that it helps.
  head: ({ head }, marks) => {
    const { difference, low, high } = head.find((it) => it.n_marks === Number(marks));
    return spread(signed, [difference, low, high]);
  },
  'head-cases': ({ head }) => grouped(sum(head, 'n_readers')),
  'head-said': ({ head }) => grouped(sum(head, 'n_said_to_help')),
  'head-right': ({ head }) => grouped(sum(head, 'n_that_did')),
  // Whom lists serve, and what they are like.
  served: ({ beyond_accuracy: of }, family, group) => spread(figure, intervalOf(of[family].groups.find((it) => it.group === group), 'ndcg@10')),
  lift: ({ beyond_accuracy: of }, family) => `${of[family].all.popularity_lift < 0 ? '−' : '+'}${Math.abs(100 * of[family].all.popularity_lift).toFixed(0)} %`,
  listed: ({ beyond_accuracy: of }) => grouped(sum(of.popularity.groups, 'n_users')),
  'most-shown': (results) => percent((10 * sum(results.beyond_accuracy.popularity.groups, 'n_users')) / asked(results.modalities.switches, 'all').n_films),
  coverage: ({ beyond_accuracy: of }, family) => percent(of[family].all.coverage),
};

const PLACEHOLDER = /\{\{(?!<)([^{}<>]+)\}\}/g;
const COMMENT = /<!--([^]*?)-->\n*/g;
const HOLDS = /^\s*holds:/;
const CLAIM = /^(\w+) ([<>=]) (\w+) in ([A-D])$/;
const MEANS = { '>': 'better', '<': 'worse', '=': 'cannot be told apart' };

function looked(results, placeholder) {
  const [name, ...about] = placeholder.split(':').map((it) => it.trim());
  if (!Object.hasOwn(NUMBERS, name)) throw new Advice(`{{${placeholder}}}: there is no number called "${name}"; there are ${Object.keys(NUMBERS).join(', ')}`);
  let said = '';
  try {
    said = NUMBERS[name](results, ...about);
  } catch {
    // Something on the way to the number is missing: what it is called tells more than which.
  }
  if (!said || /NaN|undefined|null/.test(said)) throw new Advice(`{{${placeholder}}} is not in results.json`);
  return said;
}

function check(results, claim) {
  const [, one, sign, other, table] = CLAIM.exec(claim) ?? [];
  if (!one) throw new Advice(`"${claim}" is no claim: write "mult_vae > ease in C", with >, < or =`);
  let lead;
  try {
    lead = leadOf(results, one, other, table);
  } catch {
    throw new Advice(`table ${table} has no difference of ${one} and ${other}`);
  }
  const [value, low, high] = lead;
  const found = verdict({ low, high });
  if (found !== MEANS[sign]) throw new Advice(`the text says ${claim}, but ${one} is ${found === MEANS['='] ? 'not to be told apart from' : `${found} than`} ${other}: ${spread(signed, [value, low, high])}`);
}

/** The text with its numbers, and without its comments, after what they claim has been checked. */
export function filled(text, results) {
  const checked = text.replace(COMMENT, (_, said) => {
    const claims = HOLDS.test(said) ? said.replace(HOLDS, '').split(/[,\n]/) : [];
    for (const claim of claims.map((it) => it.trim()).filter(Boolean)) check(results, claim);
    return '';
  });
  return checked.replace(PLACEHOLDER, (_, placeholder) => looked(results, placeholder));
}
