//! What the picture of a turn says.

use crate::ui::words::{counted, grouped, listed, spelled};

pub(crate) const ABOUT: &str = "from your message to a ranked list";
pub(crate) const NAMED: &str = "named, shown or hidden";
pub(crate) const OFF: &str = "off";
pub(crate) const RANKED_BY: &str = "Ranked by";
pub(crate) const IN_ANSWER: &str = "in the answer";
/// What the ranker adds up, in its order: as columns and as labels.
pub(crate) const PIECES: [&str; 7] =
    ["meaning", "likeness", "people", "facts", "known", "named", "next"];
/// The same in a sentence.
const BY: [&str; 7] = [
    "the meaning of your words",
    "likeness to films you like",
    "the people it shares",
    "the facts asked for",
    "how many know it",
    "how often people name it",
    "what comes next in histories",
];

/// Why the first film is the first.
pub(crate) enum Lead {
    /// Nothing is ranked.
    None,
    Only(String),
    /// Two have the same sum.
    Level(String, String),
    /// A re-ranker has put it there.
    Reranked(String),
    /// Ahead of another, most of all by this piece.
    Ahead(String, String, usize),
}

pub(crate) fn claim(n_filters: usize, n_left: usize, n_films: usize, lead: &Lead) -> String {
    let films = counted(n_films, "film", "films");
    let left = match (n_filters, n_left) {
        (0, _) if n_left == n_films => format!("No filter was heard: all {films} are ranked"),
        (0, _) => format!("No filter was heard: {} of {films} are ranked", grouped(n_left)),
        (1, 0) => format!("One filter leaves none of {films}"),
        (1, _) => format!("One filter leaves {} of {films}", grouped(n_left)),
        (_, 0) => format!("{} filters leave none of {films}", spelled(n_filters)),
        _ => format!("{} filters leave {} of {films}", spelled(n_filters), grouped(n_left)),
    };
    match lead {
        Lead::None => left,
        Lead::Only(film) => format!("{left}: {film}"),
        Lead::Level(film, other) => format!("{left}; {film} and {other} come first, level"),
        Lead::Reranked(film) => format!("{left}; your re-ranker puts {film} first"),
        Lead::Ahead(film, other, by) => {
            format!("{left}; {film} is first, ahead of {other} by {}", BY[*by])
        }
    }
}

/// Where nothing is asked for.
pub(crate) fn nothing_asked(n_films: usize) -> String {
    format!("Nothing is asked for, so all {} are left", counted(n_films, "film", "films"))
}

pub(crate) fn say(has_filters: bool) -> String {
    let gesture = if has_filters { " Click a filter to ask again without it." } else { "" };
    format!("Each dot is a film.{gesture}")
}

/// What came of switching parts off.
pub(crate) fn say_without(
    off: &[String],
    (now, before): (usize, usize),
    (first, was_first): (Option<String>, Option<String>),
) -> String {
    let left = if now == before {
        format!("Still {}", counted(now, "film", "films"))
    } else {
        format!("{}, not {}", counted(now, "film", "films"), grouped(before))
    };
    let first = match (first, was_first) {
        (Some(first), Some(was)) if first == was => format!("; {first} stays first"),
        (Some(first), Some(was)) => format!("; {first} is first, {was} was"),
        (Some(first), None) => format!("; {first} is first"),
        (None, _) => String::new(),
    };
    format!("{} {left}{first}.", say_off(off))
}

pub(crate) fn say_off(off: &[String]) -> String {
    let off = if off.len() > 2 { format!("{} parts", off.len()) } else { listed(off) };
    format!("Off: {off}.")
}

pub(crate) fn all_films(n: usize) -> String {
    format!("{}, each a dot", counted(n, "film", "films"))
}

/// What a filter takes out, and what it leaves.
pub(crate) fn out(n: usize, n_left: usize) -> String {
    if n == 0 {
        return "takes none out".to_owned();
    }
    format!("takes {} out, {}", grouped(n), left(n_left))
}

pub(crate) fn left(n: usize) -> String {
    if n == 0 { "none left".to_owned() } else { format!("{} left", grouped(n)) }
}

/// "or Comedy", "and Meg Ryan".
pub(crate) fn joined(part: &str, are_all_needed: bool) -> String {
    format!("{} {part}", if are_all_needed { "and" } else { "or" })
}

pub(crate) fn not_again(n_films: usize) -> String {
    format!("not again: {}", counted(n_films, "film", "films"))
}

pub(crate) fn heard_as(intent: &str) -> String {
    format!("Heard as {intent}")
}
