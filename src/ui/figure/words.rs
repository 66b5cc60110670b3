//! What every figure says beside its own words.

use crate::engine::protocol::Cost;
use crate::families::Card;
use crate::manifest::Results;
use crate::ui::words::{counted, millis};

pub(super) const AS_IT_WAS: &str = "As it was";
pub(super) const AS_TABLE: &str = "The same as a table";
pub(super) const GLOSSARY: &str = "Words used here";
pub(super) const EMBED: &str = "Embed this";
pub(super) const AS_ELEMENT: &str = "On a web page";
pub(super) const AS_FRAME: &str = "Where scripts are not allowed";
pub(super) const AS_QUARTO: &str = "In Quarto";
pub(super) const SAVE: &str = "Save";
pub(super) const SAVED: &str = "Saved.";
pub(super) const NOT_SAVED: &str = "This browser did not save it. Try another form.";

/// "25 runs, 12 ms".
pub(super) fn cost(cost: Cost) -> String {
    format!("{}, {}", counted(cost.n_runs, "run", "runs"), millis(cost.millis))
}

/// "NDCG@10 0.076 (0.066–0.088) on 347 held-out readers".
pub(super) fn quality(results: &Results) -> String {
    let interval = results
        .ndcg_at_10_low
        .zip(results.ndcg_at_10_high)
        .map_or_else(String::new, |(low, high)| format!(" ({low:.3}–{high:.3})"));
    let ndcg = results.ndcg_at_10;
    format!(
        "NDCG@10 {ndcg:.3}{interval} on {}",
        counted(results.n_users, "held-out reader", "held-out readers")
    )
}

/// "best counting model, EASE with recency: 0.100".
pub(super) fn beside(card: &Card, results: &Results) -> String {
    format!("best counting model, {}: {:.3}", card.title, results.ndcg_at_10)
}

/// "rank_of_next" → "Rank of next".
pub(super) fn column(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str()).replace('_', " ")
}
