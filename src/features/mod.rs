//! What a reader can do, a folder each with its state, its views and its words.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]
// Views, which call much of what is here, are compiled for browsers alone.
#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]

pub mod compare;
pub mod inspect;
pub mod map;
pub mod prompt;
pub mod recommend;
pub mod reranker;
pub mod search;
pub mod talk;
