//! A language model as a recommender: what it is told, how it ranks, and what moves it beside taste.

pub mod state;

#[cfg(target_arch = "wasm32")]
mod answer;
#[cfg(target_arch = "wasm32")]
mod named;
#[cfg(target_arch = "wasm32")]
mod view;
#[cfg(target_arch = "wasm32")]
mod wording;
#[cfg(target_arch = "wasm32")]
mod words;

use crate::state::router::Door;

#[cfg(target_arch = "wasm32")]
pub use view::HERE;

pub const DOOR: Door = Door {
    id: "prompt",
    title: "Prompt",
    letter: "l",
    keys: &[],
    named_by: None,
    page: "talk.html",
};
