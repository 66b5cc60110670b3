//! The reader's own re-ranker: mark films, train, see whether it helps, switch it on.

pub mod state;

#[cfg(target_arch = "wasm32")]
mod judging;
#[cfg(target_arch = "wasm32")]
mod learning;
#[cfg(target_arch = "wasm32")]
mod marks;
#[cfg(target_arch = "wasm32")]
mod order;
#[cfg(target_arch = "wasm32")]
mod view;
#[cfg(target_arch = "wasm32")]
mod words;

use crate::state::reranker::FEATURE;
use crate::state::router::Door;

#[cfg(target_arch = "wasm32")]
pub use view::HERE;

pub const DOOR: Door = Door {
    id: FEATURE,
    title: "Personalise",
    letter: "h",
    keys: &[],
    named_by: None,
    page: "talk.html",
};
