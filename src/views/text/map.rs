//! The map of all films.

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::EngineError;
use crate::map::{Layout, Part};
use crate::session::{DrawnList, WITHIN};
use crate::views::text::{bytes, counted, error, film, grouped, listed, ordinal, percent};

pub(crate) const TAB_MAP: &str = "Map";
pub(crate) const TAB_TALK: &str = "Talk";
pub(crate) const MAP: &str = "Map of all films";
pub(crate) const MAP_LAYOUT: &str = "Near means alike in";
pub(crate) const MAP_KEYS: &str = "Arrow keys move the map, + and − zoom, the wheel with Ctrl or after a click, 0 shows all of it, Enter \
     takes the film in the middle in hand, Escape lets go.";
pub(crate) const MAP_CLOSER: &str = "Closer";
pub(crate) const MAP_FARTHER: &str = "Farther";
pub(crate) const MAP_WHOLE: &str = "Whole map";
pub(crate) const MAP_LASSO: &str = "Lasso";
pub(crate) const MAP_LASSO_HINT: &str = "Draw a line round the films you mean.";
pub(crate) const MAP_IN_HAND: &str = "In hand";
pub(crate) const MAP_NOTHING_IN_HAND: &str = "Point at a dot to name its film; click it to take it \
     in hand.";
pub(crate) const MAP_TAKE_OUT: &str = "Take out of your history";
pub(crate) const MAP_DRAWN: &str = "Drawn on the map";
pub(crate) const MAP_PICKS: &str = "Your picks, joined in order";
pub(crate) const MAP_NO_LISTS: &str = "Pick a film and the recommendations are ringed here.";
pub(crate) const MAP_CHOOSE: &str = "Choose more families in Compare";
pub(crate) const MAP_REGIONS: &str = "Regions";
pub(crate) const MAP_IN_VIEW: &str = "Films in view";
pub(crate) const MAP_IN_LASSO: &str = "Films inside the lasso";
pub(crate) const MAP_SHOW_VIEW: &str = "Back to the films in view";
pub(crate) const MAP_MORE: &str = "Show 50 more";
pub(crate) const MAP_YEAR: &str = "Year";
pub(crate) const MAP_GENRES: &str = "Genres";
pub(crate) const MAP_RATINGS: &str = "Ratings";
pub(crate) const MAP_LISTS: &str = "In the first 10 of";
pub(crate) const MAP_PICKED: &str = "your history";

pub(crate) fn map_layout(layout: Layout) -> &'static str {
    match layout {
        Layout::Text => "what the texts say",
        Layout::Model => "who watches what next",
    }
}

/// What the picture is, and how far it can be trusted.
pub(crate) fn map_lead(layout: Layout, n_films: usize, kept: f64) -> String {
    let source = match layout {
        Layout::Text => "the vectors of their texts",
        Layout::Model => "SASRec’s item vectors",
    };
    format!(
        "Each dot is one of {} films, laid out by t‑SNE from {source}. Of a film’s ten nearest \
         by those, {} are among its ten nearest here; chance would keep {:.1} %. Axes mean \
         nothing.",
        grouped(n_films),
        percent(kept as f32),
        1_000.0 / n_films as f64,
    )
}

pub(crate) fn map_waiting(n_bytes: u64) -> String {
    format!("Fetching the map, {}…", bytes(n_bytes))
}

pub(crate) fn map_failure(cause: &EngineError) -> String {
    format!("There is no map. {}", error(cause))
}

/// "horror · 1980s" → "Horror · 1980s".
pub(crate) fn map_place(name: &str) -> String {
    let mut rest = name.chars();
    let first = rest.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    first + rest.as_str()
}

pub(crate) fn map_region_films(name: &str, n: usize) -> String {
    format!("{}: {}", map_place(name), counted(n, "film", "films"))
}

/// "It lies in Horror · 1980s. 2nd with SASRec and 7th with EASE."
pub(crate) fn map_standing(region: &str, item: ItemRow, lists: &[DrawnList]) -> String {
    let place =
        |it: &DrawnList| Some(format!("{} with {}", ordinal(it.rank_of(item)?), it.card.title));
    let places: Vec<String> = lists.iter().filter_map(place).collect();
    let standing = match (lists.is_empty(), places.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!(" In no drawn list’s first {WITHIN}."),
        (false, false) => format!(" {}.", listed(&places)),
    };
    format!("It lies in {}.{standing}", map_place(region))
}

pub(crate) fn map_part(part: &Part, region: Option<&str>) -> String {
    match part {
        Part::View => MAP_IN_VIEW.into(),
        Part::Lasso(_) => MAP_IN_LASSO.into(),
        Part::Region(_) => map_place(region.unwrap_or_default()),
    }
}

/// "212 films inside."
pub(crate) fn map_count(part: &Part, n: usize) -> String {
    let films = counted(n, "film", "films");
    match part {
        Part::View => format!("{films} in view, the best known first."),
        Part::Lasso(_) | Part::Region(_) => format!("{films} inside, the best known first."),
    }
}

/// "SASRec 2, EASE 7": in whose first ranks, and where; with the picks.
pub(crate) fn map_lists(item: ItemRow, is_picked: bool, lists: &[DrawnList]) -> String {
    let place = |it: &DrawnList| Some(format!("{} {}", it.card.title, it.rank_of(item)?));
    let picked = is_picked.then(|| MAP_PICKED.to_owned());
    picked.into_iter().chain(lists.iter().filter_map(place)).collect::<Vec<_>>().join(", ")
}

pub(crate) fn map_take_in_hand(catalogue: &Catalogue, item: ItemRow) -> String {
    format!("Show {} on the map", film(catalogue, item))
}
