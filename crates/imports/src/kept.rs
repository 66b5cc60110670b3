//! Films as our own file holds them.

use glassrec_core::catalog::{Catalogue, ItemRow};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::entry::Named;
use crate::films::{Interaction, Told};
use crate::note::What;

/// Of our own file. A newer one is refused rather than read in part.
pub(crate) const VERSION: u32 = 1;
pub(crate) const NAME: &str = "glassrec films";

#[derive(Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) file: String,
    pub(crate) version: u32,
    pub(crate) films: Vec<KeptFilm>,
}

/// A film as our own file has it: by its MovieLens id, and by its name where another catalogue has not
/// that id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptFilm {
    movie_id: u32,
    title: String,
    year: Option<u16>,
    #[serde(flatten)]
    pub told: Told,
}

/// The films of our own file, as [`kept_json`](crate::write::kept_json) and
/// [`glassrec_json`](crate::write::glassrec_json) write it.
///
/// # Errors
/// [`What::NewerVersion`] or [`What::Unreadable`].
pub fn kept_films(text: &str) -> Result<Vec<KeptFilm>, What> {
    let value: Value = serde_json::from_str(text).map_err(|_not_json| What::Unreadable)?;
    films_of(value)
}

pub(crate) fn films_of(file: Value) -> Result<Vec<KeptFilm>, What> {
    if file.get("version").and_then(Value::as_u64).is_some_and(|it| it > u64::from(VERSION)) {
        return Err(What::NewerVersion);
    }
    // What is wrong in it is nobody's to mend by hand.
    let file: File = serde_json::from_value(file).map_err(|_not_ours| What::Unreadable)?;
    let is_sound = |it: &KeptFilm| it.told.rating.is_none_or(|it| it.is_sound());
    Ok(file.films.into_iter().filter(is_sound).collect())
}

impl KeptFilm {
    /// The film by its id alone; `None` where `catalogue` has not that id.
    pub fn row_in(&self, catalogue: &Catalogue) -> Option<ItemRow> {
        catalogue.row_of(self.movie_id)
    }

    pub(crate) fn new(film: &Interaction, catalogue: &Catalogue) -> Self {
        Self {
            movie_id: catalogue.movie_id(film.item).unwrap_or(0),
            title: catalogue.title(film.item).to_owned(),
            year: catalogue.year(film.item),
            told: film.told.clone(),
        }
    }

    pub(crate) fn named(&self) -> Named {
        let movielens = Some(self.movie_id).filter(|it| *it > 0);
        Named { title: self.title.clone(), year: self.year, movielens, ..Named::default() }
    }
}
