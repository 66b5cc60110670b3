//! The reader among the dimensions of the latent space, and the list from where they were pushed.

use serde::{Deserialize, Serialize};

use super::axes::{Moves, axes, tries};
use super::plane::{self, N_PLACES, Plane, Point};
use super::{SHIFT, Shift};
use crate::catalog::ItemRow;
use crate::families::inspect::{Inspect, Question};
use crate::families::{Family, FamilyError, GraphOutputs, GraphRun, Tensor, graph};
use crate::history::History;
use crate::order::best_first;
use crate::recommend::{self, Recommendation};

/// Places the reader in the latent space.
#[derive(Debug)]
pub struct MultVae;

const MEAN: &str = "mean";
const LOG_VARIANCE: &str = "log_variance";
/// Dimensions of the shipped graph.
const LATENT: usize = 128;
/// How many of them get a slider.
pub(super) const N_STRONGEST: usize = 6;
/// How far from the reader the films at a dimension's ends are looked for, in deviations of the
/// prior.
pub(super) const REACH: f32 = 2.0;
/// Films named at each end.
const N_NAMED: usize = 3;
const TOP: usize = 10;
/// Ranks of the reader's own list that a film can be said to come from.
const N_BEFORE: usize = 50;
/// Places of the plane that are run at once.
const SLICE: usize = 125;

/// The reader in latent space, and the list from where they were pushed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// What was asked: `list` is from there.
    pub shift: Shift,
    /// All of them, the one that holds most about the reader first.
    pub dimensions: Vec<Dimension>,
    /// Of the strongest dimensions and of those that are pushed.
    pub ends: Vec<Ends>,
    /// The reader's own list, best first: as it is with nothing pushed.
    pub before: Vec<ItemRow>,
    pub list: Vec<Recommendation>,
    /// Around the reader, with what is pushed along other dimensions.
    pub plane: Plane,
}

impl Shown {
    pub fn dimension(&self, number: u32) -> Option<Dimension> {
        self.dimensions.iter().find(|it| it.number == number).copied()
    }

    /// Where `shift` leads on the plane; `None` where the lists there are others'.
    pub fn point(&self, shift: &Shift) -> Option<Point> {
        let axes = [self.plane.right, self.plane.up];
        let is_here = shift.without(axes) == self.shift.without(axes);
        is_here.then(|| (shift.of(self.plane.right), shift.of(self.plane.up)))
    }

    /// What leads to `point` of the plane.
    pub fn shift_to(&self, point: Point) -> Shift {
        let Plane { right, up, .. } = self.plane;
        self.shift.with(right, point.0).with(up, point.1)
    }

    /// The first films under `shift`, best first, where they are known.
    pub fn first_under(&self, shift: &Shift) -> Option<Vec<ItemRow>> {
        let on_plane = self.point(shift).and_then(|it| self.plane.list_at(it));
        let asked = || (*shift == self.shift).then(|| self.list.iter().map(|it| it.item).collect());
        on_plane.map(<[ItemRow]>::to_vec).or_else(asked)
    }
}

/// Where the reader is on one dimension: a Gaussian, in deviations of the prior, whose mean is 0
/// and whose deviation is 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dimension {
    pub number: u32,
    pub mean: f32,
    pub deviation: f32,
    /// How far it is from the prior: the Kullback–Leibler divergence. 0 where the model says of
    /// this reader what it would say of anybody.
    pub bits: f32,
}

/// What a dimension is about: the films that lose and gain most score along it, most first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ends {
    pub dimension: u32,
    pub low: Vec<ItemRow>,
    pub high: Vec<ItemRow>,
}

impl Inspect for MultVae {
    const FORM: &'static str = "mult_vae";
    type Probe = Shift;
    type Shown = Shown;

