//! Finding films by title, director or cast, with a slip per word forgiven.

use std::collections::BTreeMap;

use super::ItemRow;
use super::columns::{Columns, Details};
use super::words::{forgiven, letters_of, slips, words_of};

/// Where a film matched what the reader typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchedField {
    Title,
    Director,
    Cast,
}

/// A film that matched, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleMatch {
    pub item: ItemRow,
    pub field: MatchedField,
    /// The matched title or name as the catalogue writes it.
    pub text: String,
}

/// Words of all titles and names, prepared once.
#[derive(Debug)]
pub(super) struct Index {
    /// Each word once, with its letters.
    vocabulary: Vec<(String, u64)>,
    /// One per film.
    titles: Vec<Text>,
    /// One per person.
    people: Vec<Text>,
    /// The films of each person, as director and in the cast.
    directed: Vec<Vec<u32>>,
    played_in: Vec<Vec<u32>>,
}

/// A title or name as positions in the vocabulary.
#[derive(Debug)]
struct Text {
    /// In the order of the text, without articles.
    words: Vec<u32>,
    /// Words that may be typed as well: articles, joined forms, the year.
    further: Vec<u32>,
}

/// How well a text matches: smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Quality {
    slips: usize,
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    WholeTitle,
    StartOfTitle,
    InTitle,
    Director,
    Cast,
}

/// How each word of the vocabulary matches one typed word; `NONE` where it does not.
struct Typed {
    slips: Vec<u8>,
    /// The whole word was typed rather than its beginning.
    is_whole: Vec<bool>,
}

const NONE: u8 = u8::MAX;

impl Index {
    /// Of titles and directors, and of the cast where the `details` are here.
    pub(super) fn new(columns: &Columns, details: Option<&Details>) -> Self {
        let mut positions: BTreeMap<String, u32> = BTreeMap::new();
        let mut position = |word: String| {
            let next = positions.len() as u32;
            *positions.entry(word).or_insert(next)
        };
        let mut text = |text: &str, year: Option<u16>| {
            let (words, mut further) = words_of(text);
            further.extend(year.map(|year| year.to_string()));
            further.extend(words.iter().filter(|word| is_article(word)).cloned());
            let words = without_articles(words);
            Text {
                words: words.into_iter().map(&mut position).collect(),
                further: further.into_iter().map(&mut position).collect(),
            }
        };
        let titles = columns.title.iter().zip(&columns.year);
        let titles = titles.map(|(it, &year)| text(it, (year != 0).then_some(year))).collect();
        let people: Vec<Text> = people(columns, details).map(|name| text(name, None)).collect();
        let mut vocabulary = vec![(String::new(), 0); positions.len()];
        for (word, at) in positions {
            let letters = letters_of(&word);
            vocabulary[at as usize] = (word, letters);
        }
        let n_people = people.len();
        Self {
            vocabulary,
            titles,
            people,
            directed: films_of(&columns.directors, n_people),
            played_in: films_of(details.map_or(&[], |it| &it.cast), n_people),
        }
    }

    pub(super) fn find(
        &self,
        columns: &Columns,
        details: Option<&Details>,
        query: &str,
        top: usize,
    ) -> Vec<TitleMatch> {
        let typed = without_articles(words_of(query).0);
        if typed.is_empty() || top == 0 {
            return Vec::new();
        }
        let is_last_open = query.ends_with(char::is_alphanumeric);
        // Slips are forgiven only where the words as typed do not fill the list.
        let exact: Vec<Typed> = self.match_words(&typed, is_last_open, |_| 0);
        let mut found = self.matches(&exact);
        if found.len() < top {
            let forgiving = self.match_words(&typed, is_last_open, forgiven);
            for (item, other) in self.matches(&forgiving) {
                let best = found.entry(item).or_insert(other);
                *best = (*best).min(other);
            }
        }
        let mut found: Vec<(ItemRow, (Quality, u32))> = found.into_iter().collect();
        let n_ratings = |item: ItemRow| columns.n_ratings.get(item.index()).copied();
        // The sort is stable: films rated equally often keep catalogue order.
        found.sort_by(|(item, best), (other_item, other)| {
            let by_ratings = n_ratings(*other_item).cmp(&n_ratings(*item));
            best.0.cmp(&other.0).then(by_ratings)
        });
        found.truncate(top);
        found.into_iter().map(|(item, best)| named(columns, details, item, best)).collect()
    }

    /// Each typed word against the whole vocabulary.
    fn match_words(
        &self,
        typed: &[String],
        is_last_open: bool,
        forgiven: impl Fn(&str) -> usize,
    ) -> Vec<Typed> {
        let n_typed = typed.len();
        let per_word = typed.iter().enumerate().map(|(at, word)| {
            let is_open = is_last_open && at + 1 == n_typed;
            self.match_word(word, is_open, forgiven(word))
        });
        per_word.collect()
    }

    /// With `is_open`, the reader may still be typing: beginnings count.
    fn match_word(&self, typed: &str, is_open: bool, limit: usize) -> Typed {
        let letters = letters_of(typed);
        let mut matched = Typed {
            slips: vec![NONE; self.vocabulary.len()],
            is_whole: vec![false; self.vocabulary.len()],
        };
        for (at, (word, has)) in self.vocabulary.iter().enumerate() {
            matched.slips[at] = if word == typed {
                matched.is_whole[at] = true;
                0
            } else if is_open && word.starts_with(typed) {
                0
            } else if limit > 0 && (letters & !has).count_ones() as usize <= limit {
                let found = slips(typed, word, limit);
                matched.is_whole[at] = found.whole.is_some();
                let start = found.start.filter(|_| is_open);
                found.whole.into_iter().chain(start).min().unwrap_or(NONE)
            } else {
                NONE
            };
        }
        matched
    }

