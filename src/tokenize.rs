//! Text → token ids for the text encoder, id for id what Python's `tokenizers` gives.
//!
//! One kind of tokenizer is read, the uncased WordPiece of BERT: clean, split, look up. It knows
//! nothing of the encoder behind it; how long a text may be stands in the tokenizer's own file.

use std::collections::HashMap;

use serde::Deserialize;
use unicode_categories::UnicodeCategories;
use unicode_normalization::char::decompose_canonical;

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
}

/// A vocabulary, and the rules that cut a text into its words.
pub struct Tokenizer {
    /// Pieces that start a word.
    starts: HashMap<Box<str>, u32>,
    /// Pieces that continue a word, without their `##`.
    continuations: HashMap<Box<str>, u32>,
    /// Ids of [`MARKERS`], in that order.
    markers: [u32; MARKERS.len()],
    max_tokens: usize,
}

impl Tokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// # Errors
    /// [`TokenizerError`] if the bytes are no such file, or ask for rules other than these.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TokenizerError> {
        let file: File<'_> = serde_json::from_slice(bytes)?;
        file.check()?;
        let mut markers = [0; MARKERS.len()];
        for (id, marker) in markers.iter_mut().zip(MARKERS) {
            *id = *file.model.vocab.get(marker).ok_or(TokenizerError::NoMarker { marker })?;
        }
        let (continuations, starts): (Vec<_>, Vec<_>) =
            file.model.vocab.into_iter().partition(|(piece, _)| piece.starts_with(CONTINUING));
        Ok(Self {
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
        for word in clean(text).split_whitespace().flat_map(split_punctuation) {
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

/// Lower case without accents or control characters, and CJK characters as words of their own.
fn clean(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            // Three control characters count as space; the others vanish, even the vertical tab.
            '\t' | '\n' | '\r' => spaced.push(' '),
            '\u{fffd}' => {}
            _ if letter.is_other() => {}
            _ if letter.is_whitespace() => spaced.push(' '),
            _ if is_cjk(letter) => spaced.extend([' ', letter, ' ']),
            _ => spaced.push(letter),
        }
    }
    // The marks that canonical order would move are those that are dropped here.
    let mut cleaned = String::with_capacity(spaced.len());
    for letter in spaced.chars() {
        decompose_canonical(letter, |part| {
            if !part.is_mark_nonspacing() {
                cleaned.extend(part.to_lowercase());
            }
        });
    }
    cleaned
}

/// Cuts `word` before and after each punctuation mark.
fn split_punctuation(word: &str) -> impl Iterator<Item = &str> {
    word.split_inclusive(is_punctuation).flat_map(|part| {
        let mark_at = part.char_indices().next_back().filter(|(_, last)| is_punctuation(*last));
        let (letters, mark) = part.split_at(mark_at.map_or(part.len(), |(at, _)| at));
        [letters, mark].into_iter().filter(|piece| !piece.is_empty())
    })
}

fn is_punctuation(letter: char) -> bool {
    letter.is_ascii_punctuation() || letter.is_punctuation()
}

/// The blocks that BERT takes for Chinese; kana and hangul are not among them.
fn is_cjk(letter: char) -> bool {
    matches!(
        u32::from(letter),
        0x3400..=0x4DBF
            | 0x4E00..=0x9FFF
            | 0xF900..=0xFAFF
            | 0x20000..=0x2A6DF
            | 0x2A700..=0x2B73F
            | 0x2B740..=0x2B81F
            | 0x2B920..=0x2CEAF
            | 0x2F800..=0x2FA1F
    )
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
