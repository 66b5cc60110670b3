//! Simkl's CSV, in both writings of its names. Its status tells what was seen.

use super::plan::Plan;
use crate::columns::plain;
use crate::entry::{Scale, Stands};
use crate::sheet::{Sheet, field};

pub(super) fn read(sheet: Sheet<'_>) {
    let column = |name: &str| sheet.column(name);
    let status = column("Watchlist");
    let plan = Plan {
        title: column("Title"),
        year: column("Year"),
        imdb: column("IMDB").or_else(|| column("IMDB_ID")),
        tmdb: column("TMDB"),
        kind: column("Type"),
        rating: column("Rating"),
        watched: column("WatchedDate"),
        ..Plan::default()
    };
    plan.read(sheet, Scale::Ten, |row, _, _| {
        Some(match plain(field(row, status)).as_str() {
            "plantowatch" => Stands::WatchList,
            // "Watching", "on hold", "dropped".
            "watching" | "hold" | "onhold" | "dropped" | "notinteresting" => Stands::Said,
            _ => Stands::Seen,
        })
    });
}