    /// The films that have every typed word in one text, each with its best match, and for a
    /// match by name the person.
    fn matches(&self, typed: &[Typed]) -> BTreeMap<ItemRow, (Quality, u32)> {
        let mut found: BTreeMap<ItemRow, (Quality, u32)> = BTreeMap::new();
        let mut offer = |film: u32, quality: Quality, person: u32| {
            let best = found.entry(ItemRow(film)).or_insert((quality, person));
            *best = (*best).min((quality, person));
        };
        for (film, title) in (0..).zip(&self.titles) {
            if let Some(slips) = total_slips(title, typed) {
                offer(film, Quality { slips, place: place_in(title, typed) }, 0);
            }
        }
        for (person, name) in (0_u32..).zip(&self.people) {
            let Some(slips) = total_slips(name, typed) else { continue };
            let by_role = [(&self.directed, Place::Director), (&self.played_in, Place::Cast)];
            for (films_of, place) in by_role {
                let films = films_of.get(person as usize).into_iter().flatten();
                films.for_each(|&film| offer(film, Quality { slips, place }, person));
            }
        }
        found
    }
}

/// The slips over all typed words; `None` if one of them is not in the text.
fn total_slips(text: &Text, typed: &[Typed]) -> Option<usize> {
    let words = || text.words.iter().chain(&text.further);
    let slips_of = |it: &Typed| {
        let best = words().map(|&word| it.slips[word as usize]).min().unwrap_or(NONE);
        (best != NONE).then_some(usize::from(best))
    };
    typed.iter().map(slips_of).sum()
}

/// Whether the typed words are the whole title, its start, or somewhere in it.
fn place_in(title: &Text, typed: &[Typed]) -> Place {
    let pairs = || typed.iter().zip(&title.words);
    let is_start = title.words.len() >= typed.len()
        && pairs().all(|(it, &word)| it.slips[word as usize] != NONE);
    let is_whole =
        title.words.len() == typed.len() && pairs().all(|(it, &word)| it.is_whole[word as usize]);
    match (is_start, is_whole) {
        (true, true) => Place::WholeTitle,
        (true, false) => Place::StartOfTitle,
        _ => Place::InTitle,
    }
}

/// Articles say nothing, unless they are all there is.
fn without_articles(words: Vec<String>) -> Vec<String> {
    let telling: Vec<String> = words.iter().filter(|word| !is_article(word)).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "a" | "an")
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

/// Every name, in the order that numbers them.
fn people<'a>(
    columns: &'a Columns,
    details: Option<&'a Details>,
) -> impl Iterator<Item = &'a String> {
    let further = details.map_or(&[][..], |it| &it.further_people);
    columns.people.iter().chain(further)
}

fn named(
    columns: &Columns,
    details: Option<&Details>,
    item: ItemRow,
    (quality, person): (Quality, u32),
) -> TitleMatch {
    let person = || people(columns, details).nth(person as usize);
    let (field, text) = match quality.place {
        Place::Director => (MatchedField::Director, person()),
        Place::Cast => (MatchedField::Cast, person()),
        _ => (MatchedField::Title, columns.title.get(item.index())),
    };
    TitleMatch { item, field, text: text.cloned().unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalogue;
    use crate::catalog::tests::made_up;

    /// The first matches for `query` as "Title" or "Title/Person".
    #[track_caller]
    fn check(query: &str, want: &[&str]) {
        let catalogue: Catalogue = made_up();
        let found = catalogue.search_titles(query, want.len().max(1));
        let got: Vec<String> = found
            .iter()
            .map(|it| {
                let title = catalogue.title(it.item);
                if it.text == title { it.text.clone() } else { format!("{title}/{}", it.text) }
            })
            .collect();
        assert_eq!(got, want, "for {query:?}");
    }

    #[test]
    fn a_beginning_finds_the_film_rated_most() {
        check("ali", &["Aliens", "Alien"]);
    }

    #[test]
    fn the_whole_title_comes_first() {
        check("alien", &["Alien", "Aliens"]);
        check("alien ", &["Alien", "Aliens"]);
    }

    #[test]
    fn accents_case_marks_and_articles_do_not_matter() {
        check("AMELIE", &["Amélie"]);
        check("amélie", &["Amélie"]);
        check("matrix, the", &["The Matrix"]);
        check("the matrix", &["The Matrix"]);
        check("spiderman", &["Spider-Man"]);
        check("spider-man", &["Spider-Man"]);
    }

    #[test]
    fn a_slip_is_forgiven() {
        check("martix", &["The Matrix"]);
        check("amelei", &["Amélie"]);
        check("weavr", &["Aliens/Sigourney Weaver", "Alien/Sigourney Weaver"]);
    }

    #[test]
    fn people_are_found_with_their_films() {
        check("ridley scott", &["Alien/Ridley Scott"]);
        check("sigourney", &["Aliens/Sigourney Weaver", "Alien/Sigourney Weaver"]);
    }

    #[test]
    fn a_year_narrows_the_title() {
        check("alien 1979", &["Alien"]);
        check("alien 1986", &["Aliens"]);
    }

    #[test]
    fn nothing_typed_finds_nothing() {
        for query in ["", "   ", "?!", "zzzzzz"] {
            check(query, &[]);
        }
    }

    #[test]
    fn no_query_makes_it_panic() {
        let catalogue = made_up();
        for query in ["é", "\u{301}", "🎬", "a🎬b", "½", "日本", "a'", &"x".repeat(5000)] {
            catalogue.search_titles(query, 5);
        }
    }
}
