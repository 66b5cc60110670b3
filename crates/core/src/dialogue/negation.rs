//! What is not wanted: where a negation begins in a message, and where it ends.

use super::Trait;
use super::lexicon::{LEXICON, Words};
use super::names::Named;
use super::reading::Reading;
use super::words::{Word, is_at, is_in_clause, n_words, text_at};

/// What is not wanted, up to the end of a clause or of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Negation {
    /// Of its last word.
    pub at: usize,
    pub manner: Manner,
    /// What it has named last, if anything.
    pub kind: Option<Kind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Plain,
    /// "Apart from": what it names may be good, and is not to be shown.
    Exception,
    /// "Instead of": what is wanted follows.
    Exchange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Film,
    Person,
    /// Genres, tags and countries stand in one list.
    Fact,
}

impl Negation {
    /// Whether the film named at `at` is left out and not disliked: "except Alien", "not Alien".
    pub(super) fn is_exception(self, words: &[Word], at: usize) -> bool {
        let is_liked = || words[self.at..at].iter().any(|it| LEXICON.likings.has(&it.text));
        let is_plain = matches!(text_at(words, self.at), "not" | "arent" | "isnt" | "no");
        self.manner == Manner::Exception || (is_plain && !is_liked())
    }
}

impl Kind {
    pub(super) fn of(named: &Named) -> Self {
        match named {
            Named::Film(_) => Self::Film,
            Named::Trait(Trait::Person(_)) => Self::Person,
            Named::Trait(_) => Self::Fact,
        }
    }
}

impl Reading<'_> {
    /// Whether the word at `at` begins a negation, which is then open; how many words it takes.
    pub(super) fn negation_at(&mut self, words: &[Word], at: usize) -> Option<usize> {
        let longest = |phrases: &'static Words| {
            phrases.iter().filter(|it| is_at(words, at, it)).map(n_words).max()
        };
        let negation = longest(&LEXICON.negations);
        // "Don't care" is none, "don't care for" is one.
        if let Some(n) =
            longest(&LEXICON.affirmations).filter(|it| negation.is_none_or(|n| n <= *it))
        {
            self.negation = None;
            self.is_mute = matches!(text_at(words, at + n - 1), "just" | "only");
            return Some(n);
        }
        let of_language = self.is_foreign && LEXICON.foreign_negations.has(text_at(words, at));
        // "More psychological than gory", "more like Alien than like Aliens".
        let next = at + 1 + usize::from(text_at(words, at + 1) == "like");
        let is_less = text_at(words, at) == "than"
            && is_in_clause(words, at, "more")
            && match self.names.find(self.catalogue, words, next) {
                Some((Named::Trait(Trait::Genre(_) | Trait::Tag(_)), _)) => true,
                Some((Named::Film(_), _)) => (0..at).any(|it| is_at(words, it, "more like")),
                _ => false,
            };
        let n = negation.or((of_language || is_less).then_some(1))?;
        // "No I liked it" answers a question.
        let is_answer =
            n == 1 && text_at(words, at) == "no" && (LEXICON.subjects.has(text_at(words, at + 1)));
        // A list goes on: "no horror, no war".
        let manner = match text_at(words, at) {
            "apart" | "aside" | "except" | "besides" | "excluding" | "other" | "anything"
            | "everything" | "all" => Manner::Exception,
            "instead" | "rather" | "forget" | "scrap" | "never"
                if n > 1 || text_at(words, at) != "never" =>
            {
                Manner::Exchange
            }
            _ => Manner::Plain,
        };
        let open = Negation { at: at + n - 1, manner, kind: None };
        self.negation = (!is_answer).then_some(open);
        Some(n)
    }

    /// Ends the negation at words that turn to what is wanted.
    pub(super) fn end_negation(&mut self, words: &[Word], at: usize, is_name: bool) {
        let text = text_at(words, at);
        let is_any_more = text == "more" && text_at(words, at.wrapping_sub(1)) == "any";
        let is_turn = LEXICON.turns.has(text) && !is_name && !is_any_more;
        self.is_critical |= is_turn && matches!(text, "but" | "more");
        let Some(Negation { at: from, kind, manner }) = self.negation else { return };
        // "I do not want", "I do not really want", "I do not think I want".
        let between = words.get(from + 1..at).unwrap_or(&[]);
        let belongs = between.iter().all(|it| LEXICON.adverbs.has(&it.text))
            || between.first().is_some_and(|it| LEXICON.thinks.has(&it.text));
        let has_named = kind.is_some();
        let next = text_at(words, at + 1);
        let audience = || matches!(text, "for" | "with") && self.audience_at(words, at).is_some();
        let is_over = (is_turn && !(belongs && matches!(text, "want" | "more")))
            || (has_named && (LEXICON.scope_ends.has(text) || LEXICON.likes.has(text)))
            // "Instead of horror a comedy."
            || (has_named && manner == Manner::Exchange && matches!(text, "a" | "an" | "some"))
            // "Not too bloody horror."
            || (has_named
                && is_name
                && !words[at].starts_clause
                && matches!(text_at(words, from + 1), "too" | "so" | "very" | "overly")
                && !matches!(text_at(words, at - 1), "or" | "nor" | "and"))
            || (has_named
                && text == "and"
                && matches!(
                    next,
                    "a" | "an" | "i" | "something" | "some" | "maybe" | "give" | "show"
                ))
            || (!between.iter().all(|it| LEXICON.film_words.has(&it.text)) && audience());
        if is_over {
            self.negation = None;
        }
    }

    /// Whether a comma stands within a list of what is not wanted: "no horror, thriller or war".
    pub(super) fn list_goes_on(&self, words: &[Word], at: usize) -> bool {
        let Some(Negation { kind: Some(kind), manner, .. }) = self.negation else { return false };
        if manner == Manner::Exchange && !matches!(text_at(words, at), "or" | "nor" | "and") {
            return false;
        }
        let mut next = at;
        let mut has_named = false;
        while let Some(word) = words.get(next).filter(|it| !it.starts_sentence) {
            if let Some((named, n)) = self.names.find(self.catalogue, words, next) {
                if Kind::of(&named) != kind {
                    return false;
                }
                has_named = true;
                next += n;
                continue;
            }
            let goes_on = match word.text.as_str() {
                "or" | "nor" | "and" | "any" | "other" => true,
                it => has_named && (it == "please" || LEXICON.film_words.has(it)),
            };
            if !goes_on {
                // Something else may begin: "no horror, comedy, just space".
                return has_named && word.starts_clause;
            }
            next += 1;
        }
        has_named
    }
}
