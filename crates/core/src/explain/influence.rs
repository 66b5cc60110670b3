//! Leave-one-out: the list with every pick, and with each pick alone left out, in one batch.

use serde::{Deserialize, Serialize};

use super::{ExplainError, Question, run};
use crate::catalog::ItemRow;
use crate::history::History;
use crate::recommend::{margin_of, rank_of};

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Influence {
    pub pick: ItemRow,
    /// Score with the pick minus score without it: positive carries the recommendation.
    pub score_drop: f32,
    /// The item's rank when this pick alone is left out.
    pub rank_without: usize,
}

/// What one batch of leave-one-out gave.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) rank: usize,
    pub(super) score: f32,
    pub(super) influence: Vec<Influence>,
    /// Lead over the first item behind the line, with each pick left out, as `influence`.
    pub(super) margins: Vec<f32>,
}

/// Scores the whole history and the history without each pick the model reads.
///
/// Leaving out a pick of an over-long history lets an older one in, just as it does when the
/// reader removes that pick.
pub(super) async fn measure<E>(
    question: &Question<'_>,
    score: &mut impl AsyncFnMut(Vec<History>) -> Result<Vec<Vec<f32>>, E>,
) -> Result<Measured, ExplainError<E>> {
    let &Question { history, item, within, max_history } = question;
    let first = history.len().saturating_sub(max_history);
    let mut batch = vec![history.clone()];
    batch.extend((first..history.len()).map(|position| history.without(position)));

    let scores = run(score, batch.clone()).await?;
    let rank = rank_of(&scores[0], item, history)?;
    let with_all = scores[0][item.index()];

    let mut influence = Vec::with_capacity(batch.len() - 1);
    let mut margins = Vec::with_capacity(batch.len() - 1);
    let left_out = history.iter().skip(first);
    for ((pick, without), scores) in left_out.zip(&batch[1..]).zip(&scores[1..]) {
        let rank_without = rank_of(scores, item, without)?;
        let score_drop = with_all - scores[item.index()];
        influence.push(Influence { pick, score_drop, rank_without });
        margins.push(margin_of(scores, item, without, within)?);
    }
    Ok(Measured { rank, score: with_all, influence, margins })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::block_on;

    /// A made-up model of four items: item 3 gains 2 from pick 0 and loses 1 to pick 1.
    fn made_up(history: &History) -> Vec<f32> {
        let gain = if history.contains(ItemRow(0)) { 2.0 } else { 0.0 };
        let loss = if history.contains(ItemRow(1)) { 1.0 } else { 0.0 };
        vec![-9.0, -9.0, 0.5, gain - loss]
    }

    fn measured(picks: &[u32], max_history: usize) -> (Measured, Vec<usize>) {
        let history: History = picks.iter().copied().map(ItemRow).collect();
        let question = Question { history: &history, item: ItemRow(3), within: 1, max_history };
        let mut batches = Vec::new();
        let mut score = async |batch: Vec<History>| {
            batches.push(batch.len());
            Ok::<_, ()>(batch.iter().map(made_up).collect())
        };
        let got = block_on(measure(&question, &mut score)).unwrap();
        (got, batches)
    }

    #[test]
    fn influence_is_score_with_minus_score_without() {
        let (got, batches) = measured(&[0, 1], 9);
        assert_eq!((got.rank, got.score), (1, 1.0));
        let carrying = Influence { pick: ItemRow(0), score_drop: 2.0, rank_without: 2 };
        let opposing = Influence { pick: ItemRow(1), score_drop: -1.0, rank_without: 1 };
        assert_eq!(got.influence, [carrying, opposing]);
        assert_eq!(got.margins, [-1.5, 1.5]);
        assert_eq!(batches, [3], "everything goes in one batch");
    }

    #[test]
    fn only_picks_the_model_reads_are_left_out() {
        let (got, batches) = measured(&[1, 2, 0], 2);
        let picks: Vec<u32> = got.influence.iter().map(|it| it.pick.0).collect();
        assert_eq!(picks, [2, 0]);
        assert_eq!(batches, [3]);
    }

    #[test]
    fn an_empty_history_has_no_influence() {
        let (got, _) = measured(&[], 9);
        assert_eq!(got.influence, []);
        assert_eq!(got.rank, 2);
    }

    #[test]
    fn an_unknown_item_is_an_error() {
        let history = History::default();
        let question = Question { history: &history, item: ItemRow(4), within: 1, max_history: 9 };
        let mut score =
            async |batch: Vec<History>| Ok::<_, ()>(batch.iter().map(made_up).collect());
        assert!(matches!(block_on(measure(&question, &mut score)), Err(ExplainError::Rank(_))));
    }
}
