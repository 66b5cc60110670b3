//! Where the catalogue's names stand in running words: films, people, genres, tags.

use std::collections::BTreeMap;

use super::Trait;
use super::lexicon::LEXICON;
use super::words::{Word, span};
use crate::catalog::{Catalogue, ItemRow, folded};

/// Longer titles are found by their first words.
const LONGEST: usize = 9;

/// Every name of the catalogue, by its folded words with single spaces between.
#[derive(Debug)]
pub struct Names {
    films: BTreeMap<String, Vec<ItemRow>>,
    traits: BTreeMap<String, Trait>,
}

/// A name in a message.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Named {
    Film(ItemRow),
    Trait(Trait),
}

impl Names {
    /// Reads the names of `catalogue`, which should have its details: tags and cast are among them.
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut films: BTreeMap<String, Vec<ItemRow>> = BTreeMap::new();
        let mut traits = BTreeMap::new();
        let mut people: BTreeMap<&str, usize> = BTreeMap::new();
        for item in catalogue.rows() {
            let title = key(catalogue.title(item));
            for article in ["the ", "a ", "an "] {
                if let Some(rest) = title.strip_prefix(article) {
                    films.entry(rest.to_owned()).or_default().push(item);
                }
            }
            films.entry(title).or_default().push(item);
            for tag in catalogue.tags(item) {
                let name = key(tag);
                let other =
                    name.strip_suffix('s').map_or_else(|| format!("{name}s"), str::to_owned);
                for name in [other, name] {
                    traits.entry(name).or_insert_with(|| Trait::Tag(tag.to_owned()));
                }
            }
            for person in catalogue.directors(item).into_iter().chain(catalogue.cast(item)) {
                *people.entry(person).or_default() += 1;
            }
        }
        films.remove("");
        for (words, tag) in &LEXICON.tags {
            traits.insert(words.clone(), Trait::Tag(tag.clone()));
        }
        for person in people.into_keys().filter(|it| it.contains(' ')) {
            traits.insert(key(person), Trait::Person(person.to_owned()));
        }
        for genre in catalogue.genre_names() {
            traits.insert(key(genre), Trait::Genre(genre.clone()));
        }
        for (words, genre) in &LEXICON.genres {
            traits.insert(words.clone(), Trait::Genre(genre.clone()));
        }
        Self { films, traits }
    }

    /// The longest name that begins at `at`, and how many words it takes.
    pub(super) fn find(
        &self,
        catalogue: &Catalogue,
        words: &[Word],
        at: usize,
    ) -> Option<(Named, usize)> {
        (1..=LONGEST.min(words.len() - at)).rev().find_map(|n| {
            let run = &words[at..at + n];
            let name = run.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
            if let Some(films) = self.films.get(&name) {
                let (years, is_sure) = years_at(words, at + n);
                let of =
                    |year: u16| films.iter().copied().find(|&it| catalogue.year(it) == Some(year));
                if let Some(film) = years.into_iter().find_map(of) {
                    return Some((Named::Film(film), n + 1));
                }
                // With another year in brackets it is another film, which the catalogue lacks.
                if !is_sure && self.is_title(&name, words, at, n) {
                    let best = films.iter().copied().max_by_key(|&it| catalogue.n_ratings(it))?;
                    return Some((Named::Film(best), n));
                }
            }
            let named = self.traits.get(&name)?;
            // Tags may be any words: "my favorites", "will".
            let is_plain = matches!(named, Trait::Tag(_)) && run.iter().all(is_common);
            (!is_plain).then(|| (Named::Trait(named.clone()), n))
        })
    }

    /// Whether words that are a title are meant as one.
    fn is_title(&self, name: &str, words: &[Word], at: usize, n: usize) -> bool {
        if n == words.len() && !LEXICON.common.has(name) && !self.traits.contains_key(name) {
            return true;
        }
        let run = &words[at..at + n];
        if n >= 2 {
            // "The Matrix", "toy story", "liked the matrix", but not "for the kids".
            let n_telling = run.iter().filter(|it| !is_common(it)).count();
            let is_marked = run.iter().all(|it| it.is_marked || is_common(it))
                && run.iter().any(|it| it.is_marked);
            let is_liked = n_telling >= 1 && is_after_liking(words, at);
            return is_marked || is_liked || (n_telling >= 2 && !self.traits.contains_key(name));
        }
        let word = &run[0];
        let (is_plain, is_trait) = (is_common(word), self.traits.contains_key(name));
        let after_liking = at > 0 && LEXICON.likings.has(&words[at - 1].text);
        // "I", and messages in title case: there a capital tells nothing.
        let is_always_capital =
            name.len() == 1 || name == "im" || words.iter().all(|it| it.is_marked);
        let is_named = word.is_marked && !is_always_capital && (!is_trait || after_liking);
        (is_named && (!word.starts_clause || !is_plain)) || (after_liking && !is_plain && !is_trait)
    }
}

fn is_common(word: &Word) -> bool {
    LEXICON.common.has(&word.text)
}

/// The years that a film named before `at` may be of, the likeliest first, and whether the word there can
/// only be a film's year: then it may be off by one.
fn years_at(words: &[Word], at: usize) -> (Vec<u16>, bool) {
    let year = words.get(at).and_then(|it| Some((it, it.text.parse::<u16>().ok()?)));
    match year {
        Some((word, year)) if word.is_bracketed && span(&word.text).is_some() => {
            (vec![year, year - 1, year + 1], true)
        }
        Some((_, year)) => (vec![year], false),
        None => (Vec::new(), false),
    }
}

/// Whether the clause says before `at` that something is liked or seen.
fn is_after_liking(words: &[Word], at: usize) -> bool {
    let start = (0..=at).rev().find(|&it| words[it].starts_clause).unwrap_or(0);
    words[start..at].iter().any(|it| LEXICON.likings.has(&it.text))
}

/// Folded words with single spaces between.
pub(super) fn key(name: &str) -> String {
    name.split_whitespace()
        .map(folded)
        .collect::<Vec<_>>()
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
