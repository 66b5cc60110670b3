//! A generator and a discriminator, round by round: what one draws, what the other makes of it, and
//! whether the rounds helped.

mod figure;
pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
