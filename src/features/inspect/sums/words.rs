//! Models that are sums.

use crate::figures;
use crate::ui::words::{counted, listed, ordinal};

pub(super) const ABOUT: &str = "exact contributions";
pub(super) const NOTE: &str = "This model is a sum: every film of your history adds its part to every \
     score, and so does popularity, where the model counts it. Choose a film to read its sum.";
pub(super) const POPULARITY_NOTE: &str = "It reads no history, so every reader gets the same list: a \
     film's popularity is all of its score.";
pub(super) const SUM: &str = "sum";
pub(super) const SUM_LONG: &str = "sum = score";
pub(super) const GIVEN: &str = "in all";
pub(super) const ITS_POPULARITY: &str = "its popularity";
const START: &str = "Popularity";

/// "12 others".
pub(super) fn others(n: usize) -> String {
    counted(n, "other film", "other films")
}

/// `parts` are the largest that add to the film, and `is_all` whether there is but one, and nothing else.
pub(super) fn made_of(
    film: &str,
    rank: usize,
    score: &str,
    parts: &[(String, String)],
    is_all: bool,
) -> String {
    let stands = format!("{film} is {} with {score}", ordinal(rank));
    match parts {
        [] => format!("{stands}, and none of your films adds to it"),
        [(only, _)] if is_all => format!("{stands}, all of it from {only}"),
        [(first, given), rest @ ..] => {
            let second =
                rest.first().map_or_else(String::new, |(name, given)| format!(", {name} {given}"));
            format!("{stands}: {first} adds {given}{second}")
        }
    }
}

/// Of a model that reads no film.
pub(super) fn known_alone(film: &str, rank: usize, score: &str) -> String {
    format!("{film} is {} with {score}: every reader gets the same list", ordinal(rank))
}

/// What came of leaving films out: `before` is the film that came first with all, and its rank now where it is among
/// the first `n`.
pub(super) fn without(
    out: &[String],
    first: &str,
    before: Option<&(String, Option<usize>)>,
    n: usize,
) -> String {
    let out = match out {
        [_] | [_, _] => listed(out),
        _ => counted(out.len(), "film", "films"),
    };
    match before {
        None => format!("Without {out}, {first} comes first"),
        Some((film, Some(1))) => format!("Without {out}, {film} still comes first"),
        Some((film, Some(rank))) => {
            format!(
                "Without {out}, {film} falls from 1st to {}, and {first} comes first",
                ordinal(*rank)
            )
        }
        Some((film, None)) => {
            format!(
                "Without {out}, {film} falls from 1st out of the first {n}, and {first} comes first"
            )
        }
    }
}

/// What squares are, and what may be done.
pub(super) fn say(reads: bool, has_against: bool, may_leave_out: bool, is_changed: bool) -> String {
    if !reads {
        return String::new();
    }
    let less = if has_against { "; hollow: taken away" } else { "" };
    let act = match (may_leave_out, is_changed) {
        (_, true) => " Click a struck film to bring it back.",
        (true, false) => " Click a film at the top to leave it out.",
        (false, false) => "",
    };
    format!("Area: a film's part in a score{less}.{act}")
}

/// Some families' scores are small.
const DIGITS: usize = 3;
/// Less than the last digit shown.
const NOTHING: f32 = 5e-4;

/// "0.104".
pub(super) fn sum(value: f32) -> String {
    figures::plain(value, DIGITS)
}

/// "Aliens: 6.10 = 3.20 Heat + 2.40 Fargo − 0.10 Alien + 0.60 popularity."
pub(super) fn written_out(film: &str, total: f32, start: f32, parts: &[(String, f32)]) -> String {
    let start = (start.abs() >= NOTHING).then(|| (START.to_lowercase(), start));
    let mut written = String::new();
    for (at, (name, part)) in parts.iter().chain(&start).enumerate() {
        let sign = match (at, *part < 0.0) {
            (0, false) => "",
            (0, true) => "−",
            (_, false) => " + ",
            (_, true) => " − ",
        };
        written.push_str(&format!("{sign}{} {name}", sum(part.abs())));
    }
    if written.is_empty() {
        return format!("{film}: {}, and none of your films adds to it.", sum(total));
    }
    format!("{film}: {} = {written}.", sum(total))
}
