//! Several ranked lists of one history, set side by side: what they share and where they differ.
//!
//! Lists are rows of films, best first. Knows nothing of families, scores or pictures.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::ItemRow;

/// The constant of reciprocal rank fusion: how much first places weigh against later ones.
///
/// 60, as in Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and
/// individual rank learning methods", SIGIR 2009.
const RRF_K: usize = 60;

/// A film with its rank in each list, 1 the best; `None` where the list does not hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub item: ItemRow,
    pub ranks: Vec<Option<usize>>,
}

/// The film that the lists place farthest apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Disputed {
    pub placed: Placed,
    /// The mean distance between its ranks in two lists; see [`most_disputed`].
    pub spread: f64,
}

/// Two lists and how many of their first films they share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    pub left: usize,
    pub right: usize,
    pub n_shared: usize,
}

/// The two lists that share most of their first films, and the two that share least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extremes {
    pub most: Overlap,
    pub least: Overlap,
}

/// How the first films of a list differ from those of the list before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub n_entered: usize,
    pub n_left: usize,
    /// In the first films of both, at another rank.
    pub n_moved: usize,
}

impl std::ops::AddAssign for Changes {
    fn add_assign(&mut self, other: Self) {
        self.n_entered += other.n_entered;
        self.n_left += other.n_left;
        self.n_moved += other.n_moved;
    }
}

/// What changes among the first `top` films from the list `before` to the list `now`.
pub fn changes(before: &[ItemRow], now: &[ItemRow], top: usize) -> Changes {
    let (before, now) = (&before[..top.min(before.len())], &now[..top.min(now.len())]);
    let n_stay = now.iter().filter(|item| before.contains(item)).count();
    let n_same = now.iter().zip(before).filter(|(now, before)| now == before).count();
    Changes {
        n_entered: now.len() - n_stay,
        n_left: before.len() - n_stay,
        n_moved: n_stay - n_same,
    }
}

/// Where `item` stands in each of `lists`.
pub fn place(lists: &[Vec<ItemRow>], item: ItemRow) -> Placed {
    let rank_in = |list: &Vec<ItemRow>| list.iter().position(|&it| it == item).map(|at| at + 1);
    Placed { item, ranks: lists.iter().map(rank_in).collect() }
}

/// The `top` films the lists agree on, best first: reciprocal rank fusion over all that they
/// hold. A film's score is the sum of `1 / (60 + rank)` over the lists that hold it.
///
/// Equal scores keep catalogue order.
pub fn consensus(lists: &[Vec<ItemRow>], top: usize) -> Vec<Placed> {
    let mut scores: BTreeMap<ItemRow, f64> = BTreeMap::new();
    for list in lists {
        for (&item, rank) in list.iter().zip(1..) {
            *scores.entry(item).or_default() += 1.0 / (RRF_K + rank) as f64;
        }
    }
    let mut ranked: Vec<(ItemRow, f64)> = scores.into_iter().collect();
    // The sort is stable: ties stay in catalogue order.
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked.into_iter().take(top).map(|(item, _)| place(lists, item)).collect()
}

/// The film the lists disagree about most, out of those that stand in the first `within` ranks of
/// one list at least. `None` for fewer than two lists.
///
/// Disagreement is the spread of its ranks as Gini's mean difference: how far the ranks of two
/// different lists lie apart on average. A list without the film counts as the rank after the
/// longest list's last. Equal spreads go to the better best rank, then in catalogue order.
pub fn most_disputed(lists: &[Vec<ItemRow>], within: usize) -> Option<Disputed> {
    if lists.len() < 2 {
        return None;
    }
    let beyond = 1 + lists.iter().map(Vec::len).max()?;
    let candidates: BTreeSet<ItemRow> =
        lists.iter().flat_map(|list| list.iter().take(within).copied()).collect();
    let disputed = candidates.into_iter().map(|item| {
        let placed = place(lists, item);
        Disputed { spread: spread(&placed.ranks, beyond), placed }
    });
    let best_rank = |it: &Disputed| it.placed.ranks.iter().flatten().min().copied();
    // Of equals, `min_by` keeps the first.
    disputed
        .min_by(|a, b| b.spread.total_cmp(&a.spread).then_with(|| best_rank(a).cmp(&best_rank(b))))
}

/// The mean distance between two of `ranks`, a missing one counted as `beyond`.
fn spread(ranks: &[Option<usize>], beyond: usize) -> f64 {
    let ranks: Vec<usize> = ranks.iter().map(|rank| rank.unwrap_or(beyond)).collect();
    let mut sum = 0;
    for (at, a) in ranks.iter().enumerate() {
        sum += ranks[at + 1..].iter().map(|b| a.abs_diff(*b)).sum::<usize>();
    }
    let n_pairs = ranks.len() * ranks.len().saturating_sub(1) / 2;
    sum as f64 / n_pairs.max(1) as f64
}

