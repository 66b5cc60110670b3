//! Where the catalogue's names stand in running words: films, people, genres, tags, countries.

use std::collections::BTreeMap;

use super::Trait;
use super::letters::{Letters, is_pronounceable};
use super::lexicon::{self, LEXICON};
use super::people::{People, families, misspelt_person};
use super::told::by_key;
use super::words::{Word, is_at, n_words, span, text_at};
use crate::catalog::{Catalogue, ItemRow, folded, is_misspelling};

/// Shorter genres are too near to other words.
const LEAST_MISSPELT: usize = 5;
/// Shorter ones may be other words.
const LEAST_JOINED: usize = 7;
/// Longer titles are found by their first words.
const LONGEST: usize = 20;
/// The genre of films for an audience.
pub(super) const FOR_CHILDREN: &str = "Children";
/// After a name they mean all films of a series.
pub(super) const NAMES_OF_SERIES: [&str; 6] =
    ["films", "movies", "series", "saga", "trilogy", "franchise"];
const KINDS_OF_FILM: [&str; 4] = ["movie", "movies", "film", "films"];

/// Every name of the catalogue but the films', which it finds itself, by its folded words with single spaces between.
#[derive(Debug)]
pub struct Names {
    pub(super) traits: BTreeMap<String, Trait>,
    /// What words for an audience mean where a film is about them: "about a family".
    subjects: BTreeMap<String, Trait>,
    /// The first film of each series, by the series' name.
    pub(super) series: BTreeMap<String, ItemRow>,
    /// Words for genres that are long enough to be known misspelt.
    long_genres: Vec<String>,
    pub(super) people: People,
    /// As "from" has them: "Spain" alone may be what a film is about.
    countries: BTreeMap<String, String>,
    /// Which three letters follow each other in the catalogue's words.
    letters: Letters,
    pub(super) last_year: u16,
    /// What is spoken in films, by its folded name.
    pub(super) languages: BTreeMap<String, String>,
    /// Categories of the Academy Awards, by their folded words.
    pub(super) prizes: Vec<(String, String)>,
}

/// A name in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Film(ItemRow),
    Trait(Trait),
}

