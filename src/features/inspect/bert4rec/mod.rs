//! A model that fills in what is masked: the reader masks a film, and sees what it puts there.

mod figure;
mod line;
pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
