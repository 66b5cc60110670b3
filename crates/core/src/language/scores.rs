//! Log-probabilities of titles → scores of candidates.
use crate::order::best_first;

/// Log-probabilities of every candidate's title, in nats, `[n_orders][n_candidates]`: one list for
/// each order in which the candidates were named, or a single one where they were not.
pub type Reading = Vec<Vec<f32>>;

/// A candidate with what its score is made of, in nats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scored {
    /// Its index among the candidates.
    pub candidate: usize,
    /// log p(title | prompt with the history), mean over orders.
    pub with_history: f32,
    /// log p(title | prompt without it), mean over orders.
    pub without_history: f32,
    pub score: f32,
}

/// The candidates, the best first: `with_history − share · without_history`.
///
/// Equal scores keep the candidates' order.
pub fn scores(with_history: &Reading, without_history: &Reading, share: f32) -> Vec<Scored> {
    let (with_history, without_history) = (means(with_history), means(without_history));
    let mut scored: Vec<Scored> = with_history
        .into_iter()
        .zip(without_history)
        .enumerate()
        .map(|(candidate, (with_history, without_history))| Scored {
            candidate,
            with_history,
            without_history,
            score: with_history - share * without_history,
        })
        .collect();
    best_first(&mut scored, |it| it.score);
    scored
}

/// Mean over the orders, `[n_candidates]`.
pub(super) fn means(reading: &Reading) -> Vec<f32> {
    let n_candidates = reading.first().map_or(0, Vec::len);
    let sum = |at: usize| reading.iter().filter_map(|it| it.get(at)).sum::<f32>();
    (0..n_candidates).map(|at| sum(at) / reading.len() as f32).collect()
}

/// The logarithms of the probabilities of `tokens`, in nats, where all `logits` are `[n_vocab]`; of a token that the
/// vocabulary lacks it is that of none.
pub fn log_probs(logits: &[f32], tokens: &[u32]) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total = most + logits.iter().map(|it| (it - most).exp()).sum::<f32>().ln();
    let logit = |it: &u32| logits.get(*it as usize).copied().unwrap_or(f32::NEG_INFINITY);
    tokens.iter().map(|it| logit(it) - total).collect()
}
