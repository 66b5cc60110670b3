//! A generator and a discriminator, round by round: what one draws, what the other makes of it, and
//! whether the rounds helped.

pub(super) mod tables;
#[cfg(target_arch = "wasm32")]
pub(super) mod view;
#[cfg(target_arch = "wasm32")]
mod words;
