//! Users whom no model learned from, for a page that measures models.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::FileRef;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldOutEntry {
    /// By part: "users".
    pub files: BTreeMap<String, FileRef>,
    pub n_users: usize,
}
