//! Scores to a ranked list.

mod agreement;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;
use crate::history::History;

pub use agreement::kendall_tau;

/// One item of a ranked list.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recommendation {
    pub item: ItemRow,
    pub score: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RankError {
    #[error(
        "the model scored {scored} items but the catalogue holds {expected}; were they exported together?"
    )]
    WrongLength { scored: usize, expected: usize },
    #[error(
        "the model gave no number for an item; its file may be damaged, reload the page: row {row}"
    )]
    NotANumber { row: usize },
    #[error("an item is not in this catalogue of {n_items}; remove it and go on: row {row}")]
    UnknownItem { row: u32, n_items: usize },
}

/// Picks the `top` best items that are not in `history`, best first.
///
/// `scores` has shape `[n_items]`, one number per catalogue row. Equal scores keep catalogue
/// order, so the same input gives the same list on every machine.
///
/// # Errors
/// [`RankError::WrongLength`] if `scores` is not `[n_items]`, [`RankError::NotANumber`] if
/// a score is NaN.
pub fn rank(
    scores: &[f32],
    n_items: usize,
    history: &History,
    top: usize,
) -> Result<Vec<Recommendation>, RankError> {
    if scores.len() != n_items {
        return Err(RankError::WrongLength { scored: scores.len(), expected: n_items });
    }
    best(scores, top, |item| history.contains(item))
}

/// Every item that is not in `history` and can be in a list, best first: the list that [`rank`] gives the first ones of.
///
/// # Errors
/// As [`rank`].
pub fn rank_all(
    scores: &[f32],
    n_items: usize,
    history: &History,
) -> Result<Vec<Recommendation>, RankError> {
    if scores.len() != n_items {
        return Err(RankError::WrongLength { scored: scores.len(), expected: n_items });
    }
    if let Some(row) = scores.iter().position(|it| it.is_nan()) {
        return Err(RankError::NotANumber { row });
    }
    let picked: BTreeSet<ItemRow> = history.iter().collect();
    let mut list: Vec<Recommendation> = (0..)
        .map(ItemRow)
        .zip(scores.iter().copied())
        .filter(|(item, score)| *score > f32::NEG_INFINITY && !picked.contains(item))
        .map(|(item, score)| Recommendation { item, score })
        .collect();
    // The sort is stable: ties stay in catalogue order. Zeros are alike, whatever their sign.
    list.sort_by(|a, b| b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal));
    Ok(list)
}

/// Takes `hidden` out of every ranking of `scores`, shape `[n_items]`: a film whose score is −∞ is
/// in no list, and ahead of none.
pub fn hide(scores: &mut [f32], hidden: &[ItemRow]) {
    for item in hidden {
        if let Some(score) = scores.get_mut(item.index()) {
            *score = f32::NEG_INFINITY;
        }
    }
}

/// The place `rank` would give `item`, 1 the best, as if it had not been picked.
///
/// # Errors
/// [`RankError::UnknownItem`] if there is no score for `item`, [`RankError::NotANumber`] if
/// a score is NaN.
pub fn rank_of(scores: &[f32], item: ItemRow, history: &History) -> Result<usize, RankError> {
    let score = *scores
        .get(item.index())
        .ok_or(RankError::UnknownItem { row: item.0, n_items: scores.len() })?;
    // Leave-one-out asks this for every pick: one plain pass, then the few picks taken off.
    let mut n_ahead = 0;
    for (row, &other) in scores.iter().enumerate() {
        if other < score {
            continue;
        }
        if other.is_nan() {
            return Err(RankError::NotANumber { row });
        }
        n_ahead += usize::from(other > score || row < item.index());
    }
    for pick in history.iter().filter(|&pick| pick != item) {
        let is_ahead = scores
            .get(pick.index())
            .is_some_and(|&other| other > score || (other == score && pick < item));
        n_ahead -= usize::from(is_ahead);
    }
    Ok(1 + n_ahead)
}

