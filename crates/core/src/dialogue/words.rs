//! A message as words, with what tells a name from a word.

use std::cell::OnceCell;

use super::lexicon::LEXICON;
use super::names::Named;
use crate::catalog::folded;

/// More than anybody types; what is past it is not read, and the reader is told.
pub(super) const MAX_WORDS: usize = 400;
/// No film is older than film.
const FIRST_YEAR: u16 = 1890;
const LAST_YEAR: u16 = 2035;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, without accents and marks.
    pub text: String,
    /// As it was written, without the marks around it; of what is written in one, the first word has all.
    pub written: String,
    /// Written with a capital, or between quotes.
    pub is_marked: bool,
    pub is_quoted: bool,
    pub starts_quote: bool,
    pub starts_clause: bool,
    /// Of the clauses that end before it, one ends with a full stop and not a comma.
    pub starts_sentence: bool,
    /// Within round brackets, where the year of a film stands.
    pub is_bracketed: bool,
    /// The name that begins here, once somebody looked for it.
    pub found: OnceCell<Option<(Named, usize)>>,
}

impl Word {
    pub(super) fn is_article(&self) -> bool {
        matches!(self.text.as_str(), "the" | "a" | "an")
    }
}

/// The first [`MAX_WORDS`] words, and whether there were more.
pub(super) fn words_of(message: &str) -> (Vec<Word>, bool) {
    let mut words = Vec::new();
    let (mut starts_clause, mut starts_sentence) = (true, true);
    let (mut is_quoted, mut is_bracketed) = (false, false);
    for piece in message.split_whitespace().flat_map(parted) {
        let mut starts_quote = piece.starts_with(['"', '“', '«']);
        is_quoted |= starts_quote;
        is_bracketed |= piece.starts_with('(');
        let is_marked = is_quoted
            || piece.chars().find(|it| it.is_alphanumeric()).is_some_and(char::is_uppercase);
        let mut written = piece.trim_matches(|it: char| !it.is_alphanumeric()).to_owned();
        let (texts, is_title) = texts(piece);
        for text in texts {
            let written = std::mem::take(&mut written);
            words.push(Word {
                text,
                written,
                is_marked: is_marked || is_title,
                is_quoted,
                starts_quote,
                starts_clause,
                starts_sentence,
                is_bracketed,
                found: OnceCell::new(),
            });
            (starts_clause, starts_sentence, starts_quote) = (false, false, false);
        }
        is_quoted &= !piece.trim_end_matches(['.', ',', '!', '?']).ends_with(['"', '”', '»']);
        is_bracketed &= !piece.contains(')');
        let is_short = ["Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Vol.", "Pt.", "vs."].contains(&piece)
            || are_initials(piece);
        starts_sentence |= !is_short && piece.ends_with(['.', ';', '!', '?']);
        starts_clause |= starts_sentence || piece.ends_with([',', ')', ':']);
        // A dash between spaces parts clauses.
        starts_sentence |= matches!(piece, "-" | "–" | "—");
        if words.len() > MAX_WORDS {
            words.truncate(MAX_WORDS);
            return (words, true);
        }
    }
    (words, false)
}

/// "E.T.", "L.A."
fn are_initials(piece: &str) -> bool {
    let letters: Vec<&str> = piece.split('.').collect();
    letters.len() > 2 && letters.iter().rev().skip(1).all(|it| it.chars().count() == 1)
}

/// "Yes...no", "horror,comedy": parted after a mark that ends a word; "E.T." and "8.5" are not.
fn parted(piece: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut n_letters) = (0, 0);
    let mut has_ended = false;
    for (at, letter) in piece.char_indices() {
        if letter.is_alphabetic() && has_ended {
            parts.push(&piece[start..at]);
            (start, n_letters) = (at, 0);
        }
        has_ended = n_letters >= 2 && matches!(letter, '.' | ',' | ';' | '!' | '?' | '…');
        n_letters += usize::from(letter.is_alphabetic());
    }
    parts.push(&piece[start..]);
    parts
}

/// The folded words of a piece, and whether they are a title written short; numbers say in words what their
/// marks say.
fn texts(piece: &str) -> (Vec<String>, bool) {
    let folded = folded(piece);
    let parts: Vec<&str> = folded.split_whitespace().collect();
    let written_long = |pairs: &[(String, String)]| -> Option<Vec<String>> {
        let (_, long) =
            pairs.iter().find(|(short, _)| short.split(' ').eq(parts.iter().copied()))?;
        Some(long.split(' ').map(str::to_owned).collect())
    };
    if let Some(title) = written_long(&LEXICON.short_titles) {
        return (title, true);
    }
    let words = written_long(&LEXICON.short_words).unwrap_or_else(|| numbers_said(piece, &parts));
    (words, false)
}

/// `parts` of `piece`, with words for the marks of numbers.
fn numbers_said(piece: &str, parts: &[&str]) -> Vec<String> {
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let bare = piece.trim_end_matches(['.', ',', '!', '?', ')']);
    match *parts {
        // "’95"
        [year] if year.len() == 2 && is_number(year) && piece.starts_with(['\'', '’', '‘']) => {
            vec![format!("{}{year}", if year < "30" { 20 } else { 19 })]
        }
        // "1990–1995", "1990-95"
        [from, to] if from.len() == 4 && is_number(from) && is_number(to) && to.len() <= 4 => {
            let to = format!("{}{to}", &from[..4 - to.len()]);
            vec![from.to_owned(), "to".to_owned(), to]
        }
        [from] if from.len() == 4 && is_number(from) && bare.ends_with('+') => {
            vec![from.to_owned(), "onwards".to_owned()]
        }
        // "#2"
        [number] if is_number(number) && piece.starts_with('#') => {
            vec!["number".to_owned(), number.to_owned()]
        }
        _ => parts.iter().map(|&it| it.to_owned()).collect(),
    }
}

/// The word at `at`, or none.
pub(super) fn text_at(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |it| it.text.as_str())
}

/// Whether `phrase` stands at `at`, within one clause.
pub(super) fn is_at(words: &[Word], at: usize, phrase: &str) -> bool {
    // Nearly all phrases end here: a message is asked for hundreds.
    if !words.get(at).is_some_and(|it| phrase.starts_with(it.text.as_str())) {
        return false;
    }
    let mut n = 0;
    phrase.split(' ').all(|want| {
        let word = words.get(at + n);
        n += 1;
        word.is_some_and(|it| it.text == want && (n == 1 || !it.starts_clause))
    })
}

/// Whether `text` stands in the clause of the word at `at`.
pub(super) fn is_in_clause(words: &[Word], at: usize, text: &str) -> bool {
    let start = (0..=at).rev().find(|&it| words[it].starts_clause).unwrap_or(0);
    let rest = words[start..].iter().enumerate();
    rest.take_while(|(n, it)| *n == 0 || !it.starts_clause).any(|(_, it)| it.text == text)
}

/// How many words a phrase has.
pub(super) fn n_words(phrase: &str) -> usize {
    phrase.split(' ').count()
}

/// What the reader wrote from `at` on, `n` words.
pub(super) fn written(words: &[Word], at: usize, n: usize) -> String {
    let parts = words.iter().skip(at).take(n).map(|it| it.written.as_str());
    parts.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
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
