//! What answers come to, user after user, each figure with how sure it is.

use std::collections::BTreeMap;

use super::{Answered, Asked, Protocol, TOP};

/// What is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// 1 / log₂(1 + rank) where a film that is asked for is among the first ten, else 0: the mean over questions (Järvelin
    /// and Kekäläinen 2002, "Cumulated Gain-Based Evaluation of IR Techniques", with one right answer).
    #[default]
    Ndcg,
    /// The share of questions whose film is among the first ten.
    HitRate,
    /// The share of the catalogue that is in any list (Ge et al. 2010, "Beyond Accuracy").
    Coverage,
    /// How unequally the places of all lists are shared among all films: 0 equally, 1 one film has all (Fleder and
    /// Hosanagar 2009, "Blockbuster Culture's Next Rise or Fall").
    Gini,
    Novelty,
    Diversity,
    Miscalibration,
    /// By how much the films of lists are more popular than those of histories, both as means over users of means over
    /// films; 1 is twice as popular (Abdollahpouri et al. 2019, "The Unfairness of Popularity Bias in Recommendation").
    PopularityLift,
}

/// A figure after so many users.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub n_users: usize,
    pub value: f64,
    /// 95 %, over users; `None` for one user, and for what belongs to all lists together.
    pub interval: Option<(f64, f64)>,
}

impl Measure {
    pub const ALL: [Self; 8] = [
        Self::Ndcg,
        Self::HitRate,
        Self::Coverage,
        Self::Gini,
        Self::Novelty,
        Self::Diversity,
        Self::Miscalibration,
        Self::PopularityLift,
    ];

    /// Whether it is a mean over users, so that an interval over them can be given.
    pub fn has_interval(self) -> bool {
        !matches!(self, Self::Coverage | Self::Gini)
    }

    /// Whether it is of lists, for which it does not matter against which films ranks are taken.
    pub fn is_of_lists(self) -> bool {
        !matches!(self, Self::Ndcg | Self::HitRate)
    }

    /// Whether more is better; `None` where that is for the reader to say.
    pub fn is_more_better(self) -> Option<bool> {
        match self {
            Self::Ndcg | Self::HitRate => Some(true),
            Self::Miscalibration => Some(false),
            _ => None,
        }
    }

    /// What a user adds to the numerator and to the denominator.
    fn parts(self, of: &Answered, protocol: Protocol) -> (f64, f64) {
        let list = of.list(protocol.seen);
        let gained = |gain: fn(f64) -> f64| {
            let n = match protocol.asked {
                Asked::Last => 1,
                Asked::LastTen => of.standings.len(),
            };
            let asked = of.standings.iter().rev().take(n);
            (asked.map(|it| gain(it.rank(protocol))).sum(), n as f64)
        };
        match self {
            Self::Ndcg => {
                gained(|rank| if is_among_first(rank) { 1.0 / (rank + 1.0).log2() } else { 0.0 })
            }
            Self::HitRate => gained(|rank| f64::from(u8::from(is_among_first(rank)))),
            Self::Novelty => (list.novelty, 1.0),
            Self::Diversity => (list.diversity, 1.0),
            Self::Miscalibration => (list.miscalibration, 1.0),
            Self::PopularityLift => (list.popularity, of.liked),
            Self::Coverage | Self::Gini => (0.0, 0.0),
        }
    }

    fn shift(self) -> f64 {
        if self == Self::PopularityLift { -1.0 } else { 0.0 }
    }
}

fn is_among_first(rank: f64) -> bool {
    rank <= TOP as f64
}

/// `measure` of a catalogue of `n_items`, after each further user.
pub fn curve<'a>(
    answered: impl IntoIterator<Item = &'a Answered>,
    measure: Measure,
    protocol: Protocol,
    n_items: usize,
) -> Vec<Estimate> {
    let mut ratio = Ratio::default();
    let mut places = Places::new(n_items);
    let mut points = Vec::new();
    for of in answered {
        if measure.has_interval() {
            let (above, below) = measure.parts(of, protocol);
            ratio.add(above, below);
            points.push(ratio.estimate(measure.shift()));
        } else {
            places.add(of, protocol);
            let value = if measure == Measure::Gini { places.gini() } else { places.coverage() };
            points.push(Estimate { n_users: points.len() + 1, value, interval: None });
        }
    }
    points
}

