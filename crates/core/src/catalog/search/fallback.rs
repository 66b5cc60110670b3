//! What is tried where the words as typed find nothing, and which near title is meant.

use super::countries::without_country;
use super::{By, Found, Index, Matched, Source};
use crate::catalog::ItemRow;
use crate::catalog::columns::{Columns, Details};
use crate::catalog::edit_distance::limit_for;
use crate::catalog::matched::cost;
use crate::catalog::words::{Words, words_of};

/// So many times as known, a film is meant by a title that is an edit or two from its own.
const FAR_BETTER_KNOWN: u32 = 20;
/// Below this, two digits are rather the number of a film in a series that has fewer: "rocky 12".
const FIRST_YEAR: u16 = 20;

impl Index {
    /// What other ways to read `typed` find: years and words that ran together, then a country.
    pub(super) fn found_otherwise(
        &self,
        columns: &Columns,
        details: Option<&Details>,
        typed: &Words,
        top: usize,
    ) -> Found {
        if let Some(otherwise) = self.read_otherwise(typed) {
            return self.found_as_typed(columns, &otherwise, false, top);
        }
        let Some((title, countries)) = without_country(typed) else { return Found::new() };
        let country = |film: &ItemRow| details.and_then(|it| it.country_of(film.index()));
        let is_from = |film: &ItemRow| country(film).is_some_and(|it| countries.contains(&it));
        let mut found = self.found_as_typed(columns, &title, false, top);
        // The country of some films is not known.
        let is_any_from = found.keys().any(is_from);
        found.retain(|film, _| is_from(film) || !is_any_from && country(film).is_none());
        found
    }

    /// `typed` with "bodysnatchers" as two words and the 78 after them as 1978; `None` where that
    /// changes nothing.
    fn read_otherwise(&self, typed: &Words) -> Option<Words> {
        let otherwise: Vec<Option<String>> = (typed.telling.iter().enumerate())
            .map(|(at, word)| {
                year_of(&word.raw).filter(|_| at > 0).or_else(|| self.split(&word.raw))
            })
            .collect();
        otherwise.iter().any(Option::is_some).then(|| {
            let words = typed.telling.iter().zip(otherwise);
            let words: Vec<String> =
                words.map(|(word, other)| other.unwrap_or_else(|| word.raw.clone())).collect();
            words_of(&words.join(" "))
        })
    }

    /// Adds the films that one more edit than usual would find, in whole words only.
    pub(super) fn match_loosely(&self, typed: &Words, found: &mut Found) {
        let is_beside_others = typed.telling.len() > 1;
        let limit = |word: &str| self.loose_limit_for(word, is_beside_others);
        if typed.telling.iter().any(|it| limit(&it.raw) > limit_for(&it.raw)) {
            self.match_texts(&self.match_words(typed, false, limit), found);
        }
    }

    /// For words that read like some and are in no title or name, and beside other words for those
    /// of three letters: "raiders of the lost arc".
    fn loose_limit_for(&self, typed: &str, is_beside_others: bool) -> usize {
        let is_loose = match typed.len() {
            3 => is_beside_others && typed.bytes().all(|it| it.is_ascii_lowercase()),
            5.. => limit_for(typed) > 0 && self.can_read(typed) && !self.has(typed),
            _ => false,
        };
        limit_for(typed) + usize::from(is_loose)
    }

    /// The film whose title is all but typed, where `first` is called just so and far less known.
    pub(super) fn near_namesake(
        &self,
        columns: &Columns,
        typed: &Words,
        found: &[(ItemRow, Matched)],
    ) -> Option<usize> {
        let known = |item: ItemRow| columns.n_ratings.get(item.index()).copied().unwrap_or(0);
        let (first, matched) = found.first()?;
        let is_near = |(item, it): &(ItemRow, Matched)| {
            let By::Text(text) = it.by else { return false };
            self.texts.get(text as usize).is_some_and(|text| {
                matches!(text.source, Source::Title)
                    && text.words.len() == typed.telling.len()
                    && [cost::EDIT, 2 * cost::EDIT].contains(&it.cost)
                    && known(*item) >= FAR_BETTER_KNOWN.saturating_mul(known(*first))
            })
        };
        found.iter().position(is_near).filter(|_| matched.cost <= cost::OTHER_TITLE)
    }

    fn has(&self, word: &str) -> bool {
        self.vocabulary.iter().any(|it| it.0 == word)
    }

    /// A word of no title as two that are.
    fn split(&self, word: &str) -> Option<String> {
        let ends = 3..(word.len() + 1).saturating_sub(3);
        let halves = |at| Some((word.get(..at)?, word.get(at..)?));
        let mut halves = ends.rev().filter_map(halves);
        let (one, other) = halves.find(|it| self.has(it.0) && self.has(it.1))?;
        (!self.has(word)).then(|| format!("{one} {other}"))
    }
}

/// One word that is just a title means no other: "walle" is not Wallace.
pub(super) fn is_title(typed: &Words, found: &Found) -> bool {
    typed.telling.len() == 1 && found.values().any(|it| it.cost <= cost::OTHER_TITLE)
}

/// "1978" for "78".
fn year_of(word: &str) -> Option<String> {
    let year = word.parse::<u16>().ok().filter(|it| (FIRST_YEAR..100).contains(it))?;
    Some((1900 + year).to_string())
}
