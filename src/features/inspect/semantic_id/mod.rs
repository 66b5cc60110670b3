//! The tree of codes, level by level: how likely each code is, what a beam keeps of them, and the films where it ends.

mod figure;
pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
