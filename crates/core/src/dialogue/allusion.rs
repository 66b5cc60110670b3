//! What a message means without its name: who made a film, the films left over, the time of a story.

use super::lexicon::LEXICON;
use super::names::{Named, key, phrase_at};
use super::reading::Reading;
use super::words::{Word, is_at, n_words, span, text_at, written};
use super::{Field, Trait, Unmet, Why};
use crate::catalog::ItemRow;

impl Reading<'_> {
    /// "By that director", "with the same actors": wants them; how many words.
    pub(super) fn makers_at(&mut self, words: &[Word], at: usize) -> Option<usize> {
        let (field, n) = phrase_at(&LEXICON.makers, words, at)?;
        let is_of_one = matches!(text_at(words, at + n - 1), "him" | "her" | "them" | "his");
        let has_person = self.wish.wanted.iter().any(|it| matches!(it, Trait::Person(_)));
        // "Tom Hanks", "more by him".
        if is_of_one && self.films.is_empty() && has_person {
            return Some(n);
        }
        // "The same director as Alien."
        let compared = (text_at(words, at + n) == "as")
            .then(|| self.names.find(self.catalogue, words, at + n + 1))
            .flatten();
        let (film, n_more) = match compared {
            Some((Named::Film(film), n)) => (film, n + 1),
            _ => (self.films.last().copied().or(self.meant())?, 0),
        };
        let people = match field {
            Field::Directors => self.catalogue.directors(film),
            _ => self.catalogue.cast(film),
        };
        let is_single = *field == Field::Cast
            && matches!(text_at(words, at + n - 1), "actor" | "actress" | "him" | "her");
        let people = if is_single { &people[..people.len().min(1)] } else { &people[..] };
        if !people.is_empty() {
            let them = Trait::Person(people.join("|"));
            self.take(Named::Trait(them), &[], self.negation.is_some(), false);
        }
        Some(n + n_more)
    }

    /// "The other two", "the rest": the films on screen that were not spoken of, and how many words.
    pub(super) fn rest_at(&self, words: &[Word], at: usize) -> Option<(Vec<ItemRow>, usize)> {
        let phrase =
            LEXICON.rest.iter().filter(|it| is_at(words, at, it)).max_by_key(|it| n_words(it))?;
        let is_liked = LEXICON.likings.has(text_at(words, at.wrapping_sub(1)));
        if self.films.is_empty() && !is_liked {
            return None;
        }
        let is_left = |it: &ItemRow| !self.films.contains(it) && !self.wish.rejected.contains(it);
        let films: Vec<ItemRow> = self.scene.shown.iter().copied().filter(is_left).collect();
        (!films.is_empty()).then(|| (films, n_words(phrase)))
    }

    /// "Set in the 1950s", "on a band from the seventies": a time that is the story's; how many words.
    pub(super) fn story_time_at(&mut self, words: &[Word], at: usize) -> Option<usize> {
        let set = LEXICON.set_in.iter().filter(|it| is_at(words, at, it)).map(n_words).max();
        let mut next = at + set.unwrap_or(0);
        while words.get(next).is_some_and(|it| {
            (next == at || !it.starts_clause)
                && matches!(
                    &*it.text,
                    "the" | "from" | "in" | "of" | "early" | "mid" | "late" | "about"
                )
        }) {
            next += 1;
        }
        let (from, to) = span(text_at(words, next))?;
        if set.is_none() && (to == from || !is_told_about(words, at, next)) {
            return None;
        }
        let decade = from / 10 * 10;
        let tag = Trait::Tag(format!("{decade}s"));
        if self.catalogue.rows().any(|it| tag.is_of(self.catalogue, it)) {
            self.take(Named::Trait(tag), &words[next..=next], self.negation.is_some(), false);
        } else {
            let words = written(words, at, next + 1 - at);
            self.unmet.push(Unmet { words, why: Why::NotInCatalogue });
        }
        Some(next + 1 - at)
    }

    /// Of the films of one title the one that the people wanted made, else the first since they made films.
    pub(super) fn namesake(&self, film: ItemRow) -> ItemRow {
        let title = key(self.catalogue.title(film));
        let is_theirs = |it: &ItemRow| {
            let mut people = self.wish.wanted.iter().filter(|it| matches!(it, Trait::Person(_)));
            people.any(|person| person.is_of(self.catalogue, *it))
        };
        let year = |it: &ItemRow| self.catalogue.year(*it);
        let Some(since) = self.catalogue.rows().filter(is_theirs).filter_map(|it| year(&it)).min()
        else {
            return film;
        };
        let films = self.catalogue.films_called(&title, None).into_iter().map(|it| it.item);
        let films: Vec<ItemRow> =
            films.filter(|it| key(self.catalogue.title(*it)) == title).collect();
        let of_time = || films.iter().find(|it| year(it).is_some_and(|year| year >= since));
        films.iter().find(|it| is_theirs(it)).or_else(of_time).copied().unwrap_or(film)
    }
}

/// Whether the time at `time`, whose words begin at `at`, belongs to what a film is about: "about a singer in the 50s",
/// "about the 60s", but not "films about war from the 70s".
fn is_told_about(words: &[Word], at: usize, time: usize) -> bool {
    let start = (0..=at).rev().find(|&it| words[it].starts_clause).unwrap_or(0);
    // "Set in Tokyo in the 80s".
    if (start..at).any(|it| LEXICON.set_in.iter().any(|phrase| is_at(words, it, phrase))) {
        return true;
    }
    let Some(about) = (start..time).rev().find(|&it| matches!(text_at(words, it), "about" | "on"))
    else {
        return false;
    };
    let is_of_film = words[about..time].iter().any(|it| LEXICON.film_words.has(&it.text));
    let is_noun = matches!(text_at(words, about + 1), "a" | "an");
    (is_noun && !is_of_film) || about + 1 >= at
}
