//! One file a format: which column holds what, and what a row of it means.

pub(crate) mod any;
mod imdb;
pub(crate) mod letterboxd;
pub(crate) mod letterboxd_import;
pub(crate) mod movielens;
mod netflix;
mod netflix_activity;
mod own;
mod plan;
mod prime;
mod simkl;
mod tmdb;
mod trakt;
mod trakt_csv;

use serde_json::Value;

use crate::format::Format;
use crate::import::{Import, ReadAs};
use crate::note::What;
use crate::sheet::{Gathered, Sheet};
use crate::text::Letters;

/// Reads a table that is of `format`.
pub(crate) fn table(sheet: Sheet<'_>, format: Format) {
    match format {
        Format::Letterboxd(part) => letterboxd::read(sheet, part),
        Format::LetterboxdImport => letterboxd_import::read(sheet),
        Format::Imdb => imdb::read(sheet),
        Format::NetflixHistory => netflix::read(sheet),
        Format::NetflixActivity => netflix_activity::read(sheet),
        Format::NetflixRatings => netflix_activity::read_ratings(sheet),
        Format::TraktCsv => trakt_csv::read(sheet),
        Format::MovieLensSet => movielens::read_set(sheet),
        Format::MovieLensSite => movielens::read_site(sheet),
        Format::Tmdb => tmdb::read(sheet),
        Format::Simkl => simkl::read(sheet),
        Format::Prime => prime::read(sheet),
        Format::Columns | Format::Titles => any::read(sheet),
        // JSON is never a table.
        Format::TraktJson | Format::Glassrec => {}
    }
}

/// Reads JSON: Trakt's, or our own.
pub(crate) fn json(gathered: &mut Gathered, name: &str, text: &str, letters: Letters) {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let what = if error.is_eof() { What::CutOff } else { What::Unreadable };
            return gathered.tell(name, Some(error.line() as u64), what);
        }
    };
    let file = gathered.import.files.len();
    let n_rows = |import: &Import| import.entries.len() + import.kept.len();
    let n_before = n_rows(&gathered.import);
    let format = match own::is_it(&value) {
        true => own::read(gathered, name, value),
        false => trakt::read(gathered, name, &value, file),
    };
    let Some(format) = format else { return };
    let n_rows = n_rows(&gathered.import) - n_before;
    gathered.import.files.push(ReadAs {
        name: name.to_owned(),
        format,
        letters,
        between: String::new(),
        header: Vec::new(),
        preview: Vec::new(),
        n_rows,
        scale: None,
        order: None,
    });
}
