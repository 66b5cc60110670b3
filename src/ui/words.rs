//! How films, numbers and errors are written, wherever they are.

mod notices;

pub(crate) use notices::notice;

use crate::catalog::{Catalogue, Form, ItemRow};
use crate::engine::protocol::{Backend, EngineError};
use crate::families::{self, Card, FamilyName, Kind, ScoreMeaning};
use crate::feedback::Feedback;
use crate::figures;
use crate::manifest::Results;
use crate::state::lists::N_RANKED;
use crate::state::lists::WITHIN;
use crate::state::reranker::InOrder;
use crate::state::shown::{Gone, Movement};
use crate::state::site::Site;

pub const TRY_AGAIN: &str = "Try again";

/// "Alien (1979)".
pub fn film(catalogue: &Catalogue, item: ItemRow) -> String {
    let title = catalogue.title(item);
    catalogue.year(item).map_or_else(|| title.to_owned(), |year| format!("{title} ({year})"))
}

/// "1979 · Horror, Sci-Fi · Ridley Scott", and at the end what nobody would expect: "short, 12 min".
pub fn facts(catalogue: &Catalogue, item: ItemRow) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(catalogue.year(item).map(|year| year.to_string()));
    parts.push(catalogue.genres(item).join(", "));
    parts.push(catalogue.directors(item).join(", "));
    parts.extend(form(catalogue, item));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// Of what is no film of the usual length: "short, 12 min", "TV series".
pub fn form(catalogue: &Catalogue, item: ItemRow) -> Option<String> {
    match (catalogue.form(item), catalogue.minutes(item)) {
        (Form::Film, _) => None,
        (Form::Short, Some(minutes)) => Some(format!("short, {minutes} min")),
        (Form::Short, None) => Some("short".to_owned()),
        (Form::Serial, _) => Some("TV series".to_owned()),
    }
}

/// "170 min · 2 of 8 in Harry Potter"; of a short its length is said elsewhere.
pub fn further_facts(catalogue: &Catalogue, item: ItemRow) -> String {
    let minutes = catalogue.minutes(item).filter(|_| catalogue.form(item) != Form::Short);
    let minutes = minutes.map(|it| format!("{it} min"));
    minutes.into_iter().chain(in_series(catalogue, item)).collect::<Vec<_>>().join(" · ")
}

/// "2 of 8 in Harry Potter", counted among the films of the catalogue.
pub fn in_series(catalogue: &Catalogue, item: ItemRow) -> Option<String> {
    let (series, place) = catalogue.place_in_series(item)?;
    Some(match place {
        Some((n, of)) => format!("{n} of {of} in {series}"),
        None => format!("in the series {series}"),
    })
}

/// "Alien", "Alien and Heat", "Alien, Heat and Fargo".
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

pub fn titles(catalogue: &Catalogue, items: &[ItemRow]) -> Vec<String> {
    items.iter().map(|&item| catalogue.title(item).to_owned()).collect()
}

/// "1st", "22nd", "113th".
pub fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// "1 film", "2 films".
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// "12,345".
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "Nine", "10": a number that a sentence begins with.
pub fn spelled(n: usize) -> String {
    const SMALL: [&str; 9] =
        ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    let small = n.checked_sub(1).and_then(|at| SMALL.get(at));
    small.map_or_else(|| grouped(n), |it| (*it).to_owned())
}

/// "617 kB", "2.7 MB".
pub fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{} kB", n / 1_000),
        _ => format!("{:.1} MB", n as f64 / 1e6),
    }
}

/// "7 ms", "0.4 ms", "1.2 s".
pub fn millis(n: f64) -> String {
    match n {
        n if n < 1.0 => format!("{n:.1} ms"),
        n if n < 1_000.0 => format!("{n:.0} ms"),
        n => format!("{:.1} s", n / 1_000.0),
    }
}

/// "+0.62", "−0.18".
pub fn signed(value: f32) -> String {
    figures::signed(value, 2)
}

/// "0.62", "−0.18".
pub fn score(value: f32) -> String {
    figures::plain(value, 2)
}

pub fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

/// An error as a sentence.
pub fn error(error: &EngineError) -> String {
    sentence(&error.to_string())
}

/// With a capital, and a stop.
pub fn sentence(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", rest.as_str())
}

pub(crate) const ADD_SELECTED: &str = "Add to your history";
pub(crate) const UNSELECT: &str = "Clear selection";
pub(crate) const FILM: &str = "Film";
pub(crate) const FILES: &str = "Fetched since you opened the page";
pub(crate) const ALL_OFF: &str =
    "All films are switched off, so there is nothing to read. Switch one on above.";
