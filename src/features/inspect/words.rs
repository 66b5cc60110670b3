//! What the families show of themselves.

use crate::catalog::{Catalogue, ItemRow};
use crate::ui::words::ordinal;

pub(super) const TAB: &str = "How it came about";
pub(super) const EMPTY: &str =
    "Add a film, or take an example, to see how a model gets from it to the next one.";
pub(super) const WAITING: &str = "Running the model again, to show its inner values…";

pub(super) const AFTER_WHICH: &str = "After which film";
pub(super) const WOULD_HAVE_SAID: &str = "What it would have recommended next";

pub(super) const NOW: &str = "now";

/// "after 3 of 5".
pub(super) fn after_of(n: usize, of: usize) -> String {
    format!("after {n} of {of}")
}

/// "after film 3".
pub(super) fn after(n: usize) -> String {
    format!("after film {n}")
}

pub(super) fn after_film(title: &str) -> String {
    format!("After {title}")
}

pub(super) fn picked_next(catalogue: &Catalogue, next: ItemRow, rank: usize) -> String {
    format!("Your next film was {}: it ranked {}.", catalogue.title(next), ordinal(rank))
}

/// "2.2 %".
pub(super) fn tenth_percent(share: f32) -> String {
    format!("{:.1} %", share * 100.0)
}

pub(crate) fn inside_title(family: &str) -> String {
    format!("Inside {family}")
}
