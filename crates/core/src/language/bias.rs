//! What moves the scores beside taste: where a candidate is named, and how well known it is.

use super::prompt::Orders;
use super::scores::{Reading, means};
use crate::recommend::kendall_tau;

/// How the place in the prompt moves a title's log-probability, in nats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PositionBias {
    /// Mean difference from the candidate's own mean, where it is named in the first third of the list.
    pub first_third: f32,
    pub last_third: f32,
    /// Kendall's τ between the rankings of two orders, mean over pairs: 1 where order does not matter.
    pub agreement: f32,
}

/// How the scores go with popularity: Kendall's τ with the number of ratings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PopularityBias {
    /// Of the log-probabilities as they are.
    pub raw: f32,
    /// Of the scores that rank.
    pub scored: f32,
}

/// `None` for fewer than two orders.
pub fn position_bias(reading: &Reading, orders: &Orders) -> Option<PositionBias> {
    if reading.len() < 2 || reading.len() != orders.len() {
        return None;
    }
    let means = means(reading);
    let n_candidates = means.len();
    let (mut first, mut last) = (Vec::new(), Vec::new());
    for (log_probs, order) in reading.iter().zip(orders) {
        for (place, &candidate) in order.iter().enumerate() {
            let difference = log_probs.get(candidate)? - means.get(candidate)?;
            if place * 3 < n_candidates {
                first.push(difference);
            } else if place * 3 >= n_candidates * 2 {
                last.push(difference);
            }
        }
    }
    let pairs = (0..reading.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    let agreements: Vec<f32> = pairs.map(|(a, b)| kendall_tau(&reading[a], &reading[b])).collect();
    Some(PositionBias {
        first_third: mean(&first),
        last_third: mean(&last),
        agreement: mean(&agreements),
    })
}

/// `raw` and `scored` are numbers per candidate, as is `n_ratings`.
pub fn popularity_bias(raw: &[f32], scored: &[f32], n_ratings: &[u32]) -> PopularityBias {
    let n_ratings: Vec<f32> = n_ratings.iter().map(|&it| it as f32).collect();
    PopularityBias { raw: kendall_tau(raw, &n_ratings), scored: kendall_tau(scored, &n_ratings) }
}

fn mean(numbers: &[f32]) -> f32 {
    numbers.iter().sum::<f32>() / numbers.len().max(1) as f32
}
