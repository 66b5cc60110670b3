//! The models measured in the page: users whom none of them learned from are asked one after another, under a protocol
//! that the reader sets.

pub mod state;

mod address;
mod choice;
mod controls;
mod figure;
mod view;
mod words;

use crate::state::router::{Door, FeatureId, RESULTS};

pub use view::HERE;

const ID: FeatureId = "measure";

pub const DOOR: Door = Door {
    id: ID,
    title: words::TAB,
    section: RESULTS,
    shared_part: None,
    letter: "e",
    keys: address::KEYS,
    named_by: None,
    page: "talk.html",
};

#[cfg(test)]
mod tests;
