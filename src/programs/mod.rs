//! The pages of the site, each with the features it shows.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

pub mod figure;
pub mod page;
pub mod talk;
mod words;

use leptos::prelude::{AnyView, IntoAny};

use crate::shell;
use crate::state::surroundings::Surroundings;

/// A page of the first program.
#[derive(Clone, Copy)]
pub struct Mounted {
    pub page: fn() -> AnyView,
    /// What its shell may use.
    pub surroundings: fn() -> Surroundings,
}

/// The page of this name: the whole of Explore, or one figure in a frame.
pub fn of_name(name: &str) -> Mounted {
    match name {
        "figure" => {
            Mounted { page: || figure::FigurePage().into_any(), surroundings: shell::of_frame }
        }
        _ => Mounted { page: || page::Page().into_any(), surroundings: shell::of_page },
    }
}

#[cfg(test)]
mod tests;
