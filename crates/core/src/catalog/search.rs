//! Finding films by what they are called, by director or cast, within an edit distance.

use std::collections::BTreeMap;

use super::ItemRow;
use super::columns::{Columns, Details};
use super::edit_distance::{edit_distance, is_letter_moved, letters_of, limit_for};
use super::matched::{MatchedField, NamedFilm, TitleMatch, cost};
use super::names::{NameKind, Names};
use super::readable::LetterRuns;
use super::words::{Word, Words, words_of};
use fallback::is_title;

/// Words of all titles and names, prepared once.
#[derive(Debug)]
pub(super) struct Index {
    /// Each word once, with its letters.
    vocabulary: Vec<(String, u64)>,
    names: Names,
    texts: Vec<Text>,
    /// One per person; their `film` is the person.
    people: Vec<Text>,
    /// The films of each person, as director and in the cast.
    directed: Vec<Vec<u32>>,
    played_in: Vec<Vec<u32>>,
    letters: LetterRuns,
}

/// A title or name as positions in the vocabulary.
#[derive(Debug)]
struct Text {
    film: u32,
    source: Source,
    /// In the order of the text, without articles.
    words: Vec<u32>,
    /// Words that may be typed as well: articles, joined forms, the year.
    further: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Title,
    /// At this position among the film's other titles.
    OtherTitle(u16),
    /// With the film's number in it.
    Series,
    Person,
}

/// What matched best: its cost, then who or what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Matched {
    cost: u32,
    by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    /// Position in [`Index::texts`].
    Text(u32),
    Director(u32),
    Cast(u32),
}

type Found = BTreeMap<ItemRow, Matched>;

/// How each word of the vocabulary matches one typed word.
struct Typed {
    /// Edits from the typed word, [`NONE`] where it does not match.
    edits: Vec<u8>,
    /// The whole word was typed rather than its beginning.
    is_whole: Vec<bool>,
}

const NONE: u8 = u8::MAX;

impl Index {
    pub(super) fn find(
        &self,
        columns: &Columns,
        details: Option<&Details>,
        query: &str,
        top: usize,
    ) -> Vec<TitleMatch> {
        let typed = words_of(query);
        if typed.telling.is_empty() || top == 0 {
            return Vec::new();
        }
        let is_open = query.ends_with(char::is_alphanumeric);
        let mut found = self.found_as_typed(columns, &typed, is_open, top);
        if found.is_empty() {
            found = self.found_otherwise(columns, details, &typed, top);
        }
        let mut found = in_order(columns, found);
        if let Some(meant) = self.near_namesake(columns, &typed, &found) {
            found[..=meant].rotate_right(1);
        }
        found.truncate(top);
        found.into_iter().map(|it| self.described(columns, details, it)).collect()
    }

    fn found_as_typed(&self, columns: &Columns, typed: &Words, is_open: bool, top: usize) -> Found {
        let mut found = self.called(columns, typed, is_open, None);
        self.match_initials(typed, &mut found);
        let exact = self.match_words(typed, is_open, |_| 0);
        self.match_texts(&exact, &mut found);
        if found.is_empty() {
            self.match_texts_with_people(&exact, &mut found);
        }
        // Misspellings count only where the words as typed do not fill the list.
        if found.len() < top && !is_title(typed, &found) {
            let misspelt = self.match_words(typed, is_open, limit_for);
            self.match_texts(&misspelt, &mut found);
            if found.is_empty() {
                self.match_loosely(typed, &mut found);
            }
            if found.is_empty() {
                self.match_texts_with_people(&misspelt, &mut found);
            }
        }
        found
    }

    /// Films that go by `name`, the likeliest first.
    pub(super) fn named(&self, columns: &Columns, name: &str, year: Option<u16>) -> Vec<NamedFilm> {
        let found = self.called(columns, &words_of(name), false, year);
        let named = |(item, it): (ItemRow, Matched)| NamedFilm { item, certainty: it.certainty() };
        in_order(columns, found).into_iter().map(named).collect()
    }