/// How far `item` is ahead of being pushed out of the first `within` ranks: its score minus the
/// score of the `within`-th best other unseen item. `f32::INFINITY` where nothing can push it out.
///
/// # Errors
/// As [`rank_of`].
pub fn margin_of(
    scores: &[f32],
    item: ItemRow,
    history: &History,
    within: usize,
) -> Result<f32, RankError> {
    let score = *scores
        .get(item.index())
        .ok_or(RankError::UnknownItem { row: item.0, n_items: scores.len() })?;
    if within == 0 {
        return Ok(f32::NEG_INFINITY);
    }
    let others = best(scores, within, |other| other == item || history.contains(other))?;
    Ok(others.get(within - 1).map_or(f32::INFINITY, |rival| score - rival.score))
}

/// Items compared together with the worst that is kept.
const BLOCK: usize = 8;

/// The `top` best items that are not left out, best first; ties stay in catalogue order.
///
/// Nearly every block of items is turned away by one look.
fn best(
    scores: &[f32],
    top: usize,
    is_left_out: impl Fn(ItemRow) -> bool,
) -> Result<Vec<Recommendation>, RankError> {
    let mut kept: Vec<Recommendation> = Vec::with_capacity(top.min(scores.len()) + 1);
    let mut bar = f32::NEG_INFINITY;
    let mut first_row = 0;
    while first_row < scores.len() {
        if kept.len() >= top {
            first_row += BLOCK * n_blocks_at_most(bar, &scores[first_row..]);
        }
        let block = &scores[first_row..scores.len().min(first_row + BLOCK)];
        for (row, &score) in (first_row as u32..).zip(block) {
            if score <= bar && kept.len() >= top {
                continue;
            }
            if score.is_nan() {
                return Err(RankError::NotANumber { row: row as usize });
            }
            let item = ItemRow(row);
            if score == f32::NEG_INFINITY || is_left_out(item) {
                continue;
            }
            let place = kept.partition_point(|it| it.score >= score);
            kept.insert(place, Recommendation { item, score });
            kept.truncate(top);
            bar = kept.last().map_or(f32::INFINITY, |worst| worst.score);
        }
        first_row += BLOCK;
    }
    Ok(kept)
}

