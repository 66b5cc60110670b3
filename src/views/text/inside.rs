//! What the families show of themselves.

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::Cost;
use crate::views::text::{counted, millis, ordinal};

pub(crate) const INSIDE_EMPTY: &str =
    "Pick a film, or take an example, to see how a model gets from it to the next one.";
pub(crate) const INSIDE_WAITING: &str = "Running the model once more, with its insides…";
pub(crate) const STEP_BACK: &str = "One step back";
pub(crate) const STEP_ON: &str = "One step on";

pub(crate) fn inside_title(family: &str) -> String {
    format!("Inside {family}")
}

pub(crate) fn inside_cost(family: &str, cost: Cost) -> String {
    let runs = counted(cost.n_runs, "run", "runs");
    format!(
        "All numbers here come from {family} itself, run just now: {runs}, {}.",
        millis(cost.millis)
    )
}

pub(crate) const POSITIONS_LEAD: &str = "It reads your picks from the oldest on and never looks \
     ahead. So after every pick it had a list ready, and the pick that came next was its exam.";
pub(crate) const POSITIONS_STEP: &str = "After which pick";
pub(crate) const POSITIONS_TABLE: &str = "Where each layer looked from there, one head each";
pub(crate) const STOOD_BEFORE: &str = "Stood before";
pub(crate) const WOULD_HAVE_SAID: &str = "What it would have said next";
pub(crate) const ATTENTION_IS_NO_REASON: &str = "Attention is where the model looked, not why a \
     film is in the list: leave a pick out to learn that. Stood before: its rank just before you \
     picked it.";

pub(crate) fn layer(at: usize) -> String {
    format!("Layer {}", at + 1)
}

/// "After 3 of 5: The Matrix".
pub(crate) fn after_pick(n: usize, of: usize, title: &str) -> String {
    format!("After {n} of {of}: {title}")
}

pub(crate) fn picked_next(catalogue: &Catalogue, next: ItemRow, rank: usize) -> String {
    format!("Next you picked {}: it stood {}.", catalogue.title(next), ordinal(rank))
}
