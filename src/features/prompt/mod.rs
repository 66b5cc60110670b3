//! A language model as a recommender: what it is told, how it ranks, and what moves it beside taste.

pub mod state;

mod answer;
mod figure;
mod named;
mod view;
mod wording;
mod words;

use crate::state::router::{Door, EXPLORE, WITH_WORDS};

pub use view::HERE;

pub const DOOR: Door = Door {
    id: "prompt",
    title: words::TAB,
    section: EXPLORE,
    shared_part: Some(WITH_WORDS),
    letter: "l",
    keys: &[],
    named_by: None,
    page: "talk.html",
};

#[cfg(test)]
mod tests;
