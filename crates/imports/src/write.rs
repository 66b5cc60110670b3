//! What the reader takes away: one file of our own with all of it, and Letterboxd's form, which other
//! sites read. Nothing that a spreadsheet would run leaves here as it is.

use glassrec_core::catalog::Catalogue;

use crate::films::Interaction;
use crate::formula::defused;
use crate::kept::{File, KeptFilm, NAME, VERSION};
use crate::matching::Unmatched;
use crate::words;

/// All of `films` as our own file, JSON; `elsewhere` are films of other catalogues, which stay as they
/// are.
pub fn glassrec_json(
    films: &[Interaction],
    elsewhere: &[KeptFilm],
    catalogue: &Catalogue,
) -> String {
    // Text, numbers and lists of them: nothing that JSON could refuse.
    serde_json::to_string_pretty(&file(films, elsewhere, catalogue)).unwrap_or_default()
}

/// The same without spaces, for where there is little room.
pub fn kept_json(films: &[Interaction], elsewhere: &[KeptFilm], catalogue: &Catalogue) -> String {
    serde_json::to_string(&file(films, elsewhere, catalogue)).unwrap_or_default()
}

fn file(films: &[Interaction], elsewhere: &[KeptFilm], catalogue: &Catalogue) -> File {
    let films = films.iter().map(|film| KeptFilm::new(film, catalogue));
    let films = films.chain(elsewhere.iter().cloned()).collect();
    File { file: NAME.to_owned(), version: VERSION, films }
}

/// The seen films in Letterboxd's form for imports, CSV: a row for each viewing that has a day, one for
/// a film that has none.
pub fn letterboxd_csv(films: &[Interaction], catalogue: &Catalogue) -> String {
    let header = ["imdbID", "tmdbID", "Title", "Year", "Rating", "WatchedDate", "Rewatch"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for Interaction { item, told } in films.iter().filter(|it| it.told.is_seen) {
        let days: Vec<String> = told.viewings.iter().map(ToString::to_string).collect();
        let n_undated = (told.n_rewatches as usize + 1).saturating_sub(days.len());
        let days = if days.is_empty() { vec![String::new()] } else { days };
        for (at, day) in days.into_iter().enumerate() {
            let is_rewatch = at > 0 || n_undated > 0 && told.n_rewatches > 0;
            rows.push(vec![
                catalogue.imdb_id(*item).map(|it| format!("tt{it:07}")).unwrap_or_default(),
                catalogue.tmdb_id(*item).map(|it| it.to_string()).unwrap_or_default(),
                catalogue.title(*item).to_owned(),
                catalogue.year(*item).map(|it| it.to_string()).unwrap_or_default(),
                told.rating.map(|it| it.stars().to_string()).unwrap_or_default(),
                day,
                is_rewatch.to_string(),
            ]);
        }
    }
    csv_of(&rows)
}

/// The films that were not found, each with its reason, CSV.
pub fn unmatched_csv(unmatched: &[Unmatched]) -> String {
    let mut rows = vec![["Title", "Year", "Reason"].map(str::to_owned).to_vec()];
    rows.extend(unmatched.iter().map(|it| {
        let year = it.named.year.map(|it| it.to_string()).unwrap_or_default();
        vec![it.named.title.clone(), year, words::why(it.why).to_owned()]
    }));
    csv_of(&rows)
}

/// Rows as CSV, with what a spreadsheet would take for a formula defused.
pub(crate) fn csv_of(rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        // Into memory: nothing that could fail.
        writer.write_record(row.iter().map(|it| defused(it))).ok();
    }
    writer.into_inner().ok().and_then(|it| String::from_utf8(it).ok()).unwrap_or_default()
}
