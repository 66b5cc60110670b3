//! What a model that reads picks in order would have said after each of them.

use serde::{Deserialize, Serialize};

use super::Question;
use crate::families::{Family, FamilyError, GraphOutputs};
use crate::history::History;
use crate::recommend::{self, Recommendation};

/// How many films are kept of what a model said.
pub(in crate::families) const TOP: usize = 10;

/// The answer to the history up to a pick.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The best films not picked so far, best first.
    pub top: Vec<Recommendation>,
    /// The rank in that list of the film that was picked next; `None` after the last pick.
    pub rank_of_next: Option<usize>,
}

/// The history up to each pick, oldest first.
pub(in crate::families) fn prefixes(picks: &History) -> Vec<History> {
    (1..=picks.len()).map(|n| picks.iter().take(n).collect()).collect()
}

/// Reads what a batch of all [`prefixes`] gave, oldest first.
pub(in crate::families) fn read<P>(
    family: &dyn Family,
    question: &Question<'_, P>,
    outputs: GraphOutputs,
) -> Result<Vec<Said>, FamilyError> {
    let prefixes = prefixes(question.picks);
    let scores = family.scores(&prefixes, vec![outputs])?.scores;
    let said = |(prefix, scores): (&History, &Vec<f32>)| {
        let next = question.picks.as_slice().get(prefix.len());
        // All that was picked by then, read or not.
        let n_later = question.picks.len() - prefix.len();
        let seen: History =
            question.history.iter().take(question.history.len() - n_later).collect();
        Ok(Said {
            top: recommend::rank(scores, question.n_items, &seen, TOP)?,
            rank_of_next: next.map(|&it| recommend::rank_of(scores, it, &seen)).transpose()?,
        })
    };
    prefixes.iter().zip(&scores).map(said).collect()
}
