//! What a list does beside being right: how known its films are, and which genres it shows.
//!
//! As in `models/pipeline/evaluate/beyond_accuracy.py`, which names the sources as well.

use crate::catalog::{Catalogue, ItemRow};

use super::HeldOut;

/// How much of the history's genres is mixed into the list's, so that a genre without a film is not infinitely far.
const SMOOTHING: f64 = 0.01;

/// What is known of the films that lists are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Films {
    /// The share of training histories that hold each film; one that none holds counts as half a history.
    popularity: Vec<f64>,
    genres: Vec<Vec<u32>>,
    n_genres: usize,
}

/// A list and what it is like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    /// Best first.
    pub films: Vec<ItemRow>,
    /// Mean popularity.
    pub popularity: f64,
    /// Mean of −log₂ popularity, in bits (Vargas and Castells 2011, "Rank and Relevance in Novelty and Diversity
    /// Metrics for Recommender Systems").
    pub novelty: f64,
    /// Mean distance of two films: one minus the share of their genres that both have (Ziegler et al. 2005, "Improving
    /// Recommendation Lists Through Topic Diversification").
    pub diversity: f64,
    /// Kullback–Leibler divergence in nats from the genres of the history to those of the list (Steck 2018, "Calibrated
    /// Recommendations").
    pub miscalibration: f64,
}

impl Films {
    pub fn new(held: &HeldOut, catalogue: &Catalogue) -> Self {
        let n_histories = f64::from(held.n_histories);
        let share = |&n: &u32| f64::from(n).max(0.5) / n_histories;
        Self {
            popularity: held.n_holding.iter().map(share).collect(),
            genres: catalogue.rows().map(|it| catalogue.genre_indices(it).to_vec()).collect(),
            n_genres: catalogue.genre_names().len(),
        }
    }

    pub fn n_items(&self) -> usize {
        self.popularity.len()
    }

    fn popularity(&self, item: ItemRow) -> f64 {
        self.popularity.get(item.index()).copied().unwrap_or(0.0)
    }

    fn genres(&self, item: ItemRow) -> &[u32] {
        self.genres.get(item.index()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn mean_popularity(&self, items: &[ItemRow]) -> f64 {
        mean(items.iter().map(|&it| self.popularity(it)))
    }

    /// Each genre's share of `items`, a film's weight split evenly among its genres.
    fn shares(&self, items: &[ItemRow]) -> Vec<f64> {
        let mut shares = vec![0.0; self.n_genres];
        for &item in items {
            let genres = self.genres(item);
            for &genre in genres {
                shares[genre as usize] += 1.0 / genres.len() as f64;
            }
        }
        let total: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|it| *it /= total.max(1e-12));
        shares
    }

    fn miscalibration(&self, history: &[ItemRow], list: &[ItemRow]) -> f64 {
        let both = self.shares(history).into_iter().zip(self.shares(list));
        let of_genre = |(p, q): (f64, f64)| p * (p / ((1.0 - SMOOTHING) * q + SMOOTHING * p)).ln();
        both.filter(|it| it.0 > 0.0).map(of_genre).sum()
    }

    fn distance(&self, a: ItemRow, b: ItemRow) -> f64 {
        let (a, b) = (self.genres(a), self.genres(b));
        let n_both = a.iter().filter(|it| b.contains(it)).count();
        let n_either = a.len() + b.len() - n_both;
        if n_either == 0 { 0.0 } else { 1.0 - n_both as f64 / n_either as f64 }
    }

    fn diversity(&self, list: &[ItemRow]) -> f64 {
        let pairs = (1..list.len()).flat_map(|at| list[..at].iter().map(move |&it| (it, list[at])));
        mean(pairs.map(|(a, b)| self.distance(a, b)))
    }
}

impl List {
    pub(super) fn new(list: Vec<ItemRow>, history: &[ItemRow], films: &Films) -> Self {
        Self {
            popularity: films.mean_popularity(&list),
            novelty: mean(list.iter().map(|&it| -films.popularity(it).log2())),
            diversity: films.diversity(&list),
            miscalibration: films.miscalibration(history, &list),
            films: list,
        }
    }
}

/// 0 for nothing.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0), |(sum, n), it| (sum + it, n + 1));
    if n == 0 { 0.0 } else { sum / f64::from(n) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two dramas, a comedy, one that is both, one without a genre.
    fn films() -> Films {
        Films {
            popularity: vec![0.5, 0.25, 0.125, 0.25, 0.0625],
            genres: vec![vec![0], vec![0], vec![1], vec![0, 1], vec![]],
            n_genres: 2,
        }
    }

    fn rows(rows: &[u32]) -> Vec<ItemRow> {
        rows.iter().copied().map(ItemRow).collect()
    }

    #[track_caller]
    fn near(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-12, "{got}, not {want}");
    }

    #[test]
    fn popularity_and_novelty_are_means_over_the_list() {
        let list = List::new(rows(&[0, 2]), &[], &films());
        near(list.popularity, (0.5 + 0.125) / 2.0);
        near(list.novelty, (1.0 + 3.0) / 2.0);
    }

    #[test]
    fn a_list_of_the_same_genres_is_calibrated() {
        near(films().miscalibration(&rows(&[0, 2]), &rows(&[1, 2])), 0.0);
        // Half drama, half comedy; shown dramas alone, of which comedy keeps a hundredth of its half.
        let dramas = films().miscalibration(&rows(&[0, 2]), &rows(&[0, 1]));
        near(dramas, 0.5 * (0.5_f64 / 0.995).ln() + 0.5 * (0.5_f64 / 0.005).ln());
    }

    #[test]
    fn diversity_is_what_pairs_do_not_share() {
        near(films().diversity(&rows(&[0, 1])), 0.0);
        near(films().diversity(&rows(&[0, 2])), 1.0);
        // Drama, comedy, both: distances 1, 1/2 and 1/2.
        near(films().diversity(&rows(&[0, 2, 3])), 2.0 / 3.0);
        near(films().diversity(&rows(&[4])), 0.0);
    }
}
