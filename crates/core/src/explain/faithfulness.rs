//! Whether the picks that an explanation names carry the recommendation: leave them out and look.
//!
//! Each explainer puts the picks in order. Its first one, two, three picks and so on are left out
//! together, up to [`MOST_LEFT_OUT`] or half of the picks read, and the item's rank is taken. Two
//! of them explain nothing, the newest picks and random ones: they are what has to be beaten.

use serde::{Deserialize, Serialize};

use super::influence::{Measured, measure};
use super::shuffle::shuffled;
use super::{ExplainError, Question, run};
use crate::catalog::ItemRow;
use crate::history::History;
use crate::order::best_first;
use crate::recommend::rank_of;

/// No more picks than this are left out together: a reader can hold them in mind.
const MOST_LEFT_OUT: usize = 5;
/// How many are put into words.
const TELLING: usize = 3;
/// Random orders tried; odd, so that there is one in the middle.
const N_DRAWS: u32 = 5;

/// Who puts the picks in order of importance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Explainer {
    /// By the score lost without each pick alone.
    LeaveOneOut,
    /// By the exact summands of a score that is a sum.
    Contributions,
    /// By where the model looked.
    Attention,
    MostRecent,
    Random,
}

/// What leaving out the first picks of an order did.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// 1 is best; of several draws the one in the middle.
    pub rank: usize,
    /// How many of the draws leave the item in the first ranks.
    pub n_kept: usize,
}

/// One explainer put to the test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    pub explainer: Explainer,
    /// The picks it names, the most important first; of several draws the first.
    pub named: Vec<ItemRow>,
    pub n_draws: usize,
    /// With one pick left out, with two, and so on.
    pub after: Vec<Outcome>,
}

/// How a recommendation fares without the picks that each explainer names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExplanationTest {
    pub item: ItemRow,
    /// With every pick.
    pub rank: usize,
    /// The number of first ranks.
    pub within: usize,
    pub n_read: usize,
    /// In the order of [`Explainer`]; empty where fewer than two picks are read.
    pub trials: Vec<Trial>,
}

impl ExplanationTest {
    /// How many picks were left out together at most.
    pub fn most_left_out(&self) -> usize {
        self.trials.iter().map(|trial| trial.after.len()).max().unwrap_or(0)
    }

    /// How many picks left out are put into words: enough for an order to matter.
    pub fn telling(&self) -> usize {
        TELLING.min(self.most_left_out())
    }

    pub fn of(&self, explainer: Explainer) -> Option<&Trial> {
        self.trials.iter().find(|trial| trial.explainer == explainer)
    }

    /// What leave-one-out is worth here, with [`Self::telling`] picks left out.
    pub fn verdict(&self) -> Option<Verdict> {
        let n = self.telling();
        let named = |explainer| Some(self.of(explainer)?.named.get(..n)?.to_vec());
        let rank = |explainer| Some(self.of(explainer)?.after.get(n.checked_sub(1)?)?.rank);
        let (mut ours, mut newest) =
            (named(Explainer::LeaveOneOut)?, named(Explainer::MostRecent)?);
        ours.sort_unstable();
        newest.sort_unstable();
        let after = rank(Explainer::LeaveOneOut)?;
        let beats = |other| rank(other).is_none_or(|other| after > other);
        Some(if !beats(Explainer::Random) {
            Verdict::NoBetter
        } else if ours == newest {
            Verdict::AreTheNewest
        } else if beats(Explainer::MostRecent) {
            Verdict::Holds
        } else {
            Verdict::NoBetter
        })
    }
}

/// Whether the picks that leave-one-out names carry a recommendation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Without them the item falls lower than without the newest or random picks.
    Holds,
    /// They carry it, but they are the newest picks, which anybody could have named.
    AreTheNewest,
    /// Without picks that nobody had a reason to name it falls as low.
    NoBetter,
}

/// What a family tells of itself, one number per pick read, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Orders {
    pub attention: Option<Vec<f32>>,
    pub contributions: Option<Vec<f32>>,
}

