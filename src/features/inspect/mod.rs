//! How the chosen family arrives at its list, in its own terms: a view a family, and those that several share.

mod address;
mod bert4rec;
mod diffrec;
mod gru4rec;
pub mod inspecting;
mod irgan;
mod mult_vae;
mod positions;
mod semantic_id;
mod sums;
mod tables;
mod text_history;

#[cfg(target_arch = "wasm32")]
mod films;
#[cfg(target_arch = "wasm32")]
mod moved;
#[cfg(target_arch = "wasm32")]
mod next;
#[cfg(target_arch = "wasm32")]
mod registry;
#[cfg(target_arch = "wasm32")]
mod state;
#[cfg(target_arch = "wasm32")]
mod stepper;
#[cfg(target_arch = "wasm32")]
mod view;
#[cfg(target_arch = "wasm32")]
mod weights;
#[cfg(target_arch = "wasm32")]
mod words;

use crate::state::router::Door;

#[cfg(target_arch = "wasm32")]
pub use view::HERE;

pub const DOOR: Door = Door {
    id: "inspect",
    title: "See inside",
    letter: "i",
    keys: address::KEYS,
    named_by: None,
    page: "./",
};
