//! The site's own rules, asked from outside: JSON lines in, JSON lines out. What Python fits and measures is what the
//! site runs.
//!
//! ```text
//! echo '{"hear": {"message": "no horror, thriller or war"}}' | cargo run --release -p glassrec-core
//! ```
//!
//! `hear` reads one message, `replay` a conversation of two people, `pieces` gives what the ranker weighs (of all
//! films, base64 of f32, NaN for those that do not pass), `rank` the best films, `scores` the scores of all, `seek`
//! what the simulated seeker says next, `labelled` the films that lists write as "Title (Year)". `tokenize` gives
//! the token ids that a text encoder reads, `item_texts` what it reads of films. `orders` puts picks in the order
//! in which explanations name them. `prompts` and `titles` word the prompts of a language model; `vocabulary` gives
//! it its pieces, by which `encode` cuts texts, `decode` joins tokens, and `pieces_met` says which pieces a text
//! needs.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)] // A command of its own.

#[cfg(not(target_arch = "wasm32"))]
mod catalogue;
#[cfg(not(target_arch = "wasm32"))]
mod conversation;
#[cfg(not(target_arch = "wasm32"))]
mod explain;
#[cfg(not(target_arch = "wasm32"))]
mod files;
#[cfg(not(target_arch = "wasm32"))]
mod language;
#[cfg(not(target_arch = "wasm32"))]
mod tokens;

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use std::io::{BufRead as _, Write as _};

    let artifacts = files::Artifacts::open();
    let mut program = Program {
        artifacts,
        conversation: None,
        tokenizers: Default::default(),
        vocabularies: Default::default(),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let answer = match serde_json::from_str(&line.unwrap()) {
            Ok(request) => program.answer(request),
            Err(error) => serde_json::json!({ "error": error.to_string() }),
        };
        writeln!(out, "{answer}").unwrap();
        out.flush().unwrap();
    }
}

/// It reads files, which a page cannot.
#[cfg(target_arch = "wasm32")]
fn main() {}

/// What is opened once it is asked for.
#[cfg(not(target_arch = "wasm32"))]
struct Program {
    artifacts: files::Artifacts,
    conversation: Option<conversation::Site>,
    tokenizers: std::collections::HashMap<String, glassrec_core::tokenize::Tokenizer>,
    vocabularies: language::Vocabularies,
}

#[cfg(not(target_arch = "wasm32"))]
#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Request {
    Tokenize(tokens::Texts),
    ItemTexts(catalogue::Given),
    Orders(explain::Scored),
    #[serde(untagged)]
    OfLanguage(language::Request),
    #[serde(untagged)]
    OfConversation(Box<conversation::Request>),
}

#[cfg(not(target_arch = "wasm32"))]
impl Program {
    fn answer(&mut self, request: Request) -> serde_json::Value {
        let Self { artifacts, conversation, tokenizers, vocabularies } = self;
        match request {
            Request::Tokenize(texts) => texts.tokenized(artifacts, tokenizers),
            Request::ItemTexts(catalogue) => catalogue.item_texts(),
            Request::Orders(scored) => scored.orders(),
            Request::OfLanguage(request) => vocabularies.answer(request),
            Request::OfConversation(request) => conversation
                .get_or_insert_with(|| conversation::Site::open(artifacts))
                .answer(*request),
        }
    }
}
