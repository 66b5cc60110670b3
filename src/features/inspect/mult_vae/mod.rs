//! A model that keeps a reader as a cloud in a latent space: dragged over a plane of it, the list follows.

mod dimensions;
mod figure;
pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
