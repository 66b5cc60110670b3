//! Films by text, sound, look and behaviour: each switched off and on, and the films nearest by each.

mod figure;
mod near;
mod switches;
pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
