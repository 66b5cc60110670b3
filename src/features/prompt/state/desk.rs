//! What the model's work on a prompt needs at hand, and why it may stop.

use std::sync::Arc;

use reactive_graph::traits::GetValue;

use super::{PromptError, PromptState};
use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::EngineError;
use crate::language::{self, Film, Tokenizer};
use crate::manifest::LanguageModel;

/// What a ranking works with.
pub(super) struct Desk {
    pub(super) model: Arc<LanguageModel>,
    pub(super) tokenizer: Arc<Tokenizer>,
    pub(super) catalogue: Arc<Catalogue>,
}

/// Why work stopped before its end.
pub(super) enum Halt {
    Cancelled,
    Failed(PromptError),
}

impl PromptState {
    pub(super) fn desk(self) -> Result<Desk, Halt> {
        let (model, tokenizer) = (self.language().model(), self.language().tokenizer());
        match (model, tokenizer) {
            (Some(model), Some(tokenizer)) => {
                Ok(Desk { model, tokenizer, catalogue: self.given.catalogue.get_value() })
            }
            _ => Err(EngineError::Stopped.into()),
        }
    }
}

impl Desk {
    /// The tokens of a candidate.
    pub(super) fn title(&self, film: &Film) -> Vec<u32> {
        self.tokenizer.encode(&language::candidate(&self.model.prompt, film))
    }

    /// The tokens of a prompt, from the one that begins every text on.
    pub(super) fn prefix(&self, text: &str, rows: &[Vec<u32>]) -> Result<Vec<u32>, PromptError> {
        if text.trim().is_empty() {
            return Err(PromptError::Empty);
        }
        let mut tokens = vec![self.model.begin];
        tokens.extend(self.tokenizer.encode(text));
        let n_tokens = tokens.len() + rows.iter().map(Vec::len).max().unwrap_or(0);
        if n_tokens > self.model.max_tokens {
            return Err(PromptError::TooLong { n_tokens, most: self.model.max_tokens });
        }
        Ok(tokens)
    }
}

impl From<EngineError> for Halt {
    fn from(error: EngineError) -> Self {
        Self::Failed(PromptError::Engine(error))
    }
}

impl From<PromptError> for Halt {
    fn from(error: PromptError) -> Self {
        Self::Failed(error)
    }
}

pub(super) fn films(catalogue: &Catalogue, items: &[ItemRow]) -> Vec<Film> {
    let film =
        |&it: &ItemRow| Film { title: catalogue.title(it).to_owned(), year: catalogue.year(it) };
    items.iter().map(film).collect()
}
