//! Texts as a text encoder reads them.

use std::collections::HashMap;

use glassrec_core::tokenize::{CharacterMap, Tokenizer};
use serde::Deserialize;
use serde_json::{Value, json};

use super::files::Artifacts;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    /// As the manifest names it: "encoder", "small_encoder".
    encoder: String,
    texts: Vec<String>,
}

impl Texts {
    pub(super) fn tokenized(
        self,
        artifacts: &Artifacts,
        tokenizers: &mut HashMap<String, Tokenizer>,
    ) -> Value {
        let Self { encoder, texts } = self;
        let open = || {
            let file = |part: &str| artifacts.read(&format!("/{encoder}/files/{part}/path"));
            let map = CharacterMap::from_bytes(&file("folds")).unwrap();
            Tokenizer::from_bytes(&file("tokenizer"), map).unwrap()
        };
        let tokenizer = tokenizers.entry(encoder.clone()).or_insert_with(open);
        let ids: Vec<Vec<u32>> = texts.iter().map(|it| tokenizer.encode(it)).collect();
        json!({ "ids": ids })
    }
}
