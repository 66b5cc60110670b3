//! Glassrec: generative recommenders that run in the reader's browser and can be tested there.
//!
//! The rules are in the crate `glassrec_core`, whose modules stand here under their own names, and in
//! `glassrec_imports`, which reads export files; what follows needs a browser. ARCHITECTURE.md says who may import whom.
#![allow(clippy::module_name_repetitions)]

pub use glassrec_core::{
    address, catalog, compare, dialogue, explain, families, feedback, figures, history, kept,
    language, manifest, map, measure, nearest, order, plot, random, recommend, reranker, tokenize,
};
pub use glassrec_imports as imports;

pub mod engine;
pub mod features;
pub mod state;
pub mod ui;

#[cfg(test)]
mod stage;

pub mod fetch;
pub mod profile;
pub mod programs; // the pages of the site
pub mod shell; // what is around the features of a page
pub mod start; // starts the engine, mounts a page
