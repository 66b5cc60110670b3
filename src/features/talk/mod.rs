//! A conversation about films: what is said, and every step between a message and its answer.

mod sentences;
pub mod state;

mod browser_model;
mod figure;
mod funnel;
mod measured;
mod profile;
mod seeker;
mod transcript;
mod turn;
mod view;
mod words;

use crate::state::router::{Door, EXPLORE, WITH_WORDS};

pub use view::HERE;

pub const DOOR: Door = Door {
    id: "talk",
    title: words::TAB,
    section: EXPLORE,
    shared_part: Some(WITH_WORDS),
    letter: "k",
    keys: &[],
    named_by: None,
    page: "talk.html",
};

#[cfg(test)]
mod tests;
