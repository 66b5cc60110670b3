//! What of a ranking is shown: filters by facts of the films. The ranks themselves stay.

use std::collections::BTreeSet;

use crate::catalog::{Catalogue, ItemRow};

/// Parts of the catalogue by how many ratings films have, from the best known to the least.
pub const N_PARTS: usize = 5;

/// Cheap to compare; empty for everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steer {
    /// First and last year.
    pub from_year: Option<u16>,
    pub to_year: Option<u16>,
    /// Indices of genres that no film may have.
    pub without: BTreeSet<u32>,
    /// One that every film has.
    pub genre: Option<u32>,
    pub country: Option<String>,
    pub language: Option<String>,
    pub length: Length,
    pub known: Known,
    pub only_wanted: bool,
}

/// Running time in minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Length {
    #[default]
    Any,
    UpTo(u16),
    Over(u16),
}

/// Which parts of the catalogue by ratings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known {
    #[default]
    Any,
    /// The best known parts, so many.
    Best(usize),
    Least(usize),
}

/// What keeps a film from being shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    Years,
    /// It has a genre, by its index, that no film may have.
    Without(u32),
    Genre,
    Country,
    Language,
    Length,
    Known,
    WatchList,
}

/// What filters need of the films. Made once for a catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownParts {
    /// The fewest ratings of each part, the best known first.
    least_ratings: Vec<u32>,
}

impl KnownParts {
    pub fn of(catalogue: &Catalogue) -> Self {
        let mut ratings: Vec<u32> = catalogue.rows().map(|it| catalogue.n_ratings(it)).collect();
        ratings.sort_unstable_by_key(|it| std::cmp::Reverse(*it));
        let last_of = |part: usize| (part * ratings.len() / N_PARTS).checked_sub(1);
        let least_ratings = (1..=N_PARTS).filter_map(|it| ratings.get(last_of(it)?).copied());
        Self { least_ratings: least_ratings.collect() }
    }

    /// 0 for the best known.
    fn part_of(&self, n_ratings: u32) -> usize {
        self.least_ratings.iter().position(|it| n_ratings >= *it).unwrap_or(N_PARTS - 1)
    }
}

impl Steer {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether `item` is shown. A film of which a fact is not known has it in no filter.
    pub fn passes(
        &self,
        catalogue: &Catalogue,
        parts: &KnownParts,
        wanted: &BTreeSet<ItemRow>,
        item: ItemRow,
    ) -> bool {
        self.holds_of(catalogue, parts, wanted, item).next().is_none()
    }

    /// Everything that keeps `item` from being shown.
    pub fn holds(
        &self,
        catalogue: &Catalogue,
        parts: &KnownParts,
        wanted: &BTreeSet<ItemRow>,
        item: ItemRow,
    ) -> Vec<Hold> {
        self.holds_of(catalogue, parts, wanted, item).collect()
    }

