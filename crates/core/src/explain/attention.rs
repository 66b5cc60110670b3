//! Where a model looked, and how far that agrees with what moved the score.

use serde::{Deserialize, Serialize};

use super::Influence;
use crate::recommend::kendall_tau;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attention {
    /// One per pick, oldest first, summing to 1.
    pub weights: Vec<f32>,
    /// Kendall's τ between attention and leave-one-out on these picks, −1 to 1.
    pub agreement: f32,
}

impl Attention {
    /// Sets attention beside the measured influence of the same picks.
    ///
    /// Weights that belong to other picks than `influence` say nothing: then `None`.
    pub fn beside(weights: Vec<f32>, influence: &[Influence]) -> Option<Self> {
        if weights.len() != influence.len() {
            return None;
        }
        let drops: Vec<f32> = influence.iter().map(|it| it.score_drop).collect();
        let agreement = kendall_tau(&weights, &drops);
        Some(Self { weights, agreement })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_other_picks_are_refused() {
        assert_eq!(Attention::beside(vec![1.0], &[]), None);
    }
}
