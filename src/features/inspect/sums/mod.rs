//! A family that is a sum: its best films against the picks, each cell one summand.

pub(super) mod tables;
#[cfg(target_arch = "wasm32")]
pub(super) mod view;
#[cfg(target_arch = "wasm32")]
mod words;
