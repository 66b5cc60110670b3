//! Text → token ids for the text encoder, id for id what Python's `tokenizers` gives.
//!
//! One kind of tokenizer is read, the uncased WordPiece of BERT: map characters, look words up. It
//! knows nothing of the encoder behind it; how long a text may be stands in the tokenizer's own file.
//! The crate `tokenizers` brings regular expressions and tables of Unicode, which a page would fetch.

use std::collections::HashMap;

use serde::Deserialize;

mod character_map;

pub use character_map::CharacterMap;

/// What precedes a piece that continues a word.
const CONTINUING: &str = "##";

/// Longer words are unknown as a whole, in `char`s.
const MAX_WORD_CHARS: usize = 100;

/// The markers a text may also spell out, as Python's tokenizer takes them.
const MARKERS: [&str; 5] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

#[derive(Debug, thiserror::Error)]
pub enum TokenizerError {
    #[error("the tokenizer cannot be read; reload the page: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error("this site reads uncased BERT tokenizers alone; the file has another: {part}")]
    Unsupported { part: &'static str },
    #[error("the tokenizer's vocabulary lacks a marker; was it cut short? {marker}")]
    NoMarker { marker: &'static str },
    #[error("the tokenizer's table of characters is damaged; reload the page: {part}")]
    Damaged { part: &'static str },
}

/// A vocabulary, and the rules that cut a text into its words.
pub struct Tokenizer {
    character_map: CharacterMap,
    /// Pieces that start a word.
    starts: HashMap<Box<str>, u32>,
    /// Pieces that continue a word, without their `##`.
    continuations: HashMap<Box<str>, u32>,
    /// Ids of [`MARKERS`], in that order.
    markers: [u32; MARKERS.len()],
    max_tokens: usize,
}

impl Tokenizer {
    /// Reads a `tokenizer.json`; `character_map` is that of the same tokenizer.
    ///
    /// # Errors
    /// [`TokenizerError`] if the bytes are no such file, or ask for rules other than these.
    pub fn from_bytes(bytes: &[u8], character_map: CharacterMap) -> Result<Self, TokenizerError> {
        let file: File<'_> = serde_json::from_slice(bytes)?;
        file.check()?;
        let mut markers = [0; MARKERS.len()];
        for (id, marker) in markers.iter_mut().zip(MARKERS) {
            *id = *file.model.vocab.get(marker).ok_or(TokenizerError::NoMarker { marker })?;
        }
        let (continuations, starts): (Vec<_>, Vec<_>) =
            file.model.vocab.into_iter().partition(|(piece, _)| piece.starts_with(CONTINUING));
        Ok(Self {
            character_map,
            starts: starts.into_iter().map(|(piece, id)| (piece.into(), id)).collect(),
            continuations: continuations
                .into_iter()
                .map(|(piece, id)| (piece[CONTINUING.len()..].into(), id))
                .collect(),
            markers,
            max_tokens: file.truncation.max_length,
        })
    }

    /// The most ids that [`encode`](Self::encode) gives, both end markers included.
    pub fn max_tokens(&self) -> usize {
        self.max_tokens
    }

    /// Token ids of `text` between `[CLS]` and `[SEP]`; what is too long loses its end.
    ///
    /// Shape `[n_tokens]`, with `2 <= n_tokens <= max_tokens`, whatever the text.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        let [_, _, start, end, _] = self.markers;
        let mut ids = vec![start];
        let mut rest = text;
        while let Some((at, marker)) = first_marker(rest) {
            self.push_words(&rest[..at], &mut ids);
            ids.push(self.markers[marker]);
            rest = &rest[at + MARKERS[marker].len()..];
        }
        self.push_words(rest, &mut ids);
        ids.truncate(self.max_tokens - 1);
        ids.push(end);
        ids
    }

    /// Appends the pieces of every word of `text`, until there are enough.
    fn push_words(&self, text: &str, ids: &mut Vec<u32>) {
        for word in self.character_map.apply(text).split(' ').filter(|word| !word.is_empty()) {
            if ids.len() >= self.max_tokens {
                return;
            }
            self.push_pieces(word, ids);
        }
    }

    /// Appends the pieces of `word`, longest first, or `[UNK]` where it has none.
    fn push_pieces(&self, word: &str, ids: &mut Vec<u32>) {
        let [_, unknown, ..] = self.markers;
        let n_before = ids.len();
        let is_too_long = word.chars().nth(MAX_WORD_CHARS).is_some();
        let mut rest = word;
        while !rest.is_empty() && !is_too_long {
            let pieces = if rest.len() == word.len() { &self.starts } else { &self.continuations };
            let longest = rest
                .char_indices()
                .rev()
                .map(|(at, last)| at + last.len_utf8())
                .find_map(|end| pieces.get(&rest[..end]).map(|id| (*id, end)));
            let Some((id, end)) = longest else { break };
            ids.push(id);
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            ids.truncate(n_before);
            ids.push(unknown);
        }
    }
}

/// Where the first marker in `text` stands, and which one it is.
fn first_marker(text: &str) -> Option<(usize, usize)> {
    text.match_indices('[').find_map(|(at, _)| {
        let marker = MARKERS.iter().position(|marker| text[at..].starts_with(marker))?;
        Some((at, marker))
    })
}

/// The parts of a `tokenizer.json` that differ between tokenizers.
#[derive(Deserialize)]
struct File<'a> {
    truncation: Truncation,
    #[serde(borrow)]
    normalizer: Normalizer<'a>,
    pre_tokenizer: Kind<'a>,
    model: Model,
}

#[derive(Deserialize)]
struct Truncation {
    max_length: usize,
}

#[derive(Deserialize)]
struct Normalizer<'a> {
    r#type: &'a str,
    clean_text: bool,
    handle_chinese_chars: bool,
    strip_accents: Option<bool>,
    lowercase: bool,
}

#[derive(Deserialize)]
struct Kind<'a> {
    r#type: &'a str,
}

#[derive(Deserialize)]
struct Model {
    continuing_subword_prefix: String,
    max_input_chars_per_word: usize,
    vocab: HashMap<String, u32>,
}

impl File<'_> {
    /// Refuses a file whose rules are not the ones written here.
    fn check(&self) -> Result<(), TokenizerError> {
        let cleaner = &self.normalizer;
        let rules = [
            ("normalizer", cleaner.r#type == "BertNormalizer"),
            ("clean_text", cleaner.clean_text),
            ("handle_chinese_chars", cleaner.handle_chinese_chars),
            ("lowercase", cleaner.lowercase),
            ("strip_accents", cleaner.strip_accents.unwrap_or(cleaner.lowercase)),
            ("pre_tokenizer", self.pre_tokenizer.r#type == "BertPreTokenizer"),
            ("continuing_subword_prefix", self.model.continuing_subword_prefix == CONTINUING),
            ("max_input_chars_per_word", self.model.max_input_chars_per_word == MAX_WORD_CHARS),
            ("max_length", self.truncation.max_length >= 2),
        ];
        match rules.into_iter().find(|(_, holds)| !holds) {
            Some((part, _)) => Err(TokenizerError::Unsupported { part }),
            None => Ok(()),
        }
    }
}
