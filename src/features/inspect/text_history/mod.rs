//! A sum whose weights are likenesses of texts: which words make a pick and a film alike.

pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
