//! Rust cuts every text into the ids that Python gave, as the stored answers have them.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use glassrec::manifest::sha256_of;
use glassrec::tokenize::{CharacterMap, Tokenizer, TokenizerError};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Golden {
    max_tokens: usize,
    cases: Vec<Case>,
    every_character: EveryCharacter,
}

/// Digests of the ids of each character between two "a", block by block.
#[derive(Deserialize)]
struct EveryCharacter {
    per_block: u32,
    blocks: Vec<String>,
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
    Tokenizer::from_bytes(&artifact("tokenizer.json"), character_map()).unwrap()
}

fn character_map() -> CharacterMap {
    CharacterMap::from_bytes(&artifact("tokenizer.folds.json")).unwrap()
}

fn golden() -> Golden {
    serde_json::from_slice(&artifact("golden/tokenizer.json")).unwrap()
}

#[track_caller]
fn check_refused(change: impl Fn(&mut serde_json::Value), want: &str) {
    let mut file = serde_json::from_slice(&artifact("tokenizer.json")).unwrap();
    change(&mut file);
    match Tokenizer::from_bytes(&serde_json::to_vec(&file).unwrap(), character_map()) {
        Err(error) => assert!(error.to_string().contains(want), "{error}"),
        Ok(_) => panic!("a tokenizer with another {want} was taken"),
    }
}

#[test]
fn every_golden_text_gives_pythons_ids() {
    let tokenizer = shipped();
    let golden = golden();
    assert_eq!(tokenizer.max_tokens(), golden.max_tokens);
    assert!(golden.cases.len() >= 60, "only {} cases", golden.cases.len());
    for Case { name, text, tokens } in golden.cases {
        assert_eq!(tokenizer.encode(&text), tokens, "{name}: {text:?}");
    }
}

#[test]
fn every_character_gives_pythons_ids() {
    let tokenizer = shipped();
    let EveryCharacter { per_block, blocks } = golden().every_character;
    assert!(per_block * blocks.len() as u32 > u32::from(char::MAX));
    for (start, want) in (0..).step_by(per_block as usize).zip(blocks) {
        let letters = (start..start + per_block).filter_map(char::from_u32);
        let ids = letters.flat_map(|letter| tokenizer.encode(&format!("a{letter}a")));
        let bytes: Vec<u8> = ids.flat_map(u32::to_le_bytes).collect();
        assert_eq!(sha256_of(&bytes)[..want.len()], want, "from U+{start:04X}");
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
    let cut = Tokenizer::from_bytes(&file[..file.len() / 2], character_map());
    assert!(matches!(cut, Err(TokenizerError::Unreadable(_))));
    let file = artifact("tokenizer.folds.json");
    for length in (0..file.len() - 1).step_by(997) {
        let cut = CharacterMap::from_bytes(&file[..length]);
        assert!(matches!(cut, Err(TokenizerError::Unreadable(_))), "{length} bytes were taken");
    }
}

#[test]
fn a_damaged_table_of_characters_is_refused() {
    let check = |part: &'static str, value: serde_json::Value| {
        let mut file: serde_json::Value =
            serde_json::from_slice(&artifact("tokenizer.folds.json")).unwrap();
        file[part] = value;
        match CharacterMap::from_bytes(&serde_json::to_vec(&file).unwrap()) {
            Err(TokenizerError::Damaged { part: found }) => assert_eq!(found, part),
            Err(error) => panic!("{part}: {error}"),
            Ok(_) => panic!("a damaged {part} was taken"),
        }
    };
    check("version", 2.into());
    check("space", json!([]));
    check("dropped", json!([[9, 3]]));
    check("alone", json!([[1, 5], [5, 9]]));
    check("replaced", json!([[65, "a b c"], [67, "c"]]));
    check("replaced", json!([[65, "a  b"]]));
    check("replaced", json!([[u32::MAX, "a b"]]));
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
