//! A message as words, with what tells a name from a word.

use super::lexicon::LEXICON;
use crate::catalog::folded;

/// More than anybody types; what is past it is not read, and the reader is told.
pub(super) const MAX_WORDS: usize = 400;
/// No film is older than film.
const FIRST_YEAR: u16 = 1890;
const LAST_YEAR: u16 = 2035;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, without accents and marks.
    pub text: String,
    /// Written with a capital, or between quotes.
    pub is_marked: bool,
    pub starts_clause: bool,
    /// Within round brackets, where the year of a film stands.
    pub is_bracketed: bool,
}

/// The first [`MAX_WORDS`] words, and whether there were more.
pub(super) fn words_of(message: &str) -> (Vec<Word>, bool) {
    let mut words = Vec::new();
    let mut starts_clause = true;
    let mut is_quoted = false;
    let mut is_bracketed = false;
    for piece in message.split_whitespace() {
        is_quoted |= piece.starts_with(['"', '“', '«']);
        is_bracketed |= piece.starts_with('(');
        let is_marked = is_quoted
            || piece.chars().find(|it| it.is_alphanumeric()).is_some_and(char::is_uppercase);
        for part in folded(piece).split_whitespace() {
            words.push(Word { text: part.to_owned(), is_marked, starts_clause, is_bracketed });
            starts_clause = false;
        }
        is_quoted &= !piece.trim_end_matches(['.', ',', '!', '?']).ends_with(['"', '”', '»']);
        is_bracketed &= !piece.contains(')');
        starts_clause |= piece.ends_with(['.', ',', ';', ':', '!', '?', ')']);
        if words.len() > MAX_WORDS {
            words.truncate(MAX_WORDS);
            return (words, true);
        }
    }
    (words, false)
}

/// "1999", "1980s", "80s", "eighties": first and last year.
pub(super) fn span(word: &str) -> Option<(u16, u16)> {
    if let Some((_, from)) = LEXICON.decades.iter().find(|(name, _)| name == word) {
        return Some((*from, from + 9));
    }
    let is_decade = word.ends_with('s');
    let digits = word.trim_end_matches('s');
    let number: u16 =
        digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok())??;
    match (digits.len(), is_decade) {
        (4, _) if !(FIRST_YEAR..=LAST_YEAR).contains(&number) => None,
        (4, true) => Some((number, number + 9)),
        (4, false) => Some((number, number)),
        (2, true) if number.is_multiple_of(10) => {
            let from = if number < 30 { 2000 + number } else { 1900 + number };
            Some((from, from + 9))
        }
        _ => None,
    }
}
