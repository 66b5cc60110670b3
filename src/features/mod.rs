//! What a reader can do, a folder each with its state, its views and its words.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

#[cfg(target_arch = "wasm32")]
pub mod inspect;
#[cfg(target_arch = "wasm32")]
pub mod map;
pub mod prompt;
pub mod reranker;
pub mod talk;
