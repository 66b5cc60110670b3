//! What Python fitted and measured: `dialogue.json`.

use serde::Deserialize;

use super::Weights;

/// The one version of the file this program reads.
const VERSION: u32 = 2;

#[derive(Debug, thiserror::Error)]
pub enum FittedError {
    #[error("the weights of conversations cannot be read; reload the page: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error(
        "the weights of conversations are of another version than this site reads ({VERSION}); reload the page: {version}"
    )]
    UnknownVersion { version: u32 },
}

/// The ranker's weights, and what conversations reached with them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Fitted {
    version: u32,
    pub weights: FittedWeights,
    /// Conversations between people in which somebody named the film, `[n_items]`.
    pub named: Vec<u16>,
    pub results: Measured,
}

/// Fitted once without the sequential model and once with it: the others count less beside it.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct FittedWeights {
    /// All but the sequential model.
    pub named: Weights,
    pub sequential: Weights,
}

/// On conversations between people that nothing was chosen by.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Measured {
    pub conversations: usize,
    pub targets_asked: usize,
    /// From the plainest on, each built on the one before.
    pub steps: Vec<MeasuredStep>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct MeasuredStep {
    pub step: String,
    #[serde(rename = "recall@10")]
    pub recall_at_10: Interval,
    /// Absent for the first.
    #[serde(default)]
    pub more_than_the_step_before: Option<Difference>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Difference {
    #[serde(rename = "recall@10")]
    pub recall_at_10: Interval,
    #[serde(rename = "recall@50")]
    pub recall_at_50: Interval,
}

/// Mean, and the ends of its 95 % interval over conversations.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Interval(pub f32, pub f32, pub f32);

impl Fitted {
    /// Reads `dialogue.json`.
    ///
    /// # Errors
    /// [`FittedError`] if it is not JSON of the agreed shape, or of another version.
    pub fn from_json(json: &[u8]) -> Result<Self, FittedError> {
        let fitted: Self = serde_json::from_slice(json)?;
        if fitted.version != VERSION {
            return Err(FittedError::UnknownVersion { version: fitted.version });
        }
        Ok(fitted)
    }

    /// The weights for evidence with or without the sequential model's.
    pub fn weights(&self, has_next: bool) -> Weights {
        if has_next { self.weights.sequential } else { self.weights.named }
    }
}
