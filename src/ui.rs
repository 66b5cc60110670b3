//! Parts of pages that know no feature and no words of one.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

pub mod words;

#[cfg(target_arch = "wasm32")]
pub mod clock;
#[cfg(target_arch = "wasm32")]
pub mod keys;
#[cfg(target_arch = "wasm32")]
pub mod model_card;
#[cfg(target_arch = "wasm32")]
pub mod skip;
