//! What words do beside naming: blame, tell a plot, put in place of, or speak of the reader's evening.

use super::Trait;
use super::lexicon::LEXICON;
use super::names::{Named, key, phrase_at};
use super::negation::Negation;
use super::reading::Reading;
use super::words::{Word, is_at, n_words, text_at, written};
use super::years::longest_at;
use super::{Unmet, Why};

impl Reading<'_> {
    /// What tells nothing of the films wanted, when and with whom they are watched: how many words.
    pub(super) fn aside_at(&self, words: &[Word], at: usize) -> Option<usize> {
        if let Some(phrase) = longest_at(&LEXICON.asides, words, at) {
            return Some(n_words(phrase));
        }
        let is_with_reader =
            matches!(text_at(words, at.wrapping_sub(1)), "my" | "our" | "her" | "his")
                && !self.is_plot
                && LEXICON.companions.has(text_at(words, at));
        is_with_reader.then_some(1)
    }

    /// "Finds Star Wars childish", "thought Heat was overlong": how many words after a film's name blame it.
    pub(super) fn blame_after(words: &[Word], at: usize, n: usize) -> Option<usize> {
        let before = text_at(words, at.wrapping_sub(1));
        let is_found = matches!(before, "finds" | "found" | "find" | "thinks" | "thought");
        let being = usize::from(matches!(text_at(words, at + n), "was" | "is" | "too" | "were"));
        let said = words.get(at + n + being).filter(|it| !it.starts_clause)?;
        let ends = words.get(at + n + being + 1).is_none_or(|it| it.starts_clause);
        let is_blame = is_found && ends && !LEXICON.praises.has(&said.text);
        is_blame.then_some(being + 1)
    }

    /// Whether films by a person are all known: "seen everything by Nolan".
    pub(super) fn has_seen_all(&self, named: &Named, words: &[Word], at: usize) -> bool {
        let is_of_films =
            || matches!(text_at(words, at + 1), "ones" | "films" | "movies" | "stuff");
        let is_kind = matches!(named, Named::Trait(Trait::Person(_)))
            || (matches!(named, Named::Trait(_)) && is_of_films());
        is_kind
            && words[at.saturating_sub(4)..at]
                .iter()
                .any(|it| matches!(&*it.text, "every" | "all" | "everything"))
    }

    /// The person of the wish that one name alone means: "without Grant" after "with Cary Grant".
    pub(super) fn known_by_surname(&self, words: &[Word], at: usize) -> Option<(Named, usize)> {
        let word = words.get(at).filter(|it| it.is_marked && !it.starts_sentence)?;
        let is_part = |it: Option<&Word>| it.is_some_and(|it| it.is_marked && !it.starts_clause);
        if is_part(words.get(at + 1)) || (!word.starts_clause && words[at - 1].is_marked) {
            return None;
        }
        let of_wish = self.wish.wanted.iter().chain(&self.wish.unwanted);
        let mut people = of_wish.filter(|it| {
            matches!(it, Trait::Person(name) if key(name).rsplit(' ').next() == Some(&word.text))
        });
        Some((Named::Trait(people.next()?.clone()), 1))
    }

    /// Whether the word at `at` tells what happens in a film: "about a man who", "the one where".
    pub(super) fn is_plot_at(&self, words: &[Word], at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let word = &words[at];
        let is_of_reader = matches!(&*word.text, "i" | "im" | "ive" | "please" | "thanks")
            || LEXICON.negations.has(&word.text);
        if word.starts_sentence || (word.starts_clause && is_of_reader) {
            return false;
        }
        let begins = match text_at(words, before) {
            "about" => !matches!(text_at(words, before.wrapping_sub(1)), "what" | "how"),
            "where" | "whose" | "who" | "when" => !words[before].starts_clause,
            "which" => text_at(words, before.wrapping_sub(1)) == "in",
            _ => false,
        };
        self.is_plot || begins
    }

    /// "Too complicated" blames what is on screen: no film is looked for by it. What the catalogue does not know of
    /// is said to be so, of "not too heavy" as well.
    pub(super) fn complain(&mut self, words: &[Word], at: usize) {
        let is_blame = !self.scene.shown.is_empty() && is_too_much_at(words, at);
        let follows =
            |it: Negation| it.at + 1 == at && matches!(text_at(words, at), "too" | "overly");
        let is_negated = self.negation.is_some_and(follows);
        if !is_blame && !is_negated {
            return;
        }
        (self.is_critical, self.is_mute) = (true, true);
        let is_much = matches!(text_at(words, at + 1), "much" | "many");
        let is_known = [at, at + 1, at + 1 + usize::from(is_much)].iter().any(|&it| {
            (it > at && self.names.find(self.catalogue, words, it).is_some())
                || phrase_at(&LEXICON.unmet, words, it).is_some()
                || ([&LEXICON.older, &LEXICON.newer].iter().any(|of| of.has(text_at(words, it)))
                    && self.is_of_films(words, it))
        });
        if !is_known {
            let is_over = |it: &Word| it.starts_clause || LEXICON.turns.has(&it.text);
            let n = 1 + words[at + 1..].iter().take_while(|it| !is_over(it)).count();
            self.unmet.push(Unmet { words: written(words, at, n), why: Why::NotInCatalogue });
        }
    }
}

