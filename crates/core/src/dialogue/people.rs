//! People by one of their names, or by that of their family: "Spielberg", "Denzel", "the Coen brothers".

use std::collections::{BTreeMap, BTreeSet};

use super::Trait;
use super::lexicon::{self, LEXICON};
use super::names::key;
use crate::catalog::{Catalogue, is_misspelling};

/// A shorter name is a word too often.
const LEAST_LETTERS: usize = 4;
/// A name in more titles than this is a word: "Stone", "Moon".
const MAX_TITLES: usize = 2;
/// Who has fewer films is hardly meant by one name.
const LEAST_FILMS: usize = 4;
/// So much better known than all others of one name, a person needs no other name.
const LEAST_LEAD: u32 = 4;
/// Who has so many films is meant by a name that is also a title, "Hitchcock", and in small letters.
const FAMOUS_FILMS: usize = 10;

#[derive(Debug, Default)]
pub(super) struct People(BTreeMap<String, Person>);

#[derive(Clone, Debug, Default)]
struct Person {
    name: String,
    n_films: usize,
    n_ratings: u32,
}

impl People {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut people: BTreeMap<&str, Person> = BTreeMap::new();
        let mut n_titles: BTreeMap<String, usize> = BTreeMap::new();
        let mut words: BTreeSet<String> = lexicon::words().map(str::to_owned).collect();
        let mut add_words = |text: &str| words.extend(key(text).split(' ').map(str::to_owned));
        catalogue.genre_names().iter().for_each(|it| add_words(it));
        for item in catalogue.rows() {
            catalogue.tags(item).into_iter().for_each(&mut add_words);
            let title = key(catalogue.title(item));
            for word in title.split(' ').collect::<BTreeSet<_>>() {
                *n_titles.entry(word.to_owned()).or_default() += 1;
            }
            for name in catalogue.directors(item).into_iter().chain(catalogue.cast(item)) {
                let person = people.entry(name).or_default();
                person.n_films += 1;
                person.n_ratings += catalogue.n_ratings(item);
            }
        }
        let mut by_name: BTreeMap<String, Vec<Person>> = BTreeMap::new();
        for (name, person) in people {
            let Some((first, rest)) = name.split_once(' ') else { continue };
            let last = rest.rsplit(' ').next().unwrap_or(rest);
            // "De Niro" has two words.
            let surname = (rest != last).then_some(rest);
            for part in [first, last].into_iter().chain(surname).map(key) {
                let person = Person { name: name.to_owned(), ..person.clone() };
                by_name.entry(part).or_default().push(person);
            }
        }
        by_name.retain(|part, _| {
            part.len() >= LEAST_LETTERS
                && (!words.contains(part) || LEXICON.names_as_words.has(part))
                && n_titles.get(part).is_none_or(|n| *n <= MAX_TITLES)
        });
        let leading = |(part, people): (String, Vec<Person>)| {
            Some((part, leader(people).filter(|it| it.n_films >= LEAST_FILMS)?))
        };
        Self(by_name.into_iter().filter_map(leading).collect())
    }

    /// Who is meant by `name` alone.
    pub(super) fn called(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|it| it.name.as_str())
    }

    /// Whether `name` means them however it is written, and rather than a film of that title.
    pub(super) fn is_famous(&self, name: &str) -> bool {
        let is_word = LEXICON.names_as_words.has(name);
        !is_word && self.0.get(name).is_some_and(|it| it.n_films >= FAMOUS_FILMS)
    }
}

fn leader(people: Vec<Person>) -> Option<Person> {
    let total: u32 = people.iter().map(|it| it.n_ratings).sum();
    let first = people.into_iter().max_by_key(|it| it.n_ratings)?;
    (first.n_ratings >= LEAST_LEAD * (total - first.n_ratings)).then_some(first)
}

/// "Will Ferrel": the person of that first name whose other one is misspelt.
pub(super) fn misspelt_person(
    traits: &BTreeMap<String, Trait>,
    first: &str,
    last: &str,
) -> Option<Trait> {
    let start = format!("{first} ");
    let of_name = traits.range(start.clone()..).take_while(|(name, _)| name.starts_with(&start));
    let is_meant =
        |name: &str| name.chars().next() == last.chars().next() && is_misspelling(last, name);
    let mut meant = of_name
        .filter(|(name, it)| matches!(it, Trait::Person(_)) && is_meant(&name[start.len()..]));
    meant.next().map(|(_, it)| it.clone())
}

/// Directors of one film and one family, by what they are called together; `|` stands between them.
pub(super) fn families(catalogue: &Catalogue) -> BTreeMap<String, String> {
    let mut families = BTreeMap::new();
    let surname = |name: &str| name.rsplit(' ').next().map(key).unwrap_or_default();
    for item in catalogue.rows() {
        let directors = catalogue.directors(item);
        let [one, others @ ..] = &directors[..] else { continue };
        let family = surname(one);
        if others.is_empty() || others.iter().any(|it| surname(it) != family) {
            continue;
        }
        let together = directors.join("|");
        let names = ["brothers", "bros", "sisters"].map(|it| format!("{family} {it}"));
        for name in names.into_iter().chain([format!("{family}s")]) {
            families.entry(name).or_insert_with(|| together.clone());
        }
    }
    families
}
