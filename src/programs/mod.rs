//! The pages of the site, each with the features it shows.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

pub mod figure;
pub mod page;
pub mod talk;
mod words;

use leptos::prelude::AnyView;

use crate::shell;
use crate::state::surroundings::Surroundings;

/// The page of this name, and what its shell may use: the whole of Explore, or one figure in a frame.
pub fn of_name(name: &str) -> (fn() -> AnyView, fn() -> Surroundings) {
    use leptos::prelude::IntoAny;
    match name {
        "figure" => (|| figure::FigurePage().into_any(), shell::of_frame),
        _ => (|| page::Page().into_any(), shell::of_page),
    }
}

#[cfg(test)]
mod tests;