    /// First where the reader is; then one batch: their own list, the list from where they were
    /// pushed, both ends of every dimension shown, and the corners of every plane that may be; then the places of the plane.
    fn next_run(
        family: &dyn Family,
        question: &Question<'_, Shift>,
        given: &[GraphOutputs],
    ) -> Result<Option<GraphRun>, FamilyError> {
        let ask = |rows: &[Moves], outputs| Ok(Some(run(family, question, rows, outputs)));
        let [encoded, rest @ ..] = given else { return ask(&[vec![]], vec![MEAN, LOG_VARIANCE]) };
        let dimensions = dimensions(encoded)?;
        let [tried, slices @ ..] = rest else {
            return ask(&tries(&dimensions, question), vec![graph::SCORES]);
        };
        let from = slices.len() * SLICE;
        if from >= N_PLACES {
            return Ok(None);
        }
        let axes = axes(&dimensions, question, tried)?;
        let beside = question.probe.without(axes);
        let places = (from..N_PLACES.min(from + SLICE)).map(|at| {
            let point = plane::point(at);
            beside.with(axes[0], point.0).with(axes[1], point.1).moves().to_vec()
        });
        ask(&places.collect::<Vec<_>>(), vec![graph::SCORES])
    }

    fn read(
        _family: &dyn Family,
        question: &Question<'_, Shift>,
        given: Vec<GraphOutputs>,
    ) -> Result<Shown, FamilyError> {
        let [encoded, tried, slices @ ..] = given.as_slice() else {
            return Err(wrong(graph::SCORES));
        };
        let dimensions = dimensions(encoded)?;
        let shown = shown(&dimensions, question);
        let n_items = question.n_items;
        let scores = scores(tried, tries(&dimensions, question).len(), n_items)?;
        let [own, pushed, ends @ ..] = scores.as_slice() else { return Err(wrong(graph::SCORES)) };

        let rows = |scores: &[f32], unless: &History, top| -> Result<Vec<ItemRow>, FamilyError> {
            let list = recommend::rank(scores, n_items, unless, top)?;
            Ok(list.into_iter().map(|it| it.item).collect())
        };
        let any = History::default(); // what a dimension means does not depend on what was picked
        let ends_of = |(dimension, both): (u32, &[&[f32]])| {
            let gains = |from: &[f32], to: &[f32]| -> Vec<f32> {
                to.iter().zip(from).map(|(to, from)| to - from).collect()
            };
            let [low, high] = both else { return Err(wrong(graph::SCORES)) };
            Ok(Ends {
                dimension,
                low: rows(&gains(high, low), &any, N_NAMED)?,
                high: rows(&gains(low, high), &any, N_NAMED)?,
            })
        };
        let ends = shown.into_iter().zip(ends.chunks_exact(2)).map(ends_of);
        Ok(Shown {
            shift: question.probe.clone(),
            ends: ends.collect::<Result<_, _>>()?,
            before: rows(own, question.history, N_BEFORE)?,
            list: recommend::rank(pushed, n_items, question.history, TOP)?,
            plane: plane_of(axes(&dimensions, question, tried)?, question, slices)?,
            dimensions,
        })
    }
}

fn wrong(output: &str) -> FamilyError {
    FamilyError::WrongOutput { output: output.to_owned() }
}

/// The same history at every place of `rows`.
fn run(
    family: &dyn Family,
    question: &Question<'_, Shift>,
    rows: &[Moves],
    outputs: Vec<&'static str>,
) -> GraphRun {
    let batch = vec![question.picks.clone(); rows.len()];
    let mut shifts = vec![0.0; rows.len() * LATENT];
    for (row, moves) in shifts.chunks_exact_mut(LATENT).zip(rows) {
        for &(dimension, by) in moves {
            // A link may name a dimension that the model does not have.
            if let Some(number) = row.get_mut(dimension as usize) {
                *number = by;
            }
        }
    }
    let shift = (SHIFT, Tensor::f32([rows.len(), LATENT], shifts));
    let even = graph::by_recency(rows.len());
    GraphRun { of: family.card().name, inputs: vec![graph::input(&batch), shift, even], outputs }
}

pub(super) fn scores(
    given: &GraphOutputs,
    n: usize,
    n_items: usize,
) -> Result<Vec<&[f32]>, FamilyError> {
    let numbers = given.get(graph::SCORES).and_then(|it| it.floats(&[n, n_items]));
    let numbers = numbers.ok_or_else(|| wrong(graph::SCORES))?;
    Ok(numbers.chunks_exact(n_items.max(1)).collect())
}

