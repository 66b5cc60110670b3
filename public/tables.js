// The numbers of the open view as tables: rows of plain numbers, with films by their MovieLens ids. CSV is written here:
// Papa Parse would be more to fetch than these lines.

/** Numbers come in 32 bits: the digits beyond say nothing. */
const plain = (value) => (typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(7)) : value);

/** Rows, each an object, as a table. */
function table(name, rows) {
  const columns = [...new Set(rows.flatMap(Object.keys))];
  return { name, columns, rows: rows.map((row) => columns.map((column) => plain(row[column] ?? null))) };
}

/** All tables of a state, those without a row left out. */
export function tablesOf({ films, history, list, why, tested, inside, lists, consensus, kept }) {
  const film = (row) => (row === undefined ? {} : { movie_id: films[row][0], title: films[row][1], year: films[row][2] });
  const ranked = (all) => all.map(({ item, score }, at) => ({ rank: at + 1, ...film(item), score }));
  const titles = (rows) => rows.map((row) => films[row][1]).join(" | ");
  const pick = (at) => ({ pick: at + 1, ...film(inside?.picks[at]) });
  const tables = [table("history", history.map((row, at) => ({ pick: at + 1, ...film(row) })))];
  const add = (name, rows) => tables.push(table(name, rows));

  /** What a model that reads in order said after each pick. */
  const said = (all) =>
    add("what it said after each pick", all.flatMap(({ top, rank_of_next: next }, at) =>
      ranked(top).map((it) => ({ after_pick: at + 1, ...it, rank_of_next_pick: next }))));
  const layers = (attention) => Object.fromEntries(attention.map((weight, at) => [`layer ${at + 1}`, weight]));
  /** By the form of what a family shows of itself: see families/inspect.rs and the family's own. */
  const insides = {
    sums: ({ films: all }) =>
      add("parts of the scores", all.map(({ item, score, start, parts }) => ({
        ...film(item),
        ...Object.fromEntries(parts.map((part, at) => [films[inside.picks[at]][1], part])),
        popularity: start,
        score,
      }))),
    positions({ positions }) {
      said(positions.map((it) => it.said));
      add("attention", positions.flatMap(({ attention }, n) =>
        attention[0].map((_, at) => ({ after_pick: n + 1, ...pick(at), ...layers(attention.map((layer) => layer[at])) }))));
    },
    gru4rec({ said: all, traces }) {
      said(all);
      add("trace in the state", traces.flatMap(({ at, left }) => left.map((share, later) => ({ ...pick(at), later_picks: later, left: share }))));
    },
    bert4rec({ masked, attention, whole, sides }) {
      const fills = { "both sides": whole, ...(sides ? { "before only": sides.before, "after only": sides.after } : {}) };
      const place = masked === null ? {} : { covered: films[inside.picks[masked]][1] };
      add("what it puts there", Object.entries(fills).flatMap(([reading, { top, masked: rank }]) =>
        ranked(top).map((it) => ({ ...place, reading, ...it, rank_of_covered: rank?.rank, share_of_covered: rank?.share }))));
      add("attention", (attention[0] ?? []).map((_, at) => ({ ...pick(at), ...layers(attention.map((layer) => layer[at])) })));
    },
    diffrec({ steps, draws }) {
      add("steps", steps.map(({ mean_rank_of_picks: rank, change }, at) => ({ step: at + 1, change, mean_rank_of_picks: rank })));
      add("lists of the steps", steps.flatMap(({ list: all }, at) => ranked(all).map((it) => ({ step: at + 1, ...it }))));
      add("films that stay under noise", (draws?.kept ?? []).map(([row, n]) => ({ ...film(row), draws: draws.n_draws, stays_in: n })));
    },
    mult_vae({ dimensions, ends, list: all }) {
      add("directions", dimensions.map(({ number, mean, deviation, bits }) => {
        const end = ends.find((it) => it.dimension === number);
        return { direction: number + 1, mean, deviation, bits, low: end && titles(end.low), high: end && titles(end.high) };
      }));
      add("the list from there", ranked(all));
    },
    semantic_id({ path, columns, films: all, beams }) {
      add("codes", columns.flat().map(({ codes, probability, share, films: below }) => ({ code: codes.join("."), probability, share, films: below.length, best_known: titles(below.slice(0, 3)) })));
      add(`films spelt ${path.join(".")}`, ranked(all));
      add("beams", beams.flatMap(({ width, films: found }) => ranked(found).map((it) => ({ width, ...it }))));
    },
    irgan: ({ rounds }) =>
      add("rounds", rounds.flatMap(({ films: all }, round) =>
        all.map(({ item, share, taken_for_real: real, rank_by_discriminator: rank }, at) => ({ round, rank: at + 1, ...film(item), drawn: share, taken_for_real: real, rank_by_discriminator: rank })))),
  };

  if (list) add("list", ranked(list));
  if (why) {
    const { influence, contributions: parts, attention } = why;
    const rows = influence.map(({ pick: row, score_drop: lost, rank_without: rank }, at) => ({
      ...film(row),
      ...(parts ? { part: parts.picks[at] } : {}),
      score_lost: lost,
      rank_without: rank,
      ...(attention ? { attention: attention.weights[at] } : {}),
    }));
    if (parts) rows.push({ title: "popularity", part: parts.start });
    add(`why ${films[why.item][1]}`, rows);
    const set = why.counterfactual;
    add("without these it leaves the first ten", set ? set.removed.map((row) => ({ ...film(row), rank_after: set.rank_after })) : []);
  }
  if (tested) {
    add(`ranks of ${films[tested.item][1]} without picks`, tested.trials.flatMap(({ explainer, named: rows, after }) =>
      after.map(({ rank, n_kept: kept }, at) => ({ named_by: explainer, left_out: at + 1, last_left_out: explainer === "Random" ? null : films[rows[at]][1], rank, draws_in_first_ten: kept }))));
  }
  for (const { family, side, films: all } of lists ?? []) add(side ? `${family}, ${side}` : family, ranked(all));
  if (consensus) add("what the lists agree on", consensus.films.map(({ item, ranks }) => ({ ...film(item), ...Object.fromEntries(consensus.families.map((family, at) => [`rank ${family}`, ranks[at] ?? null])) })));
  if (kept) add("history kept beside", kept.map((row, at) => ({ pick: at + 1, ...film(row) })));
  if (inside) insides[inside.form]?.(JSON.parse(inside.shown));
  return tables.filter(({ rows }) => rows.length > 0);
}

/** A cell as CSV writes it. A text that a spreadsheet would run as a formula is kept from it; numbers are numbers. */
function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One table after another, each under its name, an empty line between. */
export function csvOf(tables) {
  const line = (cells) => cells.map(cell).join(",");
  const written = ({ name, columns, rows }) => [line([name]), line(columns), ...rows.map(line)].join("\r\n");
  // The mark of UTF-8, without which spreadsheets misread titles.
  return `\ufeff${tables.map(written).join("\r\n\r\n")}\r\n`;
}

export function jsonOf({ title, address, model }, tables) {
  const objects = tables.map(({ name, columns, rows }) => ({ name, rows: rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]]))) }));
  return JSON.stringify({ title, address, model, tables: objects }, null, 1);
}