/// Puts every explainer to the test: one batch for leave-one-out, one for what is left out.
///
/// `score` takes a batch of histories and gives one row of `n_items` scores for each. A pick that
/// is left out is unseen again, so it may rank above the item, as when the reader takes it out.
///
/// # Errors
/// [`ExplainError::Run`] if `score` fails, the others if it answers with the wrong shape.
pub async fn test_explanation<E>(
    question: &Question<'_>,
    orders: Orders,
    mut score: impl AsyncFnMut(Vec<History>) -> Result<Vec<Vec<f32>>, E>,
) -> Result<ExplanationTest, ExplainError<E>> {
    let &Question { history, item, within, max_history } = question;
    let measured = measure(question, &mut score).await?;
    let read = history.newest(max_history);
    let most = MOST_LEFT_OUT.min(read.len() / 2);
    let mut test = ExplanationTest {
        item,
        rank: measured.rank,
        within,
        n_read: read.len(),
        trials: Vec::new(),
    };
    if most == 0 {
        return Ok(test);
    }

    let named = named(&read, item, &measured, orders);
    let draws = named.iter().flat_map(|(_, draws)| draws);
    let batch: Vec<History> =
        draws.flat_map(|picks| (1..=most).map(|n| history.without_items(&picks[..n]))).collect();
    let scores = run(&mut score, batch.clone()).await?;
    let ranks = scores.iter().zip(&batch).map(|(scores, without)| rank_of(scores, item, without));
    let ranks = ranks.collect::<Result<Vec<usize>, _>>()?;

    let mut rest = ranks.as_slice();
    for (explainer, draws) in named {
        let (of_draws, behind) = rest.split_at(draws.len() * most);
        rest = behind;
        let after = (0..most).map(|n| outcome(of_draws.iter().skip(n).step_by(most), within));
        test.trials.push(Trial {
            explainer,
            after: after.collect(),
            n_draws: draws.len(),
            named: draws.into_iter().next().unwrap_or_default().into_iter().take(most).collect(),
        });
    }
    Ok(test)
}

/// Each explainer's orders of the picks `read`: one, but for random draws.
fn named(
    read: &History,
    item: ItemRow,
    measured: &Measured,
    orders: Orders,
) -> Vec<(Explainer, Vec<Vec<ItemRow>>)> {
    let drops = measured.influence.iter().map(|it| it.score_drop).collect();
    let orders = most_important_first(read, drops, orders);
    let mut named: Vec<_> = orders.into_iter().map(|(who, order)| (who, vec![order])).collect();
    let draws = (0..N_DRAWS).map(|draw| shuffled(read, item, draw)).collect();
    named.push((Explainer::Random, draws));
    named
}

/// The picks `read` in the order of every explainer that draws nothing, the most important first.
///
/// `drops` is the score lost without each pick alone, one number per pick.
pub fn most_important_first(
    read: &History,
    drops: Vec<f32>,
    orders: Orders,
) -> Vec<(Explainer, Vec<ItemRow>)> {
    let mut named = vec![(Explainer::LeaveOneOut, by(read, drops))];
    let orders = [
        (Explainer::Contributions, orders.contributions),
        (Explainer::Attention, orders.attention),
    ];
    for (explainer, importance) in orders {
        // Numbers for other picks than those read say nothing.
        if let Some(importance) = importance.filter(|it| it.len() == read.len()) {
            named.push((explainer, by(read, importance)));
        }
    }
    named.push((Explainer::MostRecent, read.iter().rev().collect()));
    named
}

/// The picks, the most important first; ties go to the newer one.
fn by(read: &History, importance: Vec<f32>) -> Vec<ItemRow> {
    let mut picks: Vec<(ItemRow, f32)> = read.iter().zip(importance).rev().collect();
    best_first(&mut picks, |it| it.1);
    picks.into_iter().map(|(pick, _)| pick).collect()
}

