//! A model that keeps a reader as a point among directions: pushed along the strongest, the list
//! follows.

pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
