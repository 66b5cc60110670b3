//! The reader's own films: files of other sites are read, reviewed and kept on this device, and films are recommended
//! from them.

pub mod state;

mod basis;
mod beliefs;
mod chooser;
mod picked;
mod questions;
mod rec;
mod recs;
mod review;
mod steer;
mod tables;
mod view;
mod why_not;
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
