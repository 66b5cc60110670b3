//! What the model puts at a place, and what it says of a pick that is masked.

use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;
use crate::families::inspect::{Inspect, Probe, Question, said};
use crate::families::{Family, FamilyError, GraphOutputs, GraphRun, Tensor, graph};
use crate::history::History;
use crate::recommend::{self, Recommendation};

/// Fills in what is masked.
#[derive(Debug)]
pub struct Bert4Rec;

/// How many films of a reading are followed through the others.
const N_FIRST: usize = 5;

/// Stands for a masked pick where the graph reads row + 1.
const MASK_ID: i32 = -1;

/// What the model puts at one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The masked pick, 0 the oldest that is read; `None` for the place after the last.
    pub masked: Option<usize>,
    /// Where each layer looked from that place, shape `[layers][picks]`. What is missing to 1
    /// went to the place itself.
    pub attention: Vec<Vec<f32>>,
    pub whole: Fill,
    /// Every film that is among the first five of a reading, and the masked one.
    pub films: Vec<Standing>,
    /// With one side taken away; `None` where nothing is masked: after the last pick is nothing.
    pub sides: Option<Sides>,
}

/// The same place named from one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sides {
    /// From the picks before it alone.
    pub before: Fill,
    /// From the picks after it alone.
    pub after: Fill,
}

/// A film in each reading: from both sides, and where there are sides from before and from after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    pub item: ItemRow,
    pub readings: Vec<Place>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fill {
    /// The best films that are no other pick, best first.
    pub top: Vec<Recommendation>,
    /// What came of the film that was masked, if one was.
    pub masked: Option<Place>,
}

/// Where a film ranks among those that are no other pick.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// 1 the best.
    pub rank: usize,
    /// Its share of the softmax over them.
    pub share: f32,
}

/// Masks a pick, 0 the oldest that is read. Past the end it masks nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mask {
    pub position: Option<usize>,
}

impl Probe for Mask {
    fn to_address(&self) -> String {
        self.position.map_or_else(String::new, |position| format!("c{position}"))
    }

    fn from_address(text: &str) -> Option<Self> {
        let position = text.strip_prefix('c')?;
        let is_number = position.bytes().all(|byte| byte.is_ascii_digit());
        Some(Self { position: Some(position.parse().ok().filter(|_| is_number)?) })
    }
}

fn masked(question: &Question<'_, Mask>) -> Option<usize> {
    question.probe.position.filter(|&position| position < question.picks.len())
}

impl Inspect for Bert4Rec {
    const FORM: &'static str = "bert4rec";
    type Probe = Mask;
    type Shown = Shown;

