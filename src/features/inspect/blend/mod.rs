//! Ranks of several models added up: what each of them gives every film of the list, and would have said alone.

mod figure;
pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