    /// The films whose name is typed; with `is_open`, also those whose name begins so.
    fn called(&self, columns: &Columns, typed: &Words, is_open: bool, year: Option<u16>) -> Found {
        let mut found = Found::new();
        let is_of = |film: u32, year: Option<u16>| {
            year.is_none_or(|year| columns.year.get(film as usize) == Some(&year))
        };
        let mut look_up = |key: &str, is_open: bool, year: Option<u16>, further: u32| {
            for (text, kind, is_whole) in self.names.find(key, is_open) {
                let film = self.texts[text as usize].film;
                if is_of(film, year) && (further == 0 || year.is_some() || kind == NameKind::Title)
                {
                    let open = if is_whole { 0 } else { cost::OPEN };
                    let cost = cost::of_name(kind) + open + further;
                    offer(&mut found, film, Matched { cost, by: By::Text(text) });
                }
            }
        };
        let key = typed.key();
        look_up(&key, is_open, year, 0);
        // "Heat 1995", and "Rocky 1" for the first of a series, which has no number.
        if let Some(last) = typed.telling.last().map(|it| it.plain.as_str())
            && let Some(rest) = key.strip_suffix(last).filter(|rest| !rest.is_empty())
        {
            match last.parse() {
                Ok(1) => look_up(rest, false, year, cost::FIRST),
                Ok(said @ 1880..2100) if year.is_none() => {
                    look_up(rest, false, Some(said), 0);
                    look_up(rest, false, Some(said - 1), cost::NEAR_YEAR);
                    look_up(rest, false, Some(said + 1), cost::NEAR_YEAR);
                }
                _ => {}
            }
        }
        found
    }

    pub(super) fn can_read(&self, text: &str) -> bool {
        self.letters.can_read(text)
    }

    /// Each typed word against the whole vocabulary.
    fn match_words(
        &self,
        typed: &Words,
        is_open: bool,
        limit: impl Fn(&str) -> usize,
    ) -> Vec<Typed> {
        let n_typed = typed.telling.len();
        let per_word = typed.telling.iter().enumerate().map(|(at, word)| {
            self.match_word(word, is_open && at + 1 == n_typed, limit(&word.raw))
        });
        per_word.collect()
    }

    /// With `is_open`, the reader may still be typing: beginnings count.
    fn match_word(&self, typed: &Word, is_open: bool, limit: usize) -> Typed {
        let Word { raw, plain } = typed;
        let letters = letters_of(raw);
        // "2" is not on its way to 2001, "200" is.
        let is_open = is_open && (raw.len() > 2 || !raw.bytes().all(|it| it.is_ascii_digit()));
        let mut matched = Typed {
            edits: vec![NONE; self.vocabulary.len()],
            is_whole: vec![false; self.vocabulary.len()],
        };
        for (at, (word, has)) in self.vocabulary.iter().enumerate() {
            matched.edits[at] = if word == plain || word == raw {
                matched.is_whole[at] = true;
                0
            } else if is_open && word.starts_with(raw.as_str()) {
                0
            } else if limit > 0 && letters == *has && is_letter_moved(raw, word) {
                matched.is_whole[at] = true;
                1
            } else if limit > 0 && (letters & !has).count_ones() as usize <= limit {
                let found = edit_distance(raw, word, limit);
                matched.is_whole[at] = found.whole.is_some();
                let start = found.start.filter(|_| is_open);
                found.whole.into_iter().chain(start).min().unwrap_or(NONE)
            } else {
                NONE
            };
        }
        matched
    }

    /// Adds the films whose title or series is well known by the typed initials.
    fn match_initials(&self, typed: &Words, found: &mut Found) {
        let key = typed.key();
        let has_number = key.ends_with(|last: char| last.is_ascii_digit());
        let cost = if has_number { cost::INITIALS_AND_NUMBER } else { cost::INITIALS };
        for text in self.names.find_initials(&key) {
            let matched = Matched { cost, by: By::Text(text) };
            offer(found, self.texts[text as usize].film, matched);
        }
    }

    /// Adds the films that have every typed word in one text.
    fn match_texts(&self, typed: &[Typed], found: &mut Found) {
        let typed: Vec<&Typed> = typed.iter().collect();
        for (at, text) in (0_u32..).zip(&self.texts) {
            if let Some(cost) = text_cost(text, &typed) {
                offer(found, text.film, Matched { cost, by: By::Text(at) });
            }
        }
        for (person, name) in (0_u32..).zip(&self.people) {
            let Some(edits) = total_edits(name, &typed) else { continue };
            let by_role = [
                (&self.directed, cost::DIRECTOR, By::Director(person)),
                (&self.played_in, cost::CAST, By::Cast(person)),
            ];
            for (films_of, cost, by) in by_role {
                let cost = cost + edits * cost::EDIT;
                let films = films_of.get(person as usize).into_iter().flatten();
                films.for_each(|&film| offer(found, film, Matched { cost, by }));
            }
        }
    }

    /// Adds the films that have some of the typed words in the name of a director or actor and all
    /// others in one text: "kubrick shining".
    fn match_texts_with_people(&self, typed: &[Typed], found: &mut Found) {
        let films = self.directed.iter().zip(&self.played_in);
        for (name, (directed, played_in)) in self.people.iter().zip(films) {
            if !typed.iter().any(|it| edits_in(name, it).is_some()) {
                continue;
            }
            let (of_name, of_title): (Vec<&Typed>, Vec<&Typed>) =
                typed.iter().partition(|it| edits_in(name, it).is_some());
            if of_title.is_empty() {
                continue;
            }
            let edits = total_edits(name, &of_name).unwrap_or(0);
            for &film in directed.iter().chain(played_in) {
                let first = self.texts.partition_point(|it| it.film < film);
                let texts = (first as u32..).zip(&self.texts[first..]);
                for (at, text) in texts.take_while(|it| it.1.film == film) {
                    if let Some(cost) = text_cost(text, &of_title) {
                        let cost = cost + cost::WITH_PERSON + edits * cost::EDIT;
                        offer(found, film, Matched { cost, by: By::Text(at) });
                    }
                }
            }
        }
    }

