//! A family that is a sum: its best films against the films watched, each part a square.

mod figure;
pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
