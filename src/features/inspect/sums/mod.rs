//! A family that is a sum: its best films against the picks, each cell one summand.

pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
