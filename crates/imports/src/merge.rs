//! Joins what was imported with what was there, so that the same file twice is the same as once, and
//! says where two sites say different things.

use std::collections::BTreeMap;

use glassrec_core::catalog::ItemRow;

use crate::entry::Rating;
use crate::films::{Interaction, Site, Told};

/// What comes of joining.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// Those that were there in their order, then the new ones in theirs.
    pub films: Vec<Interaction>,
    /// Two sites have other stars for a film.
    pub conflicts: Vec<Conflict>,
    /// A site has other stars for a film than it had before; the new ones hold.
    pub changed: Vec<Conflict>,
    /// Of sites that were imported again, what is no longer there. They stay until the reader takes
    /// them out.
    pub gone: Vec<ItemRow>,
}

/// Two ratings of one film.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conflict {
    pub item: ItemRow,
    /// The one that holds: the newer, and of unknown days the one that was there.
    pub holds: (Option<Site>, Rating),
    pub other: (Option<Site>, Rating),
}

/// Joins `new` into `kept`. Neither is changed; to cancel is to forget the result.
pub fn merge(kept: &[Interaction], new: &[Interaction]) -> Merged {
    let mut merged = Merged { films: kept.to_vec(), ..Merged::default() };
    let mut place_of: BTreeMap<ItemRow, usize> =
        kept.iter().enumerate().map(|(at, it)| (it.item, at)).collect();
    for film in new {
        match place_of.get(&film.item).and_then(|it| merged.films.get_mut(*it)) {
            Some(kept) => {
                let (conflict, is_change) = kept.told.join(film.item, &film.told);
                let list = if is_change { &mut merged.changed } else { &mut merged.conflicts };
                list.extend(conflict);
            }
            None => {
                place_of.insert(film.item, merged.films.len());
                merged.films.push(film.clone());
            }
        }
    }
    let is_again =
        |sites: &[Site]| sites.iter().all(|site| new.iter().any(|it| it.told.sites.contains(site)));
    let is_new = |item: ItemRow| new.iter().any(|it| it.item == item);
    let gone = kept.iter().filter(|it| !it.told.sites.is_empty() && is_again(&it.told.sites));
    merged.gone = gone.map(|it| it.item).filter(|it| !is_new(*it)).collect();
    merged
}

impl Told {
    /// Takes in what `new` says as well. Gives the ratings that differ, and whether one site changed
    /// its own.
    pub(crate) fn join(&mut self, item: ItemRow, new: &Self) -> (Option<Conflict>, bool) {
        let is_same_site = self.rated_by.is_some() && self.rated_by == new.rated_by;
        let mut conflict = None;
        if let Some(rating) = new.rating {
            let there = (self.rated_by, self.rating);
            let is_newer = new.rated_on.zip(self.rated_on).is_some_and(|(new, kept)| new > kept);
            let is_older = new.rated_on.zip(self.rated_on).is_some_and(|(new, kept)| new < kept);
            let takes = match self.rating {
                None => true,
                Some(_) if is_same_site => !is_older,
                Some(_) => is_newer,
            };
            if takes {
                (self.rating, self.rated_by, self.rated_on) =
                    (new.rating, new.rated_by, new.rated_on);
            }
            if let (by, Some(kept)) = there
                && kept.stars() != rating.stars()
            {
                let (kept, new) = ((by, kept), (new.rated_by, rating));
                let (holds, other) = if takes { (new, kept) } else { (kept, new) };
                conflict = Some(Conflict { item, holds, other });
            }
        }
        let is_same_sites = self.sites == new.sites;
        self.viewings.extend(&new.viewings);
        self.viewings.sort_unstable();
        self.viewings.dedup();
        let from_days = (self.viewings.len() as u32).saturating_sub(1);
        self.n_rewatches = self.n_rewatches.max(new.n_rewatches).max(from_days);
        self.logged_on = match (self.logged_on, new.logged_on) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.is_liked = if is_same_sites {
            new.is_liked.or(self.is_liked)
        } else {
            self.is_liked.or(new.is_liked)
        };
        self.is_seen |= new.is_seen;
        self.is_wanted = (self.is_wanted || new.is_wanted) && !self.is_seen;
        self.is_of_bulk_day &= new.is_of_bulk_day;
        self.sites.extend(&new.sites);
        self.sites.sort_unstable();
        self.sites.dedup();
        (conflict, is_same_site)
    }
}
