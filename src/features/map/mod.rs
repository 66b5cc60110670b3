//! All films on a plane: the canvas, what is selected, what is drawn, and the same films as a table.

mod address;

mod canvas;
mod controls;
mod figure;
mod films;
mod frame;
mod hand;
mod labels;
mod layout;
mod legend;
mod look;
mod names;
mod paint;
mod palette;
mod regions;
mod selected;
mod state;
mod view;
mod words;

use crate::state::router::{Door, EXPLORE};

pub use view::HERE;

pub const DOOR: Door = Door {
    id: "map",
    title: words::TAB,
    section: EXPLORE,
    shared_part: None,
    letter: "m",
    keys: address::KEYS,
    named_by: None,
    page: "explore.html",
};

#[cfg(test)]
mod tests;
