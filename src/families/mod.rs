//! One file per recommender family, and the registry: the only list of families.

use serde::{Deserialize, Serialize};

/// A family's name, the same in Python, Rust, the manifest and the URL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FamilyName(pub String);
