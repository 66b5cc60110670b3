//! The held-out check: does the re-ranker tell likes from dislikes better than the plain comparison?

use serde::{Deserialize, Serialize};

use crate::random::SplitMix64;

/// Paired bootstrap draws behind an interval.
const N_DRAWS: usize = 1_000;
/// Draws of one task, which takes some milliseconds.
const DRAWS_AT_ONCE: usize = 100;

/// A number with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub value: f32,
    pub low: f32,
    pub high: f32,
}

/// Areas under the curve over held-out marks: the share of pairs, one liked film and one disliked
/// film of the same fold, in which the liked one scores higher; equal scores count half.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    pub n_liked: usize,
    pub n_disliked: usize,
    // Devices have kept it under this name.
    #[serde(rename = "head")]
    pub reranker: Interval,
    pub plain: Interval,
    /// Reranker minus plain, on the same pairs.
    pub difference: Interval,
}

/// What a check says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Better than the plain comparison and than chance, both by a whole interval.
    Helps,
    /// It may be better or worse than the plain comparison.
    Inconclusive,
    /// Worse than the plain comparison by a whole interval.
    Harms,
    /// Not even better than chance beyond doubt.
    NoBetterThanChance,
}

impl Check {
    pub fn verdict(&self) -> Verdict {
        const CHANCE: f32 = 0.5;
        match self {
            it if it.difference.high < 0.0 => Verdict::Harms,
            it if it.reranker.low <= CHANCE => Verdict::NoBetterThanChance,
            it if it.difference.low > 0.0 => Verdict::Helps,
            _ => Verdict::Inconclusive,
        }
    }
}

/// A held-out mark as both scored it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub fold: usize,
    pub is_liked: bool,
    pub reranker: f32,
    pub plain: f32,
}

/// A check on its way: draw by draw, so that the page stays alive.
#[derive(Clone, Debug)]
pub(super) struct Resampling {
    n_liked: usize,
    n_disliked: usize,
    pairs: Vec<FoldPairs>,
    random: SplitMix64,
    /// Reranker and plain area of each draw so far.
    draws: Vec<[f32; 2]>,
}

/// Who won each pair of one fold: 1, ½ or 0 by re-ranker and by plain, shape `[n_liked, n_disliked]`.
#[derive(Clone, Debug)]
struct FoldPairs {
    n_liked: usize,
    n_disliked: usize,
    wins: Vec<[f32; 2]>,
}

impl Resampling {
    pub(super) fn new(judged: &[Judged], n_folds: usize, seed: u64) -> Self {
        let pairs = (0..n_folds).map(|fold| FoldPairs::new(judged, fold)).collect();
        let n_liked = judged.iter().filter(|it| it.is_liked).count();
        let n_disliked = judged.len() - n_liked;
        Self { n_liked, n_disliked, pairs, random: SplitMix64::new(seed), draws: Vec::new() }
    }

    /// Some draws more; the check once they are enough.
    pub(super) fn step(&mut self) -> Option<Check> {
        for _ in 0..DRAWS_AT_ONCE {
            let random = &mut self.random;
            let draw = areas(&self.pairs, |n| {
                let mut times = vec![0.0; n];
                (0..n).for_each(|_| times[random.below(n)] += 1.0);
                times
            });
            self.draws.push(draw);
        }
        (self.draws.len() >= N_DRAWS).then(|| self.check())
    }

    fn check(&self) -> Check {
        let [reranker, plain] = areas(&self.pairs, |n| vec![1.0; n]);
        let over = |value: f32, of: fn(&[f32; 2]) -> f32| {
            let mut draws: Vec<f32> = self.draws.iter().map(of).collect();
            draws.sort_by(f32::total_cmp);
            let tail = draws.len() / 40;
            let at = |place: usize| draws.get(place).copied().unwrap_or(value);
            Interval { value, low: at(tail), high: at((draws.len() - 1).saturating_sub(tail)) }
        };
        Check {
            n_liked: self.n_liked,
            n_disliked: self.n_disliked,
            reranker: over(reranker, |it| it[0]),
            plain: over(plain, |it| it[1]),
            difference: over(reranker - plain, |it| it[0] - it[1]),
        }
    }
}

impl FoldPairs {
    fn new(judged: &[Judged], fold: usize) -> Self {
        let of =
            |is_liked| judged.iter().filter(move |it| it.fold == fold && it.is_liked == is_liked);
        let win = |liked: f32, disliked: f32| match liked.total_cmp(&disliked) {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        };
        let wins = of(true)
            .flat_map(|liked| of(false).map(move |it| (liked, it)))
            .map(|(liked, it)| [win(liked.reranker, it.reranker), win(liked.plain, it.plain)])
            .collect();
        Self { n_liked: of(true).count(), n_disliked: of(false).count(), wins }
    }
}

