//! One family's list, and why it is so.

mod address;
pub mod state;
mod words;

#[cfg(target_arch = "wasm32")]
mod attention;
#[cfg(target_arch = "wasm32")]
mod counterfactual;
#[cfg(target_arch = "wasm32")]
mod influence;
#[cfg(target_arch = "wasm32")]
mod list;
#[cfg(target_arch = "wasm32")]
mod rec;
mod tables;
#[cfg(target_arch = "wasm32")]
mod truth;
#[cfg(target_arch = "wasm32")]
mod view;
#[cfg(target_arch = "wasm32")]
mod why;

use crate::state::router::{Door, FeatureId};

#[cfg(target_arch = "wasm32")]
pub use view::HERE;

const ID: FeatureId = "recommend";

/// The first feature of the site.
pub const DOOR: Door =
    Door { id: ID, title: words::TAB, letter: "", keys: address::KEYS, named_by: None, page: "./" };
