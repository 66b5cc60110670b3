//! What every step guesses, and how steady the last guess is under noise.

use serde::{Deserialize, Serialize};

use super::NOISE;
use super::noise::gaussian;
use crate::catalog::ItemRow;
use crate::families::inspect::walk::{Walk, ranks, walks};
use crate::families::inspect::{Inspect, Probe, Question};
use crate::families::{Family, FamilyError, GraphOutputs, GraphRun, Tensor, graph};
use crate::history::History;
use crate::recommend::{self, RankError, Recommendation};

/// Steps through the denoising.
#[derive(Debug)]
pub struct DiffRec;

const STEPS: &str = "steps";
/// Steps of the shipped graph, and the width of its first layer, where noise enters.
const N_STEPS: usize = 5;
const WIDTH: usize = 240;
const TOP: usize = 10;
/// Ranks of the step before that a film can be said to come from.
const N_BEFORE: usize = 50;
/// Draws over which films are counted; the first of them is the one on show.
const N_DRAWS: u32 = 20;
const FIRST_SEED: u32 = 1;

/// What every step guessed, the noisiest first, and how steady the last one is under noise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    pub steps: Vec<Guess>,
    /// Every film that is among the ten best of some step without noise, those of the first step first.
    pub films: Vec<Walk>,
    /// Where noise is added.
    pub draws: Option<Draws>,
}

/// One step's guess of the whole set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guess {
    /// The best films not picked, best first.
    pub list: Vec<Recommendation>,
    /// Where the picks stand among all films, on average: 1 the best. What is put back of them.
    pub mean_rank_of_picks: f32,
    /// How far the guess lies from the one before, as a share of its length; `None` at the first.
    pub change: Option<f32>,
}

/// The ten best films without noise, best first, and in how many draws each is among the ten best.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draws {
    pub n_draws: u32,
    pub kept: Vec<(ItemRow, u32)>,
    /// Where those films ranked, shape `[films][draws][steps]`.
    pub ranks: Vec<Vec<Vec<usize>>>,
}

impl Draws {
    /// How many of the films stay, on average over the draws.
    pub fn mean_kept(&self) -> f32 {
        let n_kept: u32 = self.kept.iter().map(|it| it.1).sum();
        n_kept as f32 / self.n_draws.max(1) as f32
    }
}

/// Draws the noise that the model learned to take off; without a seed it draws none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noise {
    pub seed: Option<u32>,
}

impl Noise {
    /// Other noise than this.
    #[must_use]
    pub fn again(self) -> Self {
        Self { seed: Some(self.seed.map_or(FIRST_SEED, |seed| seed.wrapping_add(1))) }
    }
}

impl Probe for Noise {
    fn to_address(&self) -> String {
        self.seed.map_or_else(String::new, |seed| format!("n{seed}"))
    }

    fn from_address(text: &str) -> Option<Self> {
        Some(Self { seed: Some(text.strip_prefix('n')?.parse().ok()?) })
    }
}

impl Inspect for DiffRec {
    const FORM: &'static str = "diffrec";
    type Probe = Noise;
    type Shown = Shown;