pub(crate) const EXAMPLES: &str = "Examples";
pub(crate) const WELCOME: &str = "Start with a few films";
pub(crate) const FAMILIES: &str = "Model";
pub(crate) const FEWER_MODELS: &str = "Fewer models";
pub(crate) const CHOOSER_NOTE: &str =
    "Dot and line: quality with its 95 % interval; dashes: the best model that only counts.";
pub(crate) const RESULTS: &str = "Results: tables, intervals, baselines";
pub(crate) const UNAVAILABLE: &str = "not available";
pub(crate) const ADD: &str = "Add";
pub(crate) const FOUND_WAITING: &str = "Comparing your words with every film…";
pub(crate) const SEEN: &str = "Seen";
pub(crate) const LIKE: &str = "Like";
pub(crate) const NOT_FOR_ME: &str = "Not for me";
pub(crate) const BRING_BACK: &str = "Bring back";
pub(crate) const BRING_ALL_BACK: &str = "Bring all back";
pub(crate) const HIDDEN_LEAD: &str =
    "No list of this site shows these films. They are kept on this device only.";
pub(crate) const SHOW_PLAIN: &str = "Show the plain order";
pub(crate) const SHOW_RERANKED: &str = "Use your re-ranker";
pub(crate) const PICK_SUMMAND: &str = "Film";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const RESTART: &str = "Restart the engine";

/// "Out of the first 10: Heat 14th, Fargo 31st; Alien beyond 50."
pub(crate) fn gone(catalogue: &Catalogue, gone: &[Gone]) -> String {
    let title = |it: &Gone| catalogue.title(it.item).to_owned();
    let placed: Vec<String> =
        gone.iter().filter_map(|it| Some(format!("{} {}", title(it), ordinal(it.rank?)))).collect();
    let beyond: Vec<String> = gone.iter().filter(|it| it.rank.is_none()).map(title).collect();
    let mut parts = vec![placed.join(", ")];
    if !beyond.is_empty() {
        parts.push(format!("{} beyond {N_RANKED}", beyond.join(", ")));
    }
    parts.retain(|part| !part.is_empty());
    format!("Out of the first {WITHIN}: {}.", parts.join("; "))
}

pub(crate) fn backend(backend: Backend) -> &'static str {
    match backend {
        Backend::Wasm => "WASM",
        Backend::WebGpu => "WebGPU",
    }
}

pub(crate) fn add(film: &str) -> String {
    format!("Add {film} to your history")
}

/// "3,120 films of 361 held-out users".
pub(crate) fn asked(results: &Results) -> String {
    format!("{} films of {} held-out users", grouped(results.n_questions), grouped(results.n_users))
}

pub(crate) fn family_figures(results: Option<&Results>, n_bytes: u64) -> String {
    match results {
        Some(results) => format!("NDCG@10 {:.3} · {}", results.ndcg_at_10, bytes(n_bytes)),
        None => bytes(n_bytes),
    }
}

/// How a family thinks; of one that is made of others, also which and how large they are.
pub(crate) fn description(site: Site, card: &Card) -> String {
    let sized = |it: &Card| format!("{} ({})", it.title, bytes(site.family_bytes(it.name)));
    let members: Vec<String> = site.members(card.name).into_iter().map(sized).collect();
    match members.as_slice() {
        [] => card.description.to_owned(),
        members => format!("{} Here it asks {}.", card.description, listed(members)),
    }
}

/// What a score of `family` says.
pub(crate) fn meaning_of(family: &FamilyName) -> ScoreMeaning {
    families::find(family).map_or(ScoreMeaning::Sum, |it| it.card.score)
}

/// The scores of a list, best first, with as many digits as tell its first ten apart.
pub(crate) fn scores(meaning: ScoreMeaning, scores: &[f32]) -> Vec<String> {
    let is_probability = meaning == ScoreMeaning::LogProbability;
    let shown = |&score: &f32| if is_probability { 100.0 * score.exp() } else { score };
    let shown: Vec<f32> = scores.iter().map(shown).collect();
    let digits = figures::digits_apart(&shown[..WITHIN.min(shown.len())]);
    let unit = if is_probability { " %" } else { "" };
    shown.iter().map(|&it| figures::plain(it, digits) + unit).collect()
}

pub(crate) fn movement(movement: Movement) -> String {
    match movement {
        Movement::First | Movement::Stayed => String::new(),
        Movement::Up(n) => format!("▲{n}"),
        Movement::Down(n) => format!("▼{n}"),
        Movement::New => "new".into(),
    }
}

