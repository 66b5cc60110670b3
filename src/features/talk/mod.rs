//! A conversation about films: what is said, and every step between a message and its answer.

mod sentences;
pub mod state;

#[cfg(target_arch = "wasm32")]
mod boxes;
#[cfg(target_arch = "wasm32")]
mod browser_model;
#[cfg(target_arch = "wasm32")]
mod figures;
#[cfg(target_arch = "wasm32")]
mod parts;
#[cfg(target_arch = "wasm32")]
mod profile;
#[cfg(target_arch = "wasm32")]
mod seeker;
#[cfg(target_arch = "wasm32")]
mod transcript;
#[cfg(target_arch = "wasm32")]
mod turn;
#[cfg(target_arch = "wasm32")]
mod view;
#[cfg(target_arch = "wasm32")]
mod words;

use crate::state::router::Door;

#[cfg(target_arch = "wasm32")]
pub use view::HERE;

pub const DOOR: Door =
    Door { id: "talk", title: "Talk", letter: "k", keys: &[], named_by: None, page: "talk.html" };
