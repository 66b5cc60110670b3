//! The reader's own films: files of other sites are read, reviewed, kept on this device and used as a history.

pub mod state;

mod chooser;
mod picked;
mod questions;
mod review;
mod view;
mod words;
mod yours;

use crate::state::router::{Door, FOR_YOU};

pub use view::HERE;

pub const DOOR: Door = Door {
    id: "import",
    title: words::TAB,
    section: FOR_YOU,
    shared_part: None,
    letter: "y",
    keys: &[],
    named_by: None,
    page: "talk.html",
};

#[cfg(test)]
mod tests;