pub(crate) fn movement_aloud(movement: Movement) -> String {
    match movement {
        Movement::First | Movement::Stayed => String::new(),
        Movement::Up(n) => format!(", up {n}"),
        Movement::Down(n) => format!(", down {n}"),
        Movement::New => ", new".into(),
    }
}

/// The kind of a model in words: its colour says the same.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Baseline => "Counting",
        Kind::Autoregressive => "Autoregressive",
        Kind::Masked => "Masked",
        Kind::Variational => "Variational",
        Kind::Adversarial => "Adversarial",
        Kind::Diffusion => "Diffusion",
        Kind::Language => "From text",
        Kind::Hybrid => "Hybrid",
    }
}

pub(crate) fn n_matches(n: usize) -> String {
    format!("{}, and a search by meaning", counted(n, "film", "films"))
}

pub(crate) fn feedback(it: Feedback) -> &'static str {
    match it {
        Feedback::Liked => LIKE,
        Feedback::NotForMe => NOT_FOR_ME,
        Feedback::Seen => SEEN,
    }
}

/// The name of the button that says so of `film`.
pub(crate) fn say(film: &str, it: Feedback) -> String {
    format!("{}: {film}", feedback(it))
}

pub(crate) fn bring_back(film: &str) -> String {
    format!("{BRING_BACK} {film}")
}

/// "3 films are hidden: 2 seen, 1 not for you".
pub(crate) fn hidden(all: &[(ItemRow, Feedback)]) -> String {
    let count = |kind| all.iter().filter(|it| it.1 == kind).count();
    let (n_seen, n_not) = (count(Feedback::Seen), count(Feedback::NotForMe));
    let are = if n_seen + n_not == 1 { "is" } else { "are" };
    let kinds = match (n_seen, n_not) {
        (n, 0) => format!("{n} seen"),
        (0, n) => format!("{n} not for you"),
        (n, m) => format!("{n} seen, {m} not for you"),
    };
    format!("{} {are} hidden: {kinds}", counted(n_seen + n_not, "film", "films"))
}

/// Whose order lists are in; nothing where there is no re-ranker that is on.
pub(crate) fn in_order(order: &InOrder) -> Option<String> {
    let said = match order {
        InOrder::Off => return None,
        InOrder::Coming => "Loading your re-ranker; the plain order until then.".to_owned(),
        InOrder::Failed(error) => without_reranker(error),
        InOrder::Reranked => "Re-ordered by your re-ranker. “Was” is the recommender’s own rank, which explanations use.".to_owned(),
        InOrder::Plain => "In plain order, without your re-ranker.".to_owned(),
    };
    Some(said)
}

fn without_reranker(error: &EngineError) -> String {
    format!("In plain order, since your re-ranker could not read its vectors: {error}.")
}

/// Beside a film that a re-ranker moved.
pub(crate) fn was(plain_rank: usize) -> String {
    format!("was {plain_rank}")
}

pub(crate) fn why_title(film: &str) -> String {
    format!("Why {film}?")
}

pub(crate) const LIST_WAITING: &str = "Waiting for the first list…";

pub(crate) fn fetching(path: &str, fetched: u64, total: u64) -> String {
    // Hosts that compress do not say how much there is.
    let of = if total > fetched { format!(" of {}", bytes(total)) } else { String::new() };
    format!("Fetching {path}: {}{of}", bytes(fetched))
}

pub(crate) const WORDS: &str = "Your words";
pub(crate) const WORDS_NOTE: &str = "Similarity lost when the word is left out.";
pub(crate) const FACTS: &str = "Facts of the film";
pub(crate) const FACTS_NOTE: &str = "Similarity of each fact alone with your words.";

pub(crate) fn list_changed(first: &[String]) -> String {
    format!("List changed: {}.", first.join("; "))
}

pub(crate) const HISTORY_EMPTY: &str = "Add a film, or start from an example.";

pub(crate) fn is_first(rank: usize) -> bool {
    rank <= WITHIN
}

pub(crate) const RELOAD: &str = "Reload the page";
pub(crate) const BACK_TO_OWN: &str = "Back to mine";
pub(crate) const KEEP_LINKED: &str = "Keep this one";
pub(crate) const DOWNLOAD: &str = "Download it";
pub(crate) const FORGET_ASIDE: &str = "Delete it";
pub(crate) const DISMISS: &str = "Dismiss";
