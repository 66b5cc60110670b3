//! The pages of the site, each with the features it shows.

// The component macro makes helpers of its own, always public.
#![allow(unreachable_pub)]

pub mod page;
pub mod talk;
mod words;

#[cfg(test)]
mod tests;
