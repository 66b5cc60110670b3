//! A long history in parts by year of release, so that all of it is in sight.

use std::collections::BTreeMap;

use crate::catalog::{Catalogue, ItemRow};
use crate::history::History;

/// More films than these are folded: on a wide screen, and on a narrow one.
pub const MOST: usize = 24;
pub const MOST_NARROW: usize = 10;

/// Parts of more films are parted further, where they are of several years. Of a very long history a part may have twice
/// as many, and on a narrow screen again.
const MOST_OF_A_PART: usize = 24;
const VERY_LONG: usize = 288;

/// A decade, half of one, or a year.
const WIDTHS: [u16; 3] = [10, 5, 1];

/// When the films of a part came out; the earliest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Years {
    Span { first: u16, last: u16 },
    Unknown,
}

/// A part of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    pub years: Years,
    /// Never empty; in the order of the history.
    pub items: Vec<ItemRow>,
}

/// All of `history`: decade by decade, and where one has many films by less.
pub fn folds(history: &History, catalogue: &Catalogue, is_narrow: bool) -> Vec<Fold> {
    let twice = |is_so: bool| if is_so { 2 } else { 1 };
    let most = MOST_OF_A_PART * twice(history.len() > VERY_LONG) * twice(is_narrow);
    let mut n_of_year: BTreeMap<u16, usize> = BTreeMap::new();
    for year in history.iter().filter_map(|it| catalogue.year(it)) {
        *n_of_year.entry(year).or_default() += 1;
    }
    let span = |year: u16| {
        let spans = WIDTHS.map(|width| {
            let first = year - year % width;
            (first, first + (width - 1))
        });
        let n_films = |it: &(u16, u16)| n_of_year.range(it.0..=it.1).map(|it| it.1).sum::<usize>();
        let small = spans.into_iter().find(|it| n_films(it) <= most);
        let (first, last) = small.unwrap_or((year, year));
        Years::Span { first, last }
    };
    let mut parts: BTreeMap<Years, Vec<ItemRow>> = BTreeMap::new();
    for item in history.iter() {
        let years = catalogue.year(item).map_or(Years::Unknown, span);
        parts.entry(years).or_default().push(item);
    }
    parts.into_iter().map(|(years, items)| Fold { years, items }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage;

    const fn span(first: u16, last: u16) -> Years {
        Years::Span { first, last }
    }

    /// Films of these years, 0 for one that nobody knows.
    fn folded(years: &[u16]) -> Vec<(Years, Vec<u32>)> {
        let catalogue = stage::catalogue_of_years(years);
        let history: History = catalogue.rows().collect();
        let rows = |it: Fold| (it.years, it.items.into_iter().map(|it| it.0).collect());
        folds(&history, &catalogue, false).into_iter().map(rows).collect()
    }

    /// The same with the number of films.
    fn counted(years: &[u16]) -> Vec<(Years, usize)> {
        folded(years).into_iter().map(|it| (it.0, it.1.len())).collect()
    }

    #[test]
    fn films_are_parted_by_decade_in_the_order_of_the_history() {
        assert_eq!(
            folded(&[1995, 1979, 0, 1994, 1970]),
            [
                (span(1970, 1979), vec![1, 4]),
                (span(1990, 1999), vec![0, 3]),
                (Years::Unknown, vec![2]),
            ]
        );
        assert!(folds(&History::default(), &stage::catalogue_of_years(&[1990]), true).is_empty());
    }

    #[test]
    fn a_decade_of_many_films_is_parted_by_half_and_by_year() {
        let mut years = vec![1999; 20];
        years.extend([1990; 4]);
        assert_eq!(counted(&years), [(span(1990, 1999), 24)]);
        years.extend([1998, 2001]);
        let halves = [(span(1990, 1994), 4), (span(1995, 1999), 21), (span(2000, 2009), 1)];
        assert_eq!(counted(&years), halves);
        years.extend([1997; 5]);
        let parts = [
            (span(1990, 1994), 4),
            (span(1997, 1997), 5),
            (span(1998, 1998), 1),
            (span(1999, 1999), 20),
            (span(2000, 2009), 1),
        ];
        assert_eq!(counted(&years), parts);
        assert_eq!(counted(&[1999; 30]), [(span(1999, 1999), 30)], "no part is less than a year");
    }

    #[test]
    fn five_hundred_films_are_a_few_dozens_of_parts_and_all_of_them_are_there() {
        let spread: Vec<u16> = (0..500_u16).map(|at| 1930 + (at * 7) % 90).collect();
        let recent: Vec<u16> = (0..500_u16).map(|at| 1985 + (at * 7) % 35).collect();
        for (years, most) in [(spread, 20), (recent, 36)] {
            let parts = folded(&years);
            assert!(parts.len() <= most, "{}", parts.len());
            let catalogue = stage::catalogue_of_years(&years);
            let history: History = catalogue.rows().collect();
            let on_phone = folds(&history, &catalogue, true).len();
            assert!(on_phone <= most / 2 + 2, "{on_phone}");
            let mut all: Vec<u32> = parts.into_iter().flat_map(|it| it.1).collect();
            all.sort_unstable();
            assert_eq!(all, (0..500).collect::<Vec<_>>());
        }
    }
}
