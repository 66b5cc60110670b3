//! The map of all films.

use super::state::DrawnList;
use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::EngineError;
use crate::map::{Layout, Part};
use crate::state::lists::WITHIN;
use crate::ui::words::{bytes, counted, error, film, grouped, listed, ordinal, percent};

pub(crate) const TAB: &str = "Map";
pub(crate) const TITLE: &str = "Map of all films";
pub(crate) const TABLE: &str = "films named on the map";
pub(crate) const LAYOUT: &str = "Layout by";
pub(crate) const KEYS: &str = "Arrow keys move the map, + and − zoom, the wheel with Ctrl or after a click, 0 shows all of it, Enter \
     selects the film in the middle, A adds it to your history, Escape clears the selection.";
pub(crate) const CLOSER: &str = "Zoom in";
pub(crate) const FARTHER: &str = "Zoom out";
pub(crate) const WHOLE: &str = "Whole map";
pub(crate) const LASSO: &str = "Lasso";
pub(crate) const LASSO_HINT: &str = "Draw a line round the films to select.";
pub(crate) const SELECTED: &str = "Selected";
pub(crate) const NOTHING_SELECTED: &str =
    "Point at a dot to name its film; click it to select it, twice to add it to your history.";
pub(crate) const TAKE_OUT: &str = "Take out of your history";
pub(crate) const DRAWN: &str = "Drawn on the map";
pub(crate) const PICKS: &str = "Your films, joined in order";
pub(crate) const NO_LISTS: &str = "Add a film, and the recommendations are ringed here.";
pub(crate) const CHOOSE: &str = "Choose more models in Compare";
pub(crate) const REGIONS: &str = "Regions";
pub(crate) const IN_VIEW: &str = "Films in view";
pub(crate) const IN_LASSO: &str = "Films inside the lasso";
pub(crate) const SHOW_VIEW: &str = "Back to the films in view";
pub(crate) const MORE: &str = "Show 50 more";
pub(crate) const YEAR: &str = "Year";
pub(crate) const GENRES: &str = "Genres";
pub(crate) const RATINGS: &str = "Ratings";
pub(crate) const LISTS: &str = "In the first 10 of";
pub(crate) const PICKED: &str = "your history";

pub(crate) fn layout(layout: Layout) -> &'static str {
    match layout {
        Layout::Text => "what the texts say",
        Layout::Model => "who watches what next",
    }
}

/// What the picture is, and how far it can be trusted.
pub(crate) fn lead(layout: Layout, n_films: usize, kept: f64) -> String {
    let source = match layout {
        Layout::Text => "the vectors of their texts",
        Layout::Model => "SASRec’s item vectors",
    };
    format!(
        "Each dot is one of {} films, laid out by t‑SNE from {source}. Of a film’s ten nearest \
         neighbours there, {} are among its ten nearest here; chance would keep {:.1} %. The axes \
         have no meaning.",
        grouped(n_films),
        percent(kept as f32),
        1_000.0 / n_films as f64,
    )
}

/// How the picture is read.
pub(crate) fn reading(is_empty: bool) -> &'static str {
    if is_empty {
        "Each dot is a film; the larger, the better known."
    } else {
        "Your films are joined in order; rings are recommendations."
    }
}

/// "Of the first 10 by SASRec, 7 lie in regions of your films; Crime · 1990s has most, 4".
pub(crate) fn claim(model: &str, n: usize, n_near: usize, most: Option<(&str, usize)>) -> String {
    if n == 1 {
        let lies = if n_near == 1 { "lies" } else { "does not lie" };
        return format!("The only film by {model} {lies} in a region of your films");
    }
    let lie = match n_near {
        0 => "none lies".to_owned(),
        1 => "1 lies".to_owned(),
        all if all == n => "all lie".to_owned(),
        some => format!("{some} lie"),
    };
    let most = match most {
        Some((_, 1)) => "; no two share a region".to_owned(),
        Some((region, all)) if all == n => format!("; all are in {}", capitalised(region)),
        Some((region, some)) => format!("; {} has most, {some}", capitalised(region)),
        None => String::new(),
    };
    format!("Of the first {n} by {model}, {lie} in regions of your films{most}")
}

