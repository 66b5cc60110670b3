//! What groups of the reader's films carry: each is left out, and the films that enter the first ones are counted.

use std::collections::BTreeMap;

use crate::catalog::{Catalogue, ItemRow};
use crate::state::lists::{Ranks, WITHIN};

/// More than this nobody looks through.
const MOST_GROUPS: usize = 30;
/// One film is no group.
const FEWEST_FILMS: usize = 2;

/// Films that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub common: Common,
    pub films: Vec<ItemRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Common {
    Genre(String),
    /// Its first year.
    Decade(u16),
    Director(String),
}

/// What leaving out a group changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belief {
    pub group: Group,
    /// Of the first films so many are others.
    pub n_changed: usize,
}

/// The groups of `picks`, the largest first. A film is in each that it belongs to; what all have in common is no group.
pub(super) fn groups(catalogue: &Catalogue, picks: &[ItemRow]) -> Vec<Group> {
    let mut films_of: BTreeMap<Common, Vec<ItemRow>> = BTreeMap::new();
    for &film in picks {
        let genres = catalogue.genres(film).into_iter().map(|it| Common::Genre(it.to_owned()));
        let directors = catalogue.directors(film).into_iter();
        let directors = directors.map(|it| Common::Director(it.to_owned()));
        let decade = catalogue.year(film).map(|it| Common::Decade(it / 10 * 10));
        for common in genres.chain(decade).chain(directors) {
            films_of.entry(common).or_default().push(film);
        }
    }
    let is_group = |films: &Vec<ItemRow>| films.len() >= FEWEST_FILMS && films.len() < picks.len();
    let groups = films_of.into_iter().filter(|it| is_group(&it.1));
    let mut groups: Vec<Group> = groups.map(|(common, films)| Group { common, films }).collect();
    // The sort is stable: of as many films by name.
    groups.sort_by_key(|it| std::cmp::Reverse(it.films.len()));
    groups.truncate(MOST_GROUPS);
    groups
}

/// Those that change most first; `now` are the ranks with all of them.
pub(super) fn beliefs(now: &Ranks, without: impl Iterator<Item = (Group, Ranks)>) -> Vec<Belief> {
    let first = now.first(WITHIN);
    let belief = |(group, ranks): (Group, Ranks)| {
        let stays = |it: &&ItemRow| ranks.rank_of(**it).is_some_and(|it| it <= WITHIN);
        let n_changed = first.len() - first.iter().filter(stays).count();
        Belief { group, n_changed }
    };
    let mut all: Vec<Belief> = without.map(belief).collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.n_changed));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::catalogue_of_years;

    fn rows(of: &[u32]) -> Vec<ItemRow> {
        of.iter().copied().map(ItemRow).collect()
    }

    #[test]
    fn a_group_has_films_in_common_but_neither_one_nor_all() {
        let films = catalogue_of_years(&[1991, 1999, 2004, 2005, 2009, 1985]);
        let groups = groups(&films, &rows(&[0, 1, 2, 3, 4, 5]));
        let decades = groups.iter().filter_map(|it| match it.common {
            Common::Decade(first) => Some((first, it.films.clone())),
            _ => None,
        });
        let decades: Vec<_> = decades.collect();
        assert_eq!(decades, [(2000, rows(&[2, 3, 4])), (1990, rows(&[0, 1]))]);
        assert!(groups.iter().all(|it| it.films.len() < 6), "{groups:?}");
    }

    #[test]
    fn the_group_that_carries_most_of_the_first_films_comes_first() {
        let of = |first: u32| Ranks::of((first..40).map(ItemRow), 40);
        let group = |year| Group { common: Common::Decade(year), films: rows(&[38, 39]) };
        let without = [(group(1980), of(2)), (group(1990), of(9)), (group(2000), of(0))];
        let found: Vec<_> = beliefs(&of(0), without.into_iter())
            .into_iter()
            .map(|it| (it.group.common, it.n_changed))
            .collect();
        let want =
            [(Common::Decade(1990), 9), (Common::Decade(1980), 2), (Common::Decade(2000), 0)];
        assert_eq!(found, want);
    }
}
