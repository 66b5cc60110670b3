//! A model that reads picks in order: where each layer looked from every pick, and what it would
//! have recommended then.

mod figure;
pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
