//! The language model's texts: cut into tokens and joined again, and the prompts as the page words them.

use std::collections::HashMap;

use glassrec_core::language::{self, Film, Prompt, Tokenizer};
use glassrec_core::manifest::Wording;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Request {
    /// Keeps the vocabulary that `json`, as `llm.tokenizer.json`, holds under a name.
    Vocabulary { name: String, json: String },
    /// Texts to tokens.
    Encode { vocabulary: String, texts: Vec<String> },
    /// Tokens to texts.
    Decode { vocabulary: String, rows: Vec<Vec<u32>> },
    /// Every piece that cutting each text meets.
    PiecesMet { vocabulary: String, texts: Vec<String> },
    /// The prompt for each history, films oldest first.
    Prompts { wording: Wording, histories: Vec<Vec<Named>> },
    /// Each film's title as it would follow a prompt.
    Titles { wording: Wording, films: Vec<Named> },
}

/// Title and year, 0 unknown.
#[derive(Deserialize)]
pub(super) struct Named(String, u16);

impl From<Named> for Film {
    fn from(Named(title, year): Named) -> Self {
        Self { title, year: (year > 0).then_some(year) }
    }
}

/// Vocabularies by the names they were given.
#[derive(Default)]
pub(super) struct Vocabularies(HashMap<String, Tokenizer>);

impl Vocabularies {
    pub(super) fn answer(&mut self, request: Request) -> Value {
        match request {
            Request::Vocabulary { name, json } => match Tokenizer::from_json(json.as_bytes()) {
                Ok(tokenizer) => {
                    self.0.insert(name, tokenizer);
                    json!({})
                }
                Err(error) => json!({ "error": error.to_string() }),
            },
            Request::Encode { vocabulary, texts } => self.with(&vocabulary, |it| {
                json!({ "rows": texts.iter().map(|text| it.encode(text)).collect::<Vec<_>>() })
            }),
            Request::Decode { vocabulary, rows } => self.with(&vocabulary, |it| {
                json!({ "texts": rows.iter().map(|row| it.decode(row)).collect::<Vec<_>>() })
            }),
            Request::PiecesMet { vocabulary, texts } => self.with(&vocabulary, |it| {
                json!({ "rows": texts.iter().map(|text| it.pieces_met(text)).collect::<Vec<_>>() })
            }),
            Request::Prompts { wording, histories } => {
                let prompt = |history: Vec<Named>| {
                    let picks: Vec<Film> = history.into_iter().map(Film::from).collect();
                    Prompt::new(&wording, &picks, &[]).with_history
                };
                json!({ "texts": histories.into_iter().map(prompt).collect::<Vec<_>>() })
            }
            Request::Titles { wording, films } => {
                let title = |film: Named| language::candidate(&wording, &film.into());
                json!({ "texts": films.into_iter().map(title).collect::<Vec<_>>() })
            }
        }
    }

    fn with(&self, name: &str, answer: impl FnOnce(&Tokenizer) -> Value) -> Value {
        let unknown = || json!({ "error": format!("no vocabulary was given the name {name}") });
        self.0.get(name).map_or_else(unknown, answer)
    }
}
