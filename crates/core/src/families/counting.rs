//! Families that are one sum: popularity, and what each pick adds by its age.

use super::item_table::popularity_from_bytes;
use super::{
    Card, Family, FamilyEntry, FamilyError, GraphOutputs, GraphRun, ItemTable, Opening, Part,
    Parts, Scored, Want, check_items,
};
use crate::catalog::ItemRow;
use crate::history::History;

/// `score(j) = popularity_weight · popularity(j) + Σ w(age) · weight(pick → j)` over the picks
/// read, age 0 the newest.
#[derive(Debug)]
pub(super) struct Counting {
    card: &'static Card,
    /// Shape `[n_items]`: what every history starts from.
    start: Vec<f32>,
    links: Option<Box<dyn Links>>,
    age_weights: Vec<f32>,
    rest_weight: f32,
    max_history: usize,
}

/// Where the weight from a pick to a film comes from.
pub(super) trait Links: std::fmt::Debug {
    /// The weight from `pick` to `item`.
    fn weight(&self, pick: ItemRow, item: ItemRow) -> f32;

    /// Adds every film's weight from each pick, times the pick's own number, to `scores` `[n_items]`.
    fn add(&self, picks: &[(ItemRow, f32)], scores: &mut [f32]);
}

impl Links for ItemTable {
    fn weight(&self, pick: ItemRow, item: ItemRow) -> f32 {
        ItemTable::weight(self, pick, item)
    }

    fn add(&self, picks: &[(ItemRow, f32)], scores: &mut [f32]) {
        for &(pick, age_weight) in picks {
            for (item, weight) in self.row(pick) {
                scores[item.index()] += age_weight * weight;
            }
        }
    }
}

/// The parts of a family that has a table.
pub(super) fn parts_with_table(entry: &FamilyEntry) -> Vec<Part> {
    parts_with(Part::Table, entry)
}

/// Opens a family that has a table, over popularity if its entry gives that a weight.
pub(super) fn open_with_table(opening: &Opening<'_>) -> Result<Box<dyn Family>, FamilyError> {
    let table = ItemTable::from_bytes(opening.part(Part::Table)?, opening.n_items)?;
    open_with(opening, Box::new(table))
}

/// `part`, and popularity if the entry gives that a weight.
pub(super) fn parts_with(part: Part, entry: &FamilyEntry) -> Vec<Part> {
    let has_popularity = entry.popularity_weight != 0.0;
    std::iter::once(part).chain(has_popularity.then_some(Part::PopularityScores)).collect()
}

/// Opens a family of `links`, over popularity if its entry gives that a weight.
pub(super) fn open_with(
    opening: &Opening<'_>,
    links: Box<dyn Links>,
) -> Result<Box<dyn Family>, FamilyError> {
    let weight = opening.entry.popularity_weight;
    let start = if weight == 0.0 {
        vec![0.0; opening.n_items]
    } else {
        popularity(opening)?.into_iter().map(|score| weight * score).collect()
    };
    Ok(Box::new(Counting::new(opening, start, Some(links))))
}

/// Opens the family that has popularity and nothing else.
pub(super) fn open_without_links(opening: &Opening<'_>) -> Result<Box<dyn Family>, FamilyError> {
    Ok(Box::new(Counting::new(opening, popularity(opening)?, None)))
}

fn popularity(opening: &Opening<'_>) -> Result<Vec<f32>, FamilyError> {
    let bytes = opening.part(Part::PopularityScores)?;
    Ok(popularity_from_bytes(bytes, opening.n_items)?)
}

impl Counting {
    fn new(opening: &Opening<'_>, start: Vec<f32>, links: Option<Box<dyn Links>>) -> Self {
        let entry = opening.entry;
        let has_links = links.is_some();
        Self {
            card: opening.card,
            start,
            links,
            age_weights: entry.age_weights.clone(),
            rest_weight: entry.rest_weight,
            // Popularity alone reads no picks.
            max_history: if has_links { entry.max_history } else { 0 },
        }
    }

    /// The picks read, newest first, each with the weight of its age; those without weight left in.
    fn weighted<'a>(&'a self, history: &'a History) -> impl Iterator<Item = (ItemRow, f32)> + 'a {
        let ages = self.age_weights.iter().copied().chain(std::iter::repeat(self.rest_weight));
        history.iter().rev().take(self.max_history).zip(ages)
    }

    /// What every history starts from, and what `picks` with their weights add.
    fn score(&self, picks: impl Iterator<Item = (ItemRow, f32)>) -> Vec<f32> {
        let mut scores = self.start.clone();
        if let Some(links) = &self.links {
            let picks: Vec<(ItemRow, f32)> = picks.filter(|(_, weight)| *weight != 0.0).collect();
            links.add(&picks, &mut scores);
        }
        scores
    }
}

impl Family for Counting {
    fn card(&self) -> &'static Card {
        self.card
    }

    fn max_history(&self) -> usize {
        self.max_history
    }

    fn plan(&self, histories: &[History], _want: Want) -> Result<Vec<GraphRun>, FamilyError> {
        check_items(histories, self.start.len())?;
        Ok(vec![])
    }

    fn scores(
        &self,
        histories: &[History],
        _outputs: Vec<GraphOutputs>,
    ) -> Result<Scored, FamilyError> {
        check_items(histories, self.start.len())?;
        let scores = histories.iter().map(|it| self.score(self.weighted(it))).collect();
        Ok(Scored { scores, attention: None })
    }

    fn scores_weighed(
        &self,
        history: &History,
        weights: &[f32],
        _outputs: Vec<GraphOutputs>,
    ) -> Result<Vec<f32>, FamilyError> {
        check_items(std::slice::from_ref(history), self.start.len())?;
        let picks = history.iter().zip(weights.iter().copied()).rev().take(self.max_history);
        Ok(self.score(picks))
    }

    fn contributions(&self, history: &History, item: ItemRow) -> Option<Parts> {
        let weight = |pick| self.links.as_ref().map_or(0.0, |links| links.weight(pick, item));
        let mut picks: Vec<f32> =
            self.weighted(history).map(|(pick, age_weight)| age_weight * weight(pick)).collect();
        picks.reverse();
        Some(Parts { start: *self.start.get(item.index())?, picks })
    }
}
