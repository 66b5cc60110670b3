//! `catalogue.json` and `catalogue.details.json` as they lie on disk: columns of equal length, and
//! the check that they fit.

use serde::{Deserialize, Deserializer};

use super::CatalogError;

/// What the first list needs.
#[derive(Debug, Deserialize)]
pub(super) struct Columns {
    pub(super) version: u32,
    pub(super) n_items: usize,
    /// Ascending, so they are stored as steps from one to the next: 11 kB less to fetch.
    #[serde(rename = "movie_id_steps", deserialize_with = "from_steps")]
    pub(super) movie_id: Vec<u32>,
    /// A line a film, as one text: quotes and commas between would cost a kilobyte.
    #[serde(rename = "titles", deserialize_with = "from_lines")]
    pub(super) title: Vec<String>,
    pub(super) year: Vec<u16>,
    pub(super) n_ratings: Vec<u32>,
    pub(super) genre_names: Vec<String>,
    /// A word a film, a letter a genre: "ac" has the first and the third.
    #[serde(rename = "genre_letters", deserialize_with = "from_letters")]
    pub(super) genres: Vec<Vec<u32>>,
    /// MovieLens ids of films that are held under another id as well, each with the one that is in
    /// `movie_id`.
    #[serde(default)]
    pub(super) merged: Vec<(u32, u32)>,
}

/// What may come later.
#[derive(Debug, Deserialize)]
pub(super) struct Details {
    pub(super) version: u32,
    pub(super) n_items: usize,
    pub(super) people: Vec<String>,
    pub(super) directors: Vec<Vec<u32>>,
    pub(super) cast: Vec<Vec<u32>>,
    pub(super) tag_names: Vec<String>,
    pub(super) tags: Vec<Vec<u32>>,
    pub(super) country_names: Vec<String>,
    pub(super) country: Vec<i32>,
    pub(super) imdb_id: Vec<u32>,
    pub(super) tmdb_id: Vec<u32>,
    /// In the order that people are likely to know them.
    pub(super) other_titles: Vec<Vec<String>>,
    pub(super) series_names: Vec<String>,
    /// Index, -1 for none.
    pub(super) series: Vec<i32>,
    /// The film's number in its series, 0 for none.
    pub(super) part: Vec<u16>,
    #[serde(flatten)]
    pub(super) told: Told,
}

/// What other sources tell of films. A catalogue may be without: then every column is empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Told {
    /// Running time, 0 where unknown.
    pub(super) minutes: Vec<u16>,
    pub(super) language_names: Vec<String>,
    pub(super) languages: Vec<Vec<u32>>,
    /// Indices into `country_names`, the main country first where it is known.
    pub(super) countries: Vec<Vec<u32>>,
    pub(super) mood_names: Vec<String>,
    pub(super) moods: Vec<Vec<u32>>,
    /// Categories of the Academy Awards.
    pub(super) prize_names: Vec<String>,
    pub(super) won: Vec<Vec<u32>>,
    /// Without those won.
    pub(super) nominated: Vec<Vec<u32>>,
    /// Rows, ascending.
    pub(super) shorts: Vec<u32>,
    /// Rows of what was made as a series for television, ascending.
    pub(super) serials: Vec<u32>,
}

impl Columns {
    pub(super) fn check(&self) -> Result<(), CatalogError> {
        let n_items = self.n_items;
        check_version(self.version)?;
        check_lengths(
            n_items,
            &[
                ("movie_id", self.movie_id.len()),
                ("title", self.title.len()),
                ("year", self.year.len()),
                ("n_ratings", self.n_ratings.len()),
                ("genres", self.genres.len()),
            ],
        )?;
        check_lists("genres", &self.genres, self.genre_names.len())?;
        if let Some(row) = self.movie_id.windows(2).position(|pair| pair[0] >= pair[1]) {
            return Err(CatalogError::OutOfOrder { row: row + 1 });
        }
        let is_held = |id: &u32| self.movie_id.binary_search(id).is_ok();
        if let Some(row) = self.merged.iter().position(|it| is_held(&it.0) || !is_held(&it.1)) {
            return Err(CatalogError::OutOfRange { column: "merged", row });
        }
        Ok(())
    }
}

