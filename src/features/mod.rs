//! What a reader can do, a folder each with its state, its views and its words.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

pub mod compare;
pub mod import;
pub mod inspect;
pub mod map;
pub mod measure;
pub mod prompt;
pub mod recommend;
pub mod reranker;
pub mod search;
pub mod talk;
