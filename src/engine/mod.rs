//! The engine: models in a worker, spoken to in plain messages.

pub mod answer;
pub mod client;
pub mod floats;
pub mod port;
pub mod protocol;
pub mod supply;

// The worker's half, over a runtime that is there in browsers alone.
#[cfg(target_arch = "wasm32")]
mod embedding;
#[cfg(target_arch = "wasm32")]
mod encoder;
#[cfg(target_arch = "wasm32")]
mod files;
#[cfg(target_arch = "wasm32")]
mod language;
#[cfg(target_arch = "wasm32")]
pub mod runtime;
#[cfg(target_arch = "wasm32")]
mod search;
#[cfg(target_arch = "wasm32")]
mod self_test;
#[cfg(target_arch = "wasm32")]
mod shelf;
#[cfg(target_arch = "wasm32")]
pub mod worker;
