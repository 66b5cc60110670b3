//! The reader's own re-ranker: mark films, train, see whether it helps, switch it on.

pub mod state;

mod judging;
mod learning;
mod marks;
mod order;
mod view;
mod words;

use crate::state::reranker::FEATURE;
use crate::state::router::{Door, FOR_YOU};

pub use view::HERE;

pub const DOOR: Door = Door {
    id: FEATURE,
    title: words::TAB,
    section: FOR_YOU,
    shared_part: None,
    letter: "h",
    keys: &[],
    named_by: None,
    page: "talk.html",
};

#[cfg(test)]
mod tests;
