//! Scores to a ranked list.

use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recommendation {
    pub item: ItemRow,
    pub score: f32,
}
