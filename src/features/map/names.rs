//! Which names a view asks for; how many there is room for shows when they are set.

use super::labels::{Name, Sort};
use super::words;
use crate::catalog::{Catalogue, ItemRow};
use crate::map::{FilmMap, Label, Viewport};

/// From this zoom on, places within regions have names; and from this one on, films.
const PLACES_FROM: f32 = 1.9;
const FILMS_FROM: f32 = 4.5;
/// More titles than this would find no room.
const N_TITLES: usize = 60;

/// Names of regions, picks, places, recommended films and well-known ones, the most important first.
pub(super) fn wanted(
    map: &FilmMap,
    catalogue: &Catalogue,
    viewport: &Viewport,
    by_fame: &[ItemRow],
    picks: &[ItemRow],
    listed: &[ItemRow],
) -> Vec<Name> {
    let film = |sort| {
        move |item: &ItemRow| {
            Some(Name { text: catalogue.title(*item).to_owned(), at: map.point(*item)?, sort })
        }
    };
    let named =
        |sort| move |it: &Label| Name { text: words::capitalised(&it.name), at: it.at, sort };
    let mut names: Vec<Name> = map.regions().iter().map(named(Sort::Region)).collect();
    names.extend(picks.iter().filter_map(film(Sort::Pick)));
    if viewport.zoom() >= PLACES_FROM {
        names.extend(map.places().iter().map(named(Sort::Place)));
        names.extend(listed.iter().filter_map(film(Sort::Film)));
    }
    if viewport.zoom() >= FILMS_FROM {
        let in_view =
            by_fame.iter().filter_map(film(Sort::Film)).filter(|it| viewport.shows(it.at));
        names.extend(in_view.take(N_TITLES));
    }
    names
}
