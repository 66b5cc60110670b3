//! `catalogue.json` as it lies on disk: columns of equal length, and the check that they fit.

use serde::Deserialize;

use super::CatalogError;

#[derive(Debug, Deserialize)]
pub(super) struct Columns {
    pub(super) version: u32,
    pub(super) n_items: usize,
    pub(super) movie_id: Vec<u32>,
    pub(super) title: Vec<String>,
    pub(super) year: Vec<u16>,
    pub(super) n_ratings: Vec<u32>,
    pub(super) genre_names: Vec<String>,
    pub(super) genres: Vec<Vec<u32>>,
    pub(super) people: Vec<String>,
    pub(super) directors: Vec<Vec<u32>>,
    pub(super) cast: Vec<Vec<u32>>,
    pub(super) tag_names: Vec<String>,
    pub(super) tags: Vec<Vec<u32>>,
    pub(super) country_names: Vec<String>,
    pub(super) country: Vec<i32>,
    pub(super) imdb_id: Vec<u32>,
    pub(super) tmdb_id: Vec<u32>,
}

impl Columns {
    pub(super) fn check(&self) -> Result<(), CatalogError> {
        if self.version != 1 {
            return Err(CatalogError::UnknownVersion { version: self.version });
        }
        let lengths = [
            ("movie_id", self.movie_id.len()),
            ("title", self.title.len()),
            ("year", self.year.len()),
            ("n_ratings", self.n_ratings.len()),
            ("genres", self.genres.len()),
            ("directors", self.directors.len()),
            ("cast", self.cast.len()),
            ("tags", self.tags.len()),
            ("country", self.country.len()),
            ("imdb_id", self.imdb_id.len()),
            ("tmdb_id", self.tmdb_id.len()),
        ];
        let n_items = self.n_items;
        if let Some(&(column, got)) = lengths.iter().find(|(_, got)| *got != n_items) {
            return Err(CatalogError::WrongLength { column, got, n_items });
        }
        let lists = [
            ("genres", &self.genres, self.genre_names.len()),
            ("directors", &self.directors, self.people.len()),
            ("cast", &self.cast, self.people.len()),
            ("tags", &self.tags, self.tag_names.len()),
        ];
        for (column, lists, n_names) in lists {
            let is_wrong = |list: &Vec<u32>| list.iter().any(|&index| index as usize >= n_names);
            if let Some(row) = lists.iter().position(is_wrong) {
                return Err(CatalogError::OutOfRange { column, row });
            }
        }
        let n_countries = self.country_names.len() as i64;
        let is_wrong = |&index: &i32| index < -1 || i64::from(index) >= n_countries;
        if let Some(row) = self.country.iter().position(is_wrong) {
            return Err(CatalogError::OutOfRange { column: "country", row });
        }
        if let Some(row) = self.movie_id.windows(2).position(|pair| pair[0] >= pair[1]) {
            return Err(CatalogError::OutOfOrder { row: row + 1 });
        }
        Ok(())
    }
}
