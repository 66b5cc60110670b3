//! A model that reads picks in order: what it said after each of them, and where it looked.

use serde::{Deserialize, Serialize};

use super::said::{self, Said};
use super::{Inspect, Inspection, Question};
use crate::families::{Family, FamilyError, GraphOutputs, GraphRun, graph};

pub(in crate::families) const INSPECTION: Inspection = Inspection::of::<Positions>();

/// Asks after each pick.
#[derive(Debug)]
pub struct Positions;

/// What the model said after each pick, oldest first: it never looks ahead, so each is the answer
/// to the history up to there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    pub positions: Vec<Position>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Where each layer looked from this pick, shape `[layers][picks so far]`, each summing to 1.
    pub attention: Vec<Vec<f32>>,
    pub said: Said,
}

impl Inspect for Positions {
    const FORM: &'static str = "positions";
    type Probe = ();
    type Shown = Shown;

    /// One batch: the history up to each pick.
    fn next_run(
        family: &dyn Family,
        question: &Question<'_, ()>,
        given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError> {
        let asked = given.is_empty() && !question.picks.is_empty();
        Ok(asked.then(|| {
            let outputs = vec![graph::SCORES, graph::ATTENTION];
            let inputs = vec![graph::input(&said::prefixes(question.picks))];
            GraphRun { of: family.card().name, inputs, outputs }
        }))
    }

    fn read(
        family: &dyn Family,
        question: &Question<'_, ()>,
        mut given: Vec<GraphOutputs>,
    ) -> Result<Shown, FamilyError> {
        let n = question.picks.len();
        let Some(mut outputs) = given.pop() else {
            return Ok(Shown { positions: vec![] });
        };
        let wrong = |output: &str| FamilyError::WrongOutput { output: output.to_owned() };
        let looked = outputs.remove(graph::ATTENTION).ok_or_else(|| wrong(graph::ATTENTION))?;
        let n_layers = looked.shape.get(1).copied().unwrap_or(0);
        let looked =
            looked.floats(&[n, n_layers, n]).ok_or_else(|| wrong(graph::ATTENTION))?.to_vec();
        let said = said::read(family, question, outputs)?;

        let positions = said.into_iter().enumerate().map(|(at, said)| {
            let layers = looked.chunks_exact(n.max(1)).skip(at * n_layers).take(n_layers);
            Position { attention: layers.map(|layer| layer[..=at].to_vec()).collect(), said }
        });
        Ok(Shown { positions: positions.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::ItemRow;
    use crate::families::Tensor;
    use crate::families::tests::opened;
    use crate::history::History;
    use crate::manifest::tests::{made_up, read as read_manifest};

    #[test]
    fn each_pick_has_the_answer_to_the_history_up_to_there() {
        let picks: History = [2, 0].into_iter().map(ItemRow).collect();
        let manifest = read_manifest(&made_up()).unwrap();
        let question = Question { picks: &picks, history: &picks, probe: &(), n_items: 3 };
        let family = opened("sasrec", &manifest);
        let run = Positions::next_run(family.as_ref(), &question, &[]).unwrap().unwrap();
        assert_eq!(run.inputs, [("history", Tensor::i32([2, 2], vec![3, 0, 3, 1]))]);
        let scores = Tensor::f32([2, 3], vec![0.1, 0.5, 0.9, 0.3, 0.2, 0.1]);
        let attention = Tensor::f32([2, 2, 2], vec![1.0, 0.0, 1.0, 0.0, 0.25, 0.75, 0.5, 0.5]);
        let given = vec![GraphOutputs::from([
            ("scores".to_owned(), scores),
            ("attention".to_owned(), attention),
        ])];
        assert_eq!(Positions::next_run(family.as_ref(), &question, &given).unwrap(), None);

        let Shown { positions } = Positions::read(family.as_ref(), &question, given).unwrap();
        let best =
            |at: usize| positions[at].said.top.iter().map(|it| it.item.0).collect::<Vec<_>>();
        assert_eq!((best(0), best(1)), (vec![1, 0], vec![1]));
        assert_eq!(positions[0].attention, [[1.0], [1.0]]);
        assert_eq!(positions[1].attention, [[0.25, 0.75], [0.5, 0.5]]);
        let ranks: Vec<_> = positions.iter().map(|it| it.said.rank_of_next).collect();
        assert_eq!(ranks, [Some(2), None]);
    }
}