    fn described(
        &self,
        columns: &Columns,
        details: Option<&Details>,
        (item, matched): (ItemRow, Matched),
    ) -> TitleMatch {
        let person = |at: u32| details?.people.get(at as usize).cloned();
        let (field, text) = match matched.by {
            By::Director(at) => (MatchedField::Director, person(at)),
            By::Cast(at) => (MatchedField::Cast, person(at)),
            By::Text(at) => match self.texts.get(at as usize).map(|it| it.source) {
                Some(Source::OtherTitle(position)) => {
                    let titles = details.and_then(|it| it.other_titles.get(item.index()));
                    let title = titles.and_then(|it| it.get(usize::from(position)).cloned());
                    (MatchedField::OtherTitle, title)
                }
                Some(Source::Series) => {
                    let name = details.and_then(|it| it.name_in_series(item.index()));
                    (MatchedField::OtherTitle, name)
                }
                _ => (MatchedField::Title, columns.title.get(item.index()).cloned()),
            },
        };
        let text = text.unwrap_or_default();
        TitleMatch { item, field, text, certainty: matched.certainty() }
    }
}

impl Matched {
    fn certainty(self) -> f32 {
        12.0 / (12 + self.cost) as f32
    }
}

fn offer(found: &mut Found, film: u32, matched: Matched) {
    let best = found.entry(ItemRow(film)).or_insert(matched);
    *best = (*best).min(matched);
}

/// The likeliest first: how well a film is known weighs against what its match costs. The rest
/// keeps catalogue order.
fn in_order(columns: &Columns, found: Found) -> Vec<(ItemRow, Matched)> {
    let mut found: Vec<(ItemRow, Matched)> = found.into_iter().collect();
    let known = |item: ItemRow| log2(columns.n_ratings.get(item.index()).copied().unwrap_or(0));
    found.sort_by_key(|(item, matched)| {
        let n_ratings = columns.n_ratings.get(item.index()).copied();
        let worth = i64::from(known(*item)) - (i64::from(matched.cost) << 8);
        std::cmp::Reverse((worth, n_ratings))
    });
    found
}

/// The binary logarithm in 256ths, straight between powers of two.
fn log2(number: u32) -> u32 {
    let whole = number.max(1).ilog2();
    (whole << 8) + (((u64::from(number.max(1)) << 8) >> whole) as u32 & 255)
}

/// What it costs that the typed words are not just what `text` says; `None` if it lacks one.
fn text_cost(text: &Text, typed: &[&Typed]) -> Option<u32> {
    let edits = total_edits(text, typed)?;
    let source = match text.source {
        Source::OtherTitle(_) => cost::OTHER_TITLE,
        Source::Series => cost::SERIES,
        _ => 0,
    };
    Some(place_cost(text, typed) + source + edits * cost::EDIT)
}

/// The edits over all typed words; `None` if one of them is not in the text.
fn total_edits(text: &Text, typed: &[&Typed]) -> Option<u32> {
    typed.iter().map(|it| edits_in(text, it)).sum()
}

fn edits_in(text: &Text, typed: &Typed) -> Option<u32> {
    let words = text.words.iter().chain(&text.further);
    let best = words.map(|&word| typed.edits[word as usize]).min().unwrap_or(NONE);
    (best != NONE).then_some(u32::from(best))
}

/// What it costs that the typed words are not the whole text but its start, a run of it, or
/// scattered over it.
fn place_cost(text: &Text, typed: &[&Typed]) -> u32 {
    let is_at =
        |run: &[u32]| run.iter().zip(typed).all(|(&word, it)| it.edits[word as usize] != NONE);
    let at = text.words.windows(typed.len()).position(is_at);
    let run = at.map_or(&[][..], |at| &text.words[at..]);
    let is_whole = run.iter().zip(typed).all(|(&word, it)| it.is_whole[word as usize]);
    match (at, is_whole) {
        (Some(0), true) if text.words.len() == typed.len() => 0,
        (Some(0), true) => cost::START,
        (Some(0), false) => cost::OPEN,
        (Some(_), true) => cost::PHRASE,
        (Some(_), false) => cost::OPEN_PHRASE,
        (None, _) => cost::SCATTERED,
    }
}

mod build;
mod countries;
mod fallback;
#[cfg(test)]
mod tests;
