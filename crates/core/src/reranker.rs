//! The reader's re-ranker: a small network over text vectors, trained on what one reader liked and
//! disliked, and the check whether it is worth anything.
//!
//! It reads `[u; i; u·i; |u − i|]`, `u` the mean vector of the films the reader liked and `i` a
//! film's. Its output is added to a plain comparison, so that untrained it *is* the plain
//! comparison. It takes part in the order of a family's first films; it never ranks the whole
//! catalogue, since what readers mark is not a fair sample of it.

mod check;
mod network;
mod split;
mod suggest;
mod taste;
mod training;

use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;
use crate::nearest::Vectors;
use crate::order::best_first;
use crate::recommend::Recommendation;

pub use check::{Check, Interval, Verdict};
pub use suggest::{made_up, to_judge};
pub use training::{CurvePoint, Settings, Training};

use network::Network;
use taste::Taste;

/// With fewer marks there is nothing to train and nothing left to check with.
pub const LEAST_MARKS: usize = 20;
/// Of likes, and of dislikes: one for each fold of the check.
pub const LEAST_OF_A_KIND: usize = N_FOLDS;
/// Training is for seconds, not minutes.
pub const MOST_MARKS: usize = 500;
/// How many films of a family's list are put in another order.
pub const N_RERANKED: usize = 200;
/// Folds of the marks; each is held out once.
pub const N_FOLDS: usize = 5;

/// What a reader said of a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub item: ItemRow,
    pub is_liked: bool,
}

/// Why there is no re-ranker.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RerankerError {
    #[error("mark at least {LEAST_MARKS} films, likes and dislikes together; there are {got}")]
    TooFew { got: usize },
    #[error(
        "mark at least {LEAST_OF_A_KIND} films you like and {LEAST_OF_A_KIND} you do not; there are {n_liked} and {n_disliked}"
    )]
    OneKind { n_liked: usize, n_disliked: usize },
    #[error(
        "a re-ranker is trained on at most {MOST_MARKS} marks; take some away, there are {got}"
    )]
    TooMany { got: usize },
    #[error("a marked film has no text vector; take it away and train again: row {row}")]
    UnknownItem { row: u32 },
    #[error("the kept re-ranker does not fit these marks; train it again")]
    NotOfTheseMarks,
}

/// A re-ranker with its learning curve and its check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trained {
    /// What it was trained on, in the order of the marks.
    pub marks: Vec<Mark>,
    /// Shape `[n_epochs + 1]`; the first is the plain comparison.
    pub curve: Vec<CurvePoint>,
    /// After so many epochs the held-out loss was lowest; 0 means that the re-ranker is the plain
    /// comparison.
    pub n_epochs: usize,
    pub check: Check,
    // Shape of `Network::parameters`.
    parameters: Vec<f32>,
}

/// A film in its new place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reranked {
    pub item: ItemRow,
    /// Its rank in the family's list, 1 the best.
    pub rank_before: usize,
    /// The re-ranker's logit that the reader likes it.
    pub logit: f32,
}

/// A re-ranker that is ready to be asked.
#[derive(Clone, Debug)]
pub struct Reranker {
    taste: Taste,
    network: Network,
}

impl Trained {
    /// The re-ranker, over the `vectors` it was trained with.
    ///
    /// # Errors
    /// [`RerankerError`] if its marks could not have been trained on, or its parameters are damaged.
    pub fn reranker(&self, vectors: &Vectors) -> Result<Reranker, RerankerError> {
        let films = training::checked(vectors, &self.marks)?;
        let taste = Taste::new(&films);
        let network = Network::from_parameters(4 * vectors.dim(), self.parameters.clone())
            .ok_or(RerankerError::NotOfTheseMarks)?;
        Ok(Reranker { taste, network })
    }
}

impl Reranker {
    /// The logit that the reader likes `item`; `None` if it has no vector.
    pub fn logit(&self, vectors: &Vectors, item: ItemRow) -> Option<f32> {
        let film = vectors.vector(item)?;
        Some(self.network.logit(&self.taste.inputs(&film), self.taste.plain(&film)))
    }

    /// Puts `list` in another order, best first: by the chance that the reader comes to see a film,
    /// one over its rank, times the chance that the reader then likes it, the re-ranker's.
    ///
    /// The re-ranker alone would not do: it has learned from films that were seen, and knows nothing of
    /// what leads a reader to one. Equal films keep the family's order; those without a vector go
    /// last in it.
    pub fn rerank(&self, vectors: &Vectors, list: &[Recommendation]) -> Vec<Reranked> {
        let mut films: Vec<(f32, Reranked)> = (1..)
            .zip(list)
            .map(|(rank_before, it)| {
                let logit = self.logit(vectors, it.item).unwrap_or(f32::NEG_INFINITY);
                // Minus the logarithm of the product.
                let cost = (rank_before as f32).ln() + network::loss(logit, true);
                (cost, Reranked { item: it.item, rank_before, logit })
            })
            .collect();
        best_first(&mut films, |it| -it.0);
        films.into_iter().map(|(_, film)| film).collect()
    }
}

#[cfg(test)]
mod tests;
