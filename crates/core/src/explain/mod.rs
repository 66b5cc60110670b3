//! Why a film stands where it stands: what changes in the list when picks or words are left out.
//!
//! Every number here comes from running the model again. The drivers are generic over the
//! run, so that they know neither worker nor runtime and are tested on the host.

mod attention;
mod counterfactual;
mod faithfulness;
mod influence;
mod shuffle;
mod text;

use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;
use crate::families::Parts;
use crate::history::History;
use crate::recommend::RankError;

pub use attention::Attention;
pub use counterfactual::Counterfactual;
pub use faithfulness::{
    Explainer, ExplanationTest, Orders, Outcome, Trial, Verdict, most_important_first,
    test_explanation,
};
pub use influence::Influence;
pub use text::{FactMatch, WordMatch, fact_matches, word_matches, words_of};

/// How one recommendation depends on the picks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    pub item: ItemRow,
    /// 1 is best, among unseen items.
    pub rank: usize,
    pub score: f32,
    /// One per pick the model read, oldest first: leave-one-out, measured by running the model.
    pub influence: Vec<Influence>,
    /// A small set of picks without which the item leaves the first ranks; `None` if no
    /// small set short of the whole history does it, or if it does not stand there at all.
    pub counterfactual: Option<Counterfactual>,
    /// How many picks were left out together at most in search of that set.
    pub most_left_out: usize,
    /// Where the model looked, one weight per pick, oldest first, summing to 1. Not a reason.
    pub attention: Option<Attention>,
    /// Exact parts of the score, for families that are sums.
    pub contributions: Option<Parts>,
}

/// What can be said of the picks that a film's place rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Support<'a> {
    NotInFirst,
    /// The family reads no pick.
    NothingRead,
    /// There is but one pick, and so nothing to choose from.
    OnePick {
        rank_without: usize,
    },
    /// Without these few it leaves the first ranks.
    Few(&'a Counterfactual),
    /// It stays in the first ranks without so many, left out one after another by strength.
    Many {
        n_left_out: usize,
    },
}

impl Explanation {
    /// What the film's place among the first `within` rests on.
    pub fn support(&self, within: usize) -> Support<'_> {
        match (&self.counterfactual, self.influence.as_slice()) {
            (Some(set), _) => Support::Few(set),
            _ if self.rank > within => Support::NotInFirst,
            (_, []) => Support::NothingRead,
            (_, [only]) if self.most_left_out == 0 => {
                Support::OnePick { rank_without: only.rank_without }
            }
            _ => Support::Many { n_left_out: self.most_left_out },
        }
    }
}

/// What is to be explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Question<'a> {
    pub history: &'a History,
    pub item: ItemRow,
    /// The counterfactual set is the one that drops `item` out of the first `within` ranks.
    pub within: usize,
    /// How many of the newest picks the model reads; older ones have no influence to measure.
    pub max_history: usize,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ExplainError<E> {
    /// The run itself failed.
    #[error("{0}")]
    Run(E),
    #[error(transparent)]
    Rank(#[from] RankError),
    #[error("the run gave {got} answers to {asked} questions; reload the page")]
    WrongCount { asked: usize, got: usize },
}

/// Measures how `question.item` depends on the picks: one batch for the leave-one-out
/// influence, then at most a few more for the counterfactual set.
///
/// `score` takes a batch of histories and gives one row of `n_items` scores for each.
/// `attention` and `contributions` are left `None`: the family knows them, not the runs.
///
/// # Errors
/// [`ExplainError::Run`] if `score` fails, the others if it answers with the wrong shape.
pub async fn explain<E>(
    question: &Question<'_>,
    mut score: impl AsyncFnMut(Vec<History>) -> Result<Vec<Vec<f32>>, E>,
) -> Result<Explanation, ExplainError<E>> {
    let measured = influence::measure(question, &mut score).await?;
    let counterfactual = counterfactual::find(question, &measured, &mut score).await?;
    let most_left_out = counterfactual::most_left_out(question, &measured);
    Ok(Explanation {
        item: question.item,
        rank: measured.rank,
        score: measured.score,
        influence: measured.influence,
        counterfactual,
        most_left_out,
        attention: None,
        contributions: None,
    })
}

/// Runs `batch` and checks that every history got an answer.
async fn run<E>(
    score: &mut impl AsyncFnMut(Vec<History>) -> Result<Vec<Vec<f32>>, E>,
    batch: Vec<History>,
) -> Result<Vec<Vec<f32>>, ExplainError<E>> {
    let asked = batch.len();
    let scores = score(batch).await.map_err(ExplainError::Run)?;
    if scores.len() == asked {
        Ok(scores)
    } else {
        Err(ExplainError::WrongCount { asked, got: scores.len() })
    }
}

/// Waits for a future that never really waits, as scripted models in tests do.
#[cfg(test)]
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("a scripted model never waits"),
    }
}
