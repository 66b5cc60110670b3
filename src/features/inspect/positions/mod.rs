//! A model that reads picks in order: where each layer looked from every pick, and what it would
//! have recommended then.

pub(super) mod tables;
#[cfg(target_arch = "wasm32")]
pub(super) mod view;
#[cfg(target_arch = "wasm32")]
mod words;