/// How many full blocks from the start of `scores` hold nothing above `bar`, and no NaN.
fn n_blocks_at_most(bar: f32, scores: &[f32]) -> usize {
    let blocks = scores.as_chunks::<BLOCK>().0;
    blocks.iter().take_while(|block| block.iter().all(|&score| score <= bar)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(picks: &[u32]) -> History {
        picks.iter().copied().map(ItemRow).collect()
    }

    #[track_caller]
    fn check(scores: &[f32], picked: &[u32], want: &[u32]) {
        let got = rank(scores, scores.len(), &history(picked), 2).unwrap();
        let got: Vec<u32> = got.iter().map(|it| it.item.0).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn best_comes_first() {
        check(&[0.1, 0.9, 0.5, 0.7], &[], &[1, 3]);
    }

    #[test]
    fn picks_are_left_out() {
        check(&[0.1, 0.9, 0.5, 0.7], &[1, 9], &[3, 2]);
    }

    #[test]
    fn ties_keep_catalogue_order() {
        check(&[0.5, 0.9, 0.9], &[], &[1, 2]);
        check(&[0.0, -0.0, -1.0], &[], &[0, 1]);
        check(&[-0.0, 0.0, -1.0], &[], &[0, 1]);
    }

    #[test]
    fn a_list_is_never_longer_than_what_is_left() {
        check(&[0.5, 0.9], &[0], &[1]);
        check(&[0.5, 0.9], &[0, 1], &[]);
        check(&[], &[], &[]);
        assert_eq!(rank(&[1.0], 1, &History::default(), 0), Ok(vec![]));
    }

    #[test]
    fn a_whole_ranking_begins_with_every_shorter_one() {
        let mut scores: Vec<f32> = (0..500).map(|row| ((row * 37) % 90) as f32 / 8.0).collect();
        scores[17] = f32::NEG_INFINITY;
        (scores[90], scores[91]) = (0.0, -0.0);
        let picks = history(&[3, 250, 499, 9_999]);
        let all = rank_all(&scores, 500, &picks).unwrap();
        assert_eq!(all.len(), 500 - 4);
        for top in [1, 10, 50, 500] {
            let first = rank(&scores, 500, &picks, top).unwrap();
            assert_eq!(first, all[..top.min(all.len())]);
        }
        assert_eq!(rank_all(&[], 0, &picks), Ok(vec![]));
        assert_eq!(rank_all(&[f32::NAN], 1, &picks), Err(RankError::NotANumber { row: 0 }));
        let wrong = RankError::WrongLength { scored: 1, expected: 2 };
        assert_eq!(rank_all(&[1.0], 2, &picks), Err(wrong));
    }

    #[test]
    fn a_wrong_length_is_refused() {
        let got = rank(&[0.5], 2, &History::default(), 1);
        assert_eq!(got, Err(RankError::WrongLength { scored: 1, expected: 2 }));
    }

    #[test]
    fn a_missing_number_is_refused() {
        let got = rank(&[0.5, f32::NAN], 2, &History::default(), 1);
        assert_eq!(got, Err(RankError::NotANumber { row: 1 }));
        let got = rank_of(&[0.5, f32::NAN], ItemRow(0), &History::default());
        assert_eq!(got, Err(RankError::NotANumber { row: 1 }));
    }

    #[test]
    fn selecting_agrees_with_sorting_everything() {
        let scores: Vec<f32> = (0..500_u32).map(|i| (i * 7919 % 101) as f32).collect();
        let picked = history(&[3, 100, 499]);
        let mut all: Vec<Recommendation> = (0..)
            .map(ItemRow)
            .zip(&scores)
            .map(|(item, &score)| Recommendation { item, score })
            .filter(|it| !picked.contains(it.item))
            .collect();
        all.sort_by(|a, b| b.score.total_cmp(&a.score));
        for top in [1, 2, 50, 496, 497, 600] {
            let got = rank(&scores, 500, &picked, top).unwrap();
            assert_eq!(got, all[..top.min(497)]);
        }
    }

    #[test]
    fn rank_of_an_item_is_its_place_in_the_list() {
        let scores = [0.5, 0.9, 0.9, 0.1, 0.9];
        let picked = history(&[1]);
        let list = rank(&scores, 5, &picked, 5).unwrap();
        for (place, it) in list.iter().enumerate() {
            assert_eq!(rank_of(&scores, it.item, &picked), Ok(place + 1));
        }
        let unknown = rank_of(&scores, ItemRow(5), &picked);
        assert_eq!(unknown, Err(RankError::UnknownItem { row: 5, n_items: 5 }));
    }

    #[test]
    fn hidden_films_are_in_no_list_and_ahead_of_none() {
        let mut scores = [0.5, 0.9, 0.7, 0.1, 0.3];
        hide(&mut scores, &[ItemRow(1), ItemRow(2), ItemRow(9)]);
        check(&scores, &[0], &[4, 3]);
        let none = History::default();
        assert_eq!(rank_of(&scores, ItemRow(4), &none), Ok(2));
        assert_eq!(margin_of(&scores, ItemRow(0), &none, 1), Ok(0.5 - 0.3));
        assert_eq!(rank(&scores, 5, &none, 5).unwrap().len(), 3, "the list ends before them");
    }

    #[test]
    fn the_margin_is_the_lead_over_the_first_item_behind_the_line() {
        let scores = [4.0, 3.0, 1.5, 1.0];
        let none = History::default();
        assert_eq!(margin_of(&scores, ItemRow(0), &none, 1), Ok(1.0));
        assert_eq!(margin_of(&scores, ItemRow(0), &none, 2), Ok(2.5));
        assert_eq!(margin_of(&scores, ItemRow(3), &none, 1), Ok(-3.0));
        assert_eq!(margin_of(&scores, ItemRow(0), &none, 4), Ok(f32::INFINITY));
    }
}
