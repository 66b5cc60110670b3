//! A language model as a recommender: what it is told, how it ranks, and what moves it beside taste.

pub mod state;

mod answer;
mod named;
mod view;
mod wording;
mod words;

use crate::state::router::Door;

pub use view::HERE;

pub const DOOR: Door = Door {
    id: "prompt",
    title: "Prompt",
    letter: "l",
    keys: &[],
    named_by: None,
    page: "talk.html",
};

#[cfg(test)]
mod tests;
