//! What families were called before.

use super::{FamilyName, RENAMED};

/// The names that families had up to some time, which what was written then goes on meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// While a hybrid went by the name of its network.
    First,
    #[default]
    Today,
}

impl Names {
    /// The family that was called `name`.
    pub fn family(self, name: &str) -> FamilyName {
        let renamed = RENAMED.iter().find(|(names, then, _)| *names == self && *then == name);
        FamilyName(renamed.map_or(name, |it| it.2).to_owned())
    }
}
