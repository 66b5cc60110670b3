//! Blend: what other families say, added up by rank.
//!
//! `score(j) = Σ weight · (constant + 1) / (constant + place of j)` over the members that the
//! manifest names, with its weights and its constant. Cormack, Clarke and Büttcher, "Reciprocal
//! Rank Fusion outperforms Condorcet and individual Rank Learning Methods", SIGIR 2009; points are
//! scaled so that a first place gives 1. Picks have no place. It has no file of its own.

mod inspect;
mod places;

use super::{
    Card, Family, FamilyError, GraphOutputs, GraphRun, Inspection, Kind, Opening, Parts,
    Registered, ScoreMeaning, Scored, Want,
};
use crate::catalog::ItemRow;
use crate::history::History;

pub use inspect::{Blend, Choice, FilmPoints, MemberSays, Points, Shown};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "blend",
        title: "Blend",
        kind: Kind::Hybrid,
        description: "It asks several models and adds up points by rank: many for a first place, \
            fewer for every later one. A film that all of them place well comes before one that a \
            single model puts first.",
        score: ScoreMeaning::Points,
    },
    parts: |_| vec![],
    open,
    inspection: Some(Inspection::of::<inspect::Blend>()),
};

/// The members ready to score, and what their places are worth.
#[derive(Debug)]
pub struct Fusion {
    card: &'static Card,
    max_history: usize,
    members: Vec<Member>,
    constant: f64,
    /// Of the first place, the second and so on, before weights, shape `[n_items]`.
    points: Vec<f64>,
}

#[derive(Debug)]
struct Member {
    family: Box<dyn Family>,
    /// How many runs its plans have.
    n_runs: usize,
    weight: f64,
}

fn open(opening: &Opening<'_>) -> Result<Box<dyn Family>, FamilyError> {
    let constant = opening.entry.constant;
    let weights = opening.entry.members.iter().map(|it| it.weight);
    let members = opening.members()?.into_iter().zip(weights).map(|(family, weight)| {
        let n_runs = family.plan(&[], Want::Scores)?.len();
        Ok(Member { family, n_runs, weight })
    });
    let places = 1..=opening.n_items;
    Ok(Box::new(Fusion {
        card: opening.card,
        max_history: opening.entry.max_history,
        members: members.collect::<Result<_, FamilyError>>()?,
        constant,
        points: places.map(|place| worth(constant, place)).collect(),
    }))
}

/// The points of a place before weights, 1 the first.
fn worth(constant: f64, place: usize) -> f64 {
    (constant + 1.0) / (constant + place as f64)
}

impl Fusion {
    /// What each member gives each history, shape `[members][batch][n_items]`.
    fn ask(
        &self,
        histories: &[History],
        outputs: Vec<GraphOutputs>,
    ) -> Result<Vec<Vec<Vec<f32>>>, FamilyError> {
        let mut outputs = outputs.into_iter();
        let ask = |member: &Member| {
            let of_member = outputs.by_ref().take(member.n_runs).collect();
            Ok(member.family.scores(histories, of_member)?.scores)
        };
        self.members.iter().map(ask).collect()
    }

    /// Adds what `member` gives the films, best first, to `sums`, shape `[n_items]`.
    fn add(&self, member: &Member, order: &[ItemRow], sums: &mut [f64]) {
        for (item, points) in order.iter().zip(&self.points) {
            sums[item.index()] += member.weight * points;
        }
    }
}

impl Family for Fusion {
    fn card(&self) -> &'static Card {
        self.card
    }

    fn max_history(&self) -> usize {
        self.max_history
    }

    fn plan(&self, histories: &[History], _want: Want) -> Result<Vec<GraphRun>, FamilyError> {
        let mut runs = Vec::new();
        for member in &self.members {
            runs.extend(member.family.plan(histories, Want::Scores)?);
        }
        Ok(runs)
    }

    fn scores(
        &self,
        histories: &[History],
        outputs: Vec<GraphOutputs>,
    ) -> Result<Scored, FamilyError> {
        // As exact as Python's, so that what ties there ties here.
        let mut fused = vec![vec![0.0; self.points.len()]; histories.len()];
        for (member, scored) in self.members.iter().zip(self.ask(histories, outputs)?) {
            for ((history, scores), sums) in histories.iter().zip(&scored).zip(&mut fused) {
                self.add(member, &places::best_first(scores, history)?, sums);
            }
        }
        let scores = fused.into_iter().map(rounded).collect();
        Ok(Scored { scores, attention: None })
    }

    /// Each member weighs the picks, or reads them as always.
    fn scores_weighed(
        &self,
        history: &History,
        weights: &[f32],
        outputs: Vec<GraphOutputs>,
    ) -> Result<Vec<f32>, FamilyError> {
        let mut outputs = outputs.into_iter();
        let mut sums = vec![0.0; self.points.len()];
        for member in &self.members {
            let of_member = outputs.by_ref().take(member.n_runs).collect();
            let scores = member.family.scores_weighed(history, weights, of_member)?;
            self.add(member, &places::best_first(&scores, history)?, &mut sums);
        }
        Ok(rounded(sums))
    }

    fn contributions(&self, _history: &History, _item: ItemRow) -> Option<Parts> {
        None
    }
}

fn rounded(sums: Vec<f64>) -> Vec<f32> {
    sums.into_iter().map(|it| it as f32).collect()
}

#[cfg(test)]
mod tests;
