//! Films by text, sound, look and behaviour: each switched off and on, and the films nearest by each.

pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
