//! Parts of pages that know no feature and no words of one.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

pub mod table;
pub mod words;

pub mod acts;
pub mod clock;
pub mod examples;
pub mod export;
pub mod families;
pub mod figure;
pub mod film_facts;
pub mod first_list;
pub mod glide;
pub mod hidden;
pub mod in_order;
pub mod keys;
pub mod mark;
pub mod matches;
pub mod model_card;
pub mod news;
pub mod notices;
pub mod problem;
pub mod skip;
pub mod stepper;

#[cfg(test)]
mod tests;

/// The id of an element: `name`, told apart from that of other shells on the page.
#[inline(never)] // called everywhere
pub fn dom_id(name: &'static str) -> &'static str {
    shell().dom_id(name)
}

/// What the part of the page that asks may use.
#[inline(never)] // called everywhere
pub fn shell() -> crate::state::shell::Shell {
    leptos::prelude::expect_context()
}
