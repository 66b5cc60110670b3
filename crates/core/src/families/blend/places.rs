//! Which place a model gives every film.
//!
//! A blend sorts the whole catalogue for every member and every history, a hundred times for one
//! explanation, so it sorts by digits. `radsort` does so for keys of any kind; one kind takes
//! twenty lines.

use crate::catalog::ItemRow;
use crate::history::History;
use crate::recommend::RankError;

/// The films that are not in `history` by `scores`, shape `[n_items]`, best first: the first has
/// place 1. Ties go by row.
///
/// # Errors
/// [`RankError::NotANumber`] if a score is NaN.
pub(super) fn best_first(scores: &[f32], history: &History) -> Result<Vec<ItemRow>, RankError> {
    let mut is_open = vec![true; scores.len()];
    for pick in history.iter() {
        if let Some(it) = is_open.get_mut(pick.index()) {
            *it = false;
        }
    }
    let mut keyed = Vec::with_capacity(scores.len());
    for (row, (&score, is_open)) in scores.iter().zip(is_open).enumerate() {
        if score.is_nan() {
            return Err(RankError::NotANumber { row });
        }
        if is_open {
            keyed.push((descending(score), ItemRow(row as u32)));
        }
    }
    Ok(sorted(keyed).into_iter().map(|(_, item)| item).collect())
}

/// The less, the higher `score` is.
fn descending(score: f32) -> u32 {
    let bits = (score + 0.0).to_bits(); // −0 is 0
    // Of negative numbers the larger bits are the lower number.
    if bits >> 31 == 1 { bits } else { !(bits | 1 << 31) }
}

/// By key, lowest first; equals keep their order.
fn sorted(mut keyed: Vec<(u32, ItemRow)>) -> Vec<(u32, ItemRow)> {
    const BITS: u32 = 11;
    let mut into = vec![(0, ItemRow(0)); keyed.len()];
    for shift in [0, BITS, 2 * BITS] {
        let digit = |key: u32| (key >> shift) as usize & ((1 << BITS) - 1);
        let mut starts = [0_usize; 1 << BITS];
        for &(key, _) in &keyed {
            starts[digit(key)] += 1;
        }
        let mut n_before = 0;
        for start in &mut starts {
            n_before += std::mem::replace(start, n_before);
        }
        for &it in &keyed {
            let start = &mut starts[digit(it.0)];
            into[*start] = it;
            *start += 1;
        }
        std::mem::swap(&mut keyed, &mut into);
    }
    keyed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SplitMix64;
    use crate::recommend::rank;

    fn history(picks: &[u32]) -> History {
        picks.iter().copied().map(ItemRow).collect()
    }

    #[track_caller]
    fn check(scores: &[f32], picks: &[u32], want: &[u32]) {
        let got = best_first(scores, &history(picks)).unwrap();
        assert_eq!(got.iter().map(|it| it.0).collect::<Vec<_>>(), want);
    }

    #[test]
    fn picks_have_no_place_and_ties_go_by_row() {
        check(&[5.0, 7.0, 7.0, 9.0], &[3], &[1, 2, 0]);
        check(&[0.0, -0.0, 0.0], &[], &[0, 1, 2]);
        check(&[1.0], &[0, 9], &[]);
        check(&[], &[], &[]);
    }

    #[test]
    fn numbers_of_either_sign_and_any_size_are_in_order() {
        let falling = [f32::INFINITY, 1e30, 2.0, 1e-40, 0.0, -1e-40, -1.5, -1e30];
        let rising: Vec<f32> = falling.iter().rev().copied().collect();
        check(&falling, &[], &[0, 1, 2, 3, 4, 5, 6, 7]);
        check(&rising, &[], &[7, 6, 5, 4, 3, 2, 1, 0]);
    }

    #[test]
    fn it_is_the_order_of_a_ranked_list() {
        let mut random = SplitMix64::new(5);
        let scores: Vec<f32> = (0..500).map(|_| random.below(90) as f32 / 8.0 - 5.0).collect();
        let picked = history(&[3, 100, 499]);
        let list = rank(&scores, 500, &picked, 500).unwrap();
        let list: Vec<ItemRow> = list.into_iter().map(|it| it.item).collect();
        assert_eq!(best_first(&scores, &picked).unwrap(), list);
    }

    #[test]
    fn a_missing_number_is_refused() {
        let got = best_first(&[0.5, f32::NAN], &history(&[1]));
        assert_eq!(got, Err(RankError::NotANumber { row: 1 }));
    }
}