/// The rank in the middle of the draws, and how many of them keep the item in the first ranks.
fn outcome<'a>(ranks: impl Iterator<Item = &'a usize>, within: usize) -> Outcome {
    let mut ranks: Vec<usize> = ranks.copied().collect();
    ranks.sort_unstable();
    let n_kept = ranks.partition_point(|&rank| rank <= within);
    Outcome { rank: ranks.get(ranks.len() / 2).copied().unwrap_or(0), n_kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::block_on;

    const ITEM: ItemRow = ItemRow(100);

    /// A made-up model: item 100 scores the sum of its picks' gains; each of items 101 to 120 has
    /// a tenth of its own number above 100.
    fn made_up(gains: &[f32], history: &History) -> Vec<f32> {
        let mut scores = vec![-9.0; 121];
        scores[100] = history.iter().map(|pick| gains[pick.index()]).sum();
        for other in 1..=20_u8 {
            scores[100 + usize::from(other)] = f32::from(other) / 10.0;
        }
        scores
    }

    fn tested(gains: &[f32], max_history: usize, orders: Orders) -> (ExplanationTest, Vec<usize>) {
        let history: History = (0..gains.len() as u32).map(ItemRow).collect();
        let question = Question { history: &history, item: ITEM, within: 10, max_history };
        let mut batches = Vec::new();
        let score = async |batch: Vec<History>| {
            batches.push(batch.len());
            Ok::<_, ()>(batch.iter().map(|it| made_up(gains, it)).collect())
        };
        let got = block_on(test_explanation(&question, orders, score)).unwrap();
        (got, batches)
    }

    fn ranks(test: &ExplanationTest, explainer: Explainer) -> Vec<usize> {
        test.of(explainer).unwrap().after.iter().map(|it| it.rank).collect()
    }

    /// Two old picks carry the film, the four newest do nothing for it.
    const OLD_REASONS: [f32; 6] = [1.5, 1.0, 0.0, 0.0, 0.0, 0.0];

    #[test]
    fn leaving_out_the_reasons_lowers_the_rank_and_leaving_out_the_newest_does_not() {
        let (got, batches) = tested(&OLD_REASONS, 9, Orders::default());
        assert_eq!((got.rank, got.most_left_out()), (1, 3), "half of six picks");
        assert_eq!(ranks(&got, Explainer::LeaveOneOut), [11, 21, 21]);
        assert_eq!(ranks(&got, Explainer::MostRecent), [1, 1, 1]);
        assert_eq!(got.of(Explainer::LeaveOneOut).unwrap().named[..2], [ItemRow(0), ItemRow(1)]);
        assert_eq!((got.telling(), got.verdict()), (3, Some(Verdict::Holds)));
        // Leave-one-out, newest and five draws, each with one to three picks left out.
        assert_eq!(batches, [7, 7 * 3], "two batches");
    }

    #[test]
    fn what_the_family_tells_is_tried_as_it_is_told() {
        let orders = Orders {
            attention: Some(vec![0.0, 0.1, 0.2, 0.3, 0.3, 0.1]),
            contributions: Some(OLD_REASONS.to_vec()),
        };
        let (got, _) = tested(&OLD_REASONS, 9, orders);
        assert_eq!(ranks(&got, Explainer::Contributions), [11, 21, 21]);
        let attention = got.of(Explainer::Attention).unwrap();
        assert_eq!(attention.named, [4, 3, 2].map(ItemRow), "ties go to the newer pick");
        assert_eq!(ranks(&got, Explainer::Attention), [1, 1, 1]);
    }

    #[test]
    fn reasons_that_are_the_newest_picks_are_said_to_be_no_more() {
        let (got, _) = tested(&[0.0, 0.0, 0.0, 0.0, 1.5, 1.2], 9, Orders::default());
        assert_eq!(ranks(&got, Explainer::LeaveOneOut), [9, 21, 21]);
        assert_eq!(ranks(&got, Explainer::MostRecent), [6, 21, 21]);
        assert_eq!(got.verdict(), Some(Verdict::AreTheNewest));
    }

    #[test]
    fn reasons_do_not_hold_where_any_picks_do_as_well() {
        let (got, _) = tested(&[9.0; 12], 99, Orders::default());
        assert_eq!((got.telling(), got.most_left_out()), (3, 5));
        assert_eq!(got.verdict(), Some(Verdict::NoBetter));
        let random = got.of(Explainer::Random).unwrap();
        assert_eq!((random.n_draws, random.after[4].n_kept), (5, 5));
    }

    #[test]
    fn random_picks_count_by_the_draw_in_the_middle() {
        let ranks = [12, 1, 30, 2, 11];
        assert_eq!(outcome(ranks.iter(), 10), Outcome { rank: 11, n_kept: 2 });
    }

    #[test]
    fn only_picks_the_model_reads_are_named_and_older_ones_move_up() {
        let mut gains = [0.0; 8];
        gains[1] = 5.0;
        gains[7] = 1.05;
        // Four of eight picks are read: with one left out, an unread one is still not named.
        let (got, _) =
            tested(&gains, 4, Orders { attention: Some(vec![1.0; 8]), ..Orders::default() });
        assert_eq!(got.most_left_out(), 2);
        assert!(got.of(Explainer::Attention).is_none(), "weights of other picks say nothing");
        for trial in &got.trials {
            assert!(trial.named.iter().all(|pick| pick.0 >= 4), "{trial:?}");
        }
    }

    #[test]
    fn one_pick_leaves_nothing_to_compare() {
        let (got, batches) = tested(&[1.0], 9, Orders::default());
        assert_eq!((got.trials.len(), got.most_left_out(), got.telling()), (0, 0, 0));
        assert_eq!(got.verdict(), None);
        assert_eq!(batches, [2]);
    }
}
