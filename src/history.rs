//! What the reader picked, oldest first.

use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;

/// Picks in the order they were made, oldest first, each item once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct History {
    // Invariant: no item twice.
    picks: Vec<ItemRow>,
}
