//! The tree of codes, level by level: each code named by what its films share, what a beam keeps of
//! them, and where a path ends.

pub(super) mod tables;
pub(super) mod view;
mod words;

#[cfg(test)]
mod tests;