/// Where no list is drawn. "Your 5 films lie in 3 regions; Crime · 1990s has most, 3".
pub(crate) fn claim_of_picks(n: usize, n_regions: usize, most: Option<(&str, usize)>) -> String {
    let Some((region, most)) = most else { return String::new() };
    let region = capitalised(region);
    match (n, n_regions) {
        (1, _) => format!("Your film lies in {region}"),
        (_, 1) => format!("Your {n} films all lie in {region}"),
        _ if most == 1 => format!("Your {n} films lie in {n_regions} regions, no two in the same"),
        _ => format!("Your {n} films lie in {n_regions} regions; {region} has most, {most}"),
    }
}

/// Where there is no history. "The largest of 36 regions is Drama · 1990s, with 400 of 7,694 films".
pub(crate) fn claim_of_regions(
    n_regions: usize,
    n_films: usize,
    largest: Option<(&str, usize)>,
) -> String {
    let Some((region, n)) = largest else { return String::new() };
    format!(
        "The largest of {n_regions} regions is {}, with {} of {} films",
        capitalised(region),
        grouped(n),
        grouped(n_films)
    )
}

/// "Heat (1995) lies in Crime · 1990s; of your films Fargo is nearest. 2nd with SASRec."
pub(crate) fn say(
    catalogue: &Catalogue,
    item: ItemRow,
    is_pick: bool,
    region: &str,
    nearest: Option<String>,
    lists: &[DrawnList],
) -> String {
    let film = film(catalogue, item);
    let region = capitalised(region);
    let nearest = nearest.map_or_else(String::new, |nearest| match is_pick {
        true => format!("; {nearest} is the nearest other"),
        false => format!("; of your films {nearest} is nearest"),
    });
    let whose = if is_pick { " is yours and" } else { "" };
    let places = places(item, lists);
    let places = if places.is_empty() { places } else { format!(" {places}.") };
    format!("{film}{whose} lies in {region}{nearest}.{places}")
}

/// "2nd with SASRec and 7th with EASE"; empty where no list has it.
fn places(item: ItemRow, lists: &[DrawnList]) -> String {
    let place =
        |it: &DrawnList| Some(format!("{} with {}", ordinal(it.rank_of(item)?), it.card.title));
    listed(&lists.iter().filter_map(place).collect::<Vec<_>>())
}

pub(crate) fn waiting(n_bytes: u64) -> String {
    format!("Fetching the map, {}…", bytes(n_bytes))
}

pub(crate) fn failure(cause: &EngineError) -> String {
    format!("There is no map. {}", error(cause))
}

/// "horror · 1980s" → "Horror · 1980s".
pub(crate) fn capitalised(name: &str) -> String {
    let mut rest = name.chars();
    let first = rest.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    first + rest.as_str()
}

pub(crate) fn region_films(name: &str, n: usize) -> String {
    format!("{}: {}", capitalised(name), counted(n, "film", "films"))
}

/// "It lies in Horror · 1980s. 2nd with SASRec and 7th with EASE."
pub(crate) fn standing(region: &str, item: ItemRow, lists: &[DrawnList]) -> String {
    let places = places(item, lists);
    let standing = match (lists.is_empty(), places.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!(" In no drawn list’s first {WITHIN}."),
        (false, false) => format!(" {places}."),
    };
    format!("It lies in {}.{standing}", capitalised(region))
}

pub(crate) fn part(part: &Part, region: Option<&str>) -> String {
    match part {
        Part::View => IN_VIEW.into(),
        Part::Lasso(_) => IN_LASSO.into(),
        Part::Region(_) => capitalised(region.unwrap_or_default()),
    }
}

/// "212 films inside."
pub(crate) fn count(part: &Part, n: usize) -> String {
    let films = counted(n, "film", "films");
    match part {
        Part::View => format!("{films} in view, the best known first."),
        Part::Lasso(_) | Part::Region(_) => format!("{films} inside, the best known first."),
    }
}

/// "SASRec 2, EASE 7": in whose first ranks, and where; with the picks.
pub(crate) fn lists(item: ItemRow, is_picked: bool, lists: &[DrawnList]) -> String {
    let place = |it: &DrawnList| Some(format!("{} {}", it.card.title, it.rank_of(item)?));
    let picked = is_picked.then(|| PICKED.to_owned());
    picked.into_iter().chain(lists.iter().filter_map(place)).collect::<Vec<_>>().join(", ")
}

pub(crate) fn select(catalogue: &Catalogue, item: ItemRow) -> String {
    format!("Show {} on the map", film(catalogue, item))
}
