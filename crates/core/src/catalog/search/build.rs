//! Makes the index that titles are searched in.

use std::collections::{BTreeMap, BTreeSet};

use super::{Index, Source, Text};
use crate::catalog::columns::{Columns, Details};
use crate::catalog::edit_distance::letters_of;
use crate::catalog::names::{NameKind, Names};
use crate::catalog::numbers;
use crate::catalog::readable::LetterRuns;
use crate::catalog::words::{Words, folded, words_of};

/// From so many ratings on people speak of a film, or of its series, by initials. Those of all films
/// would take in every other run of letters.
const WELL_KNOWN_RATINGS: u32 = 500;

impl Index {
    /// Of titles, and of other titles, series and people where the `details` are here.
    pub(in crate::catalog) fn new(columns: &Columns, details: Option<&Details>) -> Self {
        let mut positions: BTreeMap<String, u32> = BTreeMap::new();
        let mut text = |film: u32, source: Source, words: Words, year: u16| {
            let mut position = |word: String| {
                let next = positions.len() as u32;
                *positions.entry(word).or_insert(next)
            };
            let year = (year != 0).then(|| year.to_string());
            Text {
                film,
                source,
                words: words.telling.into_iter().map(|it| position(it.plain)).collect(),
                further: words.further.into_iter().chain(year).map(position).collect(),
            }
        };
        let mut names = Names::default();
        let mut texts = Vec::with_capacity(columns.n_items);
        let is_well_known = |film: u32| {
            columns.n_ratings.get(film as usize).is_some_and(|it| *it >= WELL_KNOWN_RATINGS)
        };
        let known_series: BTreeSet<&str> = (0..columns.n_items as u32)
            .filter(|film| is_well_known(*film))
            .filter_map(|film| Some(details?.series_of(film as usize)?.0))
            .collect();
        for ((film, title), &year) in (0..).zip(&columns.title).zip(&columns.year) {
            let mut words =
                names.add(title, NameKind::Title, texts.len() as u32, is_well_known(film));
            let series = details.and_then(|it| it.series_of(film as usize));
            let known_series = series.filter(|it| known_series.contains(it.0));
            // "lotr two towers"
            words.further.extend(known_series.and_then(|it| words_of(it.0).short_form()));
            let numbered = known_series.and_then(|it| Some((words_of(it.0), it.1?)));
            let numbered =
                numbered.map(|(name, part)| [name.numbered_short_form(part), part.to_string()]);
            words.further.extend(numbered.into_iter().flatten());
            texts.push(text(film, Source::Title, words, year));
            let Some(details) = details else { continue };
            let others = details.other_titles.get(film as usize).map_or(&[][..], Vec::as_slice);
            for (other, title) in (0..).zip(others) {
                let at = texts.len() as u32;
                let mut words = names.add(title, NameKind::OtherTitle, at, false);
                // "les 400 coups"
                if let Some(in_digits) = numbers::foreign_in_digits(&folded(title)) {
                    let in_digits = words_of(&in_digits);
                    names.push(&in_digits, NameKind::OtherTitle, at, false);
                    words.further.extend(in_digits.telling.into_iter().map(|it| it.plain));
                }
                texts.push(text(film, Source::OtherTitle(other), words, year));
            }
            if let Some((series, part)) = series {
                let mut words = words_of(series);
                let is_known = known_series.is_some();
                names.push(&words, NameKind::Series, texts.len() as u32, is_known);
                if let Some(part) = part {
                    words.extend(words_of(&part.to_string()));
                    names.push(&words, NameKind::NumberInSeries, texts.len() as u32, is_known);
                }
                texts.push(text(film, Source::Series, words, year));
            }
        }
        names.sort();
        let siblings = details.map(siblings).unwrap_or_default();
        let named = |(person, name): (u32, &String)| {
            let mut words = words_of(name);
            if siblings.contains(&person) {
                words.further.extend(["bros", "sisters"].map(str::to_owned));
            }
            text(person, Source::Person, words, 0)
        };
        let people: Vec<Text> =
            (0..).zip(details.map_or(&[][..], |it| &it.people)).map(named).collect();
        let mut vocabulary = vec![(String::new(), 0); positions.len()];
        for (word, at) in positions {
            let letters = letters_of(&word);
            vocabulary[at as usize] = (word, letters);
        }
        let n_people = people.len();
        let tags = columns.genre_names.iter().chain(details.map_or(&[][..], |it| &it.tag_names));
        let words = vocabulary.iter().map(|(word, _)| word.as_str());
        let letters = LetterRuns::of(words.chain(tags.map(String::as_str)));
        Self {
            letters,
            vocabulary,
            names,
            texts,
            people,
            directed: films_of(details.map_or(&[], |it| &it.directors), n_people),
            played_in: films_of(details.map_or(&[], |it| &it.cast), n_people),
        }
    }
}

fn films_of(people_of: &[Vec<u32>], n_people: usize) -> Vec<Vec<u32>> {
    let mut films = vec![Vec::new(); n_people];
    for (film, people) in (0..).zip(people_of) {
        for &person in people {
            if let Some(films) = films.get_mut(person as usize) {
                films.push(film);
            }
        }
    }
    films
}

/// Those who directed a film with another of their last name: "coen brothers".
fn siblings(details: &Details) -> BTreeSet<u32> {
    let last_name = |person: u32| details.people.get(person as usize)?.split(' ').next_back();
    let mut siblings = BTreeSet::new();
    for directors in &details.directors {
        let has_sibling = |&one: &u32| {
            directors.iter().any(|&other| one != other && last_name(one) == last_name(other))
        };
        siblings.extend(directors.iter().copied().filter(has_sibling));
    }
    siblings
}