    /// Lazily, and what is quick to see first: thousands of films are asked for while a control moves.
    fn holds_of<'a>(
        &'a self,
        catalogue: &'a Catalogue,
        parts: &'a KnownParts,
        wanted: &'a BTreeSet<ItemRow>,
        item: ItemRow,
    ) -> impl Iterator<Item = Hold> + 'a {
        let genres = catalogue.genre_indices(item);
        let out = genres.iter().find(|it| self.without.contains(it)).map(|it| Hold::Without(*it));
        let is_wanted = !self.only_wanted || wanted.contains(&item);
        let holds = [
            (!self.is_of_years(catalogue.year(item))).then_some(Hold::Years),
            out,
            self.genre.filter(|it| !genres.contains(it)).map(|_| Hold::Genre),
            (!self.is_so_known(parts, catalogue.n_ratings(item))).then_some(Hold::Known),
            (!is_wanted).then_some(Hold::WatchList),
            (!self.is_so_long(catalogue.minutes(item))).then_some(Hold::Length),
        ];
        let facts =
            [(self.country.as_deref(), Hold::Country), (self.language.as_deref(), Hold::Language)];
        let has = move |wish: &str, hold: Hold| match hold {
            Hold::Country => catalogue.countries(item).contains(&wish),
            _ => catalogue.languages(item).contains(&wish),
        };
        let facts = facts
            .into_iter()
            .filter_map(move |(wish, hold)| wish.filter(|it| !has(it, hold)).map(|_| hold));
        holds.into_iter().flatten().chain(facts)
    }

    fn is_of_years(&self, year: Option<u16>) -> bool {
        if self.from_year.is_none() && self.to_year.is_none() {
            return true;
        }
        let is_since = |it: u16| self.from_year.is_none_or(|from| it >= from);
        year.is_some_and(|it| is_since(it) && self.to_year.is_none_or(|to| it <= to))
    }

    fn is_so_long(&self, minutes: Option<u16>) -> bool {
        match self.length {
            Length::Any => true,
            Length::UpTo(most) => minutes.is_some_and(|it| it <= most),
            Length::Over(least) => minutes.is_some_and(|it| it > least),
        }
    }

    fn is_so_known(&self, parts: &KnownParts, n_ratings: u32) -> bool {
        match self.known {
            Known::Any => true,
            Known::Best(n) => parts.part_of(n_ratings) < n,
            Known::Least(n) => parts.part_of(n_ratings) >= N_PARTS - n,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::{catalogue, catalogue_of_years};

    fn passing(steer: &Steer, catalogue: &Catalogue, wanted: &[u32]) -> Vec<u32> {
        let wanted = wanted.iter().copied().map(ItemRow).collect();
        let parts = KnownParts::of(catalogue);
        let passes = |it: &ItemRow| steer.passes(catalogue, &parts, &wanted, *it);
        catalogue.rows().filter(passes).map(|it| it.0).collect()
    }

    #[test]
    fn years_are_a_span_with_or_without_ends_and_a_film_without_a_year_is_in_none() {
        let films = catalogue_of_years(&[1990, 2000, 2010, 0]);
        let of = |from_year, to_year| {
            passing(&Steer { from_year, to_year, ..Steer::default() }, &films, &[])
        };
        assert_eq!(of(None, None), [0, 1, 2, 3]);
        assert_eq!(of(Some(2000), None), [1, 2]);
        assert_eq!(of(None, Some(2000)), [0, 1]);
        assert_eq!(of(Some(2000), Some(2000)), [1]);
    }

    #[test]
    fn films_are_known_by_the_part_of_the_catalogue_that_their_ratings_put_them_in() {
        // The first has the most ratings.
        let films = catalogue(&["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"]);
        let of = |known| passing(&Steer { known, ..Steer::default() }, &films, &[]);
        assert_eq!(of(Known::Any).len(), 10);
        assert_eq!(of(Known::Best(1)), [0, 1]);
        assert_eq!(of(Known::Best(4)), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(of(Known::Least(1)), [8, 9]);
        assert_eq!(of(Known::Least(2)), [6, 7, 8, 9]);
        assert!(passing(&Steer::default(), &catalogue(&["A"]), &[]) == [0]);
    }

    #[test]
    fn genres_the_watch_list_and_facts_hold_films_back_and_each_says_so() {
        let films = catalogue(&["Alien", "Heat"]);
        let genres: Vec<u32> =
            films.rows().flat_map(|it| films.genre_indices(it).to_vec()).collect();
        let out = genres[0];
        let steer = Steer {
            without: [out].into(),
            only_wanted: true,
            length: Length::UpTo(90),
            country: Some("France".to_owned()),
            language: Some("French".to_owned()),
            from_year: Some(1980),
            ..Steer::default()
        };
        let parts = KnownParts::of(&films);
        let all = [
            Hold::Years,
            Hold::Without(out),
            Hold::WatchList,
            // What is not known of a film is in no filter.
            Hold::Length,
            Hold::Country,
            Hold::Language,
        ];
        assert_eq!(steer.holds(&films, &parts, &BTreeSet::new(), ItemRow(0)), all);
        let wanted = Steer { only_wanted: true, ..Steer::default() };
        assert_eq!(passing(&wanted, &films, &[1]), [1]);
        assert!(Steer::default().is_empty() && !wanted.is_empty());
    }
}