fn plane_of(
    [right, up]: [u32; 2],
    question: &Question<'_, Shift>,
    slices: &[GraphOutputs],
) -> Result<Plane, FamilyError> {
    let mut rows: Vec<&[f32]> = Vec::with_capacity(N_PLACES);
    for slice in slices {
        let n = SLICE.min(N_PLACES - rows.len().min(N_PLACES));
        rows.extend(scores(slice, n, question.n_items)?);
    }
    let list = |scores: &&[f32]| -> Result<Vec<ItemRow>, FamilyError> {
        let list = recommend::rank(scores, question.n_items, question.history, TOP)?;
        Ok(list.into_iter().map(|it| it.item).collect())
    };
    let lists = rows.iter().map(list).collect::<Result<Vec<_>, _>>()?;
    let of_film = |(film, _): (ItemRow, usize)| -> Vec<f32> {
        rows.iter().map(|it| it.get(film.index()).copied().unwrap_or_default()).collect()
    };
    let of_films: Vec<Vec<f32>> = plane::films_first(&lists).into_iter().map(of_film).collect();
    Ok(Plane::new(right, up, lists, &of_films))
}

/// The dimensions of one reader, the one that holds most first.
pub(super) fn dimensions(encoded: &GraphOutputs) -> Result<Vec<Dimension>, FamilyError> {
    let numbers = |name: &str| {
        let found = encoded.get(name).and_then(|tensor| tensor.floats(&[1, LATENT]));
        found.ok_or_else(|| FamilyError::WrongOutput { output: name.to_owned() })
    };
    let both = numbers(MEAN)?.iter().zip(numbers(LOG_VARIANCE)?);
    let mut dimensions: Vec<Dimension> = (0..)
        .zip(both)
        .map(|(number, (&mean, &log_variance))| {
            let variance = log_variance.exp();
            let nats = 0.5 * (mean * mean + variance - 1.0 - log_variance);
            let bits = nats / std::f32::consts::LN_2;
            Dimension { number, mean, deviation: variance.sqrt(), bits }
        })
        .collect();
    // Ties stay in the model's order.
    best_first(&mut dimensions, |it| it.bits);
    Ok(dimensions)
}

