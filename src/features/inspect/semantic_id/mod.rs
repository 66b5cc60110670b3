//! The tree of codes, level by level: each code named by what its films share, what a beam keeps of
//! them, and where a path ends.

pub(super) mod tables;
#[cfg(target_arch = "wasm32")]
pub(super) mod view;
#[cfg(target_arch = "wasm32")]
mod words;
