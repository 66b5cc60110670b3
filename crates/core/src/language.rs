//! A language model as a recommender: text ⇄ tokens, prompts, what its log-probabilities say of films,
//! and decoding that can name nothing but what it is allowed to. Runs no model itself.

mod beam;
mod bias;
mod prompt;
mod scores;
mod tokenizer;

pub use beam::{Beam, Choice, Trie};
pub use bias::{PopularityBias, PositionBias, popularity_bias, position_bias};
pub use prompt::{Film, Orders, Prompt, candidate, orders};
pub use scores::{Reading, Scored, log_probs, scores};
pub use tokenizer::{Tokenizer, TokenizerError};

#[cfg(test)]
mod tests;
