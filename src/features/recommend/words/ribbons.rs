//! What the picture of leave-one-out says.

use std::cmp::Ordering;

use crate::families::ScoreMeaning;
use crate::ui::words::{counted, listed, ordinal};

/// What a film's place rests on: `falls` are the films without which it stands lower, and the rank then, the lowest
/// first; `rises` is whether there are some without which it stands higher.
pub(crate) fn rests_on(
    film: &str,
    rank: usize,
    n_read: usize,
    falls: &[(String, usize)],
    rises: bool,
) -> String {
    let stands = ordinal(rank);
    match falls {
        [] if rises => {
            format!(
                "{film} stands {stands}; without any one of the {n_read} films it does not fall"
            )
        }
        [] => format!("{film} stays {stands} whichever of the {n_read} films is left out"),
        [(first, to)] => format!(
            "Without {first}, {film} falls from {stands} to {}; without any other film it does not fall",
            ordinal(*to)
        ),
        [(first, to), (second, then), ..] => format!(
            "Without {first}, {film} falls from {stands} to {}, without {second} to {}",
            ordinal(*to),
            ordinal(*then)
        ),
    }
}

/// Of a film that stands on one film alone.
pub(crate) fn with_one(only: &str, film: &str, rank: usize, without: usize) -> String {
    let (stands, then) = (ordinal(rank), ordinal(without));
    match without.cmp(&rank) {
        Ordering::Equal => format!("With {only} or without any film, {film} stands {stands}"),
        Ordering::Greater => {
            format!("Without {only}, the only film it reads, {film} falls from {stands} to {then}")
        }
        Ordering::Less => {
            format!("Without {only}, the only film it reads, {film} rises from {stands} to {then}")
        }
    }
}

/// What came of leaving out the films `out`; `before` is the rank with all, where it is known.
pub(crate) fn without(out: &[String], film: &str, before: Option<usize>, rank: usize) -> String {
    let out = match out {
        [_] | [_, _] => listed(out),
        _ => counted(out.len(), "film", "films"),
    };
    let now = ordinal(rank);
    let Some(before) = before else { return format!("Without {out}, {film} stands {now}") };
    let from = ordinal(before);
    match rank.cmp(&before) {
        Ordering::Equal => format!("Without {out}, {film} still stands {now}"),
        Ordering::Greater => format!("Without {out}, {film} falls from {from} to {now}"),
        Ordering::Less => format!("Without {out}, {film} rises from {from} to {now}"),
    }
}

/// What the ribbons are, and what may be done.
pub(crate) fn ribbons(
    meaning: ScoreMeaning,
    has_against: bool,
    may_switch: bool,
    is_changed: bool,
) -> String {
    let against = if has_against { "; dashed: gained" } else { "" };
    let act = match (may_switch, is_changed) {
        (false, false) => "",
        (true, false) => " Click a film to leave it out.",
        (_, true) => " Click a struck film to bring it back.",
    };
    format!("Width: {} without the film{against}.{act}", score_lost(meaning))
}

/// "−3.40 without it".
pub(crate) fn changed_without(change: &str, is_wide: bool) -> String {
    if is_wide { format!("{change} without it") } else { change.to_owned() }
}

/// "each at most 0.20".
pub(crate) fn at_most(most: &str) -> String {
    format!("each at most {most}")
}

/// What the score lost without a pick is counted in.
pub(crate) fn score_lost(meaning: ScoreMeaning) -> &'static str {
    match meaning {
        ScoreMeaning::Logit => "logit lost",
        ScoreMeaning::LogProbability => "log probability lost",
        ScoreMeaning::Reconstruction | ScoreMeaning::Sum | ScoreMeaning::Popularity => "score lost",
        ScoreMeaning::Points => "points lost",
    }
}
