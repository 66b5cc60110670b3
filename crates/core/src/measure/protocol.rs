//! How a rank is taken: of what is asked, against which films, and what ties do.

use std::cmp::Ordering;

use crate::catalog::ItemRow;
use crate::history::History;
use crate::random::SplitMix64;

/// How many films a sampled rank is taken against.
pub const N_SAMPLED: usize = 100;

/// How the models are asked. The first of each is how the tables of results ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Protocol {
    pub asked: Asked,
    pub against: Against,
    pub seen: Seen,
    pub ties: Ties,
}

/// Which of a user's films are asked for, each after all before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    #[default]
    LastTen,
    Last,
}

/// Which films the one that is asked for is ranked with.
///
/// A rank among a sample is not a small copy of the rank among all: it can turn the order of models around (Krichene and
/// Rendle 2020, "On Sampled Metrics for Item Recommendation").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Against {
    #[default]
    All,
    /// [`N_SAMPLED`] others, each film as likely as the next.
    Sampled,
}

/// What happens to the films of the history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seen {
    #[default]
    LeftOut,
    /// They are ranked with the others, and stand in lists.
    Ranked,
}

/// Where a film stands whose score others have as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ties {
    /// Below all of them.
    #[default]
    Against,
    /// Halfway between its best and its worst place.
    Mean,
    /// Above all of them.
    With,
}

/// How many films score more than the target, and how many the same, itself not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub n_above: u32,
    pub n_tied: u32,
}

/// Where one target stands, whomever it is ranked with: by [`Against`], then by [`Seen`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standings([[Standing; 2]; 2]);

impl Standing {
    /// 1 is the best. Half a place where ties stand at their mean.
    pub fn rank(self, ties: Ties) -> f64 {
        let (n_above, n_tied) = (f64::from(self.n_above), f64::from(self.n_tied));
        match ties {
            Ties::With => 1.0 + n_above,
            Ties::Mean => 1.0 + n_above + n_tied / 2.0,
            Ties::Against => 1.0 + n_above + n_tied,
        }
    }

    /// A score that is no number helps nobody: a target's ranks last, another's ranks above the target.
    fn take(&mut self, other: f32, wanted: f32) {
        match other.partial_cmp(&wanted) {
            Some(Ordering::Less) => {}
            Some(Ordering::Equal) => self.n_tied += 1,
            Some(Ordering::Greater) | None => self.n_above += 1,
        }
    }
}

impl Standings {
    /// `scores` has shape `[n_items]`. Equal seeds draw equal samples.
    pub(super) fn of(scores: &[f32], target: ItemRow, history: &History, seed: u64) -> Self {
        let wanted = scores.get(target.index()).copied().unwrap_or(f32::NAN);
        let mut all = Standing::default();
        for &other in scores {
            all.take(other, wanted);
        }
        // The target is the same as itself, or above itself where it is no number.
        if wanted.is_nan() {
            all.n_above = all.n_above.saturating_sub(1);
        } else {
            all.n_tied -= 1;
        }
        let mut seen = Standing::default();
        for pick in history.iter().filter(|&it| it != target) {
            if let Some(&other) = scores.get(pick.index()) {
                seen.take(other, wanted);
            }
        }
        let unseen =
            Standing { n_above: all.n_above - seen.n_above, n_tied: all.n_tied - seen.n_tied };
        let sampled = |left_out: &History| {
            let mut standing = Standing::default();
            for row in sample(scores.len(), target, left_out, seed) {
                standing.take(scores[row], wanted);
            }
            standing
        };
        Self([[unseen, all], [sampled(history), sampled(&History::default())]])
    }

    /// The same whomever the target is ranked with.
    #[cfg(test)]
    pub(super) fn everywhere(standing: Standing) -> Self {
        Self([[standing; 2]; 2])
    }

    pub fn under(&self, protocol: Protocol) -> Standing {
        self.0[protocol.against as usize][protocol.seen as usize]
    }

    pub fn rank(&self, protocol: Protocol) -> f64 {
        self.under(protocol).rank(protocol.ties)
    }
}

