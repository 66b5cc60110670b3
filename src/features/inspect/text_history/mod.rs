//! A sum whose weights are likenesses of texts: which words make a pick and a film alike.

#[cfg(target_arch = "wasm32")]
pub(super) mod view;
#[cfg(target_arch = "wasm32")]
mod words;
