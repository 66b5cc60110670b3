//! Items and their facts: reads and checks the catalogue, writes item texts.

mod by_words;
mod columns;
mod common;
mod edit_distance;
mod labels;
mod matched;
mod names;
mod numbers;
mod readable;
mod search;
mod told;
mod words;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

pub use by_words::{WordHit, telling_words};
use columns::{Columns, Details};
pub use edit_distance::is_misspelling;
pub(crate) use labels::likely_years;
pub use matched::{MatchedField, NamedFilm, TitleMatch};
pub use told::Form;
pub use words::folded;

/// A film's row in the catalogue, and in every table and model exported with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemRow(pub u32);

impl ItemRow {
    /// The row as an index into lists that have one entry per item.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    #[error("the catalogue cannot be read; reload the page: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error(
        "the catalogue is of another version than this site reads (1); reload the page: {version}"
    )]
    UnknownVersion { version: u32 },
    #[error(
        "a column of the catalogue has {got} entries for {n_items} films; reload the page: {column}"
    )]
    WrongLength { column: &'static str, got: usize, n_items: usize },
    #[error(
        "a column of the catalogue names something that is not listed; reload the page: {column}, row {row}"
    )]
    OutOfRange { column: &'static str, row: usize },
    #[error("the catalogue is not in ascending order of movieId; reload the page: row {row}")]
    OutOfOrder { row: usize },
}

/// One thing known about a film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// "title", "year", "genres", "directors", "cast", "country" or "tags".
    pub field: &'static str,
    pub text: String,
}

/// All films and what is known about them. A row outside the catalogue has empty facts.
///
/// People, tags, countries and the ids of other sites are empty until [`Catalogue::add_details`]: a
/// first list needs none of them, and they are half of the bytes.
#[derive(Debug)]
pub struct Catalogue {
    // Invariant: both checked, so every index they hold is in range.
    columns: Columns,
    details: OnceLock<Details>,
    row_of: BTreeMap<u32, ItemRow>,
    /// Made at the first search: the engine reads the catalogue and never searches titles. One
    /// without the cast, and one with it.
    search: [OnceLock<search::Index>; 2],
    /// How many films have each fact, without the details and with them.
    counts: [OnceLock<common::Counts>; 2],
}

impl Catalogue {
    /// Reads `catalogue.json` and checks it.
    ///
    /// # Errors
    /// [`CatalogError`] if it is not JSON of the agreed shape, if a column has another length
    /// than the others or names a person, genre, tag or country that is not listed.
    pub fn from_json(json: &[u8]) -> Result<Self, CatalogError> {
        let columns: Columns = serde_json::from_slice(json)?;
        columns.check()?;
        let mut row_of: BTreeMap<u32, ItemRow> =
            columns.movie_id.iter().copied().zip((0..).map(ItemRow)).collect();
        let rows_of_merged =
            columns.merged.iter().filter_map(|it| Some((it.0, row_of.get(&it.1).copied()?)));
        let rows_of_merged: Vec<(u32, ItemRow)> = rows_of_merged.collect();
        row_of.extend(rows_of_merged);
        let (search, counts) = Default::default();
        Ok(Self { columns, details: OnceLock::new(), row_of, search, counts })
    }

    /// Adds what `catalogue.details.json` holds. A second time changes nothing.
    ///
    /// # Errors
    /// As [`Catalogue::from_json`], and if it is of another catalogue.
    pub fn add_details(&self, json: &[u8]) -> Result<(), CatalogError> {
        let details: Details = serde_json::from_slice(json)?;
        details.check(&self.columns)?;
        self.details.get_or_init(|| details);
        Ok(())
    }

    pub fn has_details(&self) -> bool {
        self.details.get().is_some()
    }

    pub fn n_items(&self) -> usize {
        self.columns.n_items
    }

    pub fn contains(&self, item: ItemRow) -> bool {
        item.index() < self.n_items()
    }

