//! Whether letters follow each other as they do in words.

use std::collections::{BTreeMap, BTreeSet};

/// Which triples of letters there are, and how often: once or more.
#[derive(Debug, Default)]
pub(super) struct Letters {
    triples: BTreeMap<[u8; 3], usize>,
    words: BTreeSet<String>,
}

/// So rare, a triple tells of no word.
const LEAST_TRIPLES: usize = 2;

impl Letters {
    pub(super) fn add(&mut self, text: &str) {
        for word in text.split(' ') {
            triples(word).for_each(|it| *self.triples.entry(it).or_default() += 1);
            self.words.insert(word.to_owned());
        }
    }

    pub(super) fn know(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Four of ten triples may be unknown.
    pub(super) fn are_of_a_word(&self, word: &str) -> bool {
        let n = triples(word).count();
        let is_known = |it: &[u8; 3]| self.triples.get(it).is_some_and(|n| *n >= LEAST_TRIPLES);
        let n_unknown = n - triples(word).filter(is_known).count();
        n_unknown * 10 < n * 4
    }
}

/// Rare words are of rare letters: "wuxia", "lynx". Vowels part their consonants.
pub(super) fn is_pronounceable(word: &str) -> bool {
    let is_vowel = |it: char| "aeiouy".contains(it);
    word.chars().all(|it| it.is_ascii_lowercase())
        && word.contains(is_vowel)
        && word.split(is_vowel).all(|it| it.len() <= 2)
        && word.split(|it| !is_vowel(it)).all(|it| it.len() <= 3)
}

/// The triples of a word's bytes, its two ends among them.
fn triples(word: &str) -> impl Iterator<Item = [u8; 3]> {
    let bytes = [b" ", word.as_bytes(), b" "].concat();
    let n = bytes.len().saturating_sub(2);
    (0..n).map(move |at| [bytes[at], bytes[at + 1], bytes[at + 2]])
}
