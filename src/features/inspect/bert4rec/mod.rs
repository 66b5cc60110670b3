//! A model that fills in what is covered: the reader covers a pick, and sees what it puts there.

pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
