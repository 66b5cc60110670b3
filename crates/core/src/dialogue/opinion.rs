//! What a message thinks of films it points at: "loved it", "that was great", "hated those", "it was boring".

use super::lexicon::LEXICON;
use super::reading::Reading;
use super::words::{Word, is_at, n_words, text_at};
use crate::catalog::ItemRow;

impl Reading<'_> {
    /// Takes over what the word at `at` says of the film last named, else of those on screen; whether it says anything.
    pub(super) fn opinion(&mut self, words: &[Word], at: usize) -> bool {
        let object = object_of(words, at);
        let Some(is_liked) = self.verdict(words, at, object) else { return false };
        let is_plural = LEXICON.plurals.has(text_at(words, object))
            || is_of_both(words, at)
            || text_at(words, at.wrapping_sub(1)) == "were";
        let spoken_of: Vec<ItemRow> = match (is_plural, &self.films[..]) {
            (_, [.., _]) if self.n_rest > 0 => {
                self.films[self.films.len() - self.n_rest..].to_vec()
            }
            (true, []) => self.scene.shown.to_vec(),
            (true, films) => films.to_vec(),
            (false, films) => films.last().copied().or(self.meant()).into_iter().collect(),
        };
        self.n_named += spoken_of.len();
        self.is_critical |= !is_liked && !spoken_of.is_empty();
        let is_said = !spoken_of.is_empty();
        spoken_of.into_iter().for_each(|film| self.name_film(film, !is_liked, false));
        is_said
    }

    /// Whether the word at `at`, said of the one at `object`, likes a film or does not.
    fn verdict(&self, words: &[Word], at: usize, object: usize) -> Option<bool> {
        let text = text_at(words, at);
        let before = text_at(words, at.wrapping_sub(1));
        let follows = text_at(words, object);
        let is_of_film = (LEXICON.plurals.has(follows) || LEXICON.pronouns.has(follows))
            && !LEXICON.not_yet.has(before)
            // "More like this" is said elsewhere.
            && self.ordinal_at(words, object).is_none();
        let is_negated = self.negation.is_some();
        let is_no_taste = is_negated && !self.films.is_empty() && is_taste_at(words, at);
        if is_no_taste || (is_of_film && dislike_at(words, at).is_some()) {
            return Some(false);
        }
        let is_of_rest = || {
            let looks =
                |it: &Word| matches!(&*it.text, "look" | "looks" | "sound" | "are" | "seem");
            self.n_rest > 0 && words[at.saturating_sub(3)..at].iter().any(looks)
        };
        let is_said = || is_said_of_film(words, at) || is_of_rest();
        if (is_of_film && LEXICON.likes.has(text)) || (LEXICON.praises.has(text) && is_said()) {
            return Some(!is_negated);
        }
        let is_blame = (LEXICON.dispraises.has(text) && is_said())
            || (matches!(text, "sucks" | "sucked") && LEXICON.pronouns.has(before));
        // "It was not boring" praises nothing.
        (is_blame && !is_negated).then_some(false)
    }
}

/// What the word at `at` is said of: "it" in "like it", "those" in "hate all of those".
fn object_of(words: &[Word], at: usize) -> usize {
    let start = at + dislike_at(words, at).unwrap_or(1);
    let is_between = |it: &&Word| {
        (LEXICON.adverbs.has(&it.text) || matches!(&*it.text, "of" | "all" | "either"))
            && !LEXICON.pronouns.has(&it.text)
    };
    start + words.iter().skip(start).take_while(is_between).count()
}

/// How many words at `at` say that something is not liked.
fn dislike_at(words: &[Word], at: usize) -> Option<usize> {
    LEXICON.dislikes.iter().find(|it| is_at(words, at, it)).map(n_words)
}

/// "Heat is not my thing", but not "not a fan of westerns".
fn is_taste_at(words: &[Word], at: usize) -> bool {
    let is_whole = |it: &str| !matches!(text_at(words, at + n_words(it)), "of" | "in" | "to");
    LEXICON.tastes.iter().any(|it| is_at(words, at, it) && is_whole(it))
}

/// "Both great", "all boring".
fn is_of_both(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|it| words.get(it));
    let is_said =
        LEXICON.praises.has(text_at(words, at)) || LEXICON.dispraises.has(text_at(words, at));
    is_said && before.is_some_and(|it| it.starts_clause && matches!(&*it.text, "both" | "all"))
}

/// "It was great"; "was it great" and "is Alien good" ask.
fn is_said_of_film(words: &[Word], at: usize) -> bool {
    is_of_both(words, at)
        || (at.saturating_sub(3)..at).any(|being| {
            let text = text_at(words, being);
            let is_after_year = being > 0 && words[being - 1].is_bracketed;
            let asks = words[being].starts_clause
                && !is_after_year
                && matches!(text, "is" | "was" | "were");
            LEXICON.being.has(text) && !asks && !LEXICON.pronouns.has(text_at(words, being + 1))
        })
}