/// [`N_SAMPLED`] rows of `n_items` without `target` and without `left_out`, or all of them where there are no more.
fn sample(n_items: usize, target: ItemRow, left_out: &History, seed: u64) -> Vec<usize> {
    let mut is_taken = vec![false; n_items];
    for item in left_out.iter().chain([target]) {
        if let Some(taken) = is_taken.get_mut(item.index()) {
            *taken = true;
        }
    }
    let n_open = is_taken.iter().filter(|it| !**it).count();
    if n_open <= N_SAMPLED {
        return (0..n_items).filter(|&row| !is_taken[row]).collect();
    }
    let mut random = SplitMix64::new(seed);
    let mut rows = Vec::with_capacity(N_SAMPLED);
    while rows.len() < N_SAMPLED {
        let row = random.below(n_items);
        if !std::mem::replace(&mut is_taken[row], true) {
            rows.push(row);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(picks: &[u32]) -> History {
        picks.iter().copied().map(ItemRow).collect()
    }

    #[test]
    fn a_rank_depends_on_who_is_ranked_and_on_ties() {
        // Row 3 is asked for: rows 0 and 4 score more, rows 1 and 5 the same; 0 and 1 were seen.
        let scores = [0.9, 0.5, 0.1, 0.5, 0.7, 0.5];
        let standings = Standings::of(&scores, ItemRow(3), &history(&[0, 1]), 7);
        let rank = |seen, ties| standings.rank(Protocol { seen, ties, ..Protocol::default() });
        assert_eq!(rank(Seen::LeftOut, Ties::Against), 3.0);
        assert_eq!(rank(Seen::LeftOut, Ties::Mean), 2.5);
        assert_eq!(rank(Seen::LeftOut, Ties::With), 2.0);
        assert_eq!(rank(Seen::Ranked, Ties::Against), 5.0);
        assert_eq!(rank(Seen::Ranked, Ties::Mean), 4.0);
        assert_eq!(rank(Seen::Ranked, Ties::With), 3.0);
    }

    #[test]
    fn a_small_catalogue_is_sampled_whole() {
        let scores = [0.9, 0.5, 0.1, 0.5, 0.7, 0.5];
        let standings = Standings::of(&scores, ItemRow(3), &history(&[0, 1]), 7);
        let both = [Against::All, Against::Sampled]
            .map(|against| standings.under(Protocol { against, ..Protocol::default() }));
        assert_eq!(both[0], both[1]);
    }

    #[test]
    fn a_sample_is_of_as_many_others_each_once_and_the_same_for_its_seed() {
        let seen = history(&[1, 2, 3, 4]);
        let mut rows = sample(300, ItemRow(9), &seen, 5);
        assert_eq!(rows, sample(300, ItemRow(9), &seen, 5));
        assert_ne!(rows, sample(300, ItemRow(9), &seen, 6));
        rows.sort_unstable();
        rows.dedup();
        assert_eq!(rows.len(), N_SAMPLED);
        assert!(rows.iter().all(|&row| row < 300 && row != 9 && !(1..=4).contains(&row)));
    }

    #[test]
    fn a_sampled_rank_counts_the_sample_alone() {
        // Every other film scores more, so the target is behind all that it is ranked with.
        let mut scores = vec![1.0; 300];
        scores[9] = 0.0;
        let standings = Standings::of(&scores, ItemRow(9), &history(&[1]), 5);
        let rank =
            |against, seen| standings.rank(Protocol { against, seen, ..Protocol::default() });
        assert_eq!(rank(Against::All, Seen::LeftOut), 299.0);
        assert_eq!(rank(Against::All, Seen::Ranked), 300.0);
        assert_eq!(rank(Against::Sampled, Seen::LeftOut), 101.0);
        assert_eq!(rank(Against::Sampled, Seen::Ranked), 101.0);
    }

    #[test]
    fn what_is_no_number_helps_nobody() {
        let standing = |scores: &[f32]| {
            Standings::of(scores, ItemRow(0), &history(&[]), 1).under(Protocol::default())
        };
        assert_eq!(standing(&[0.5, f32::NAN, 0.1]), Standing { n_above: 1, n_tied: 0 });
        assert_eq!(standing(&[f32::NAN, 0.2, 0.1]), Standing { n_above: 2, n_tied: 0 });
    }
}
