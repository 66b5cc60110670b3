//! Explanations.

use crate::catalog::Catalogue;
use crate::engine::protocol::{Cost, Counterfactual};
use crate::explain::Support;
use crate::families::ScoreMeaning;
use crate::figures;
use crate::session::Tried;
use crate::views::text::{counted, is_first, listed, millis, ordinal, percent, score, titles};

pub(crate) const WHY_EMPTY: &str = "Why?";
pub(crate) const WHY_WAITING: &str = "Running the model without each film…";
pub(crate) const PICK: &str = "Left out";
pub(crate) const PICK_SUMMAND: &str = "Film";
pub(crate) const RANK_WITHOUT: &str = "Rank without";
pub(crate) const EXACT_PART: &str = "Its part";
pub(crate) const TRY_IT: &str = "Try it";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const SHOW_ALL_PICKS: &str = "Show all films";
pub(crate) const SHOW_MAIN_PICKS: &str = "Show the main films";
pub(crate) const TOGETHER: &str = "Together: the score";
pub(crate) const POPULARITY: &str = "Popularity";
pub(crate) const ATTENTION_TABLE: &str = "Attention on each film";
pub(crate) const WEIGHT: &str = "Weight";

pub(crate) fn why_title(film: &str) -> String {
    format!("Why {film}?")
}

pub(crate) fn why_lead(rank: usize, n_read: usize, cost: Cost) -> String {
    if n_read == 0 {
        return format!(
            "It stands {}, whatever your history: this model reads none.",
            ordinal(rank)
        );
    }
    format!(
        "It stands {}. How that changes when one film is left out, run just now: {}, {}.",
        ordinal(rank),
        counted(cost.n_runs, "run", "runs"),
        millis(cost.millis),
    )
}

/// What the score lost without a pick is counted in.
pub(crate) fn score_lost(meaning: ScoreMeaning) -> &'static str {
    match meaning {
        ScoreMeaning::Logit => "Logit lost",
        ScoreMeaning::LogProbability => "Log-prob. lost",
        ScoreMeaning::Reconstruction | ScoreMeaning::Sum | ScoreMeaning::Popularity => "Score lost",
    }
}

/// Of a family that is a sum. `is_lost` is whether leaving a pick out loses just its part.
pub(crate) fn exact_lead(is_lost: bool) -> &'static str {
    if is_lost {
        "This model is a sum, so the parts are exact: together they are the score, and without a \
         film its part is what is lost."
    } else {
        "This model is a sum, so the parts are exact: together they are the score. Score lost is \
         another experiment: without a film the older ones move up and count for more."
    }
}

/// What no set of picks shows; a set speaks for itself.
pub(crate) fn support(support: Support<'_>, n_read: usize) -> String {
    match support {
        Support::Few(_) => String::new(),
        Support::NotInFirst => {
            "It does not stand in the first ten, so there is nothing to push it out of.".to_owned()
        }
        Support::NothingRead => "It reads no history, so none of your films carries it.".to_owned(),
        Support::OnePick { rank_without } if is_first(rank_without) => format!(
            "Your one film does not carry it: without any film it would stand {}.",
            ordinal(rank_without)
        ),
        Support::OnePick { rank_without } => format!(
            "It rests on your one film: without it, it would stand {}.",
            ordinal(rank_without)
        ),
        Support::Many { n_left_out } => format!(
            "Leaving out {}, the strongest first, does not push it out of the first ten: {} enough.",
            counted(n_left_out, "film", "films"),
            if n_left_out + 1 == n_read { "the one left is" } else { "what is left is" },
        ),
    }
}

pub(crate) fn drop(rank_before: usize, rank_after: usize) -> String {
    format!(" it would drop from {} to {}.", ordinal(rank_before), ordinal(rank_after))
}

/// What the set is held against. `are_newest` is whether it is the newest picks itself.
pub(crate) fn compared(set: &Counterfactual, are_newest: bool) -> String {
    let (newest, chance) = match set.removed.len() {
        1 => ("the most recent film".to_owned(), "One at random pushes".to_owned()),
        n => (format!("the {n} most recent films"), format!("{n} at random push")),
    };
    let newest = match (are_newest, set.removed.len()) {
        (true, 1) => format!("It is {newest}."),
        (true, _) => format!("They are {newest}."),
        _ => format!("Leaving out {newest} instead: {}.", ordinal(set.rank_without_most_recent)),
    };
    format!(
        "{newest} {chance} it out of the first ten in {} of {} draws.",
        set.n_draws_out, set.n_draws
    )
}

pub(crate) fn tried(catalogue: &Catalogue, tried: &Tried, rank_now: usize) -> String {
    let film = catalogue.title(tried.item);
    let left_out = listed(&titles(catalogue, &tried.removed));
    let verdict = if rank_now == tried.rank_foretold {
        "as predicted".to_owned()
    } else {
        format!("predicted was {}", ordinal(tried.rank_foretold))
    };
    format!(
        "You left out {left_out}: {film} went from {} to {}, {verdict}.",
        ordinal(tried.rank_before),
        ordinal(rank_now),
    )
}

/// "12 other films".
pub(crate) fn other_picks(n: usize) -> String {
    counted(n, "other film", "other films")
}

/// A part of a score, or what is lost of it, with so many `digits`.
pub(crate) fn part(value: f32, digits: usize) -> String {
    figures::signed(value, digits)
}

pub(crate) fn attention(film: &str, weight: f32, agreement: f32) -> String {
    format!(
        "Attention looked most at {film} ({}). That is where the model looked, not why: its \
         agreement with leave-one-out is τ = {}.",
        percent(weight),
        score(agreement),
    )
}
