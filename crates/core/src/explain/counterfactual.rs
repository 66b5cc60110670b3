//! "Without these picks it would not be in your list": a small set, found greedily and checked.

use serde::{Deserialize, Serialize};

use super::influence::Measured;
use super::shuffle::shuffled;
use super::{ExplainError, Question, run};
use crate::catalog::ItemRow;
use crate::history::History;
use crate::order::best_first;
use crate::recommend::{margin_of, rank_of};

/// Random sets that a set is held against.
const N_DRAWS: u32 = 10;
/// Sets larger than this explain nothing to a reader.
const MAX_REMOVED: usize = 6;
/// After the first pick, only those that weakened the item most alone are tried further.
const N_CANDIDATES: usize = 24;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counterfactual {
    /// The picks to leave out, the one that weakens the item most first.
    pub removed: Vec<ItemRow>,
    pub rank_after: usize,
    /// The item's rank when as many of the most recent picks are removed instead.
    pub rank_without_most_recent: usize,
    /// How many sets of as many picks were drawn by seeded shuffles,
    pub n_draws: usize,
    /// and how many of them push the item out of the first ranks.
    pub n_draws_out: usize,
}

/// Takes away the pick that weakens the item most, again and again, until the item is out of
/// the first `within` ranks. One batch a step, and a last one that checks the set against
/// removing as many recent or random picks.
///
/// `None` if the item is not in the first ranks to begin with, or if no set that is small and
/// leaves a pick over pushes it out.
pub(super) async fn find<E>(
    question: &Question<'_>,
    measured: &Measured,
    score: &mut impl AsyncFnMut(Vec<History>) -> Result<Vec<Vec<f32>>, E>,
) -> Result<Option<Counterfactual>, ExplainError<E>> {
    let &Question { history, item, within, .. } = question;
    if measured.rank > within {
        return Ok(None);
    }
    let mut tried: Vec<Removal> = measured
        .influence
        .iter()
        .zip(&measured.margins)
        .map(|(it, &margin)| Removal { pick: it.pick, margin, rank: it.rank_without })
        .collect();
    best_first(&mut tried, |it| -it.margin);
    tried.truncate(N_CANDIDATES);

    let largest = most_left_out(question, measured);
    let mut removed: Vec<ItemRow> = Vec::new();
    while removed.len() < largest {
        // Ties go to the one that weakened the item more in the step before.
        let Some(best) = tried.iter().min_by(|a, b| a.margin.total_cmp(&b.margin)).copied() else {
            return Ok(None);
        };
        removed.push(best.pick);
        if best.rank > within {
            return check(question, removed, score).await;
        }
        if removed.len() == largest {
            break;
        }
        tried.retain(|it| it.pick != best.pick);
        let batch: Vec<History> = tried
            .iter()
            .map(|it| history.without_items(&removed).without_items(&[it.pick]))
            .collect();
        let scores = run(score, batch.clone()).await?;
        for ((it, without), scores) in tried.iter_mut().zip(&batch).zip(&scores) {
            it.margin = margin_of(scores, item, without, within)?;
            it.rank = rank_of(scores, item, without)?;
        }
    }
    Ok(None)
}

/// The size of the largest set that [`find`] tries: it leaves a pick over.
pub(super) fn most_left_out(question: &Question<'_>, measured: &Measured) -> usize {
    MAX_REMOVED.min(question.history.len().saturating_sub(1)).min(measured.influence.len())
}

/// One more pick left out, and what that does to the item.
#[derive(Clone, Copy, Debug)]
struct Removal {
    pick: ItemRow,
    margin: f32,
    rank: usize,
}

