//! How the chosen family arrives at its list, in its own terms: a view a family, and those that several share.

mod address;
mod bert4rec;
mod blend;
mod diffrec;
mod gru4rec;
pub mod inspecting;
mod irgan;
mod mult_vae;
mod multimodal;
mod positions;
mod semantic_id;
mod sums;
mod tables;
mod text_history;

mod figure;
mod film_by_film;
mod films;
mod moved;
mod next;
mod ranks;
mod registry;
mod state;
mod view;
mod words;

use crate::state::router::{Door, EXPLORE};

pub use view::HERE;

pub const DOOR: Door = Door {
    id: "inspect",
    title: words::TAB,
    section: EXPLORE,
    shared_part: None,
    letter: "i",
    keys: address::KEYS,
    named_by: None,
    page: "explore.html",
};

#[cfg(test)]
mod tests;
