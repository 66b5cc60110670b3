//! The page's own rules of conversation, asked from outside: JSON lines in, JSON lines out. What Python fits and
//! measures is what the site runs.
//!
//! ```text
//! echo '{"hear": {"message": "no horror, thriller or war"}}' | cargo run --release --example dialogue
//! ```
//!
//! `hear` reads one message, `replay` a conversation of two people, `pieces` gives what the ranker weighs (of all films,
//! base64 of f32, NaN for those that do not pass), `rank` the best films, `seek` what the simulated seeker says next.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)] // A command of its own.

#[cfg(not(target_arch = "wasm32"))]
#[path = "dialogue/answering.rs"]
mod answering;

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    answering::run();
}

/// It reads files, which a page cannot.
#[cfg(target_arch = "wasm32")]
fn main() {}
