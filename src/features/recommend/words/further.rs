//! What stands beside the reasons.

use crate::ui::words::{counted, percent, score};

/// "12 other films".
pub(crate) fn other_picks(n: usize) -> String {
    counted(n, "other film", "other films")
}

pub(crate) fn attention(film: &str, weight: f32, agreement: f32) -> String {
    format!(
        "Attention looked most at {film} ({}). That is where the model looked, not why: its \
         agreement with leave-one-out is τ = {}.",
        percent(weight),
        score(agreement),
    )
}
