//! Items and their facts: reads and checks the catalogue, finds films by title or person.

use serde::{Deserialize, Serialize};

/// A film's row in the catalogue, and in every table and model exported with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemRow(pub u32);
