//! What each pick leaves in the state, and what the model says after it.

use serde::{Deserialize, Serialize};

use crate::families::inspect::said::{self, Said};
use crate::families::inspect::{Inspect, Question};
use crate::families::{Family, FamilyError, GraphOutputs, GraphRun, graph};
use crate::history::History;

/// Follows picks through the state.
#[derive(Debug)]
pub struct Gru4Rec;

const HIDDEN: &str = "hidden";

/// How many of the newest picks are followed: each costs a run of its own.
const MOST_TRACES: usize = 30;

/// What the model says after each pick, and what the picks leave in its state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// After each pick, oldest first.
    pub said: Vec<Said>,
    /// Of the newest picks, oldest first.
    pub traces: Vec<Trace>,
}

/// How far the state is from the one without a pick, in lengths of the state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The pick's place, 0 the oldest that is read.
    pub at: usize,
    /// Just after the pick and after each later one: what is left of it then.
    pub left: Vec<f32>,
}

impl Trace {
    /// How many later picks it took until half of what the pick changed was gone; `None` if more
    /// is still there.
    pub fn half_gone_after(&self) -> Option<usize> {
        let half = self.left.first()? / 2.0;
        self.left.iter().position(|&left| left <= half)
    }
}

fn traced(picks: &History) -> std::ops::Range<usize> {
    picks.len().saturating_sub(MOST_TRACES)..picks.len()
}

impl Inspect for Gru4Rec {
    const FORM: &'static str = "gru4rec";
    type Probe = ();
    type Shown = Shown;

    /// First the history up to each pick, for what is said; then the whole one and those without one
    /// of the newest picks, for their states.
    fn next_run(
        family: &dyn Family,
        question: &Question<'_, ()>,
        given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError> {
        let picks = question.picks;
        let (histories, output) = match given.len() {
            _ if picks.is_empty() => return Ok(None),
            0 => (said::prefixes(picks), graph::SCORES),
            1 => {
                let without = traced(picks).map(|at| picks.without(at));
                (std::iter::once(picks.clone()).chain(without).collect(), HIDDEN)
            }
            _ => return Ok(None),
        };
        Ok(Some(GraphRun {
            of: family.card().name,
            inputs: vec![graph::input(&histories)],
            outputs: vec![output],
        }))
    }

    fn read(
        family: &dyn Family,
        question: &Question<'_, ()>,
        mut given: Vec<GraphOutputs>,
    ) -> Result<Shown, FamilyError> {
        let wrong = || FamilyError::WrongOutput { output: HIDDEN.to_owned() };
        let (n, traced) = (question.picks.len(), traced(question.picks));
        let (Some(states), Some(scores)) = (given.pop(), given.pop()) else {
            return Ok(Shown { said: vec![], traces: vec![] });
        };
        let states = states.get(HIDDEN).ok_or_else(wrong)?;
        let dim = states.shape.get(2).copied().filter(|&dim| dim > 0).ok_or_else(wrong)?;
        let states = states.floats(&[1 + traced.len(), n, dim]).ok_or_else(wrong)?;
        // The one of history `row` after its pick `at`; before any pick every number is 0.
        let before_any = vec![0.0; dim];
        let state = |row: usize, n_read: usize| match n_read.checked_sub(1) {
            None => before_any.as_slice(),
            Some(at) => &states[(row * n + at) * dim..][..dim],
        };
        let trace = |(row, at): (usize, usize)| {
            let left = |n_read: usize| relative(state(0, n_read), state(row, n_read - 1));
            Trace { at, left: (at + 1..=n).map(left).collect() }
        };
        let traces = (1..).zip(traced).map(trace).collect();
        Ok(Shown { said: said::read(family, question, scores)?, traces })
    }
}

/// ‖with − without‖ / ‖with‖.
fn relative(with: &[f32], without: &[f32]) -> f32 {
    let length = |numbers: &mut dyn Iterator<Item = f32>| numbers.map(|it| it * it).sum::<f32>();
    let apart = length(&mut with.iter().zip(without).map(|(a, b)| a - b));
    (apart / length(&mut with.iter().copied()).max(f32::MIN_POSITIVE)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::ItemRow;
    use crate::families::Tensor;
    use crate::manifest::Manifest;
    use crate::manifest::tests::{made_up, read as read_manifest};

    /// The made-up site, with GRU4Rec's graph where it has SASRec's.
    fn manifest() -> Manifest {
        let mut manifest = read_manifest(&made_up()).unwrap();
        let entry = manifest.families["sasrec"].clone();
        manifest.families.insert("gru4rec".into(), entry);
        manifest
    }

    #[test]
    fn a_trace_is_the_distance_to_the_state_without_the_pick() {
        let picks: History = [2, 0].into_iter().map(ItemRow).collect();
        let question = Question { picks: &picks, history: &picks, probe: &(), n_items: 3 };
        let family = crate::families::tests::opened("gru4rec", &manifest());
        let said = Gru4Rec::next_run(family.as_ref(), &question, &[]).unwrap().unwrap();
        assert_eq!(said.inputs, [("history", Tensor::i32([2, 2], vec![3, 0, 3, 1]))]);
        let scores = Tensor::f32([2, 3], vec![0.1, 0.5, 0.9, 0.3, 0.2, 0.1]);
        let mut given = vec![GraphOutputs::from([("scores".to_owned(), scores)])];
        let states = Gru4Rec::next_run(family.as_ref(), &question, &given).unwrap().unwrap();
        assert_eq!(states.outputs, ["hidden"]);
        assert_eq!(states.inputs, [("history", Tensor::i32([3, 2], vec![3, 1, 1, 0, 3, 0]))]);
        // With both; without the first, where only the second was read; without the second.
        let hidden = [[3.0, 4.0, 0.0, 2.0], [0.0, 1.0, 0.0, 0.0], [3.0, 4.0, 0.0, 0.0]].concat();
        let hidden = Tensor::f32([3, 2, 2], hidden);
        given.push(GraphOutputs::from([("hidden".to_owned(), hidden)]));
        assert_eq!(Gru4Rec::next_run(family.as_ref(), &question, &given).unwrap(), None);

        let Shown { said, traces } = Gru4Rec::read(family.as_ref(), &question, given).unwrap();
        assert_eq!(said[0].rank_of_next, Some(2));
        assert_eq!(traces[0], Trace { at: 0, left: vec![1.0, 0.5] });
        // From (3, 4) to (0, 2): √13 over a state of length 2.
        assert_eq!(traces[1], Trace { at: 1, left: vec![13.0_f32.sqrt() / 2.0] });
    }

    #[test]
    fn half_is_gone_once_half_of_the_first_change_is_left() {
        let trace = |left: &[f32]| Trace { at: 0, left: left.to_vec() };
        assert_eq!(trace(&[0.8, 0.5, 0.4, 0.1]).half_gone_after(), Some(2));
        assert_eq!(trace(&[0.8, 0.5]).half_gone_after(), None);
        assert_eq!(trace(&[]).half_gone_after(), None);
    }

    #[test]
    fn only_the_newest_picks_are_followed() {
        let picks: History = (0..40).map(ItemRow).collect();
        let question = Question { picks: &picks, history: &picks, probe: &(), n_items: 50 };
        let family = crate::families::tests::opened("gru4rec", &manifest());
        let run =
            Gru4Rec::next_run(family.as_ref(), &question, &[GraphOutputs::new()]).unwrap().unwrap();
        assert_eq!(run.n_rows(), 31);
        assert_eq!(traced(&picks), 10..40);
    }
}
