// What the first page shows of its stored answers, as text: the build writes the first state with it, and home.js every
// other one. Pure: no document, no net. See stored.json in docs/formats.md.

/** Films shown, and the first ranks that a reason is about. */
export const SHOWN = 10;
/** Where a rank past the end of a list is drawn. */
const PAST = 60;

export const escaped = (text) => String(text).replace(/[&<>"]/g, (it) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[it]);

export const ordinal = (n) => `${n}${n % 100 > 10 && n % 100 < 14 ? "th" : ["th", "st", "nd", "rd"][n % 10] || "th"}`;

/** "Heat and Fargo". */
export const together = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);

/** Places of the history that are set in `bits`. */
export const placesOf = (bits) => Array.from({ length: 31 }, (_, place) => place).filter((place) => (bits >> place) & 1);

/** The bits of the whole history. */
export const wholeOf = ({ n_history: n }) => 2 ** n - 1;

/** The best films after the part `on` of the history; none after nothing. */
export const listOf = ({ lists }, family, on) => (on ? lists[family][on - 1] : []);

/** 1 is best; 0 past the end of the list. */
export const rankOf = (stored, family, on, film) => listOf(stored, family, on).indexOf(film) + 1;

const titleOf = ({ films }, film) => films[film][1];
const named = (stored, bits) => together(placesOf(bits).map((film) => titleOf(stored, film)));
const count = (bits) => placesOf(bits).length;
const fallen = (rank) => rank || Infinity;

/**
 * The fewest films of the part `on` without which `film` leaves the first ten, and its rank then. Of several such sets the
 * one without which it falls lowest, then the one of the newest films. Null where all of them carry it.
 */
export function reasonOf(stored, family, on, film) {
  const isIn = (rank) => rank > 0 && rank <= SHOWN;
  if (!isIn(rankOf(stored, family, on, film))) return null;
  let best = null;
  for (let left = 1; left < on; left += 1) {
    if ((left & on) !== left) continue;
    const rank = rankOf(stored, family, left, film);
    if (isIn(rank)) continue;
    const out = on & ~left;
    const by = best && (count(best.out) - count(out) || fallen(rank) - fallen(best.rank) || out - best.out);
    if (best === null || by > 0) best = { out, rank };
  }
  return best;
}

/** The state of Explore as an address, in the form of crates/core/src/address.rs. */
export function exploreLink(stored, { family = "", on = wholeOf(stored), film = null, letter = "" } = {}) {
  const id = (it) => stored.films[it][0];
  const history = placesOf(wholeOf(stored));
  const off = placesOf(wholeOf(stored) & ~on).map(id).sort((a, b) => a - b);
  const pieces = { h: history.map(id).join("."), o: off.join("."), f: family, x: film === null || history.includes(film) ? "" : id(film), t: letter };
  return `explore.html#v2${Object.entries(pieces).filter(([, it]) => it !== "").map(([key, it]) => `&${key}=${it}`).join("")}`;
}

/** A film's mark, as src/ui/mark.rs draws it: a ring of its genres around a dot of the first. */
function mark({ genre_names: names }, genres, size) {
  const classes = genres.map((it) => `genre-${names[it].toLowerCase().replace(/[^a-z0-9]/g, "-")}`);
  const all = classes.length ? classes : [""];
  const around = 2 * Math.PI * 11;
  const part = around / all.length;
  const gap = all.length > 1 ? 2 : 0;
  const arcs = all.map((name, at) => `<circle class="arc ${name}" cx="15" cy="15" r="11" stroke-dasharray="${(part - gap).toFixed(1)} ${(around - part + gap).toFixed(1)}" stroke-dashoffset="${(-at * part).toFixed(1)}" transform="rotate(-90 15 15)"/>`);
  return `<svg class="mark" width="${size}" height="${size}" viewBox="0 0 30 30" aria-hidden="true">${arcs.join("")}<circle class="core ${all[0]}" cx="15" cy="15" r="3.2"/></svg>`;
}

const film = (stored, at) => {
  const [, title, year] = stored.films[at];
  return `<span class="film-name" translate="no">${escaped(title)}</span>${year ? ` <span class="year">${year}</span>` : ""}`;
};

/** The films of the history with their ticks. Without a script nothing answers a tick: then they can take none. */
export function watched(stored, { on }, isAnswered) {
  return placesOf(wholeOf(stored)).map((at) => `<li><label><input type="checkbox" data-pick="${at}"${(on >> at) & 1 ? " checked" : ""}${isAnswered ? "" : " disabled"}>${mark(stored, stored.films[at][3], 26)}<span>${film(stored, at)}</span></label></li>`).join("");
}

/** The choice of a model. */
export function chooser(stored, { family, on }) {
  return stored.families.map(({ name, title, kind }) => `<li><a class="kind-${kind}" data-family="${name}" href="${exploreLink(stored, { family: name, on })}"${name === family ? ' aria-current="true"' : ""}><span class="dot" aria-hidden="true"></span>${escaped(title)}</a></li>`).join("");
}

/** What moved since the list `before`. */
function moved(before, at, rank) {
  if (!before) return "";
  const was = before.indexOf(at) + 1;
  if (was === 0 || was > SHOWN) return '<span class="moved is-up">new</span>';
  if (was === rank) return "";
  return was > rank ? `<span class="moved is-up"><span aria-hidden="true">▲</span><span class="visually-hidden">up</span> ${was - rank}</span>` : `<span class="moved is-down"><span aria-hidden="true">▼</span><span class="visually-hidden">down</span> ${rank - was}</span>`;
}

/** The first ten, each with the films it is there for. */
export function rows(stored, state, before = null) {
  const { family, on, focus } = state;
  if (!on) return '<li class="empty">All films are switched off. Switch one on.</li>';
  return listOf(stored, family, on).slice(0, SHOWN).map((at, i) => {
    const reason = reasonOf(stored, family, on, at);
    const because = reason ? `because of <span translate="no">${escaped(named(stored, reason.out))}</span>` : count(on) > 1 ? "carried by all of them" : `because of <span translate="no">${escaped(named(stored, on))}</span>`;
    return `<li class="rec" data-film="${at}"><a href="${escaped(exploreLink(stored, { family, on, film: at }))}"${at === focus ? ' aria-current="true"' : ""}><span class="rank">${i + 1}</span>${mark(stored, stored.films[at][3], 30)}<span class="film">${film(stored, at)}<span class="because">${because}</span></span>${moved(before, at, i + 1)}</a></li>`;
  }).join("");
}

const place = (rank) => (100 * Math.log(rank || PAST)) / Math.log(PAST);
const percent = (x) => `${x.toFixed(2)}%`;
const TEN = percent(place(SHOWN));

/** Where the film stands, and where it would stand without one film: a line between two dots, on a log scale. */
function track(now, then) {
  const [a, b] = [place(now), place(then)];
  const way = now === then ? "is-same" : fallen(then) < now ? "is-up" : "is-down";
  return `<svg class="track ${way}" width="100%" height="20" aria-hidden="true"><rect class="ten" width="${TEN}" height="20" rx="3"/><line class="rule" x1="0" x2="100%" y1="10" y2="10"/><line class="span" x1="${percent(a)}" x2="${percent(b)}" y1="10" y2="10"/><circle class="now" cx="${percent(a)}" cy="10" r="3.5"/><circle class="then" cx="${percent(b)}" cy="10" r="4.5"/></svg>`;
}

const standing = (rank) => (rank ? ordinal(rank) : "past the 50th");

/** Ranks as rows of a table with a drawn scale. */
function table(caption, head, body) {
  return `<table class="falls"><caption class="visually-hidden">${caption}</caption><thead><tr class="axis"><th scope="col">${head}</th><td aria-hidden="true"><svg width="100%" height="16"><text x="0" y="12">1st</text><text x="${TEN}" y="12" text-anchor="middle">10th</text><text x="100%" y="12" text-anchor="end">50+</text></svg></td><th scope="col" class="to"><span class="visually-hidden">rank</span></th></tr></thead><tbody>${body.join("")}</tbody></table>`;
}

const reached = (rank) => (rank ? ordinal(rank) : '<span aria-hidden="true">50+</span><span class="visually-hidden">past the 50th</span>');

/** How far it fell since the whole history was read. */
function fell(stored, { family, focus }, now) {
  const was = rankOf(stored, family, wholeOf(stored), focus);
  return was ? table("Its rank before and now", "before, now", [`<tr class="is-most"><th scope="row">${ordinal(was)}</th><td>${track(was, now)}</td><td class="to">${reached(now)}</td></tr>`]) : "";
}

function falls(stored, { family, on, focus }, now) {
  const of = placesOf(on).map((at) => ({ at, then: rankOf(stored, family, on & ~(1 << at), focus) }));
  const lowest = Math.max(...of.map(({ then }) => fallen(then)));
  const body = of.map(({ at, then }) => {
    const isMost = fallen(then) === lowest && lowest > now;
    return `<tr${isMost ? ' class="is-most"' : ""}><th scope="row" translate="no">${escaped(titleOf(stored, at))}</th><td>${track(now, then)}</td><td class="to">${reached(then)}</td></tr>`;
  });
  return table("Its rank without each film", "without", body);
}

/** "6th by DiffRec": what the other models make of the film. */
function others(stored, { family, on, focus }) {
  const said = stored.families.filter(({ name }) => name !== family).map(({ name, title }) => `${standing(rankOf(stored, name, on, focus))} by ${escaped(title)}`);
  return `<p class="others">The same film: ${together(said)}.</p>`;
}

/** What came of taking films out. */
function verdict(stored, { family, on, focus, tested }) {
  const now = rankOf(stored, family, on, focus);
  const first = listOf(stored, family, wholeOf(stored)).slice(0, SHOWN);
  const fresh = listOf(stored, family, on).slice(0, SHOWN).filter((it) => !first.includes(it)).length;
  const holds = now === 0 || now > SHOWN;
  return `<div class="verdict${holds ? "" : " is-no"}"><p>You took out <b translate="no">${escaped(named(stored, tested.out))}</b>. Foretold: ${standing(tested.rank)}. Now: ${standing(now)}. ${holds ? "The reason holds." : "The reason does not hold."}</p>${fresh ? `<p>${fresh} of the first ten ${fresh === 1 ? "is" : "are"} new.</p>` : ""}</div>`;
}

/** Why the film in focus is there, and the press that tests it. */
export function why(stored, state) {
  const { family, on, focus, tested } = state;
  const heading = `<h2 id="why">Why <span translate="no">${escaped(titleOf(stored, focus))}</span>?</h2>`;
  const back = `<p class="acts"><button type="button" class="button" data-back>${on ? `Put ${count(wholeOf(stored) & ~on) > 1 ? "them" : "it"} back` : "Put all films back"}</button>`;
  const live = `<a class="live" href="${escaped(exploreLink(stored, { family, on, film: on ? focus : null }))}">Run it live</a></p>`;
  const now = rankOf(stored, family, on, focus);
  if (!now || now > SHOWN) {
    return `${heading}<p class="stands">${on ? `It is ${now ? ordinal(now) : "past the 50th"} now, no longer in the first ten.` : "Nothing is read, so nothing is recommended."}</p>${on ? fell(stored, state, now) : ""}${tested ? verdict(stored, state) : ""}${back}${live}`;
  }
  const reason = reasonOf(stored, family, on, focus);
  const says = reason
    ? `Without <b translate="no">${escaped(named(stored, reason.out))}</b> it would ${reason.rank ? `be ${ordinal(reason.rank)}` : "fall past the 50th"}.`
    : count(on) > 1 ? "It stays in the first ten whichever films you take out. All of them carry it." : "Nothing else is read.";
  const test = reason ? `<a class="button is-main" data-test href="${escaped(exploreLink(stored, { family, on: on & ~reason.out, film: focus }))}"><span>Take ${count(reason.out) > 2 ? "them" : `<span translate="no">${escaped(named(stored, reason.out))}</span>`} out</span></a>` : "";
  const inside = `<a class="inside" href="${escaped(exploreLink(stored, { family, on, film: focus, letter: "i" }))}">How it came about</a>`;
  return `${heading}<p class="stands">It stands ${ordinal(now)}. ${says}</p>${count(on) > 1 ? falls(stored, state, now) : ""}<p class="acts">${test}${inside}</p>${tested ? verdict(stored, state) + back + live : ""}${others(stored, state)}`;
}

/** Who recommends, in a sentence. */
export const aboutOf = ({ families }, family) => families.find(({ name }) => name === family);

/** The state that the page opens with. */
export function opening(stored) {
  const [{ name: family }] = stored.families;
  const on = wholeOf(stored);
  return { family, on, focus: listOf(stored, family, on)[0], tested: null };
}
