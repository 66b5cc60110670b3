//! Text → tokens and back, after `llm.tokenizer.json`: byte-pair merging over pieces ordered by rank.
//!
//! The crate `tokenizers` brings regular expressions and tables of Unicode that these files need not.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use serde::Deserialize;

/// What the pieces write for a space.
const SPACE: char = '▁';
const SPACE_BYTES: &str = "▁";
const N_BYTES: u32 = 256;

#[derive(Debug, thiserror::Error)]
pub enum TokenizerError {
    #[error("the language model's vocabulary cannot be read; reload the page: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error(
        "the language model's vocabulary is of another version than this site reads; reload the page: {version}"
    )]
    UnknownVersion { version: u32 },
}

/// The pieces of a vocabulary. Id 0 pads; then come special tokens, the 256 bytes and the pieces.
#[derive(Clone, Debug)]
pub struct Tokenizer {
    bytes: u32,
    first_piece: u32,
    pieces: Vec<String>,
    ids: HashMap<String, u32>,
}

#[derive(Deserialize)]
struct File {
    version: u32,
    bytes: u32,
    first_piece: u32,
    pieces: Vec<String>,
}

impl Tokenizer {
    /// # Errors
    /// [`TokenizerError`] if this is no vocabulary this program reads.
    pub fn from_json(json: &[u8]) -> Result<Self, TokenizerError> {
        let File { version, bytes, first_piece, pieces } = serde_json::from_slice(json)?;
        if version != 1 {
            return Err(TokenizerError::UnknownVersion { version });
        }
        let ids = (first_piece..).zip(&pieces).map(|(id, piece)| (piece.clone(), id)).collect();
        Ok(Self { bytes, first_piece, pieces, ids })
    }

    /// The tokens of `text`, without the one that begins a text. Any text has some, and none is lost.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        self.encode_and_note(text, |_| ())
    }

    /// Every piece that cutting `text` meets, ascending: its characters, and all that is joined on the way.
    ///
    /// A vocabulary that keeps these cuts `text` as this one does.
    pub fn pieces_met(&self, text: &str) -> Vec<u32> {
        let mut met = Vec::new();
        self.encode_and_note(text, |id| met.push(id));
        met.sort_unstable();
        met.dedup();
        met
    }

    fn encode_and_note(&self, text: &str, mut note: impl FnMut(u32)) -> Vec<u32> {
        let mut tokens = Vec::new();
        // The sign for a space joins with nothing where it was typed.
        for (at, part) in text.split(SPACE).enumerate() {
            if at > 0 {
                tokens.extend(self.byte_tokens(SPACE_BYTES));
            }
            self.encode_part(&part.replace(' ', SPACE_BYTES), &mut tokens, &mut note);
        }
        tokens
    }

    /// The text of `tokens`; bytes that are no UTF-8 become �.
    pub fn decode(&self, tokens: &[u32]) -> String {
        let mut bytes = Vec::new();
        for &token in tokens {
            if (self.bytes..self.bytes + N_BYTES).contains(&token) {
                bytes.extend(u8::try_from(token - self.bytes));
            } else if let Some(piece) =
                token.checked_sub(self.first_piece).and_then(|at| self.pieces.get(at as usize))
            {
                bytes.extend(piece.replace(SPACE, " ").into_bytes());
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn byte_tokens(&self, text: &str) -> impl Iterator<Item = u32> {
        text.bytes().map(|byte| self.bytes + u32::from(byte))
    }

    /// Joins the neighbours whose piece has the least id until none are left to join; `note`s every piece met.
    fn encode_part(&self, text: &str, tokens: &mut Vec<u32>, note: &mut impl FnMut(u32)) {
        let mut symbols: Vec<Symbol> = text
            .char_indices()
            .enumerate()
            .map(|(at, (start, char))| Symbol {
                start,
                end: start + char.len_utf8(),
                before: at.checked_sub(1),
                after: Some(at + 1),
            })
            .collect();
        if let Some(last) = symbols.last_mut() {
            last.after = None;
        }
        symbols
            .iter()
            .filter_map(|it| self.ids.get(&text[it.start..it.end]))
            .for_each(|&id| note(id));
        // With the extent of what is to be joined: after another join the pair is no longer there.
        let mut pairs: BinaryHeap<Reverse<(u32, usize, usize)>> = BinaryHeap::new();
        let pair = |symbols: &[Symbol], left: usize| {
            let right = symbols[left].after?;
            let end = symbols[right].end;
            let id = self.ids.get(&text[symbols[left].start..end])?;
            Some(Reverse((*id, left, end)))
        };
        pairs.extend((0..symbols.len()).filter_map(|left| pair(&symbols, left)));
        while let Some(Reverse((id, left, end))) = pairs.pop() {
            let Some(right) = symbols[left].after else { continue };
            let is_current = !symbols[left].is_gone()
                && symbols[right].end == end
                && self.ids.get(&text[symbols[left].start..end]) == Some(&id);
            if !is_current {
                continue;
            }
            note(id);
            let after = symbols[right].after;
            symbols[left].end = end;
            symbols[left].after = after;
            symbols[right].start = end; // gone
            if let Some(after) = after {
                symbols[after].before = Some(left);
            }
            pairs.extend(pair(&symbols, left));
            pairs.extend(symbols[left].before.and_then(|before| pair(&symbols, before)));
        }
        for symbol in symbols.iter().filter(|it| !it.is_gone()) {
            let piece = &text[symbol.start..symbol.end];
            match self.ids.get(piece) {
                Some(id) => tokens.push(*id),
                None if piece == SPACE_BYTES => tokens.extend(self.byte_tokens(" ")),
                None => tokens.extend(self.byte_tokens(piece)),
            }
        }
    }
}

/// A stretch of the text, in bytes, and its neighbours.
#[derive(Clone, Copy)]
struct Symbol {
    start: usize,
    end: usize,
    before: Option<usize>,
    after: Option<usize>,
}

impl Symbol {
    /// Joined to the one before it.
    fn is_gone(self) -> bool {
        self.start == self.end
    }
}
