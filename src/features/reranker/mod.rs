//! The reader's own re-ranker: mark films, train, see whether it helps, switch it on.

pub mod state;

#[cfg(target_arch = "wasm32")]
mod judging;
#[cfg(target_arch = "wasm32")]
mod learning;
#[cfg(target_arch = "wasm32")]
mod marks;
#[cfg(target_arch = "wasm32")]
mod order;
#[cfg(target_arch = "wasm32")]
mod view;
#[cfg(target_arch = "wasm32")]
mod words;

#[cfg(target_arch = "wasm32")]
pub use view::RerankerView;
