//! Why a film stands where it stands: which of the reader's films carry it, and which hold it back.

use std::cmp::Reverse;

use reactive_graph::traits::With;

use super::ForYou;
use crate::catalog::ItemRow;
use crate::features::import::state::ImportState;
use crate::imports::Interaction;
use crate::state::lists::Ranks;

/// A pick without which a film stands lower, and its rank then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    pub pick: ItemRow,
    pub rank_without: usize,
}

/// Where a film is, of those that may be recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Ranked(usize),
    Seen,
    /// The reader said that it is not for them, or that they have seen it.
    SentAway,
    /// There is no list yet.
    Unknown,
}

/// A reason under trial: what was foretold, to be held against what the model says now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried {
    pub film: ItemRow,
    pub rank_before: usize,
    pub reason: Reason,
}

impl ForYou {
    /// The films without which `film` stands lower, the strongest first; `None` until they are here.
    pub fn reasons(self, film: ItemRow) -> Option<Vec<Reason>> {
        let rank = self.rank_of(film)?;
        let mut falls = self.without_each(film)?;
        falls.retain(|it| it.rank_without > rank);
        // The sort is stable: of equals the newer film comes first.
        falls.sort_by_key(|it| Reverse(it.rank_without));
        Some(falls)
    }

    /// The films without which `film` stands higher, the strongest first; `None` until they are here.
    pub fn against(self, film: ItemRow) -> Option<Vec<Reason>> {
        let rank = self.rank_of(film)?;
        let mut rises = self.without_each(film)?;
        rises.retain(|it| it.rank_without < rank);
        rises.sort_by_key(|it| it.rank_without);
        Some(rises)
    }

    /// The rank of `film` without each pick, the newest first.
    fn without_each(self, film: ItemRow) -> Option<Vec<Reason>> {
        if self.left_out.is_stale() {
            return None;
        }
        let of = |(pick, ranks): &(ItemRow, Ranks)| {
            Some(Reason { pick: *pick, rank_without: ranks.rank_of(film)? })
        };
        self.left_out.with(|it| Some(it?.answer.without.iter().filter_map(of).collect()))
    }

    pub fn standing(self, film: ItemRow) -> Standing {
        if let Some(rank) = self.rank_of(film) {
            return Standing::Ranked(rank);
        }
        let films = self.shell.get::<ImportState>().own().films();
        let is_seen = |it: &Interaction| it.item == film && it.told.is_seen;
        if films.with(|it| it.here.iter().any(is_seen)) {
            return Standing::Seen;
        }
        let is_hidden =
            self.latest.with(|it| it.is_some_and(|it| it.question.hidden.contains(&film)));
        if is_hidden { Standing::SentAway } else { Standing::Unknown }
    }

    /// How many films are ranked.
    pub fn n_ranked(self) -> usize {
        self.latest.with(|it| it.map_or(0, |it| it.answer.order.len()))
    }

    /// The rank of `film` in the list that is here.
    pub fn rank_of(self, film: ItemRow) -> Option<usize> {
        self.latest.with(|it| it?.answer.ranks.rank_of(film))
    }
}