/// The pairs of lists that share most and least of their first `within` films; of equals the
/// first. `None` for fewer than two lists.
pub fn extremes(lists: &[Vec<ItemRow>], within: usize) -> Option<Extremes> {
    let pairs = (0..lists.len()).flat_map(|left| (left + 1..lists.len()).map(move |it| (left, it)));
    let overlaps: Vec<Overlap> = pairs
        .map(|(left, right)| {
            let n_shared = links(&lists[left], &lists[right], within).len();
            Overlap { left, right, n_shared }
        })
        .collect();
    let least = *overlaps.iter().min_by_key(|it| it.n_shared)?;
    // `max_by_key` keeps the last of equals.
    let most = *overlaps.iter().rev().max_by_key(|it| it.n_shared)?;
    Some(Extremes { most, least })
}

/// The films within the first `within` ranks of both lists: rank on the left, rank on the right.
pub fn links(left: &[ItemRow], right: &[ItemRow], within: usize) -> Vec<(usize, usize)> {
    let right = &right[..within.min(right.len())];
    let rank_right = |item: &ItemRow| right.iter().position(|it| it == item).map(|at| at + 1);
    let left = (1..).zip(left.iter().take(within));
    left.filter_map(|(rank, item)| Some((rank, rank_right(item)?))).collect()
}

/// The lists in such an order that neighbours have the same films at like ranks among their first `within`: the shortest
/// way through all of them that is found from each as the first, where neighbours are changed as long as that shortens
/// it. Of the two directions the one that begins with the earlier list.
pub fn neighbours(lists: &[Vec<ItemRow>], within: usize) -> Vec<usize> {
    let n = lists.len();
    let far: Vec<Vec<usize>> =
        lists.iter().map(|a| lists.iter().map(|b| distance(a, b, within)).collect()).collect();
    let length = |way: &[usize]| way.windows(2).map(|it| far[it[0]][it[1]]).sum::<usize>();
    let mut best: Option<(usize, Vec<usize>)> = None;
    for first in 0..n {
        let mut way = vec![first];
        while let Some(last) = way.last().copied().filter(|_| way.len() < n) {
            let left = (0..n).filter(|it| !way.contains(it));
            way.extend(left.min_by_key(|&it| far[last][it]));
        }
        shorten(&mut way, length);
        let found = length(&way);
        if best.as_ref().is_none_or(|it| found < it.0) {
            best = Some((found, way));
        }
    }
    let mut way = best.map(|it| it.1).unwrap_or_default();
    if way.first() > way.last() {
        way.reverse();
    }
    way
}

/// Turns parts of `way` round as long as one makes it shorter.
fn shorten(way: &mut Vec<usize>, length: impl Fn(&[usize]) -> usize) {
    let mut now = length(way);
    let mut is_shorter = true;
    while std::mem::take(&mut is_shorter) {
        for from in 0..way.len() {
            for to in from + 1..way.len() {
                let mut other = way.clone();
                other[from..=to].reverse();
                let then = length(&other);
                if then < now {
                    (*way, now, is_shorter) = (other, then, true);
                }
            }
        }
    }
}

/// How far apart two lists have the films of their first `within` ranks, what is beyond them one rank further.
fn distance(a: &[ItemRow], b: &[ItemRow], within: usize) -> usize {
    let (a, b) = (&a[..within.min(a.len())], &b[..within.min(b.len())]);
    let rank = |list: &[ItemRow], item| list.iter().position(|it| *it == item).unwrap_or(within);
    let shown: BTreeSet<ItemRow> = a.iter().chain(b).copied().collect();
    shown.into_iter().map(|item| rank(a, item).abs_diff(rank(b, item))).sum()
}

