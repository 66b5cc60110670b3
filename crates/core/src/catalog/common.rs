//! What some films have in common and most others have not.

use crate::order::best_first;
use std::collections::BTreeMap;

use super::{Catalogue, ItemRow};

/// So many of the films have to have a fact, and a year more of them: a code is no year's because
/// a third of its films are from it.
const LEAST_SHARE: f32 = 1.0 / 3.0;
const LEAST_SHARE_OF_YEAR: f32 = 0.5;
/// How much more often than in the whole catalogue.
const LEAST_LIFT: f32 = 1.5;

/// Something that films can share; indices are those of the catalogue's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trait {
    Year(u16),
    /// By its first year.
    Decade(u16),
    Genre(u32),
    Tag(u32),
    Country(i32),
}

/// How many films have each.
pub(super) type Counts = BTreeMap<Trait, usize>;

impl Catalogue {
    /// What sets `items` apart from all other films, the most telling first, `top` at most:
    /// years or decades, genres, tags and countries that many of them have and few others.
    ///
    /// Empty where they share nothing of that kind.
    pub fn in_common(&self, items: &[ItemRow], top: usize) -> Vec<String> {
        let has_details = usize::from(self.has_details());
        let everywhere = self.counts[has_details].get_or_init(|| self.counted(self.rows()));
        let telling = |(fact, n): (Trait, usize)| {
            let share = n as f32 / items.len() as f32;
            let lift = share * self.n_items() as f32 / *everywhere.get(&fact)? as f32;
            let is_year = matches!(fact, Trait::Year(_));
            let least = if is_year { LEAST_SHARE_OF_YEAR } else { LEAST_SHARE };
            let tells = n > 1 && share >= least && lift >= LEAST_LIFT;
            tells.then(|| (share * lift.ln(), fact))
        };
        let counts = self.counted(items.iter().copied());
        let mut found: Vec<(f32, Trait)> = counts.into_iter().filter_map(telling).collect();
        best_first(&mut found, |it| it.0);
        // A decade says nothing beside one of its years.
        let mut tells_time = false;
        let is_time = |fact: Trait| matches!(fact, Trait::Year(_) | Trait::Decade(_));
        found.retain(|&(_, fact)| !is_time(fact) || !std::mem::replace(&mut tells_time, true));
        found.into_iter().take(top).filter_map(|(_, fact)| self.said(fact)).collect()
    }

    fn counted(&self, items: impl Iterator<Item = ItemRow>) -> Counts {
        let mut counts = Counts::new();
        for fact in items.flat_map(|item| self.traits(item)) {
            *counts.entry(fact).or_default() += 1;
        }
        counts
    }

    fn traits(&self, item: ItemRow) -> Vec<Trait> {
        let mut found: Vec<Trait> = self
            .year(item)
            .into_iter()
            .flat_map(|year| [Trait::Year(year), Trait::Decade(year / 10 * 10)])
            .collect();
        found.extend(self.genre_indices(item).iter().map(|&it| Trait::Genre(it)));
        if let Some(details) = self.details.get() {
            let tags = details.tags.get(item.index()).into_iter().flatten();
            found.extend(tags.map(|&it| Trait::Tag(it)));
            let country = details.country.get(item.index()).filter(|it| **it >= 0);
            found.extend(country.map(|&it| Trait::Country(it)));
        }
        found
    }

    fn said(&self, fact: Trait) -> Option<String> {
        let details = self.details.get();
        let name = match fact {
            Trait::Year(year) => return Some(year.to_string()),
            Trait::Decade(year) => return Some(format!("{year}s")),
            Trait::Genre(index) => self.columns.genre_names.get(index as usize),
            Trait::Tag(index) => details?.tag_names.get(index as usize),
            Trait::Country(index) => details?.country_names.get(index as usize),
        };
        name.cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Catalogue;
    use super::*;
    use serde_json::json;

    /// Twelve films: four thrillers and two comedies of 1998, then comedies of other years.
    fn catalogue() -> Catalogue {
        let n = 12;
        let columns = json!({
            "version": 3, "n_items": n, "movie_id_steps": vec![1; n],
            "titles": vec!["A film"; n].join("\n"), "n_ratings": vec![20; n],
            "year": [1998, 1998, 1998, 1998, 1998, 1998, 1991, 1992, 1984, 1975, 2003, 0],
            "genre_names": ["Thriller", "Comedy"],
            "genre_letters": "a a a a b b b b b b b ",
        });
        let details = json!({
            "version": 3, "n_items": n, "people": [], "directors": vec![json!([]); n],
            "cast": vec![json!([]); n],
            "tag_names": ["heist"], "tags": [[0], [0], [], [], [], [], [], [], [], [], [], []],
            "country_names": ["France"],
            "country": [-1, -1, -1, -1, -1, -1, 0, 0, -1, -1, -1, -1],
            "imdb_id": vec![0; n], "tmdb_id": vec![0; n],
            "other_titles": vec![json!([]); n], "series_names": [],
            "series": vec![-1; n], "part": vec![0; n],
        });
        let catalogue = Catalogue::from_json(columns.to_string().as_bytes()).unwrap();
        catalogue.add_details(details.to_string().as_bytes()).unwrap();
        catalogue
    }

    #[track_caller]
    fn check(rows: &[u32], want: &[&str]) {
        let rows: Vec<ItemRow> = rows.iter().copied().map(ItemRow).collect();
        assert_eq!(catalogue().in_common(&rows, 3), want);
    }

    #[test]
    fn films_are_named_by_what_few_others_have() {
        check(&[0, 1, 2, 3], &["Thriller", "1998", "heist"]);
        check(&[6, 7], &["France", "Comedy", "1990s"]);
    }

    #[test]
    fn a_year_is_named_only_where_half_the_films_are_from_it() {
        check(&[2, 3, 4, 5], &["1998", "Thriller"]);
        check(&[4, 6, 8, 9, 10], &["Comedy"]);
    }

    #[test]
    fn films_without_anything_in_common_have_no_name() {
        check(&[0, 11], &[]);
        check(&[7], &[]);
        check(&[], &[]);
    }
}
