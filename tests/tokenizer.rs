//! Rust cuts every text into the ids that Python gave, as the stored answers have them.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use glassrec::tokenize::{Tokenizer, TokenizerError};
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    max_tokens: usize,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    text: String,
    tokens: Vec<u32>,
}

fn artifact(path: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models/artifacts");
    std::fs::read(folder.join(path)).unwrap()
}

fn shipped() -> Tokenizer {
    Tokenizer::from_bytes(&artifact("tokenizer.json")).unwrap()
}

#[track_caller]
fn check_refused(change: impl Fn(&mut serde_json::Value), want: &str) {
    let mut file = serde_json::from_slice(&artifact("tokenizer.json")).unwrap();
    change(&mut file);
    match Tokenizer::from_bytes(&serde_json::to_vec(&file).unwrap()) {
        Err(error) => assert!(error.to_string().contains(want), "{error}"),
        Ok(_) => panic!("a tokenizer with another {want} was taken"),
    }
}

#[test]
fn every_golden_text_gives_pythons_ids() {
    let tokenizer = shipped();
    let golden: Golden = serde_json::from_slice(&artifact("golden/tokenizer.json")).unwrap();
    assert_eq!(tokenizer.max_tokens(), golden.max_tokens);
    assert!(golden.cases.len() >= 60, "only {} cases", golden.cases.len());
    for Case { name, text, tokens } in golden.cases {
        assert_eq!(tokenizer.encode(&text), tokens, "{name}: {text:?}");
    }
}

#[test]
fn no_text_gives_more_ids_than_the_encoder_reads() {
    let tokenizer = shipped();
    for unit in ["a", "a ", "é", "虎", "[MASK]", "!", "\u{0}", "👩‍🚀"] {
        let n_tokens = tokenizer.encode(&unit.repeat(3_000)).len();
        assert!((2..=tokenizer.max_tokens()).contains(&n_tokens), "{unit:?} gave {n_tokens}");
    }
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    let file = artifact("tokenizer.json");
    let cut = Tokenizer::from_bytes(&file[..file.len() / 2]);
    assert!(matches!(cut, Err(TokenizerError::Unreadable(_))));
}

#[test]
fn a_tokenizer_with_other_rules_is_refused() {
    check_refused(|file| file["normalizer"]["lowercase"] = false.into(), "lowercase");
    check_refused(|file| file["normalizer"]["type"] = "NFC".into(), "normalizer");
    check_refused(|file| file["model"]["continuing_subword_prefix"] = "@@".into(), "prefix");
    check_refused(|file| file["truncation"]["max_length"] = 1.into(), "max_length");
}

#[test]
fn a_vocabulary_without_its_markers_is_refused() {
    check_refused(
        |file| {
            file["model"]["vocab"].as_object_mut().unwrap().remove("[SEP]");
        },
        "[SEP]",
    );
}
