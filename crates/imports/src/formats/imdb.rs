//! IMDb's ratings and lists, of three generations. `IMDb Rating` is everybody's, `Your Rating` the
//! reader's, and always of ten. A film of a list that is not rated was not seen.

use super::plan::Plan;
use crate::entry::{Scale, Stands};
use crate::sheet::Sheet;

pub(super) fn read(sheet: Sheet<'_>) {
    let column = |name: &str| sheet.column(name);
    let plan = Plan {
        title: column("Title"),
        original: column("Original Title"),
        year: column("Year"),
        imdb: column("Const"),
        kind: column("Title Type"),
        rating: column("Your Rating").or_else(|| column("You rated")),
        logged: column("Date Rated").or_else(|| column("Created")),
        ..Plan::default()
    };
    plan.read(sheet, Scale::Ten, |_, is_rated, _| {
        Some(if is_rated { Stands::Seen } else { Stands::WatchList })
    });
}