/// "It was too dry", "too much talking", but not "I liked that too".
pub(super) fn is_too_much_at(words: &[Word], at: usize) -> bool {
    let before = text_at(words, at.wrapping_sub(1));
    let is_said = words[at].starts_clause
        || LEXICON.being.has(before)
        || matches!(before, "bit" | "little" | "looks" | "seems" | "sounds" | "way" | "no" | "are");
    let next = words.get(at + 1).filter(|it| !it.starts_clause);
    words[at].text == "too"
        && next.is_some_and(|it| is_said || matches!(&*it.text, "much" | "many"))
}

/// "Sounds exciting", "I'm so sad today": how a film seems or the reader feels, and no wish.
pub(super) fn is_remark(named: &Named, words: &[Word], at: usize) -> bool {
    let is_degree = |it: &Word| {
        matches!(&*it.text, "so" | "very" | "really" | "quite" | "pretty" | "a" | "bit" | "little")
    };
    let start = (0..=at).rev().find(|&it| words[it].starts_clause).unwrap_or(0);
    let before = &words[start..at];
    let n_degrees = before.iter().rev().take_while(|it| is_degree(it)).count();
    let before: Vec<&str> =
        before[..before.len() - n_degrees].iter().map(|it| it.text.as_str()).collect();
    let is_said = matches!(
        before[..],
        [.., "sounds" | "looks" | "seems" | "im" | "feeling"] | [.., "i", "feel" | "am"]
    );
    is_said && matches!(named, Named::Trait(Trait::Tag(_)))
}

/// Whether the sentence of the word at `at` asks for a reason.
pub(super) fn asks_why(words: &[Word], at: usize) -> bool {
    let start = (0..=at).rev().find(|&it| words[it].starts_sentence).unwrap_or(0);
    words[start..at].iter().any(|it| it.text == "why")
}

/// "Make it a comedy", "a comedy instead", "actually a comedy": in place of what was wanted.
pub(super) fn replaces(words: &[Word]) -> bool {
    (0..words.len()).any(|at| {
        let is_made = ["make it", "make that"].iter().any(|it| is_at(words, at, it));
        let next = text_at(words, at + 1);
        (is_made && words.get(at + 2).is_some_and(Word::is_article))
            || (words[at].text == "instead" && next != "of")
            || (words[at].text == "rather" && words.get(at + 1).is_some_and(Word::is_article))
            || (words[at].text == "actually" && words[at].starts_sentence)
    })
}

/// "The same thing but Italian", "like that but with Cate Blanchett": where the "but" stands.
pub(super) fn same_but(words: &[Word]) -> Option<usize> {
    let but = words.iter().position(|it| matches!(&*it.text, "but" | "only" | "just"))?;
    let is_same = words[..but].iter().any(|it| it.text == "same")
        || ["like that", "like this", "like these", "like those"]
            .iter()
            .any(|it| but >= 2 && is_at(words, but - 2, it));
    is_same.then_some(but)
}
