//! Families side by side: who is chosen, their lists in columns, what they have in common.

mod address;
mod words;

mod board;
mod choice;
mod column;
mod figure;
mod kept;
mod place;
mod selected;
mod side_by_side;
mod tables;
mod view;

use crate::state::compared;
use crate::state::router::{Door, EXPLORE, FeatureId};

pub use view::HERE;

const ID: FeatureId = compared::FEATURE;

pub const DOOR: Door = Door {
    id: ID,
    title: words::TAB,
    section: EXPLORE,
    shared_part: None,
    letter: "c",
    keys: address::KEYS,
    named_by: Some("c"),
    page: "explore.html",
};

#[cfg(test)]
mod tests;
