//! Families that are one sum: popularity, and what each pick adds by its age.

use super::item_table::popularity_from_bytes;
use super::{
    Card, Family, FamilyEntry, FamilyError, GraphOutputs, GraphRun, ItemTable, Opening, Part,
    Scored, Want, check_items,
};
use crate::catalog::ItemRow;
use crate::history::History;

/// `score(j) = popularity_weight · popularity(j) + Σ w(age) · table(pick → j)` over the picks
/// read, age 0 the newest.
#[derive(Debug)]
pub(super) struct Counting {
    card: &'static Card,
    /// Shape `[n_items]`: what every history starts from.
    start: Vec<f32>,
    table: Option<ItemTable>,
    age_weights: Vec<f32>,
    rest_weight: f32,
    max_history: usize,
}

/// The parts of a family that has a table.
pub(super) fn parts_with_table(entry: &FamilyEntry) -> Vec<Part> {
    let mut parts = vec![Part::Table];
    if entry.popularity_weight != 0.0 {
        parts.push(Part::PopularityScores);
    }
    parts
}

/// Opens a family that has a table, over popularity if its entry gives that a weight.
pub(super) fn open_with_table(opening: &Opening<'_>) -> Result<Box<dyn Family>, FamilyError> {
    let table = ItemTable::from_bytes(opening.part(Part::Table)?, opening.n_items)?;
    let weight = opening.entry.popularity_weight;
    let start = if weight == 0.0 {
        vec![0.0; opening.n_items]
    } else {
        popularity(opening)?.into_iter().map(|score| weight * score).collect()
    };
    Ok(Box::new(Counting::new(opening, start, Some(table))))
}

/// Opens the family that has popularity and nothing else.
pub(super) fn open_without_table(opening: &Opening<'_>) -> Result<Box<dyn Family>, FamilyError> {
    Ok(Box::new(Counting::new(opening, popularity(opening)?, None)))
}

fn popularity(opening: &Opening<'_>) -> Result<Vec<f32>, FamilyError> {
    let bytes = opening.part(Part::PopularityScores)?;
    Ok(popularity_from_bytes(bytes, opening.n_items)?)
}

impl Counting {
    fn new(opening: &Opening<'_>, start: Vec<f32>, table: Option<ItemTable>) -> Self {
        let entry = opening.entry;
        Self {
            card: opening.card,
            start,
            table,
            age_weights: entry.age_weights.clone(),
            rest_weight: entry.rest_weight,
            max_history: entry.max_history,
        }
    }

    /// The picks read, newest first, each with the weight of its age; those without weight left in.
    fn weighted<'a>(&'a self, history: &'a History) -> impl Iterator<Item = (ItemRow, f32)> + 'a {
        let ages = self.age_weights.iter().copied().chain(std::iter::repeat(self.rest_weight));
        history.iter().rev().take(self.max_history).zip(ages)
    }

    fn score(&self, history: &History) -> Vec<f32> {
        let mut scores = self.start.clone();
        let Some(table) = &self.table else { return scores };
        for (pick, age_weight) in self.weighted(history).filter(|(_, weight)| *weight != 0.0) {
            for (item, weight) in table.row(pick) {
                scores[item.index()] += age_weight * weight;
            }
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

    fn plan(&self, histories: &[History], _want: Want) -> Result<Option<GraphRun>, FamilyError> {
        check_items(histories, self.start.len())?;
        Ok(None)
    }

    fn scores(&self, histories: &[History], _outputs: GraphOutputs) -> Result<Scored, FamilyError> {
        check_items(histories, self.start.len())?;
        let scores = histories.iter().map(|history| self.score(history)).collect();
        Ok(Scored { scores, attention: None })
    }

    fn contributions(&self, history: &History, item: ItemRow) -> Option<Vec<f32>> {
        let weight = |pick| self.table.as_ref().map_or(0.0, |table| table.weight(pick, item));
        let mut summands: Vec<f32> =
            self.weighted(history).map(|(pick, age_weight)| age_weight * weight(pick)).collect();
        summands.reverse();
        Some(summands)
    }
}