/// Runs the model once more without the set, and without as many recent picks or random ones.
async fn check<E>(
    question: &Question<'_>,
    removed: Vec<ItemRow>,
    score: &mut impl AsyncFnMut(Vec<History>) -> Result<Vec<Vec<f32>>, E>,
) -> Result<Option<Counterfactual>, ExplainError<E>> {
    let &Question { history, item, within, max_history } = question;
    let read = history.newest(max_history);
    let recent: Vec<ItemRow> = read.iter().rev().take(removed.len()).collect();
    let n = removed.len();
    let mut sets = vec![removed, recent];
    sets.extend((0..N_DRAWS).map(|draw| {
        let mut drawn = shuffled(&read, item, draw);
        drawn.truncate(n);
        drawn
    }));
    let batch: Vec<History> = sets.iter().map(|items| history.without_items(items)).collect();
    let scores = run(score, batch.clone()).await?;
    let ranks = scores.iter().zip(&batch).map(|(scores, without)| rank_of(scores, item, without));
    let ranks = ranks.collect::<Result<Vec<usize>, _>>()?;
    let [rank_after, rank_without_most_recent, ref drawn @ ..] = ranks[..] else { return Ok(None) };
    Ok((rank_after > within).then(|| Counterfactual {
        removed: sets.swap_remove(0),
        rank_after,
        rank_without_most_recent,
        n_draws: drawn.len(),
        n_draws_out: drawn.iter().filter(|&&rank| rank > within).count(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{Explanation, Support, block_on, explain};

    const ITEM: ItemRow = ItemRow(100);

    /// A made-up model: item 100 scores the sum of its picks' gains, item 101 a fixed 1.
    fn explained(gains: &[f32], within: usize) -> (Explanation, Vec<usize>) {
        let history: History = (0..gains.len() as u32).map(ItemRow).collect();
        let question = Question { history: &history, item: ITEM, within, max_history: 100 };
        let mut batches = Vec::new();
        let score = async |batch: Vec<History>| {
            batches.push(batch.len());
            Ok::<_, ()>(batch.iter().map(|it| made_up(gains, it)).collect())
        };
        let got = block_on(explain(&question, score)).unwrap();
        (got, batches)
    }

    fn made_up(gains: &[f32], history: &History) -> Vec<f32> {
        let mut scores = vec![-9.0; 102];
        scores[100] = history.iter().map(|pick| gains[pick.index()]).sum();
        scores[101] = 1.0;
        scores
    }

    #[track_caller]
    fn check_removed(gains: &[f32], want: Option<&[u32]>) {
        let (got, _) = explained(gains, 1);
        let removed = got.counterfactual.map(|it| it.removed);
        let want = want.map(|rows| rows.iter().copied().map(ItemRow).collect::<Vec<_>>());
        assert_eq!(removed, want);
    }

    #[test]
    fn the_strongest_pick_goes_first() {
        check_removed(&[0.2, 2.0, 0.3], Some(&[1]));
    }

    #[test]
    fn as_many_go_as_it_takes() {
        check_removed(&[0.2, 0.9, 0.8, 0.3], Some(&[1, 2]));
    }

    #[test]
    fn an_item_outside_the_first_ranks_has_no_set() {
        check_removed(&[0.2, 0.1], None);
    }

    #[test]
    fn a_set_is_never_the_whole_history() {
        check_removed(&[2.0], None);
        check_removed(&[2.0, 2.0], None);
    }

    #[test]
    fn a_large_set_is_not_an_explanation() {
        check_removed(&[1.0; 9], None);
        check_removed(&[0.99; 7], Some(&[0, 1, 2, 3, 4, 5]));
    }

    #[test]
    fn an_item_nothing_can_push_out_has_no_set() {
        let (got, _) = explained(&[2.0, 0.1], 50);
        assert_eq!(got.counterfactual, None);
    }

    #[test]
    fn one_batch_a_step_and_one_to_check() {
        let (got, batches) = explained(&[0.2, 0.9, 0.8, 0.3], 1);
        assert_eq!(batches, [5, 3, 12]);
        let set = got.counterfactual.unwrap();
        assert_eq!(set.rank_after, 2);
        // The two most recent picks carry 1.1 of 2.2, which leaves a lead of 0.1.
        assert_eq!(set.rank_without_most_recent, 1);
        // Of the six pairs only {1, 2} leaves less than the rival's 1.
        assert_eq!(set.n_draws, 10);
        assert!((1..5).contains(&set.n_draws_out), "{set:?}");
    }

    #[test]
    fn long_histories_try_a_few_candidates_a_step() {
        let mut gains = vec![0.001; 60];
        gains[7] = 1.5;
        gains[50] = 1.55;
        let (got, batches) = explained(&gains, 1);
        assert_eq!(batches, [61, N_CANDIDATES - 1, 12]);
        assert_eq!(got.counterfactual.unwrap().removed, [ItemRow(50), ItemRow(7)]);
    }

    #[test]
    fn a_random_control_is_a_share_of_several_draws() {
        // Any one of three equal picks is as good as the one named: all draws push the film out.
        let (got, _) = explained(&[0.4, 0.4, 0.4], 1);
        let set = got.counterfactual.unwrap();
        assert_eq!((set.removed.len(), set.n_draws, set.n_draws_out), (1, 10, 10));
        // One pick carries it: a tenth of the draws by chance, not all or none of them.
        let mut gains = vec![0.0; 10];
        gains[3] = 2.0;
        let (got, _) = explained(&gains, 1);
        let set = got.counterfactual.unwrap();
        assert_eq!(set.removed, [ItemRow(3)]);
        assert!((1..=3).contains(&set.n_draws_out), "{set:?}");
    }

    #[test]
    fn what_is_said_of_the_picks_follows_from_the_runs() {
        let (one, _) = explained(&[2.0], 1);
        assert_eq!(one.support(1), Support::OnePick { rank_without: 2 });
        let (few, _) = explained(&[0.2, 2.0], 1);
        assert_eq!(few.support(1), Support::Few(few.counterfactual.as_ref().unwrap()));
        let (many, _) = explained(&[2.0; 9], 1);
        assert_eq!(many.support(1), Support::Many { n_left_out: 6 });
        let (two, _) = explained(&[2.0, 2.0], 1);
        assert_eq!(two.support(1), Support::Many { n_left_out: 1 });
        let (behind, _) = explained(&[0.1], 1);
        assert_eq!(behind.support(1), Support::NotInFirst);
        let (none, _) = explained(&[], 2);
        assert_eq!(none.support(2), Support::NothingRead);
    }
}
