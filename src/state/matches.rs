//! Which words and facts bring a text and a film together.

use super::latest::Latest;
use super::shell::Shell;
use crate::catalog::ItemRow;
use crate::engine::protocol::{EncoderName, ExplainSearch, SearchExplained};

/// Why a film was found by `text`.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchQuestion {
    pub text: String,
    pub item: ItemRow,
    pub encoder: EncoderName,
}

/// The words and facts that `question` asks for.
pub fn explained(
    shell: Shell,
    question: impl Fn() -> Option<MatchQuestion> + Send + Sync + 'static,
) -> Latest<MatchQuestion, SearchExplained> {
    Latest::new(question, move |MatchQuestion { text, item, encoder }| {
        shell.engine.ask(ExplainSearch { text, item, encoder })
    })
}