/// The areas where each like and each dislike of a fold counts as often as `times` says; chance
/// where there is no pair.
fn areas(pairs: &[FoldPairs], mut times: impl FnMut(usize) -> Vec<f32>) -> [f32; 2] {
    let (mut won, mut n_pairs) = ([0.0; 2], 0.0);
    for fold in pairs.iter().filter(|it| !it.wins.is_empty()) {
        let (liked, disliked) = (times(fold.n_liked), times(fold.n_disliked));
        n_pairs += (fold.n_liked * fold.n_disliked) as f32;
        for (row, n_times) in fold.wins.chunks_exact(fold.n_disliked).zip(liked) {
            for (win, more) in row.iter().zip(&disliked) {
                let times = n_times * more;
                won[0] += times * win[0];
                won[1] += times * win[1];
            }
        }
    }
    won.map(|won| if n_pairs > 0.0 { won / n_pairs } else { 0.5 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(judged: &[Judged]) -> Check {
        let mut resampling = Resampling::new(judged, 5, 1);
        std::iter::repeat_with(|| resampling.step()).flatten().next().unwrap()
    }

    /// `n` marks over five folds, every third disliked; scores by what `score` says of a like.
    fn judged(n: usize, score: impl Fn(usize, bool) -> [f32; 2]) -> Vec<Judged> {
        (0..n)
            .map(|at| {
                let is_liked = !at.is_multiple_of(3);
                let [reranker, plain] = score(at, is_liked);
                Judged { fold: at % 5, is_liked, reranker, plain }
            })
            .collect()
    }

    fn noise(at: usize) -> f32 {
        SplitMix64::new(at as u64).uniform() as f32
    }

    #[test]
    fn an_area_is_the_share_of_pairs_in_order_and_ties_count_half() {
        let mark = |is_liked, reranker, plain| Judged { fold: 0, is_liked, reranker, plain };
        let marks = [
            mark(true, 2.0, 0.0),
            mark(true, 0.5, 0.0),
            mark(false, 1.0, 0.0),
            mark(false, 0.0, 0.0),
        ];
        let check = checked(&marks);
        assert_eq!((check.reranker.value, check.plain.value), (0.75, 0.5));
        assert_eq!((check.n_liked, check.n_disliked), (2, 2));
    }

    #[test]
    fn only_films_of_the_same_fold_are_compared() {
        let mark = |fold, is_liked, reranker| Judged { fold, is_liked, reranker, plain: reranker };
        // Across folds the order is wrong; networks of two folds share no scale.
        let marks =
            [mark(0, true, 1.0), mark(0, false, 0.0), mark(1, true, -5.0), mark(1, false, -6.0)];
        assert_eq!(checked(&marks).reranker.value, 1.0);
    }

    #[test]
    fn a_reranker_that_is_the_plain_comparison_makes_no_difference() {
        let check = checked(&judged(90, |at, is_liked| {
            let score = noise(at) + 0.3 * f32::from(u8::from(is_liked));
            [score, score]
        }));
        assert_eq!(check.difference, Interval { value: 0.0, low: 0.0, high: 0.0 });
        assert_eq!(check.verdict(), Verdict::Inconclusive);
        assert!(
            check.reranker.low < check.reranker.value && check.reranker.value < check.reranker.high
        );
    }

    #[test]
    fn a_reranker_that_knows_more_helps_and_one_that_knows_less_harms() {
        let know = |at, is_liked| noise(at) + f32::from(u8::from(is_liked));
        let guess = |at: usize, is_liked| noise(at + 999) + 0.3 * f32::from(u8::from(is_liked));
        let good = checked(&judged(150, |at, is_liked| [know(at, is_liked), guess(at, is_liked)]));
        assert_eq!(good.verdict(), Verdict::Helps);
        let bad = checked(&judged(150, |at, is_liked| [guess(at, is_liked), know(at, is_liked)]));
        assert_eq!(bad.verdict(), Verdict::Harms);
    }

    #[test]
    fn noise_is_no_better_than_chance() {
        let check = checked(&judged(60, |at, _| [noise(at), noise(at + 100)]));
        assert_eq!(check.verdict(), Verdict::NoBetterThanChance);
    }

    #[test]
    fn the_interval_holds_the_truth_about_as_often_as_it_says() {
        // Scores of deviation 1 that are 1 apart: the true area is Φ(1/√2) = 0.760.
        let gaussian = |seed: usize| {
            let mut random = SplitMix64::new(seed as u64);
            (0..12).map(|_| random.uniform() as f32).sum::<f32>() - 6.0
        };
        let n_held = (0..60)
            .filter(|run| {
                let check = checked(&judged(120, |at, is_liked| {
                    let shift = f32::from(u8::from(is_liked));
                    [gaussian(run * 1_000 + at) + shift, 0.0]
                }));
                (check.reranker.low..=check.reranker.high).contains(&0.760)
            })
            .count();
        assert!((51..=60).contains(&n_held), "{n_held} of 60");
    }
}
