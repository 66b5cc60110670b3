//! What a family shows of itself beyond its scores: the numbers behind its own view.
//!
//! A family asks for its runs one after another, each in view of what the ones before gave, and
//! then reads them. Like [`super::Family`] it never runs anything itself.

use serde::{Deserialize, Serialize};

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
}

impl Probe {
    /// As a link writes it: empty for the model as it is.
    pub fn to_code(&self) -> String {
        match self {
            Self::AsItIs => String::new(),
        }
    }

    /// What [`Self::to_code`] wrote; `None` for anything else.
    pub fn from_code(_code: &str) -> Option<Self> {
        None
    }
}

/// What a family shows, in its own terms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Inside {
    Positions(Positions),
    Fading(Fading),
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