impl Details {
    pub(super) fn check(&self, columns: &Columns) -> Result<(), CatalogError> {
        let n_items = columns.n_items;
        check_version(self.version)?;
        check_lengths(
            n_items,
            &[
                ("details", self.n_items),
                ("directors", self.directors.len()),
                ("cast", self.cast.len()),
                ("tags", self.tags.len()),
                ("country", self.country.len()),
                ("imdb_id", self.imdb_id.len()),
                ("tmdb_id", self.tmdb_id.len()),
                ("other_titles", self.other_titles.len()),
                ("series", self.series.len()),
                ("part", self.part.len()),
            ],
        )?;
        check_lists("directors", &self.directors, self.people.len())?;
        check_lists("cast", &self.cast, self.people.len())?;
        check_lists("tags", &self.tags, self.tag_names.len())?;
        check_indices("country", &self.country, self.country_names.len())?;
        check_indices("series", &self.series, self.series_names.len())?;
        self.told.check(n_items, self.country_names.len())
    }
}

impl Told {
    fn check(&self, n_items: usize, n_countries: usize) -> Result<(), CatalogError> {
        let lists = [
            ("languages", &self.languages, self.language_names.len()),
            ("countries", &self.countries, n_countries),
            ("moods", &self.moods, self.mood_names.len()),
            ("won", &self.won, self.prize_names.len()),
            ("nominated", &self.nominated, self.prize_names.len()),
        ];
        let lengths = lists.iter().map(|(column, list, _)| (*column, list.len()));
        let lengths = lengths.chain([("minutes", self.minutes.len())]);
        let told: Vec<_> = lengths.filter(|(_, length)| *length > 0).collect();
        check_lengths(n_items, &told)?;
        lists.iter().try_for_each(|(column, list, n_names)| check_lists(column, list, *n_names))
    }
}

impl Details {
    /// The series of a film, and its number in it.
    pub(super) fn series_of(&self, film: usize) -> Option<(&str, Option<u16>)> {
        let index = usize::try_from(*self.series.get(film)?).ok()?;
        let part = self.part.get(film).copied().filter(|&part| part != 0);
        Some((self.series_names.get(index)?, part))
    }

    pub(super) fn country_of(&self, film: usize) -> Option<&str> {
        let index = usize::try_from(*self.country.get(film)?).ok()?;
        self.country_names.get(index).map(String::as_str)
    }

    /// The film's name as one of a series: "Rocky 2".
    pub(super) fn name_in_series(&self, film: usize) -> Option<String> {
        let (series, part) = self.series_of(film)?;
        Some(part.map_or_else(|| series.to_owned(), |part| format!("{series} {part}")))
    }
}

/// The sums of steps that start from nothing; those that do not fit are as large as can be.
fn from_steps<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
    let steps = Vec::<u32>::deserialize(deserializer)?;
    let sum = |sum: &mut u32, step| {
        *sum = sum.saturating_add(step);
        Some(*sum)
    };
    Ok(steps.into_iter().scan(0, sum).collect())
}

fn from_lines<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(String::deserialize(deserializer)?.split('\n').map(str::to_owned).collect())
}

/// Other letters than small ones are genres that no catalogue has, which the check refuses.
fn from_letters<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<u32>>, D::Error> {
    let index = |letter: char| u32::from(letter).wrapping_sub(u32::from('a'));
    let words = String::deserialize(deserializer)?;
    Ok(words.split(' ').map(|film| film.chars().map(index).collect()).collect())
}

fn check_version(version: u32) -> Result<(), CatalogError> {
    if version == 3 { Ok(()) } else { Err(CatalogError::UnknownVersion { version }) }
}

fn check_lengths(n_items: usize, lengths: &[(&'static str, usize)]) -> Result<(), CatalogError> {
    match lengths.iter().find(|(_, got)| *got != n_items) {
        Some(&(column, got)) => Err(CatalogError::WrongLength { column, got, n_items }),
        None => Ok(()),
    }
}

/// Refuses a column whose lists name something past `n_names`.
fn check_lists(
    column: &'static str,
    lists: &[Vec<u32>],
    n_names: usize,
) -> Result<(), CatalogError> {
    let is_wrong = |list: &Vec<u32>| list.iter().any(|&index| index as usize >= n_names);
    match lists.iter().position(is_wrong) {
        Some(row) => Err(CatalogError::OutOfRange { column, row }),
        None => Ok(()),
    }
}

/// Refuses a column that names something past `n_names`; -1 is nothing.
fn check_indices(
    column: &'static str,
    indices: &[i32],
    n_names: usize,
) -> Result<(), CatalogError> {
    let is_wrong = |&index: &i32| index < -1 || i64::from(index) >= n_names as i64;
    match indices.iter().position(is_wrong) {
        Some(row) => Err(CatalogError::OutOfRange { column, row }),
        None => Ok(()),
    }
}
