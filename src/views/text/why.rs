//! Explanations.

use crate::catalog::Catalogue;
use crate::engine::protocol::Cost;
use crate::session::Tried;
use crate::views::text::{counted, listed, millis, ordinal, percent, score, titles};

pub(crate) const WHY_EMPTY: &str = "Why?";
pub(crate) const WHY_WAITING: &str = "Running the model without each pick…";
pub(crate) const PICK: &str = "Left out";
pub(crate) const PICK_SUMMAND: &str = "Pick";
pub(crate) const RANK_WITHOUT: &str = "Rank then";
pub(crate) const SCORE_CHANGE: &str = "Score lost";
pub(crate) const EXACT_PART: &str = "Its part";
pub(crate) const TRY_IT: &str = "Try it";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const SHOW_ALL_PICKS: &str = "Show every pick";
pub(crate) const SHOW_MAIN_PICKS: &str = "Show the main picks";
pub(crate) const NO_COUNTERFACTUAL: &str = "No small set of your picks pushes it out of the first \
     ten: the rest of your history carries it too.";
pub(crate) const NOT_IN_FIRST: &str =
    "It does not stand in the first ten, so there is nothing to push it out of.";
pub(crate) const ATTENTION_TABLE: &str = "Attention on each pick";
pub(crate) const WEIGHT: &str = "Weight";

pub(crate) fn why_title(film: &str) -> String {
    format!("Why {film}?")
}

pub(crate) fn why_lead(rank: usize, cost: Cost) -> String {
    format!(
        "It stands {}. How that changes when one pick is left out, run just now: {}, {}.",
        ordinal(rank),
        counted(cost.n_runs, "run", "runs"),
        millis(cost.millis),
    )
}

pub(crate) const EXACT_LEAD: &str =
    "This family is a sum, so the parts are exact: together they are the score.";

pub(crate) fn drop(rank_before: usize, rank_after: usize) -> String {
    format!(" it would drop from {} to {}.", ordinal(rank_before), ordinal(rank_after))
}

pub(crate) fn compared(n: usize, recent: usize, random: usize) -> String {
    let (newest, chance) = if n == 1 {
        ("the most recent pick".to_owned(), "one at random".to_owned())
    } else {
        (format!("the {n} most recent picks"), format!("{n} at random"))
    };
    format!("Leaving out {newest} instead: {}; {chance}: {}.", ordinal(recent), ordinal(random))
}

pub(crate) fn tried(catalogue: &Catalogue, tried: &Tried, rank_now: usize) -> String {
    let film = catalogue.title(tried.item);
    let left_out = listed(&titles(catalogue, &tried.removed));
    let verdict = if rank_now == tried.rank_foretold {
        "as foretold".to_owned()
    } else {
        format!("foretold was {}", ordinal(tried.rank_foretold))
    };
    format!(
        "You left out {left_out}: {film} went from {} to {}, {verdict}.",
        ordinal(tried.rank_before),
        ordinal(rank_now),
    )
}

pub(crate) fn attention(film: &str, weight: f32, agreement: f32) -> String {
    format!(
        "Attention looked mostly at {film} ({}). That is where the model looked, not why: its \
         agreement with leaving out is τ = {}.",
        percent(weight),
        score(agreement),
    )
}
