//! The form that Letterboxd imports: what Plex's, Jellyfin's, Mubi's and Filmweb's converters write.
//! Any part of its columns, in any order.

use super::plan::Plan;
use crate::entry::{Scale, Stands};
use crate::sheet::Sheet;

const COLUMNS: [&str; 13] = [
    "letterboxduri",
    "tmdbid",
    "imdbid",
    "title",
    "name",
    "year",
    "directors",
    "rating",
    "rating10",
    "watcheddate",
    "rewatch",
    "tags",
    "review",
];

/// Whether these columns (their names plain) are of this form alone.
pub(crate) fn is_it(columns: &[String]) -> bool {
    let has = |name: &str| columns.iter().any(|it| it == name);
    let is_told = ["tmdbid", "imdbid", "letterboxduri", "rating10", "watcheddate", "rewatch"];
    columns.len() > 1
        && columns.iter().all(|it| COLUMNS.contains(&it.as_str()))
        && is_told.iter().any(|it| has(it))
        && ["tmdbid", "imdbid", "title", "name"].iter().any(|it| has(it))
}

pub(super) fn read(sheet: Sheet<'_>) {
    let column = |name: &str| sheet.column(name);
    let of_ten = column("Rating10");
    let of_five = column("Rating");
    let is_rated = |column: Option<usize>| {
        sheet.table.rows.iter().any(|it| !crate::sheet::field(it, column).is_empty())
    };
    // Where both are there they say the same, and the longer scale says it more closely.
    let (rating, scale) = match (of_ten, of_five) {
        (Some(_), five) if !is_rated(of_ten) && is_rated(five) => (five, Scale::Five),
        (Some(_), _) => (of_ten, Scale::Ten),
        (None, five) => (five, Scale::Five),
    };
    let plan = Plan {
        title: column("Title").or_else(|| column("Name")),
        year: column("Year"),
        imdb: column("imdbID"),
        tmdb: column("tmdbID"),
        watched: column("WatchedDate"),
        rewatch: column("Rewatch"),
        rating,
        ..Plan::default()
    };
    plan.read(sheet, scale, |_, _, _| Some(Stands::Seen));
}
