//! A model that guesses everything a reader would like again and again: its guesses, step by step.

pub(super) mod tables;
#[cfg(target_arch = "wasm32")]
pub(super) mod view;
#[cfg(target_arch = "wasm32")]
mod words;
