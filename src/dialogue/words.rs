//! A message as words, with what tells a name from a word.

use crate::catalog::folded;

/// More than anybody types; what is past it is not read, and the reader is told.
pub(super) const MAX_WORDS: usize = 400;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, without accents and marks.
    pub text: String,
    /// Written with a capital, or between quotes.
    pub is_marked: bool,
    pub starts_clause: bool,
}

/// The first [`MAX_WORDS`] words, and whether there were more.
pub(super) fn words_of(message: &str) -> (Vec<Word>, bool) {
    let mut words = Vec::new();
    let mut starts_clause = true;
    let mut is_quoted = false;
    for piece in message.split_whitespace() {
        is_quoted |= piece.starts_with(['"', '“', '«']);
        let is_marked = is_quoted
            || piece.chars().find(|it| it.is_alphanumeric()).is_some_and(char::is_uppercase);
        for part in folded(piece).split_whitespace() {
            words.push(Word { text: part.to_owned(), is_marked, starts_clause });
            starts_clause = false;
        }
        is_quoted &= !piece.trim_end_matches(['.', ',', '!', '?']).ends_with(['"', '”', '»']);
        starts_clause |= piece.ends_with(['.', ',', ';', ':', '!', '?', ')']);
        if words.len() > MAX_WORDS {
            words.truncate(MAX_WORDS);
            return (words, true);
        }
    }
    (words, false)
}