impl Names {
    /// Reads the names of `catalogue`, which should have its details: tags and cast are among them.
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut traits = BTreeMap::new();
        let (mut countries, mut series) = (BTreeMap::new(), BTreeMap::new());
        let mut letters = Letters::default();
        for item in catalogue.rows() {
            letters.add(&key(catalogue.title(item)));
            for tag in catalogue.tags(item) {
                let name = key(tag);
                letters.add(&name);
                // Decades are read as years.
                if span(&name).is_some() {
                    continue;
                }
                for name in spellings(&name) {
                    traits.entry(name).or_insert_with(|| Trait::Tag(tag.to_owned()));
                }
            }
            if let Some((name, _)) = catalogue.series(item) {
                series.entry(key(name)).or_insert(item);
            }
            if let Some(country) = catalogue.country(item) {
                countries.entry(key(country)).or_insert_with(|| country.to_owned());
            }
            let everybody = catalogue.directors(item).into_iter().chain(catalogue.cast(item));
            for person in everybody.filter(|it| it.contains(' ')) {
                traits.insert(key(person), Trait::Person(person.to_owned()));
            }
        }
        for mood in catalogue.mood_names() {
            let name = key(mood);
            letters.add(&name);
            traits.entry(name).or_insert_with(|| Trait::Tag(mood.clone()));
        }
        for (words, tag) in &LEXICON.tags {
            traits.insert(words.clone(), Trait::Tag(tag.clone()));
        }
        for (words, country) in &LEXICON.countries {
            traits.insert(words.clone(), Trait::Country(country.clone()));
        }
        for (name, person) in &LEXICON.nicknames {
            if traits.contains_key(&key(person)) {
                traits.insert(name.clone(), Trait::Person(person.clone()));
            }
        }
        for (name, people) in families(catalogue) {
            traits.entry(name).or_insert(Trait::Person(people));
        }
        // "Feelgood".
        let joined: Vec<(String, Trait)> = traits
            .iter()
            .filter(|(name, it)| name.contains(' ') && matches!(it, Trait::Tag(_)))
            .map(|(name, it)| (name.replace(' ', ""), it.clone()))
            .filter(|(name, _)| name.len() >= LEAST_JOINED && !letters.know(name))
            .collect();
        for (name, it) in joined {
            traits.entry(name).or_insert(it);
        }
        let mut subjects = BTreeMap::new();
        let of_catalogue = catalogue.genre_names().iter().map(|it| (key(it), it.clone()));
        for (words, genre) in of_catalogue.chain(LEXICON.genres.iter().cloned()) {
            // "War film" is any of war, whatever few films have it as a tag.
            for kind in KINDS_OF_FILM.map(|it| format!("{words} {it}")) {
                traits.entry(kind).and_modify(|it| *it = Trait::Genre(genre.clone()));
            }
            let is_audience = genre == FOR_CHILDREN;
            let before = traits.insert(words.clone(), Trait::Genre(genre));
            if let Some(tag @ Trait::Tag(_)) = before.filter(|_| is_audience) {
                subjects.insert(words, tag);
            }
        }
        let is_long_genre = |(name, it): (&String, &Trait)| {
            (name.len() >= LEAST_MISSPELT && matches!(it, Trait::Genre(_))).then(|| name.clone())
        };
        let long_genres = traits.iter().filter_map(is_long_genre).collect();
        lexicon::words().for_each(|it| letters.add(it));
        let last_year = catalogue.rows().filter_map(|it| catalogue.year(it)).max().unwrap_or(0);
        let people = People::new(catalogue);
        let languages = by_key(catalogue.language_names()).into_iter().collect();
        let prizes = by_key(catalogue.prize_names());
        Self {
            traits,
            subjects,
            series,
            long_genres,
            people,
            countries,
            letters,
            last_year,
            languages,
            prizes,
        }
    }

    /// The longest name that begins at `at`, and how many words it takes. It is looked for once, so `words`
    /// must be the whole message.
    pub(super) fn find(
        &self,
        catalogue: &Catalogue,
        words: &[Word],
        at: usize,
    ) -> Option<(Named, usize)> {
        words.get(at)?.found.get_or_init(|| self.look_for(catalogue, words, at)).clone()
    }

    fn look_for(&self, catalogue: &Catalogue, words: &[Word], at: usize) -> Option<(Named, usize)> {
        (1..=LONGEST.min(words.len() - at))
            .rev()
            .find_map(|n| {
                let run = &words[at..at + n];
                // What is quoted is one name.
                let is_cut = run.iter().any(|it| it.is_quoted)
                    && !(run[0].starts_quote
                        && words.get(at + n).is_none_or(|it| !it.is_quoted || it.starts_quote));
                if is_cut || run[1..].iter().any(|it| it.starts_quote) {
                    return None;
                }
                let name = run.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
                if let Some(found) = self.film(catalogue, words, at, &name, n) {
                    return Some(found);
                }
                if text_at(words, at.wrapping_sub(1)) == "from"
                    && let Some(country) = self.countries.get(&name)
                {
                    return Some((Named::Trait(Trait::Country(country.clone())), n));
                }
                let subject = || self.subjects.get(&name).filter(|_| is_subject(words, at));
                let named = subject().or_else(|| self.traits.get(&name))?;
                // Tags may be any words: "my favorites", "will".
                // "Loves" is said, and no love story.
                let is_plain = matches!(named, Trait::Tag(_))
                    && run.iter().all(|it| is_common(it) || LEXICON.likings.has(&it.text));
                // No trait goes on over a comma, and "a british comedy" is a comedy made in Britain.
                let is_parted = run[1..].iter().any(|it| it.starts_clause)
                    || (n > 1 && matches!(self.traits.get(&run[0].text), Some(Trait::Country(_))));
                let is_country = matches!(named, Trait::Country(_));
                (!is_plain && (!is_parted || is_country)).then(|| (Named::Trait(named.clone()), n))
            })
            .or_else(|| {
                let meant = |n: usize| Some((Named::Trait(self.meant_at(words, at, n)?), n));
                meant(2).or_else(|| meant(1))
            })
    }

    /// The person that one name alone means at `at`, or the genre that is misspelt there.
    fn meant_at(&self, words: &[Word], at: usize, n: usize) -> Option<Trait> {
        let word = &words[at];
        let run = words.get(at..at + n).filter(|it| !it[1..].iter().any(|it| it.starts_clause))?;
        let name = run.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
        // Of a whole name that the catalogue lacks, one part means nobody else.
        let is_of_name = |it: Option<&Word>| it.is_some_and(|it| it.is_marked && !is_common(it));
        let is_part = word.is_marked
            && (!word.starts_clause && is_of_name(words.get(at.wrapping_sub(1)))
                || is_of_name(words.get(at + n).filter(|it| !it.starts_clause)));
        let before = text_at(words, at.wrapping_sub(1));
        let is_name =
            (word.is_marked && !word.starts_sentence && !words.iter().all(|it| it.is_marked))
                || matches!(before, "with" | "by" | "starring" | "featuring")
                || self.people.is_famous(&name);
        if let Some(person) = self.people.called(&name).filter(|_| is_name && !is_part) {
            return Some(Trait::Person(person.to_owned()));
        }
        if n == 2 && !self.letters.know(&run[1].text) {
            return misspelt_person(&self.traits, &run[0].text, &run[1].text);
        }
        if n > 1 || self.letters.know(&name) {
            return None;
        }
        let is_near = |name: &&String| {
            name.chars().next() == word.text.chars().next() && is_misspelling(&word.text, name)
        };
        self.traits.get(self.long_genres.iter().find(is_near)?).cloned()
    }

    /// The trait that `name` is a word for.
    pub(super) fn trait_called(&self, name: &str) -> Option<Trait> {
        self.traits.get(name).cloned()
    }

    /// Whether letters follow each other in `word` as they do in words.
    pub(super) fn is_word_like(&self, word: &str) -> bool {
        self.letters.know(word) || self.letters.are_of_a_word(word) || is_pronounceable(word)
    }
}

