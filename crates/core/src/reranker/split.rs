//! The marks in folds, each with its share of likes and of dislikes.

use crate::random::SplitMix64;

/// The fold of each mark, 0 to `n_folds - 1`: the same for the same marks.
///
/// Likes and dislikes are dealt out one by one in a seeded order, so that no fold has two more of
/// a kind than another; the dislikes begin where the likes ended.
pub(super) fn folds_of(is_liked: &[bool], n_folds: usize, seed: u64) -> Vec<usize> {
    let mut random = SplitMix64::new(seed);
    let mut folds = vec![0; is_liked.len()];
    let mut n_dealt = 0;
    for kind in [true, false] {
        let mut of_kind: Vec<usize> =
            (0..is_liked.len()).filter(|&at| is_liked[at] == kind).collect();
        random.shuffle(&mut of_kind);
        for at in of_kind {
            folds[at] = n_dealt % n_folds.max(1);
            n_dealt += 1;
        }
    }
    folds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(n_liked: usize, n_disliked: usize) {
        let is_liked: Vec<bool> = (0..n_liked + n_disliked).map(|at| at < n_liked).collect();
        let folds = folds_of(&is_liked, 5, 7);
        assert_eq!(folds, folds_of(&is_liked, 5, 7));
        for (kind, n) in [(true, n_liked), (false, n_disliked)] {
            for fold in 0..5 {
                let got = (0..folds.len()).filter(|&at| folds[at] == fold && is_liked[at] == kind);
                assert!((n / 5..=n.div_ceil(5)).contains(&got.count()), "fold {fold}, {kind}");
            }
        }
        let sizes = [0, 1, 2, 3, 4].map(|fold| folds.iter().filter(|it| **it == fold).count());
        let (least, most) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
        assert!(most - least <= 1, "{sizes:?}");
    }

    #[test]
    fn every_fold_has_its_share_of_each_kind() {
        check(10, 10);
        check(5, 15);
        check(33, 9);
        check(401, 99);
    }

    #[test]
    fn another_seed_deals_otherwise() {
        let is_liked = [true; 40];
        assert_ne!(folds_of(&is_liked, 5, 1), folds_of(&is_liked, 5, 2));
    }
}
