//! Trakt's CSV for members. `trakt_rating` is everybody's, `rating` the reader's.

use super::plan::Plan;
use crate::entry::{Scale, Stands};
use crate::sheet::Sheet;

pub(super) fn read(sheet: Sheet<'_>) {
    let column = |name: &str| sheet.column(name);
    let (listed, rated, watched) = (column("listed_at"), column("rated_at"), column("watched_at"));
    let watched = watched.or_else(|| column("last_watched_at"));
    let plan = Plan {
        title: column("title"),
        year: column("year"),
        imdb: column("imdb_id"),
        tmdb: column("tmdb_id"),
        kind: column("type"),
        rating: column("rating"),
        watched,
        logged: rated.or(listed),
        ..Plan::default()
    };
    let is_list = watched.is_none() && rated.is_none();
    plan.read(sheet, Scale::Ten, |_, is_rated, _| {
        Some(if is_list && !is_rated { Stands::WatchList } else { Stands::Seen })
    });
}
