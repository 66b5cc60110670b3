//! A model that keeps one state: what each pick changed in it, and how that fades as others come.

pub(super) mod tables;
#[cfg(target_arch = "wasm32")]
pub(super) mod view;
#[cfg(target_arch = "wasm32")]
mod words;
