//! TMDB's ratings and watch-list, which look alike: what has no rating of the reader's is wanted.
//! `Rating` is everybody's.

use super::plan::Plan;
use crate::entry::{Scale, Stands};
use crate::sheet::Sheet;

pub(super) fn read(sheet: Sheet<'_>) {
    let column = |name: &str| sheet.column(name);
    let plan = Plan {
        title: column("Name"),
        year: column("Release Date"),
        imdb: column("IMDb ID"),
        tmdb: column("TMDb ID"),
        kind: column("Type"),
        rating: column("Your Rating"),
        logged: column("Date Rated"),
        ..Plan::default()
    };
    plan.read(sheet, Scale::Ten, |_, is_rated, _| {
        Some(if is_rated { Stands::Seen } else { Stands::WatchList })
    });
}
