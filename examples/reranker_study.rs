//! Measures the re-ranker on real readers: does it tell what they liked from what they did
//! not better than the plain comparison, and does it put a family's list in a better order?
//!
//! ```text
//! GLASSREC_DATA=… cargo run --release --example reranker_study choose      # tries settings
//! GLASSREC_DATA=… cargo run --release --example reranker_study > rows.json # measures
//! cd models && python -m pipeline reranker-study --rows ../rows.json       # keeps the figures
//! ```
//!
//! Settings are chosen on readers of the 32M slice; the figures are of readers of
//! `movielens-latest`. Reads `.csv.gz` through the program `gzip`.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)] // A command of its own.

#[cfg(not(target_arch = "wasm32"))]
#[path = "reranker_study/study.rs"]
mod study;

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    study::run();
}

/// It reads files, which a page cannot.
#[cfg(target_arch = "wasm32")]
fn main() {}
