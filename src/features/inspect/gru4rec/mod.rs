//! A model that keeps one state: what each pick changed in it, and how that fades as others come.

mod figure;
pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
