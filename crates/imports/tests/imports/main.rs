//! Export files of every kind, read and matched with the shipped catalogue. Each test is a line of what
//! is known of these files.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)] // The helpers of a test may stop at the first surprise as well.

mod any_table;
mod containers;
mod fuzz;
mod imdb;
mod letterboxd;
mod matching;
mod merging;
mod movielens;
mod netflix;
mod others;
mod shares;
mod stage;
mod trakt;
mod writing;
