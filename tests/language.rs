//! Rust cuts texts for the language model into the ids that Python gave.
//!
//! The vocabulary is built by `make llm`, as in `make test`; only the answers are in git.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use glassrec::language::{Tokenizer, TokenizerError};
use glassrec::manifest::{LanguageModel, ManifestError, sha256_of};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    /// Checksum of the vocabulary that gave the answers.
    tokenizer: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    text: String,
    tokens: Vec<u32>,
}

fn file(path: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models").join(path);
    let found = std::fs::read(&path);
    found.unwrap_or_else(|_| panic!("{} is missing: run `make llm` first", path.display()))
}

#[test]
fn every_text_becomes_the_ids_that_python_gave_and_comes_back() {
    let golden: Golden =
        serde_json::from_slice(&file("artifacts/golden/llm_tokenizer.json")).unwrap();
    let vocabulary = file("llm/llm.tokenizer.json");
    assert_eq!(
        sha256_of(&vocabulary),
        golden.tokenizer,
        "run `make llm`: the vocabulary is another"
    );
    let tokenizer = Tokenizer::from_json(&vocabulary).unwrap();
    assert!(golden.cases.len() >= 30);
    for Case { name, text, tokens } in golden.cases {
        assert_eq!(tokenizer.encode(&text), tokens, "{name}");
        assert_eq!(tokenizer.decode(&tokens), text, "{name}");
    }
}

#[test]
fn a_vocabulary_of_another_version_is_refused() {
    let other = br#"{"version": 2, "bytes": 3, "first_piece": 259, "pieces": []}"#;
    assert!(matches!(
        Tokenizer::from_json(other),
        Err(TokenizerError::UnknownVersion { version: 2 })
    ));
    assert!(matches!(Tokenizer::from_json(b"<html>"), Err(TokenizerError::Unreadable(_))));
}

#[test]
fn the_list_of_the_built_model_is_read_and_names_what_is_there() {
    let model = LanguageModel::from_json(&file("llm/llm.json")).unwrap();
    assert!(model.bytes() <= 115_000_000, "{} bytes", model.bytes());
    for part in model.weights.parts.iter().chain([&model.tokenizer, &model.licence]) {
        assert!(part.bytes <= 25_000_000, "{}", part.path);
        assert_eq!(file(&part.path).len() as u64, part.bytes, "{}", part.path);
    }
}

#[test]
fn a_list_that_cannot_be_true_is_refused() {
    let list: serde_json::Value = serde_json::from_slice(&file("llm/llm.json")).unwrap();
    let changed = |key: &str, value: serde_json::Value| {
        let mut list = list.clone();
        list[key] = value;
        LanguageModel::from_json(list.to_string().as_bytes())
    };
    assert!(matches!(
        changed("version", 2.into()),
        Err(ManifestError::UnknownVersion { version: 2 })
    ));
    for (key, value) in [
        ("parts", serde_json::json!([])),
        ("slots", 0.into()),
        ("begin", 9_999_999.into()),
        ("max_tokens", 1.into()),
    ] {
        assert!(matches!(changed(key, value), Err(ManifestError::Impossible { .. })), "{key}");
    }
}
