//! One family's list, and why it is so.

mod address;
pub mod state;
mod words;

mod attention;
mod counterfactual;
mod figure;
mod list;
mod rec;
mod tables;
mod truth;
mod view;
mod why;

use crate::state::router::{Door, FeatureId};

pub use view::HERE;

const ID: FeatureId = "recommend";

/// The first feature of the site.
pub const DOOR: Door =
    Door { id: ID, title: words::TAB, letter: "", keys: address::KEYS, named_by: None, page: "./" };

#[cfg(test)]
mod tests;