pub(super) fn is_common(word: &Word) -> bool {
    LEXICON.common.has(&word.text)
}

/// Whether a word alone says who a film is for.
pub(super) fn is_audience(word: &str) -> bool {
    word == key(FOR_CHILDREN)
        || LEXICON.genres.iter().any(|(it, genre)| it == word && genre == FOR_CHILDREN)
}

/// A tag's name in singular and plural; a "silent movie" is a "silent film".
fn spellings(name: &str) -> Vec<String> {
    let of = |it: &&str| name.strip_suffix(*it).filter(|rest| rest.ends_with(' '));
    if let Some(rest) = KINDS_OF_FILM.iter().find_map(of) {
        return KINDS_OF_FILM.iter().map(|it| format!("{rest}{it}")).collect();
    }
    let other = name.strip_suffix('s').map_or_else(|| format!("{name}s"), str::to_owned);
    vec![other, name.to_owned()]
}

/// Whether the word at `at` is what a film is about: "about a poor family", but not "about robots for the family".
fn is_subject(words: &[Word], at: usize) -> bool {
    let start = (0..=at).rev().find(|&it| words[it].starts_clause).unwrap_or(0);
    let ends = |it: &&Word| LEXICON.film_words.has(&it.text) || LEXICON.scope_ends.has(&it.text);
    words[start..at].iter().rev().take_while(|it| !ends(it)).any(|it| it.text == "about")
}

/// The longest phrase of a list of pairs that stands at `at`, what it stands for, and how many words it takes.
pub(super) fn phrase_at<'a, T>(
    pairs: &'a [(String, T)],
    words: &[Word],
    at: usize,
) -> Option<(&'a T, usize)> {
    let found = pairs.iter().filter(|(phrase, _)| is_at(words, at, phrase));
    let (phrase, it) = found.max_by_key(|(phrase, _)| n_words(phrase))?;
    Some((it, n_words(phrase)))
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
