//! Finding films to add: by title or name as they are typed, or by meaning.

pub mod state;
mod words;

mod combobox;
mod embedding;
mod encoder_choice;
mod figure;
mod found;
mod matched;
mod nearness;
mod options;
mod view;

pub use embedding::EmbeddingPanel;
pub use view::Search;

#[cfg(test)]
mod tests;
