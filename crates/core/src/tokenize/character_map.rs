//! What becomes of each character before words are looked up: a table that Python read off its tokenizer.
//!
//! A character maps alike beside any other. Unicode's canonical order alone looks at neighbours, and
//! what it moves is dropped here or in no word of the vocabulary. `unicode-normalization` carries
//! tables for all of Unicode, and follows another version of it than the tokenizer does.

use serde::Deserialize;

use super::TokenizerError;

/// The one version of the table this program reads.
const VERSION: u32 = 1;

/// First Hangul syllable, and how many of them there are.
const SYLLABLES: (u32, u32) = (0xAC00, 11_172);

/// First lead, first vowel, and what stands one before the first tail.
const JAMO: [u32; 3] = [0x1100, 0x1161, 0x11A7];

/// Vowels times tails, and tails, that one lead or one vowel can have; having none is one of them.
const PER_LEAD: u32 = 588;
const PER_VOWEL: u32 = 28;

/// From a first character to a last one, ascending and apart.
type Ranges = Vec<(u32, u32)>;

/// For every character: space, nothing, a word of its own, other characters, or itself.
pub struct CharacterMap {
    space: Ranges,
    dropped: Ranges,
    alone: Ranges,
    replaced: Vec<Run>,
}

/// What stands for `first` and for the characters right after it.
struct Run {
    first: u32,
    replacements: Vec<Box<str>>,
}

impl CharacterMap {
    /// Reads a `tokenizer.folds.json`.
    ///
    /// # Errors
    /// [`TokenizerError`] if the bytes are no such file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TokenizerError> {
        let File { version, space, dropped, alone, replaced } = serde_json::from_slice(bytes)?;
        let replaced: Vec<Run> = replaced.into_iter().map(Run::new).collect();
        let is_run = |run: &Run| run.replacements.iter().all(|text| !text.is_empty());
        let spans = replaced.iter().map(Run::span).collect::<Option<Ranges>>().unwrap_or_default();
        let parts = [
            ("version", version == VERSION),
            ("space", are_apart(&space)),
            ("dropped", are_apart(&dropped)),
            ("alone", are_apart(&alone)),
            ("replaced", are_apart(&spans) && replaced.iter().all(is_run)),
        ];
        match parts.into_iter().find(|(_, holds)| !holds) {
            Some((part, _)) => Err(TokenizerError::Damaged { part }),
            None => Ok(Self { space, dropped, alone, replaced }),
        }
    }

    /// `text` as words with spaces between them.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut folded = String::with_capacity(text.len());
        for letter in text.chars() {
            if has(&self.space, letter) {
                folded.push(' ');
            } else if has(&self.dropped, letter) {
                // Not even a space is left of it.
            } else if let Some(replacement) = self.replacement(letter) {
                replacement.chars().for_each(|part| self.push(part, &mut folded));
            } else if let Some(jamo) = jamo_of(letter) {
                folded.extend(jamo);
            } else {
                self.push(letter, &mut folded);
            }
        }
        folded
    }

    /// Appends a folded character, with spaces around it if it is a word of its own.
    fn push(&self, letter: char, folded: &mut String) {
        if has(&self.alone, letter) {
            folded.extend([' ', letter, ' ']);
        } else {
            folded.push(letter);
        }
    }

    fn replacement(&self, letter: char) -> Option<&str> {
        let code = u32::from(letter);
        let after = self.replaced.partition_point(|run| run.first <= code);
        let run = self.replaced.get(after.checked_sub(1)?)?;
        let place = usize::try_from(code - run.first).ok()?;
        run.replacements.get(place).map(AsRef::as_ref)
    }
}

impl Run {
    fn new((first, replacements): (u32, String)) -> Self {
        Self { first, replacements: replacements.split(' ').map(Box::from).collect() }
    }

    /// First and last character; `None` if they pass the end of all numbers.
    fn span(&self) -> Option<(u32, u32)> {
        let n_after = u32::try_from(self.replacements.len()).ok()?.checked_sub(1)?;
        Some((self.first, self.first.checked_add(n_after)?))
    }
}

/// `false` for none at all: every list of the table has entries.
fn are_apart(ranges: &[(u32, u32)]) -> bool {
    let follows = |pair: &[(u32, u32)]| pair[0].1 < pair[1].0;
    !ranges.is_empty()
        && ranges.iter().all(|(first, last)| first <= last)
        && ranges.windows(2).all(follows)
}

fn has(ranges: &[(u32, u32)], letter: char) -> bool {
    let code = u32::from(letter);
    let at = ranges.partition_point(|&(_, last)| last < code);
    ranges.get(at).is_some_and(|&(first, _)| first <= code)
}

/// The letters of a Hangul syllable: by rule, as Unicode has it, for a table would be long.
fn jamo_of(letter: char) -> Option<impl Iterator<Item = char>> {
    let (first, n_syllables) = SYLLABLES;
    let nth = u32::from(letter).checked_sub(first).filter(|nth| *nth < n_syllables)?;
    let places = [nth / PER_LEAD, nth % PER_LEAD / PER_VOWEL, nth % PER_VOWEL];
    let n_letters = if places[2] == 0 { 2 } else { 3 };
    let letters = JAMO.into_iter().zip(places).map(|(base, place)| base + place);
    Some(letters.take(n_letters).filter_map(char::from_u32))
}

#[derive(Deserialize)]
struct File {
    version: u32,
    space: Ranges,
    dropped: Ranges,
    alone: Ranges,
    /// First characters, and replacements with spaces between them.
    replaced: Vec<(u32, String)>,
}
