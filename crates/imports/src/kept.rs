//! Films as our own file holds them.

use glassrec_core::catalog::Catalogue;
use serde::{Deserialize, Serialize};

use crate::entry::Named;
use crate::films::{Interaction, Told};

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

impl KeptFilm {
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
