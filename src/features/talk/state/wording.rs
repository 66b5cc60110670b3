//! Words for an answer: a language model chooses among sentences that all rest on the same evidence.
//!
//! It decodes token by token, and may only go on to a sentence that was made from the catalogue's
//! facts: it can name no other film, whatever a message or a fact asks of it.

use reactive_graph::traits::{GetValue, WithValue};

use super::super::sentences;
use super::TalkState;
use crate::catalog::ItemRow;
use crate::dialogue::Claim;
use crate::engine::protocol::{EngineError, TokenWant};
use crate::language::Trie;
use crate::state::language::Language;

/// An answer has at most so many sentences of a model.
const N_SENTENCES: usize = 3;

/// Who finds the words of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wordsmith {
    /// Fixed sentences. Always there.
    #[default]
    Rules,
    /// The site's language model, on this page.
    Language,
    /// The browser's own.
    Browser,
}

/// The words of an answer beside those of the rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Words {
    #[default]
    OfRules,
    Coming,
    /// Each sentence with the claim it is made of.
    Said {
        by: Wordsmith,
        sentences: Vec<(Claim, String)>,
        millis: f64,
    },
    /// The rules' sentences stand.
    Failed(EngineError),
}

/// A sentence that may be said, and the claim it says.
struct Sentence {
    /// Its index among the claims.
    claim: usize,
    text: String,
}

impl TalkState {
    /// Lets `by` choose sentences for `claims`, in answer to `message`. An empty list where there is nothing to choose.
    ///
    /// # Errors
    /// What the model answers; it is not asked where it is not ready.
    pub(super) async fn worded(
        self,
        by: Wordsmith,
        message: &str,
        claims: &[Claim],
    ) -> Result<Vec<(Claim, String)>, EngineError> {
        let catalogue = self.given.catalogue.get_value();
        let sentences: Vec<Sentence> = claims
            .iter()
            .enumerate()
            .flat_map(|(claim, it)| {
                let texts = sentences::all(&catalogue, it);
                texts.into_iter().map(move |text| Sentence { claim, text })
            })
            .collect();
        let mut films: Vec<ItemRow> = claims.iter().filter_map(Claim::film).collect();
        films.dedup();
        if films.is_empty() {
            return Ok(Vec::new());
        }
        let facts: String =
            films.iter().map(|&it| format!("- {}\n", catalogue.item_text(it))).collect();
        let context = format!("Films and facts:\n{facts}Question: {message}\nAnswer:");
        let chosen = match by {
            Wordsmith::Rules => Vec::new(),
            Wordsmith::Language => decode(self.given.language, &context, &sentences).await?,
            Wordsmith::Browser => {
                let texts = sentences.iter().map(|it| it.text.clone()).collect();
                let choose =
                    self.given.host.with_value(|it| it.choose(context, texts, N_SENTENCES));
                choose.await?
            }
        };
        let said = |at: usize| {
            let sentence = sentences.get(at)?;
            Some((claims.get(sentence.claim)?.clone(), sentence.text.clone()))
        };
        Ok(chosen.into_iter().filter_map(said).collect())
    }
}

/// The indices of the sentences that the model comes to, likeliest token by likeliest token; one a claim.
async fn decode(
    language: Language,
    context: &str,
    sentences: &[Sentence],
) -> Result<Vec<usize>, EngineError> {
    let (Some(tokenizer), Some(model)) =
        (language.tokenizer(), language.model().filter(|_| language.is_ready()))
    else {
        return Err(EngineError::Stopped);
    };
    let n_room = model.max_tokens.saturating_sub(model.max_tokens / 3);
    let mut prefix = vec![model.begin];
    let told = tokenizer.encode(context);
    // The end says what was asked; facts at the beginning can be spared.
    prefix.extend(&told[told.len().saturating_sub(n_room)..]);
    let mut said: Vec<usize> = Vec::new();
    while said.len() < N_SENTENCES {
        let is_open = |it: &Sentence| said.iter().all(|&at| sentences[at].claim != it.claim);
        let open: Vec<usize> = (0..sentences.len()).filter(|&at| is_open(&sentences[at])).collect();
        let tokens = open.iter().map(|&at| tokenizer.encode(&format!(" {}\n", sentences[at].text)));
        let trie = Trie::new(tokens);
        let mut node = Trie::ROOT;
        let chosen = loop {
            if let Some(sequence) = trie.ends(node) {
                break open.get(sequence).copied();
            }
            let allowed: Vec<(u32, usize)> = trie.allowed(node).collect();
            let next = match allowed.as_slice() {
                [] => break None,
                // Nothing to choose: the model need not be asked.
                [only] => *only,
                _ => likeliest(language, &prefix, &allowed).await?,
            };
            prefix.push(next.0);
            node = next.1;
        };
        let Some(chosen) = chosen.filter(|_| prefix.len() < model.max_tokens) else { break };
        said.push(chosen);
    }
    Ok(said)
}

async fn likeliest(
    language: Language,
    prefix: &[u32],
    allowed: &[(u32, usize)],
) -> Result<(u32, usize), EngineError> {
    let want = TokenWant::Among(vec![allowed.iter().map(|it| it.0).collect()]);
    let read = language.read(false, prefix.to_vec(), vec![Vec::new()], want).await?;
    let log_probs = read.numbers.first().map_or(&[][..], |it| it);
    let best = allowed.iter().zip(log_probs).max_by(|a, b| a.1.total_cmp(b.1));
    best.map(|it| *it.0).ok_or(EngineError::Stopped)
}