/// By how much the first of each pair is above the second, asked the same of the same users; `None` for what belongs to
/// all lists together, and without users.
pub fn lead<'a>(
    pairs: impl IntoIterator<Item = (&'a Answered, &'a Answered)>,
    measure: Measure,
    protocol: Protocol,
) -> Option<Estimate> {
    let mut ratio = Ratio::default();
    for (ours, theirs) in pairs {
        // What is divided by is the user's, whoever answers.
        let ((a, below), (b, _)) = (measure.parts(ours, protocol), measure.parts(theirs, protocol));
        ratio.add(a - b, below);
    }
    (measure.has_interval() && ratio.n > 0).then(|| ratio.estimate(0.0))
}

/// Σ above / Σ below over users, with the standard error of the ratio estimator (Cochran 1977, *Sampling Techniques*,
/// chapter 6): users are drawn, each with all their questions. It needs sums alone, so it costs nothing a user; a
/// bootstrap over users gives the same within the width of a line once there are a few dozen.
#[derive(Clone, Copy, Debug, Default)]
struct Ratio {
    n: usize,
    above: f64,
    below: f64,
    above_above: f64,
    above_below: f64,
    below_below: f64,
}

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_964;

impl Ratio {
    fn add(&mut self, above: f64, below: f64) {
        self.n += 1;
        self.above += above;
        self.below += below;
        self.above_above += above * above;
        self.above_below += above * below;
        self.below_below += below * below;
    }

    fn estimate(&self, shift: f64) -> Estimate {
        let ratio = if self.below > 0.0 { self.above / self.below } else { 0.0 };
        let interval = (self.n > 1 && self.below > 0.0).then(|| {
            let n = self.n as f64;
            let squares = self.above_above - 2.0 * ratio * self.above_below
                + ratio * ratio * self.below_below;
            let error = (n / (n - 1.0) * squares.max(0.0)).sqrt() / self.below;
            (ratio + shift - Z * error, ratio + shift + Z * error)
        });
        Estimate { n_users: self.n, value: ratio + shift, interval }
    }
}

/// In how many places of all lists each film stands. Most films stand in none, and few counts differ, so a figure is a
/// sum over the counts.
struct Places {
    n_of_film: Vec<usize>,
    /// How many films stand in so many places.
    n_films: BTreeMap<usize, usize>,
    n_places: usize,
}

impl Places {
    fn new(n_items: usize) -> Self {
        let n_films = BTreeMap::from([(0, n_items)]);
        Self { n_of_film: vec![0; n_items], n_films, n_places: 0 }
    }

    fn add(&mut self, of: &Answered, protocol: Protocol) {
        for film in &of.list(protocol.seen).films {
            let Some(n) = self.n_of_film.get_mut(film.index()) else { continue };
            if let Some(before) = self.n_films.get_mut(n) {
                *before -= 1;
            }
            *n += 1;
            *self.n_films.entry(*n).or_default() += 1;
            self.n_places += 1;
        }
    }

    fn coverage(&self) -> f64 {
        let n_items = self.n_of_film.len().max(1);
        let n_without = self.n_films.get(&0).copied().unwrap_or_default();
        1.0 - n_without as f64 / n_items as f64
    }