    /// All rows, in catalogue order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = ItemRow> + use<> {
        (0..self.columns.n_items as u32).map(ItemRow)
    }

    /// The row of a MovieLens id; of a film that MovieLens holds twice, both ids have the same.
    pub fn row_of(&self, movie_id: u32) -> Option<ItemRow> {
        self.row_of.get(&movie_id).copied()
    }

    /// The one id that this catalogue knows a film by that MovieLens holds twice; any other id as it
    /// is.
    pub fn kept_id(&self, movie_id: u32) -> u32 {
        self.row_of(movie_id).and_then(|row| self.movie_id(row)).unwrap_or(movie_id)
    }

    pub fn movie_id(&self, item: ItemRow) -> Option<u32> {
        self.columns.movie_id.get(item.index()).copied()
    }

    /// The title as a reader writes it, without the year.
    pub fn title(&self, item: ItemRow) -> &str {
        self.columns.title.get(item.index()).map_or("", String::as_str)
    }

    pub fn year(&self, item: ItemRow) -> Option<u16> {
        self.columns.year.get(item.index()).copied().filter(|&year| year != 0)
    }

    pub fn n_ratings(&self, item: ItemRow) -> u32 {
        self.columns.n_ratings.get(item.index()).copied().unwrap_or(0)
    }

    pub fn genres(&self, item: ItemRow) -> Vec<&str> {
        names(&self.columns.genres, &self.columns.genre_names, item)
    }

    pub fn directors(&self, item: ItemRow) -> Vec<&str> {
        self.details.get().map_or(Vec::new(), |it| names(&it.directors, &it.people, item))
    }

    pub fn cast(&self, item: ItemRow) -> Vec<&str> {
        self.details.get().map_or(Vec::new(), |it| names(&it.cast, &it.people, item))
    }

    /// Best first.
    pub fn tags(&self, item: ItemRow) -> Vec<&str> {
        let Some(details) = self.details.get() else { return Vec::new() };
        names(&details.tags, &details.tag_names, item)
    }

    /// Genres and tags that all of `items` have, in the order of the first.
    pub fn shared_facts(&self, items: &[ItemRow]) -> Vec<&str> {
        let Some((&first, others)) = items.split_first() else { return Vec::new() };
        let facts = |item| [self.genres(item), self.tags(item)].concat();
        let others: Vec<Vec<&str>> = others.iter().map(|&item| facts(item)).collect();
        let is_shared = |fact: &&str| others.iter().all(|facts| facts.contains(fact));
        facts(first).into_iter().filter(is_shared).collect()
    }

    pub fn country(&self, item: ItemRow) -> Option<&str> {
        self.details.get()?.country_of(item.index())
    }

    /// The number in `https://www.imdb.com/title/tt…/`.
    pub fn imdb_id(&self, item: ItemRow) -> Option<u32> {
        self.details.get()?.imdb_id.get(item.index()).copied().filter(|&id| id != 0)
    }

    pub fn tmdb_id(&self, item: ItemRow) -> Option<u32> {
        self.details.get()?.tmdb_id.get(item.index()).copied().filter(|&id| id != 0)
    }

    /// What the film is called beside its title, in other languages and scripts as well. Empty until
    /// [`Catalogue::add_details`].
    pub fn other_titles(&self, item: ItemRow) -> &[String] {
        let details = self.details.get();
        details.and_then(|it| it.other_titles.get(item.index())).map_or(&[], Vec::as_slice)
    }

    /// The series a film belongs to, and its number in it where it has one.
    pub fn series(&self, item: ItemRow) -> Option<(&str, Option<u16>)> {
        self.details.get()?.series_of(item.index())
    }

    /// All genres there are, in the order that rings and legends use.
    pub fn genre_names(&self) -> &[String] {
        &self.columns.genre_names
    }

    /// Indices into [`Catalogue::genre_names`].
    pub fn genre_indices(&self, item: ItemRow) -> &[u32] {
        self.columns.genres.get(item.index()).map_or(&[], Vec::as_slice)
    }

    /// What the text encoder reads of a film: title, year, genres, people, country, tags.
    pub fn item_text(&self, item: ItemRow) -> String {
        if !self.contains(item) {
            return String::new();
        }
        let title = self.title(item);
        let mut parts = vec![match self.year(item) {
            Some(year) => format!("{title} ({year})."),
            None => format!("{title}."),
        }];
        let mut add = |before: &str, text: &str| {
            if !text.is_empty() {
                parts.push(format!("{before}{text}."));
            }
        };
        add("", &self.genres(item).join(", ").to_lowercase());
        add("Directed by ", &self.directors(item).join(", "));
        add("With ", &self.cast(item).join(", "));
        add("", self.country(item).unwrap_or(""));
        add("", &self.tags(item).join(", "));
        parts.join(" ")
    }

    /// Each thing known about a film on its own, in the order of its text.
    pub fn facts(&self, item: ItemRow) -> Vec<Fact> {
        let mut facts = Vec::new();
        let mut add = |field: &'static str, text: &str| {
            if !text.is_empty() {
                facts.push(Fact { field, text: text.to_owned() });
            }
        };
        add("title", self.title(item));
        add("year", &self.year(item).map(|year| year.to_string()).unwrap_or_default());
        self.genres(item).iter().for_each(|it| add("genres", &it.to_lowercase()));
        self.directors(item).iter().for_each(|it| add("directors", it));
        self.cast(item).iter().for_each(|it| add("cast", it));
        add("country", self.country(item).unwrap_or(""));
        self.tags(item).iter().for_each(|it| add("tags", it));
        facts
    }

    /// Films whose titles, series, director or cast match what the reader typed, the likeliest
    /// first.
    ///
    /// Accents, case, articles and the writing of numbers do not count, and one or two edits per
    /// word are allowed. A film known far better comes before one that matches a little better.
    pub fn search_titles(&self, query: &str, top: usize) -> Vec<TitleMatch> {
        self.index().find(&self.columns, self.details.get(), query, top)
    }

    /// Films that go by `name` as a whole, the likeliest first; with `year`, of that year alone.
    ///
    /// Case, accents, articles, marks and spaces do not count, and a number is one in all its
    /// writings: "godfather 2" is The Godfather: Part II. A film goes by its title, its other
    /// titles, its title up to or from a colon or dash, and its series with its number in it. Costs
    /// a look-up, so it may be asked for every run of words of a message.
    pub fn films_called(&self, name: &str, year: Option<u16>) -> Vec<NamedFilm> {
        self.index().named(&self.columns, name, year)
    }

    /// Whether `text` has a word in Latin letters that could be one, as far as the words of the
    /// catalogue tell: not "asdfgh", nor what is written in another script.
    pub fn can_read(&self, text: &str) -> bool {
        self.index().can_read(text)
    }

    fn index(&self) -> &search::Index {
        let details = self.details.get();
        let index = &self.search[usize::from(details.is_some())];
        index.get_or_init(|| search::Index::new(&self.columns, details))
    }
}

/// The names that `item`'s indices stand for.
fn names<'a>(indices: &[Vec<u32>], names: &'a [String], item: ItemRow) -> Vec<&'a str> {
    let Some(indices) = indices.get(item.index()) else { return Vec::new() };
    indices.iter().filter_map(|&index| names.get(index as usize)).map(String::as_str).collect()
}

#[cfg(test)]
pub(crate) mod tests;
