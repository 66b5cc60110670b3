//! A model that keeps a reader as a point among directions: pushed along the strongest, the list
//! follows.

pub(super) mod tables;
#[cfg(target_arch = "wasm32")]
pub(super) mod view;
#[cfg(target_arch = "wasm32")]
mod words;
