//! What a family shows of itself beyond its scores: the numbers behind its own view.
//!
//! A family asks for its runs one after another, each in view of what the ones before gave, and
//! then reads them. Like [`super::Family`] it never runs anything itself.

use serde::{Deserialize, Serialize};

use super::bert4rec::Filling;
use super::gru4rec::Fading;
use super::sasrec::Positions;
use super::{Family, FamilyError, GraphOutputs, GraphRun};
use crate::history::History;

/// What the reader does to a model to see how it answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Probe {
    /// Nothing: the model as it recommends.
    #[default]
    AsItIs,
    /// Covers the pick at `position`, 0 the oldest that is read. Past the end it covers nothing.
    Cover { position: usize },
}

impl Probe {
    /// As a link writes it: empty for the model as it is.
    pub fn to_code(&self) -> String {
        match self {
            Self::AsItIs => String::new(),
            Self::Cover { position } => format!("c{position}"),
        }
    }

    /// What [`Self::to_code`] wrote; `None` for anything else.
    pub fn from_code(code: &str) -> Option<Self> {
        let digits = code.strip_prefix('c')?;
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        Some(Self::Cover { position: digits.parse().ok().filter(|_| is_number)? })
    }
}

/// What a family shows, in its own terms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Inside {
    Positions(Positions),
    Fading(Fading),
    Filling(Filling),
}

/// Whose inside is asked for.
#[derive(Clone, Copy, Debug)]
pub struct InsideQuestion<'a> {
    /// The picks that the family reads, oldest first: no more than its `max_history`.
    pub picks: &'a History,
    pub probe: &'a Probe,
    pub n_items: usize,
}

/// How a family is looked into: a part of its line in the registry.
#[derive(Clone, Copy, Debug)]
pub struct Inspection {
    /// The next run, in view of what the runs before gave; `None` once there is enough.
    pub next_run: fn(&InsideQuestion<'_>, &[GraphOutputs]) -> Result<Option<GraphRun>, FamilyError>,
    /// Reads what the runs gave, in their order.
    pub read:
        fn(&dyn Family, &InsideQuestion<'_>, Vec<GraphOutputs>) -> Result<Inside, FamilyError>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_brings_back_what_is_covered_and_nothing_else() {
        for position in [0, 7, 99] {
            let probe = Probe::Cover { position };
            assert_eq!(Probe::from_code(&probe.to_code()), Some(probe));
        }
        assert_eq!(Probe::AsItIs.to_code(), "");
        for damaged in ["", "c", "c+1", "c-1", "7", "d7", "c7x", "c99999999999999999999"] {
            assert_eq!(Probe::from_code(damaged), None, "{damaged}");
        }
    }
}
