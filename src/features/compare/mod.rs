//! Families side by side: who is chosen, their lists in columns, what they have in common.

mod address;
mod words;

#[cfg(target_arch = "wasm32")]
mod agreement;
#[cfg(target_arch = "wasm32")]
mod board;
#[cfg(target_arch = "wasm32")]
mod choice;
#[cfg(target_arch = "wasm32")]
mod column;
#[cfg(target_arch = "wasm32")]
mod kept;
#[cfg(target_arch = "wasm32")]
mod place;
#[cfg(target_arch = "wasm32")]
mod selected;
mod tables;
#[cfg(target_arch = "wasm32")]
mod view;

use crate::state::compared;
use crate::state::router::{Door, FeatureId};

#[cfg(target_arch = "wasm32")]
pub use view::HERE;

const ID: FeatureId = compared::FEATURE;

pub const DOOR: Door = Door {
    id: ID,
    title: words::TAB,
    letter: "c",
    keys: address::KEYS,
    named_by: Some("c"),
    page: "./",
};
