//! Whether what the reader typed reads like words at all.

use super::folded;

/// Which three letters follow one another in words of the catalogue, one bit each.
#[derive(Debug)]
pub(super) struct LetterRuns(Vec<u64>);

const N_LETTERS: usize = 26;

impl LetterRuns {
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut bits = vec![0; N_LETTERS.pow(3).div_ceil(64)];
        for run in words.flat_map(runs) {
            bits[run / 64] |= 1 << (run % 64);
        }
        Self(bits)
    }

    /// Whether `text` has a word that could be one. Numbers and the shortest words tell nothing.
    pub(super) fn can_read(&self, text: &str) -> bool {
        let folded = folded(text);
        let says_much = |word: &&str| word.len() > 2 && word.chars().any(char::is_alphabetic);
        let mut words = folded.split_whitespace().filter(says_much).peekable();
        let is_short = words.peek().is_none() && !folded.trim().is_empty();
        is_short || words.any(|word| self.is_word(word))
    }

    /// In plain letters, more than half of whose runs are known.
    fn is_word(&self, word: &str) -> bool {
        let n_known = runs(word).filter(|run| self.0[run / 64] & 1 << (run % 64) != 0).count();
        word.is_ascii() && 2 * n_known > runs(word).count()
    }
}

/// Three neighbouring letters as a number; what is not a to z breaks a run.
fn runs(word: &str) -> impl Iterator<Item = usize> {
    word.as_bytes().windows(3).filter(|it| it.iter().all(u8::is_ascii_lowercase)).map(|run| {
        run.iter().fold(0, |number, letter| number * N_LETTERS + usize::from(letter - b'a'))
    })
}
