//! A family that is a sum: what each pick adds to each of its best films, to the last digit.

use serde::{Deserialize, Serialize};

use super::{Inspect, Inspection, Question};
use crate::catalog::ItemRow;
use crate::families::{Family, FamilyError, GraphOutputs, GraphRun, Parts};
use crate::order::best_first;
use crate::recommend;

pub(in crate::families) const INSPECTION: Inspection = Inspection::of::<Sums>();

/// Takes scores apart into their summands.
#[derive(Debug)]
pub struct Sums;

/// How many films are taken apart.
const TOP: usize = 10;

/// The best films, best first, each with its summands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    pub films: Vec<FilmSum>,
}

/// `score = start + Σ parts`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilmSum {
    pub item: ItemRow,
    pub score: f32,
    /// What the film has whoever asks: its popularity, where the family counts it.
    pub start: f32,
    /// One per pick read, oldest first.
    pub parts: Vec<f32>,
}

impl Shown {
    /// Positions of the `n` picks that add or take most over all films, oldest first.
    pub fn strongest(&self, n: usize) -> Vec<usize> {
        let n_picks = self.films.first().map_or(0, |film| film.parts.len());
        let weight = |at: usize| -> f32 { self.films.iter().map(|it| it.parts[at].abs()).sum() };
        let mut order: Vec<usize> = (0..n_picks).collect();
        best_first(&mut order, |&at| weight(at));
        order.truncate(n);
        order.sort_unstable();
        order
    }
}

impl FilmSum {
    /// What the picks add together that are not `beside`, positions ascending.
    pub fn rest(&self, beside: &[usize]) -> f32 {
        let parts = self.parts.iter().enumerate();
        parts.filter(|(at, _)| beside.binary_search(at).is_err()).map(|(_, part)| part).sum()
    }
}

impl Inspect for Sums {
    const FORM: &'static str = "sums";
    type Probe = ();
    type Shown = Shown;

    fn next_run(
        _family: &dyn Family,
        _question: &Question<'_, ()>,
        _given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError> {
        Ok(None)
    }

    fn read(
        family: &dyn Family,
        question: &Question<'_, ()>,
        _given: Vec<GraphOutputs>,
    ) -> Result<Shown, FamilyError> {
        let asked = std::slice::from_ref(question.picks);
        let scores = family.scores(asked, vec![])?.scores.swap_remove(0);
        let films = recommend::rank(&scores, question.n_items, question.history, TOP)?
            .into_iter()
            .map(|film| {
                let Parts { start, picks: parts } =
                    family.contributions(question.picks, film.item).unwrap_or_default();
                FilmSum { item: film.item, score: film.score, start, parts }
            })
            .collect();
        Ok(Shown { films })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::tests::opened;
    use crate::history::History;
    use crate::manifest::tests::{made_up, read as read_manifest};

    #[test]
    fn a_pick_too_old_to_be_read_is_not_recommended() {
        let ease = opened("ease", &read_manifest(&made_up()).unwrap());
        let history: History = [2, 0].into_iter().map(ItemRow).collect();
        let picks = history.newest(1);
        let question = Question { picks: &picks, history: &history, probe: &(), n_items: 3 };
        let Shown { films } = Sums::read(ease.as_ref(), &question, vec![]).unwrap();
        assert_eq!(films.iter().map(|it| it.item.0).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn the_strongest_picks_stand_apart_and_the_rest_adds_up() {
        let film = |parts: &[f32]| FilmSum {
            item: ItemRow(0),
            score: parts.iter().sum(),
            start: 0.0,
            parts: parts.to_vec(),
        };
        let sums = Shown { films: vec![film(&[1.0, -3.0, 0.5, 2.0]), film(&[0.0, 0.0, 2.0, 2.0])] };
        assert_eq!(sums.strongest(2), [1, 3]);
        assert_eq!(sums.strongest(9), [0, 1, 2, 3]);
        assert_eq!(sums.films[0].rest(&[1, 3]), 1.5);
        assert_eq!(sums.films[0].rest(&[]), 0.5);
        assert_eq!(Shown { films: vec![] }.strongest(3), [] as [usize; 0]);
    }

    #[test]
    fn parts_and_start_add_up_to_the_score() {
        let manifest = read_manifest(&made_up()).unwrap();
        let picks: History = [0, 1].into_iter().map(ItemRow).collect();
        let question = Question { picks: &picks, history: &picks, probe: &(), n_items: 3 };
        for (family, want) in [("ease", vec![1.0, -4.0]), ("popularity", vec![])] {
            let family = opened(family, &manifest);
            let Shown { films } = Sums::read(family.as_ref(), &question, vec![]).unwrap();
            assert_eq!(films.len(), 1);
            assert_eq!((films[0].item, &films[0].parts), (ItemRow(2), &want));
            let sum = films[0].start + films[0].parts.iter().sum::<f32>();
            assert!((sum - films[0].score).abs() < 1e-6);
        }
    }
}
