//! The reader's own re-ranker: mark films, train, see whether it helps, switch it on.

pub mod state;

mod judging;
mod learning;
mod marks;
mod order;
mod view;
mod words;

use crate::state::reranker::FEATURE;
use crate::state::router::Door;

pub use view::HERE;

pub const DOOR: Door = Door {
    id: FEATURE,
    title: "Personalise",
    letter: "h",
    keys: &[],
    named_by: None,
    page: "talk.html",
};

#[cfg(test)]
mod tests;
