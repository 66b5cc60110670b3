//! A model that fills in what is covered: the reader covers a pick, and sees what it puts there.

pub(super) mod tables;
#[cfg(target_arch = "wasm32")]
pub(super) mod view;
#[cfg(target_arch = "wasm32")]
mod words;