/// In how many of `lists` each film stands within the first `within` ranks.
pub fn n_lists_with(lists: &[Vec<ItemRow>], within: usize) -> BTreeMap<ItemRow, usize> {
    let mut counts = BTreeMap::new();
    for &item in lists.iter().flat_map(|list| list.iter().take(within)) {
        *counts.entry(item).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists<const N: usize>(rows: [&[u32]; N]) -> Vec<Vec<ItemRow>> {
        rows.iter().map(|list| list.iter().copied().map(ItemRow).collect()).collect()
    }

    #[track_caller]
    fn check_consensus<const N: usize>(rows: [&[u32]; N], want: &[u32]) {
        let got: Vec<u32> = consensus(&lists(rows), 3).iter().map(|it| it.item.0).collect();
        assert_eq!(got, want);
    }

    #[track_caller]
    fn check_changes(before: &[u32], now: &[u32], want: [usize; 3]) {
        let [before, now] = lists([before, now]).try_into().unwrap();
        let got = changes(&before, &now, 3);
        assert_eq!([got.n_entered, got.n_left, got.n_moved], want);
    }

    #[test]
    fn changes_are_counted_among_the_first_films_alone() {
        check_changes(&[1, 2, 3, 4], &[1, 2, 3, 5], [0, 0, 0]);
        check_changes(&[1, 2, 3, 4], &[4, 1, 2, 3], [1, 1, 2]);
        check_changes(&[1, 2, 3], &[1, 3, 2], [0, 0, 2]);
        check_changes(&[], &[7, 8], [2, 0, 0]);
        check_changes(&[7, 8], &[8], [0, 1, 1]);
    }

    #[test]
    fn the_consensus_sums_reciprocal_ranks() {
        // 7: 1/62 + 1/61; 5: 1/61 + 1/63; 9: 1/63 + 1/62.
        check_consensus([&[5, 7, 9], &[7, 9, 5]], &[7, 5, 9]);
        // One second place of two lists outweighs one first place.
        check_consensus([&[1, 2], &[3, 2]], &[2, 1, 3]);
    }

    #[test]
    fn equal_films_of_the_consensus_keep_catalogue_order() {
        check_consensus([&[8, 2], &[2, 8]], &[2, 8]);
        check_consensus([&[4], &[3]], &[3, 4]);
    }

    #[test]
    fn one_list_agrees_with_itself_and_none_with_nothing() {
        check_consensus([&[9, 1, 5, 2]], &[9, 1, 5]);
        check_consensus([], &[]);
        check_consensus([&[], &[]], &[]);
    }

    #[test]
    fn a_film_is_placed_in_every_list() {
        let placed = place(&lists([&[1, 2], &[3], &[2]]), ItemRow(2));
        assert_eq!(placed.ranks, [Some(2), None, Some(1)]);
    }

    #[track_caller]
    fn check_disputed<const N: usize>(rows: [&[u32]; N], within: usize, want: (u32, f64)) {
        let got = most_disputed(&lists(rows), within).unwrap();
        assert_eq!((got.placed.item.0, got.spread), want);
    }

    #[test]
    fn the_most_disputed_film_has_the_largest_mean_distance_of_ranks() {
        check_disputed([&[1, 2, 3], &[3, 2, 1]], 3, (1, 2.0));
        // 4 is missing from two lists: |1−4| + |1−4| + |4−4| over three pairs.
        check_disputed([&[4, 1, 2], &[1, 2, 3], &[1, 2, 3]], 3, (4, 2.0));
        // Half the lists for, half against, is a larger dispute than one against three.
        check_disputed([&[1, 9], &[1, 9], &[9, 2], &[9, 2]], 1, (1, 4.0 / 3.0));
    }

    #[test]
    fn only_films_that_a_list_shows_are_disputed() {
        check_disputed([&[1, 2], &[1, 3]], 1, (1, 0.0));
        check_disputed([&[1, 2], &[1, 3]], 2, (2, 1.0));
    }

    #[test]
    fn of_equally_disputed_films_the_better_placed_comes_first() {
        check_disputed([&[1, 6, 3, 2], &[1, 2, 3, 6]], 4, (2, 2.0));
        check_disputed([&[5, 6, 2], &[1, 6, 3]], 3, (1, 3.0));
    }

    #[test]
    fn one_list_disputes_nothing() {
        assert_eq!(most_disputed(&lists([&[1, 2]]), 2), None);
        assert_eq!(most_disputed(&[], 2), None);
        assert_eq!(most_disputed(&lists([&[], &[]]), 2), None);
    }

    #[test]
    fn the_nearest_and_the_farthest_pair_are_told_apart() {
        let lists = lists([&[1, 2, 3], &[1, 2, 4], &[7, 8, 1]]);
        let got = extremes(&lists, 3).unwrap();
        assert_eq!(got.most, Overlap { left: 0, right: 1, n_shared: 2 });
        assert_eq!(got.least, Overlap { left: 0, right: 2, n_shared: 1 });
        assert_eq!(extremes(&lists, 2).unwrap().least.n_shared, 0);
        assert_eq!(extremes(&lists[..1], 3), None);
    }

    #[test]
    fn lists_that_share_films_are_neighbours() {
        let four = lists([&[1, 2, 3], &[7, 8, 9], &[1, 2, 9], &[7, 8, 1]]);
        assert_eq!(neighbours(&four, 3), [0, 2, 1, 3]);
        assert_eq!(neighbours(&four[..2], 3), [0, 1]);
        assert_eq!(neighbours(&four[..1], 3), [0]);
        assert!(neighbours(&[], 3).is_empty());
        let alike = lists([&[1], &[1], &[1]]);
        assert_eq!(neighbours(&alike, 3), [0, 1, 2]);
    }

    #[test]
    fn links_join_the_places_of_shared_films() {
        let lists = lists([&[1, 2, 3], &[3, 9, 1]]);
        assert_eq!(links(&lists[0], &lists[1], 3), [(1, 3), (3, 1)]);
        assert_eq!(links(&lists[0], &lists[1], 2), []);
        assert_eq!(n_lists_with(&lists, 3)[&ItemRow(3)], 2);
        assert_eq!(n_lists_with(&lists, 2).get(&ItemRow(3)), Some(&1));
    }
}