    /// One batch: the picks with one masked, and the same from either side alone; or the picks.
    fn next_run(
        family: &dyn Family,
        question: &Question<'_, Mask>,
        given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError> {
        if question.picks.is_empty() || !given.is_empty() {
            return Ok(None);
        }
        let outputs = vec![graph::SCORES, graph::ATTENTION];
        let Some(at) = masked(question) else {
            let inputs = vec![graph::input(std::slice::from_ref(question.picks))];
            return Ok(Some(GraphRun { of: family.card().name, inputs, outputs }));
        };
        let mut whole: Vec<i32> = question.picks.iter().map(|it| it.0.cast_signed() + 1).collect();
        whole[at] = MASK_ID;
        let length = whole.len();
        let (before, after) = (whole[..=at].to_vec(), whole[at..].to_vec());
        let padded = |mut row: Vec<i32>| {
            row.resize(length, 0);
            row
        };
        let ids = [whole, before, after].map(padded).concat(); // (3, length)
        let inputs = vec![(graph::HISTORY, Tensor::i32([3, length], ids))];
        Ok(Some(GraphRun { of: family.card().name, inputs, outputs }))
    }

    fn read(
        family: &dyn Family,
        question: &Question<'_, Mask>,
        mut given: Vec<GraphOutputs>,
    ) -> Result<Shown, FamilyError> {
        let wrong = |output: &str| FamilyError::WrongOutput { output: output.to_owned() };
        let mut outputs = given.pop().ok_or_else(|| wrong(graph::SCORES))?;
        let masked = masked(question);
        let n_rows = if masked.is_some() { 3 } else { 1 };
        let length = question.picks.len();
        let looked = outputs.remove(graph::ATTENTION).ok_or_else(|| wrong(graph::ATTENTION))?;
        let n_layers = looked.shape.get(1).copied().unwrap_or(0);
        let looked =
            looked.floats(&[n_rows, n_layers, length]).ok_or_else(|| wrong(graph::ATTENTION))?;
        let layers = looked.chunks_exact(length.max(1)).take(n_layers);

        let item = masked.and_then(|at| question.picks.as_slice().get(at).copied());
        // All that was picked, read or not, but for what is masked.
        let others = question.history.without_items(item.as_slice());
        let scores = family.scores(&vec![others.clone(); n_rows], vec![outputs])?.scores;
        let guess = |row: usize| {
            let scores = scores.get(row).ok_or_else(|| wrong(graph::SCORES))?;
            let top = recommend::rank(scores, question.n_items, &others, said::TOP)?;
            let masked = item.map(|item| place(scores, item, &others)).transpose()?;
            Ok::<_, FamilyError>(Fill { top, masked })
        };
        let sides = match masked {
            Some(_) => Some(Sides { before: guess(1)?, after: guess(2)? }),
            None => None,
        };
        let attention = layers.map(<[f32]>::to_vec).collect();
        let whole = guess(0)?;
        let read =
            [Some(&whole), sides.as_ref().map(|it| &it.before), sides.as_ref().map(|it| &it.after)];
        let first = read.into_iter().flatten().flat_map(|it| it.top.iter().take(N_FIRST));
        let mut films: Vec<Standing> = Vec::new();
        for film in first.map(|it| it.item).chain(item) {
            if !films.iter().any(|it| it.item == film) {
                let readings = scores.iter().map(|scores| place(scores, film, &others));
                films.push(Standing { item: film, readings: readings.collect::<Result<_, _>>()? });
            }
        }
        Ok(Shown { masked, attention, whole, films, sides })
    }
}

fn place(scores: &[f32], item: ItemRow, others: &History) -> Result<Place, FamilyError> {
    let rank = recommend::rank_of(scores, item, others)?;
    let score = scores.get(item.index()).copied().unwrap_or(f32::NEG_INFINITY);
    // Of how many films of the same score it would be one: 1 / Σ exp(score − its score).
    let odds = |(row, &other): (u32, &f32)| {
        if others.contains(ItemRow(row)) { 0.0 } else { f64::from(other - score).exp() }
    };
    let all: f64 = (0..).zip(scores).map(odds).sum();
    Ok(Place { rank, share: (1.0 / all) as f32 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::inspect::tests::{check_address, check_damaged};
    use crate::families::tests::opened;
    use crate::manifest::tests::{made_up, read as read_manifest};

    fn picks() -> History {
        [2, 0].into_iter().map(ItemRow).collect()
    }

    fn family() -> Box<dyn Family> {
        let mut manifest = read_manifest(&made_up()).unwrap();
        let entry = manifest.families["sasrec"].clone();
        manifest.families.insert("bert4rec".into(), entry);
        opened("bert4rec", &manifest)
    }

    /// What is read where the graph gives `scores` and looks at `attention`.
    fn filling(probe: &Mask, scores: &[[f32; 3]], attention: &[[f32; 2]]) -> Shown {
        let picks = picks();
        let question = Question { picks: &picks, history: &picks, probe, n_items: 3 };
        let n = scores.len();
        let given = vec![GraphOutputs::from([
            ("scores".to_owned(), Tensor::f32([n, 3], scores.concat())),
            ("attention".to_owned(), Tensor::f32([n, 1, 2], attention.concat())),
        ])];
        let family = family();
        assert_eq!(Bert4Rec::next_run(family.as_ref(), &question, &given).unwrap(), None);
        Bert4Rec::read(family.as_ref(), &question, given).unwrap()
    }

    #[track_caller]
    fn check_input(probe: Mask, shape: [usize; 2], ids: &[i32]) {
        let picks = picks();
        let question = Question { picks: &picks, history: &picks, probe: &probe, n_items: 3 };
        let run = Bert4Rec::next_run(family().as_ref(), &question, &[]).unwrap().unwrap();
        assert_eq!(run.inputs, [("history", Tensor::i32(shape, ids.to_vec()))]);
    }

    #[test]
    fn a_masked_pick_is_asked_for_from_both_sides_and_from_each() {
        check_input(Mask { position: Some(0) }, [3, 2], &[-1, 1, -1, 0, -1, 1]);
        check_input(Mask { position: Some(1) }, [3, 2], &[3, -1, 3, -1, -1, 0]);
    }

    #[test]
    fn with_nothing_masked_the_next_film_is_asked_for() {
        check_input(Mask::default(), [1, 2], &[3, 1]);
        check_input(Mask { position: Some(2) }, [1, 2], &[3, 1]);
        let filling = filling(&Mask::default(), &[[9.0, 1.0, 9.0]], &[[0.25, 0.5]]);
        assert_eq!((filling.masked, filling.sides), (None, None));
        assert_eq!(filling.attention, [[0.25, 0.5]]);
        assert_eq!(filling.whole.top, [Recommendation { item: ItemRow(1), score: 1.0 }]);
        assert_eq!(filling.whole.masked, None);
    }

    #[test]
    fn the_masked_film_ranks_among_all_but_the_other_picks() {
        let log3 = 3.0_f32.ln();
        let scores = [[9.0, log3, 0.0], [9.0, 0.0, log3], [9.0, 0.0, 0.0]];
        let filling =
            filling(&Mask { position: Some(0) }, &scores, &[[0.0, 0.5], [0.0, 0.0], [0.0, 0.6]]);
        assert_eq!((filling.masked, filling.attention), (Some(0), vec![vec![0.0, 0.5]]));
        let ranked = |guess: &Fill| guess.masked.map(|it| (it.rank, (it.share * 100.0).round()));
        assert_eq!(ranked(&filling.whole), Some((2, 25.0)));
        let standings: Vec<(u32, Vec<usize>)> = filling
            .films
            .iter()
            .map(|it| (it.item.0, it.readings.iter().map(|it| it.rank).collect()))
            .collect();
        assert_eq!(standings, [(1, vec![1, 2, 1]), (2, vec![2, 1, 2])]);
        assert_eq!(
            filling.films[1].readings[1],
            filling.sides.as_ref().unwrap().before.masked.unwrap()
        );
        let Sides { before, after } = filling.sides.unwrap();
        assert_eq!(ranked(&before), Some((1, 75.0)));
        assert_eq!(before.top[0].item, ItemRow(2));
        assert_eq!(ranked(&after), Some((2, 50.0)));
    }

    #[test]
    fn a_link_brings_back_what_is_masked_and_nothing_else() {
        for position in [0, 7, 99] {
            check_address(&Mask { position: Some(position) }, &format!("c{position}"));
        }
        assert_eq!(Mask::default().to_address(), "");
        check_damaged(&["", "c", "c+1", "c-1", "7", "d7", "c7x", "c99999999999999999999"]);
    }
}