/// Which get a slider: the strongest, then whatever else is pushed.
pub(super) fn shown(dimensions: &[Dimension], question: &Question<'_, Shift>) -> Vec<u32> {
    let mut shown: Vec<u32> = dimensions.iter().take(N_STRONGEST).map(|it| it.number).collect();
    let pushed = question.probe.moves().iter().map(|it| it.0);
    let others: Vec<u32> =
        pushed.filter(|it| (*it as usize) < LATENT && !shown.contains(it)).collect();
    shown.extend(others);
    shown
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::families::Numbers;
    use crate::families::tests::opened;
    use crate::manifest::tests::{made_up, read as read_manifest};

    /// Dimension 3 is far off with a small deviation, 5 is near with less; the others are the prior.
    pub(in crate::families::mult_vae) fn encoded() -> GraphOutputs {
        let (mut mean, mut log_variance) = (vec![0.0; LATENT], vec![0.0; LATENT]);
        (mean[3], mean[5]) = (2.0, -0.5);
        (log_variance[3], log_variance[5]) = (0.25_f32.ln(), 0.01_f32.ln());
        [(MEAN, mean), (LOG_VARIANCE, log_variance)]
            .into_iter()
            .map(|(name, it)| (name.to_owned(), Tensor::f32([1, LATENT], it)))
            .collect()
    }

    pub(in crate::families::mult_vae) fn decoded<const N: usize>(
        rows: &[[f32; N]],
    ) -> GraphOutputs {
        let scores = Tensor::f32([rows.len(), N], rows.concat());
        GraphOutputs::from([("scores".to_owned(), scores)])
    }

    #[test]
    fn the_strongest_dimensions_are_the_farthest_from_the_prior() {
        let dimensions = dimensions(&encoded()).unwrap();
        let strongest: Vec<_> = dimensions.iter().take(3).map(|it| it.number).collect();
        assert_eq!(strongest, [3, 5, 0]);
        // (4 + 0.25 − 1 + ln 4) / 2 and (0.25 + 0.01 − 1 + ln 100) / 2 nats.
        let bits = [dimensions[0].bits, dimensions[1].bits, dimensions[2].bits];
        for (bits, want) in bits.iter().zip([3.3443, 2.7881, 0.0]) {
            assert!((bits - want).abs() < 1e-3, "{bits} is not {want}");
        }
        assert_eq!(dimensions[0].deviation, 0.5);
    }

    #[test]
    fn every_dimension_shown_is_tried_both_ways_and_the_list_is_from_the_sliders() {
        let picks: History = [2].into_iter().map(ItemRow).collect();
        let probe = Shift::default().with(100, 1.5).with(3, -1.0).with(500, 1.0);
        let question = Question { picks: &picks, history: &picks, probe: &probe, n_items: 3 };
        let family = opened("sasrec", &read_manifest(&made_up()).unwrap());
        let first = MultVae::next_run(family.as_ref(), &question, &[]).unwrap().unwrap();
        assert_eq!(first.inputs[1], ("shift", Tensor::f32([1, LATENT], vec![0.0; LATENT])));
        let mut given = vec![encoded()];
        let second = MultVae::next_run(family.as_ref(), &question, &given).unwrap().unwrap();
        // Their own, the pushed one, six strongest and one that is pushed, both ways; four corners of fifteen planes.
        assert_eq!(second.n_rows(), 2 + 2 * 7 + 4 * 15);
        let Numbers::F32(shifts) = &second.inputs[1].1.numbers else { panic!("no floats") };
        let set = |row: usize| -> Vec<(usize, f32)> {
            let row = &shifts[row * LATENT..][..LATENT];
            row.iter().copied().enumerate().filter(|it| it.1 != 0.0).collect()
        };
        assert_eq!(set(0), []);
        assert_eq!(set(1), [(3, -1.0), (100, 1.5)]);
        assert_eq!((set(2), set(3)), (vec![(3, -REACH)], vec![(3, REACH)]));
        assert_eq!(set(15), [(100, REACH)]);
        assert_eq!(set(16), [(3, -REACH), (5, -REACH)]);
        assert_eq!(set(19), [(3, REACH), (5, REACH)]);

        let mut scores = vec![[0.9, 0.5, 0.7], [0.1, 0.5, 0.9]];
        scores.extend([[0.5, 0.1, 0.9], [0.0, 0.2, 0.95]]); // dimension 3
        scores.extend([[0.0; 3]; 72]);
        given.push(decoded(&scores));
        for at in 0..N_PLACES.div_ceil(SLICE) {
            let slice = MultVae::next_run(family.as_ref(), &question, &given).unwrap().unwrap();
            assert_eq!(slice.n_rows(), SLICE);
            let Numbers::F32(shifts) = &slice.inputs[1].1.numbers else { panic!("no floats") };
            let (x, y) = plane::point(at * SLICE);
            // Dimensions 3 and 100 are pushed, so they are the plane.
            assert_eq!((shifts[3], shifts[100]), (x, y));
            let place = |at: usize| [0.0, plane::point(at).0, 0.25];
            given.push(decoded(&(at * SLICE..(at + 1) * SLICE).map(place).collect::<Vec<_>>()));
        }
        assert_eq!(MultVae::next_run(family.as_ref(), &question, &given).unwrap(), None);
        let shown = MultVae::read(family.as_ref(), &question, given).unwrap();
        assert_eq!(shown.before, [ItemRow(0), ItemRow(1)]);
        assert_eq!(shown.list.iter().map(|it| it.item.0).collect::<Vec<_>>(), [1, 0]);
        // From low to high film 1 gains 0.1, film 2 gains 0.05, film 0 loses 0.5.
        assert_eq!(shown.ends[0].dimension, 3);
        assert_eq!(shown.ends[0].high, [1, 2, 0].map(ItemRow));
        assert_eq!(shown.ends[0].low, [0, 2, 1].map(ItemRow));
        assert_eq!(shown.ends[6].dimension, 100);
        let Plane { right, up, regions, .. } = &shown.plane;
        assert_eq!((*right, *up), (3, 100));
        // Film 2 is picked; film 1 leads to the right of nothing.
        assert_eq!(
            regions.iter().map(|it| (it.item.0, it.n_places)).collect::<Vec<_>>(),
            [(0, 325), (1, 300)]
        );
        assert_eq!(shown.first_under(&probe.with(3, 1.0)), Some(vec![ItemRow(1), ItemRow(0)]));
        assert_eq!(shown.first_under(&probe.with(3, 1.1)), None, "not run");
        assert_eq!(shown.first_under(&probe.with(7, 1.0)), None, "another plane");
        assert_eq!(shown.shift_to((0.5, 0.0)), Shift::default().with(3, 0.5).with(500, 1.0));
    }
}
