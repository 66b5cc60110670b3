//! A model that guesses everything a reader would like again and again: its guesses, step by step.

mod figure;
pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