    /// One run as it is, or with the noise of one draw; with noise, all draws and none as a batch.
    fn next_run(
        family: &dyn Family,
        question: &Question<'_, Noise>,
        given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError> {
        let seed = question.probe.seed;
        let n_numbers = N_STEPS * WIDTH;
        let none = || vec![0.0; n_numbers];
        let draw = |seed, draw| gaussian(seed, draw, n_numbers);
        let (noise, outputs): (Vec<Vec<f32>>, _) = match (given.len(), seed) {
            (0, None) => (vec![none()], vec![STEPS]),
            (0, Some(seed)) => (vec![draw(seed, 0)], vec![STEPS]),
            (1, Some(seed)) => {
                let draws = (0..N_DRAWS).map(|number| draw(seed, number));
                (std::iter::once(none()).chain(draws).collect(), vec![graph::SCORES, STEPS])
            }
            _ => return Ok(None),
        };
        let batch = vec![question.picks.clone(); noise.len()];
        let noise = Tensor::f32([noise.len(), N_STEPS, WIDTH], noise.concat());
        let even = graph::by_recency(batch.len());
        let inputs = vec![graph::input(&batch), (NOISE, noise), even];
        Ok(Some(GraphRun { of: family.card().name, inputs, outputs }))
    }

    fn read(
        family: &dyn Family,
        question: &Question<'_, Noise>,
        given: Vec<GraphOutputs>,
    ) -> Result<Shown, FamilyError> {
        let wrong = |output: &str| FamilyError::WrongOutput { output: output.to_owned() };
        let mut given = given.into_iter();
        let (n_items, picks) = (question.n_items, question.picks);
        let guessed = given.next().and_then(|mut it| it.remove(STEPS));
        let guessed = guessed.ok_or_else(|| wrong(STEPS))?;
        let guessed = guessed.floats(&[1, N_STEPS, n_items]).ok_or_else(|| wrong(STEPS))?;
        let mut steps: Vec<Guess> = Vec::with_capacity(N_STEPS);
        let mut before: Option<&[f32]> = None;
        for scores in guessed.chunks_exact(n_items.max(1)) {
            steps.push(Guess {
                list: recommend::rank(scores, n_items, question.history, N_BEFORE)?,
                mean_rank_of_picks: mean_rank(scores, picks)?,
                change: before.map(|before| change(before, scores)),
            });
            before = Some(scores);
        }
        let Some(mut outputs) = given.next() else {
            let films = walks(&by_step(guessed, n_items), question.history, TOP)?;
            return Ok(Shown { steps, films, draws: None });
        };
        let n_rows = 1 + N_DRAWS as usize;
        let all = outputs.remove(STEPS).ok_or_else(|| wrong(STEPS))?;
        let all = all.floats(&[n_rows, N_STEPS, n_items]).ok_or_else(|| wrong(STEPS))?;
        let (quiet, noisy) = all.split_at(N_STEPS * n_items);
        let scores = family.scores(&vec![picks.clone(); n_rows], vec![outputs])?.scores;
        let draws = draws(&scores, noisy, question)?;
        let films = walks(&by_step(quiet, n_items), question.history, TOP)?;
        Ok(Shown { steps, films, draws: Some(draws) })
    }
}

/// The scores of each step of `guessed`, shape `[steps, films]`.
fn by_step(guessed: &[f32], n_items: usize) -> Vec<&[f32]> {
    guessed.chunks_exact(n_items.max(1)).collect()
}

/// Where the picks stand among all films, themselves among them; 0 without picks.
fn mean_rank(scores: &[f32], picks: &History) -> Result<f32, FamilyError> {
    let nothing_seen = History::default();
    let mut sum = 0;
    for pick in picks.iter() {
        sum += recommend::rank_of(scores, pick, &nothing_seen)?;
    }
    Ok(sum as f32 / picks.len().max(1) as f32)
}

/// The distance between two guesses as a share of the length of the later one.
fn change(before: &[f32], now: &[f32]) -> f32 {
    let distance: f32 = now.iter().zip(before).map(|(a, b)| (a - b) * (a - b)).sum();
    let length: f32 = now.iter().map(|it| it * it).sum();
    if length > 0.0 { (distance / length).sqrt() } else { 0.0 }
}

/// How the ten best of the first row of `scores` fare in the others, and in `noisy_steps`, the steps of those others, shape
/// `[draws, steps, films]`.
fn draws(
    scores: &[Vec<f32>],
    noisy_steps: &[f32],
    question: &Question<'_, Noise>,
) -> Result<Draws, FamilyError> {
    let mut lists = Vec::with_capacity(scores.len());
    for scores in scores {
        lists.push(recommend::rank(scores, question.n_items, question.history, TOP)?);
    }
    let mut lists = lists.into_iter();
    let quiet = lists.next().unwrap_or_default();
    let noisy: Vec<_> = lists.collect();
    let n_with = |item| noisy.iter().filter(|it| it.iter().any(|it| it.item == item)).count();
    let kept: Vec<_> = quiet.iter().map(|it| (it.item, n_with(it.item) as u32)).collect();
    let in_draws = |item| {
        let draws = noisy_steps.chunks_exact((N_STEPS * question.n_items).max(1));
        draws.map(|it| ranks(&by_step(it, question.n_items), item, question.history)).collect()
    };
    let ranks = kept.iter().map(|it| in_draws(it.0)).collect::<Result<_, RankError>>()?;
    Ok(Draws { n_draws: noisy.len() as u32, kept, ranks })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::Numbers;
    use crate::families::inspect::tests::{check_address, check_damaged};
    use crate::families::tests::opened;
    use crate::manifest::tests::{made_up, read as read_manifest};

    fn steps(scores: &[[f32; 3]; N_STEPS]) -> GraphOutputs {
        let scores = Tensor::f32([1, N_STEPS, 3], scores.concat());
        GraphOutputs::from([("steps".to_owned(), scores)])
    }

    fn family() -> Box<dyn Family> {
        opened("sasrec", &read_manifest(&made_up()).unwrap())
    }

    fn read_with(probe: &Noise, given: Vec<GraphOutputs>) -> Shown {
        let picks: History = [2].into_iter().map(ItemRow).collect();
        let question = Question { picks: &picks, history: &picks, probe, n_items: 3 };
        DiffRec::read(family().as_ref(), &question, given).unwrap()
    }

    #[test]
    fn each_step_has_its_list_its_picks_and_its_distance_from_the_step_before() {
        let scores = [[3.0, 4.0, 0.0], [3.0, 4.0, 0.0], [0.0, 4.0, 3.0], [4.0, 3.0, 9.0], [0.0; 3]];
        let got = read_with(&Noise::default(), vec![steps(&scores)]);
        let best = |at: usize| got.steps[at].list.iter().map(|it| it.item.0).collect::<Vec<_>>();
        assert_eq!((best(0), best(3)), (vec![1, 0], vec![0, 1]));
        let ranks: Vec<f32> = got.steps.iter().map(|it| it.mean_rank_of_picks).collect();
        assert_eq!(ranks, [3.0, 3.0, 2.0, 1.0, 3.0]);
        // Two of three numbers differ by 3; the later guess is 5 long.
        assert_eq!(got.steps[0].change, None);
        assert_eq!(got.steps[1].change, Some(0.0));
        assert!((got.steps[2].change.unwrap() - 18_f32.sqrt() / 5.0).abs() < 1e-6);
        assert_eq!(got.draws, None);
        let walk = |item, ranks: [usize; 5]| Walk { item: ItemRow(item), ranks: ranks.to_vec() };
        assert_eq!(got.films, [walk(1, [1, 1, 1, 2, 2]), walk(0, [2, 2, 2, 1, 1])]);
    }

    #[test]
    fn noise_is_asked_for_as_one_draw_and_then_as_all_beside_none() {
        let picks: History = [2].into_iter().map(ItemRow).collect();
        let question = |probe| Question { picks: &picks, history: &picks, probe, n_items: 3 };
        let (quiet, noisy) = (Noise::default(), Noise { seed: Some(7) });
        let family = family();
        let run = DiffRec::next_run(family.as_ref(), &question(&quiet), &[]).unwrap().unwrap();
        let Numbers::F32(zeros) = &run.inputs[1].1.numbers else { panic!("no floats") };
        assert!(zeros.len() == N_STEPS * WIDTH && zeros.iter().all(|it| *it == 0.0));
        let given = [steps(&[[0.0; 3]; N_STEPS])];
        assert_eq!(DiffRec::next_run(family.as_ref(), &question(&quiet), &given).unwrap(), None);

        let one = DiffRec::next_run(family.as_ref(), &question(&noisy), &[]).unwrap().unwrap();
        let all = DiffRec::next_run(family.as_ref(), &question(&noisy), &given).unwrap().unwrap();
        let Numbers::F32(drawn) = &all.inputs[1].1.numbers else { panic!("no floats") };
        let rows: Vec<&[f32]> = drawn.chunks_exact(N_STEPS * WIDTH).collect();
        assert_eq!((rows.len(), all.n_rows()), (21, 21));
        assert_eq!(rows[0], zeros);
        assert_eq!(one.inputs[1].1, Tensor::f32([1, N_STEPS, WIDTH], rows[1].to_vec()));
        assert_ne!(rows[1], rows[2]);
        assert_eq!((one.outputs, all.outputs), (vec![STEPS], vec![graph::SCORES, STEPS]));
    }

    #[test]
    fn films_are_counted_over_all_draws() {
        let n_films = 12;
        let picks = History::default();
        let probe = Noise { seed: Some(1) };
        let question = Question { picks: &picks, history: &picks, probe: &probe, n_items: n_films };
        let quiet: Vec<f32> = (0..n_films).map(|row| -(row as f32)).collect();
        let mut noisy = quiet.clone();
        noisy[9] = -20.0; // now film 10 is the tenth
        let steps = [vec![quiet.clone(); N_STEPS], vec![noisy.clone(); N_STEPS]].concat().concat();
        let got = draws(&[quiet.clone(), quiet, noisy], &steps, &question).unwrap();
        assert_eq!(got.n_draws, 2);
        assert_eq!(got.mean_kept(), 9.5);
        assert_eq!((got.kept[0], got.kept[9]), ((ItemRow(0), 2), (ItemRow(9), 1)));
        assert_eq!(got.ranks[9], [[10; N_STEPS], [12; N_STEPS]]);
    }

    #[test]
    fn a_link_keeps_the_seed_and_drawing_again_takes_the_next() {
        check_address(&Noise { seed: Some(7) }, "n7");
        check_damaged(&["n", "n-1", "n7.5"]);
        let seeds = [None, Some(7), Some(u32::MAX)].map(|seed| Noise { seed }.again().seed);
        assert_eq!(seeds, [Some(1), Some(8), Some(0)]);
    }
}
