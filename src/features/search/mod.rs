//! Finding films to add: by title or name as they are typed, or by meaning.

pub mod state;
mod words;

#[cfg(target_arch = "wasm32")]
mod combobox;
#[cfg(target_arch = "wasm32")]
mod embedding;
#[cfg(target_arch = "wasm32")]
mod encoder_choice;
#[cfg(target_arch = "wasm32")]
mod found;
#[cfg(target_arch = "wasm32")]
mod matched;
#[cfg(target_arch = "wasm32")]
mod options;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use embedding::EmbeddingPanel;
#[cfg(target_arch = "wasm32")]
pub use view::Search;
