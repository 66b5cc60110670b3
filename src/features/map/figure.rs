//! What the map shows, in words and numbers: the claim over it, what is said of a film, and all that is named on it.

use std::collections::BTreeMap;

use super::state::DrawnList;
use super::words;
use crate::catalog::{Catalogue, ItemRow};
use crate::map::{FilmMap, SIDE};
use crate::ui::table::Table;

/// What is drawn on the map: the reader's films, and lists.
pub(super) struct OnMap<'a> {
    pub(super) map: &'a FilmMap,
    pub(super) catalogue: &'a Catalogue,
    /// Oldest first.
    pub(super) picks: &'a [ItemRow],
    pub(super) lists: &'a [DrawnList],
}

impl OnMap<'_> {
    /// How near the first list stays to the reader's films, region by region.
    pub(super) fn claim(&self) -> String {
        let n_regions = self.map.regions().len();
        if self.picks.is_empty() {
            let largest = self.most(&self.regions_of(self.catalogue.rows()));
            return words::claim_of_regions(n_regions, self.catalogue.n_items(), largest);
        }
        let mine = self.regions_of(self.picks.iter().copied());
        let Some(list) = self.lists.iter().find(|it| !it.items.is_empty()) else {
            return words::claim_of_picks(self.picks.len(), mine.len(), self.most(&mine));
        };
        let items = || list.items.iter().copied();
        let is_near =
            |item: &ItemRow| self.map.region_at(*item).is_some_and(|it| mine.contains_key(&it));
        let n_near = items().filter(is_near).count();
        let most = self.most(&self.regions_of(items()));
        words::claim(list.card.title, list.items.len(), n_near, most)
    }

    /// What is said of the film that is pointed at, else of the one that is selected.
    pub(super) fn say(&self, item: Option<ItemRow>) -> String {
        let Some(item) = item else { return words::reading(self.picks.is_empty()).to_owned() };
        let nearest = self.nearest_pick(item).map(|it| self.catalogue.title(it.0).to_owned());
        let is_pick = self.picks.contains(&item);
        let region = self.region(item).unwrap_or_default();
        words::say(self.catalogue, item, is_pick, region, nearest, self.lists)
    }

    /// Every film of the history and of the lists: where it is, in which lists, and which of the reader's films is
    /// nearest to it.
    pub(super) fn table(&self) -> Table {
        let mut table = Table::new(words::TABLE);
        let mut items: Vec<ItemRow> = self.picks.to_vec();
        for item in self.lists.iter().flat_map(|it| &it.items) {
            if !items.contains(item) {
                items.push(*item);
            }
        }
        for item in items {
            let row = table.row().film(self.catalogue, item);
            let pick = self.picks.iter().position(|it| *it == item);
            row.int_if("place in your history", pick.map(|it| it + 1));
            for list in self.lists {
                row.int_if(&format!("rank {}", list.card.title), list.rank_of(item));
            }
            row.text("region", self.region(item).unwrap_or_default());
            if let Some(point) = self.map.point(item) {
                row.real("x", point.x / SIDE).real("y", point.y / SIDE);
            }
            if let Some((nearest, distance)) = self.nearest_pick(item) {
                row.text("nearest of your films", self.catalogue.title(nearest));
                row.real("distance to it", distance);
            }
        }
        table
    }

    fn region(&self, item: ItemRow) -> Option<&str> {
        self.map.region_of(item).map(|it| it.name.as_str())
    }

    /// How many of `items` lie in each region that has any.
    fn regions_of(&self, items: impl Iterator<Item = ItemRow>) -> BTreeMap<usize, usize> {
        let mut counts = BTreeMap::new();
        for region in items.filter_map(|it| self.map.region_at(it)) {
            *counts.entry(region).or_default() += 1;
        }
        counts
    }

    /// The region with most films, the first of equals, and how many.
    fn most(&self, counts: &BTreeMap<usize, usize>) -> Option<(&str, usize)> {
        // `max_by_key` keeps the last of equals.
        let (region, n) = counts.iter().rev().max_by_key(|it| it.1)?;
        Some((self.map.regions().get(*region)?.name.as_str(), *n))
    }

    /// Of the reader's films the nearest other one on the map, and how far it is, in widths of the map.
    fn nearest_pick(&self, item: ItemRow) -> Option<(ItemRow, f32)> {
        let here = self.map.point(item)?;
        let others = self.picks.iter().filter(|it| **it != item);
        let squares = others.filter_map(|it| Some((*it, self.map.point(*it)?.square_to(here))));
        let nearest = squares.min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((nearest.0, nearest.1.sqrt() / SIDE))
    }
}

#[cfg(test)]
mod tests;
