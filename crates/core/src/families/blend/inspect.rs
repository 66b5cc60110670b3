//! How a blend comes to its list: the place each member gives every film of it, and what that adds.

use std::any::Any;

use serde::{Deserialize, Serialize};

use super::{Fusion, places, rounded};
use crate::catalog::ItemRow;
use crate::families::inspect::said::TOP;
use crate::families::inspect::{Inspect, Question};
use crate::families::{Family, FamilyError, FamilyName, GraphOutputs, GraphRun, Want};
use crate::order::best_first;
use crate::recommend;

/// Takes fused scores apart.
#[derive(Debug)]
pub struct Blend;

/// The best films with their points, and what each member would have said alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// In the order of the blend.
    pub members: Vec<MemberSays>,
    /// How slowly points fall with rank.
    pub constant: f64,
    /// How many films have a place: all that are not picked.
    pub n_places: usize,
    /// The best films, best first.
    pub films: Vec<FilmPoints>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberSays {
    pub family: FamilyName,
    /// What its points are multiplied by.
    pub weight: f64,
    /// Its own best films, best first.
    pub top: Vec<Choice>,
}

/// A film that a member would have recommended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub item: ItemRow,
    /// Where the blend has it.
    pub place: usize,
}

/// `score = Σ points` over the members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilmPoints {
    pub item: ItemRow,
    pub score: f32,
    /// Of each member, in their order.
    pub members: Vec<Points>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Points {
    /// Where the member has the film, 1 the best.
    pub place: usize,
    /// What that adds to the score, weight and all.
    pub points: f32,
}

impl Shown {
    /// What a place is worth before weights.
    pub fn worth(&self, place: usize) -> f32 {
        super::worth(self.constant, place) as f32
    }

    /// The score of a film that every member has first.
    pub fn most(&self) -> f32 {
        self.members.iter().map(|it| it.weight).sum::<f64>() as f32
    }
}

impl FilmPoints {
    /// Each member's share of the score in whole percent: together they are 100. What rounding
    /// leaves over goes to those that lost most by it (largest remainders).
    pub fn percents(&self) -> Vec<u32> {
        let exact = self.members.iter().map(|it| 100.0 * it.points / self.score);
        let exact: Vec<f32> = exact.collect();
        let mut percents: Vec<u32> = exact.iter().map(|it| it.floor() as u32).collect();
        let mut order: Vec<usize> = (0..exact.len()).collect();
        best_first(&mut order, |&at| exact[at].fract());
        let left = 100_u32.saturating_sub(percents.iter().sum());
        for &at in order.iter().take(left as usize) {
            percents[at] += 1;
        }
        percents
    }
}

impl Inspect for Blend {
    const FORM: &'static str = "blend";
    type Probe = ();
    type Shown = Shown;

    /// One after another what the members need.
    fn next_run(
        family: &dyn Family,
        question: &Question<'_, ()>,
        given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError> {
        // Whatever was picked has no place, read or not; each member takes what it reads.
        let runs = family.plan(std::slice::from_ref(question.history), Want::Scores)?;
        Ok(runs.into_iter().nth(given.len()))
    }

    fn read(
        family: &dyn Family,
        question: &Question<'_, ()>,
        given: Vec<GraphOutputs>,
    ) -> Result<Shown, FamilyError> {
        let any: &dyn Any = family;
        let fusion: &Fusion =
            any.downcast_ref().ok_or(FamilyError::NoInside { name: Self::FORM })?;
        let (n_items, history) = (question.n_items, question.history);
        let mut orders = Vec::with_capacity(fusion.members.len());
        for scored in fusion.ask(std::slice::from_ref(history), given)? {
            let scores = scored.first().map_or(&[][..], Vec::as_slice);
            orders.push(places::best_first(scores, history)?);
        }
        let mut sums = vec![0.0; n_items];
        for (member, order) in fusion.members.iter().zip(&orders) {
            fusion.add(member, order, &mut sums);
        }
        let fused = rounded(sums);

        let place_in = |order: &[ItemRow], item: ItemRow| {
            1 + order.iter().position(|&it| it == item).unwrap_or(order.len())
        };
        let films = recommend::rank(&fused, n_items, history, TOP)?.into_iter().map(|film| {
            let points = |(member, order): (&super::Member, &Vec<ItemRow>)| {
                let place = place_in(order, film.item);
                let points = fusion.points.get(place - 1).map_or(0.0, |it| member.weight * it);
                Points { place, points: points as f32 }
            };
            let members = fusion.members.iter().zip(&orders).map(points).collect();
            FilmPoints { item: film.item, score: film.score, members }
        });
        let films = films.collect();
        let mut members = Vec::with_capacity(orders.len());
        for (member, order) in fusion.members.iter().zip(&orders) {
            let mut top = Vec::with_capacity(TOP);
            for &item in order.iter().take(TOP) {
                top.push(Choice { item, place: recommend::rank_of(&fused, item, history)? });
            }
            let family = FamilyName(member.family.card().name.to_owned());
            members.push(MemberSays { family, weight: member.weight, top });
        }
        let n_places = orders.first().map_or(0, Vec::len);
        Ok(Shown { members, constant: fusion.constant, n_places, films })
    }
}
