//! Parts of pages that know no feature and no words of one.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]
// Views, which call much of what is here, are compiled for browsers alone.
#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]

pub mod table;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub mod acts;
#[cfg(target_arch = "wasm32")]
pub mod clock;
#[cfg(target_arch = "wasm32")]
pub mod examples;
#[cfg(target_arch = "wasm32")]
pub mod families;
#[cfg(target_arch = "wasm32")]
pub mod film_facts;
#[cfg(target_arch = "wasm32")]
pub mod glide;
#[cfg(target_arch = "wasm32")]
pub mod hidden;
#[cfg(target_arch = "wasm32")]
pub mod in_order;
#[cfg(target_arch = "wasm32")]
pub mod keys;
#[cfg(target_arch = "wasm32")]
pub mod mark;
#[cfg(target_arch = "wasm32")]
pub mod matches;
#[cfg(target_arch = "wasm32")]
pub mod model_card;
#[cfg(target_arch = "wasm32")]
pub mod news;
#[cfg(target_arch = "wasm32")]
pub mod notices;
#[cfg(target_arch = "wasm32")]
pub mod problem;
#[cfg(target_arch = "wasm32")]
pub mod skip;

/// The id of an element: `name`, told apart from that of other shells on the page.
#[cfg(target_arch = "wasm32")]
#[inline(never)] // called everywhere
pub fn dom_id(name: &'static str) -> &'static str {
    shell().dom_id(name)
}

/// What the part of the page that asks may use.
#[cfg(target_arch = "wasm32")]
#[inline(never)] // called everywhere
pub fn shell() -> crate::state::shell::Shell {
    leptos::prelude::expect_context()
}
