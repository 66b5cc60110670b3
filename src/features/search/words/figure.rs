//! What the picture of a search says.

use crate::ui::words::{counted, grouped, listed, ordinal, spelled};

pub(crate) const TITLE: &str = "Search by meaning";
pub(crate) const ABOUT: &str = "beside plain word match";
pub(crate) const STEPS: &str = "Film";
pub(crate) const BY_MEANING: &str = "by meaning";
pub(crate) const NO_WORD: &str = "no word of yours";
pub(crate) const NOTHING_BY_WORDS: &str = "No film has them.";
pub(crate) const SAY: &str = "The line under a film is its cosine similarity with your words. Step through the films to see \
     what brought each.";

/// `n_none` of `n` films by meaning share no word with the query; `n_both` are among the first `n_drawn` by
/// words as well.
pub(crate) fn claim(
    n: usize,
    n_none: usize,
    n_both: usize,
    n_drawn: usize,
    has_words: bool,
) -> String {
    if !has_words {
        return "Your query has no word to match: all that was found comes from its meaning"
            .to_owned();
    }
    let films = format!("the first {n} films");
    let without = match n_none {
        0 if n == 1 => "The only film shares a word with your query".to_owned(),
        0 => format!("Each of {films} shares a word with your query"),
        _ if n == 1 => "The only film shares no word with your query".to_owned(),
        1 => format!("One of {films} shares no word with your query"),
        _ if n_none == n => format!("None of {films} shares a word with your query"),
        _ => format!("{} of {films} share no word with your query", spelled(n_none)),
    };
    let both = match n_both {
        0 if n == 1 => "word match does not find it".to_owned(),
        _ if n == 1 => "word match finds it as well".to_owned(),
        0 => format!("word match has none of them in its first {n_drawn}"),
        _ if n_both == n => format!("word match has all of them in its first {n_drawn}"),
        _ => format!("word match has {n_both} of them in its first {n_drawn}"),
    };
    format!("{without}; {both}")
}

pub(crate) fn say(film: &str, cosine: &str, shared: &[String], by_words: Option<usize>) -> String {
    let words = match shared {
        [] => NO_WORD.to_owned(),
        some => {
            let quoted: Vec<String> = some.iter().map(|it| format!("“{it}”")).collect();
            format!("has {}", listed(&quoted))
        }
    };
    let place = match by_words {
        Some(at) => format!("{} by words", ordinal(at + 1)),
        None => "not among the first by words".to_owned(),
    };
    format!("{film}: cosine {cosine}, {words}, {place}.")
}

pub(crate) fn by_words(is_wide: bool) -> &'static str {
    if is_wide { "by words alone" } else { "by words" }
}

pub(crate) fn rank_by_meaning(is_wide: bool) -> &'static str {
    if is_wide { "rank by meaning" } else { "by meaning" }
}

/// Where a film is by meaning, of so many that are known.
pub(crate) fn rank(rank: Option<usize>, n_known: usize) -> String {
    rank.map_or_else(|| format!("{n_known}+"), |at| ordinal(at + 1))
}

pub(crate) fn look_at(film: &str) -> String {
    format!("What brought {film}")
}

/// What a step is called.
pub(crate) fn step(at: usize, n: usize) -> String {
    format!("{} of {}", at + 1, counted(n, "film", "films"))
}

/// Where the numbers come from. `n_tried` films were compared.
pub(crate) fn source(encoder: &str, vectors: &str, n_tried: usize) -> String {
    format!("{encoder} reads your words; {} films, by {vectors}", grouped(n_tried))
}