    /// Σ (2 rank − n − 1) places / (n Σ places), films by ascending places.
    fn gini(&self) -> f64 {
        let n_items = self.n_of_film.len() as f64;
        let mut n_before = 0.0;
        let mut sum = 0.0;
        for (&places, &n_films) in &self.n_films {
            let n_films = n_films as f64;
            // The ranks from n_before + 1 to n_before + n_films, added up.
            let ranks = n_films * (2.0 * n_before + n_films + 1.0) / 2.0;
            sum += places as f64 * (2.0 * ranks - n_films * (n_items + 1.0));
            n_before += n_films;
        }
        if self.n_places == 0 { 0.0 } else { sum / (n_items * self.n_places as f64) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{List, Standing, Standings};
    use super::*;
    use crate::catalog::ItemRow;

    /// A user whose films were ranked so, and whose list is `films`.
    fn answered(ranks: &[u32], films: &[u32]) -> Answered {
        let standing = |&rank: &u32| {
            let standing = Standing { n_above: rank - 1, n_tied: 0 };
            Standings::everywhere(standing)
        };
        let films = films.iter().copied().map(ItemRow).collect();
        let list = List { films, popularity: 0.3, ..List::default() };
        Answered {
            standings: ranks.iter().map(standing).collect(),
            lists: [list.clone(), list],
            liked: 0.2,
        }
    }

    fn last(points: &[Estimate]) -> Estimate {
        *points.last().unwrap()
    }

    #[track_caller]
    fn near(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-9, "{got}, not {want}");
    }

    #[test]
    fn each_question_counts_alike_whoever_is_asked() {
        // Ranks 1, 3 and 11 of one user, 1 of another: gains 1, 1/2, 0 and 1.
        let all = [answered(&[1, 3, 11], &[]), answered(&[1], &[])];
        let of = |measure, asked| {
            let protocol = Protocol { asked, ..Protocol::default() };
            last(&curve(&all, measure, protocol, 4)).value
        };
        near(of(Measure::Ndcg, Asked::LastTen), 2.5 / 4.0);
        near(of(Measure::HitRate, Asked::LastTen), 3.0 / 4.0);
        near(of(Measure::Ndcg, Asked::Last), 0.5);
        near(of(Measure::HitRate, Asked::Last), 0.5);
    }

    #[test]
    fn an_interval_is_the_ratio_estimators_over_users() {
        // Gains 1 of 1 and 1/2 of 2: ratio 1/2. Residuals 1/2 and −1/2, so the error is √(2 · 1/2) / 3.
        let all = [answered(&[1], &[]), answered(&[3, 11], &[])];
        let points = curve(&all, Measure::Ndcg, Protocol::default(), 4);
        assert_eq!(points[0].interval, None);
        near(points[1].value, 0.5);
        let (low, high) = points[1].interval.unwrap();
        near((low + high) / 2.0, 0.5);
        near((high - low) / 2.0, Z / 3.0);
    }

    #[test]
    fn an_interval_of_users_who_agree_has_no_width_and_a_lead_is_paired() {
        let (ours, theirs) = (answered(&[1], &[]), answered(&[3], &[]));
        let pairs = [(&ours, &theirs), (&ours, &theirs)];
        let lead = lead(pairs, Measure::Ndcg, Protocol::default()).unwrap();
        near(lead.value, 0.5);
        let (low, high) = lead.interval.unwrap();
        near(low, 0.5);
        near(high, 0.5);
    }

    #[test]
    fn a_lift_is_how_much_more_popular_lists_are_than_histories() {
        let all = [answered(&[1], &[0]), answered(&[1], &[0])];
        near(last(&curve(&all, Measure::PopularityLift, Protocol::default(), 4)).value, 0.5);
    }

    #[test]
    fn coverage_and_gini_are_of_all_lists_together() {
        let of = |lists: [&[u32]; 2], measure| {
            let all = lists.map(|list| answered(&[1], list));
            last(&curve(&all, measure, Protocol::default(), 4))
        };
        near(of([&[0, 1], &[2, 3]], Measure::Coverage).value, 1.0);
        near(of([&[0, 1], &[2, 3]], Measure::Gini).value, 0.0);
        // One film of four has every place: (n − 1) / n.
        near(of([&[2], &[2]], Measure::Coverage).value, 0.25);
        near(of([&[2], &[2]], Measure::Gini).value, 0.75);
        // Places 0, 0, 1 and 3: (1 · 1 + 3 · 3) / (4 · 4).
        near(of([&[2, 3], &[3, 3]], Measure::Gini).value, 10.0 / 16.0);
        assert_eq!(of([&[2], &[2]], Measure::Gini).interval, None);
        let one = answered(&[1], &[]);
        assert_eq!(lead([(&one, &one)], Measure::Gini, Protocol::default()), None);
    }
}
