//! What other sources than MovieLens tell of films: running times, languages, countries, moods, prizes.
//! All of it lies in the details, and is empty until they are there.

use super::columns::Told;
use super::{Catalogue, ItemRow, names};

/// What a row of the catalogue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Film,
    /// No longer than 40 minutes.
    Short,
    /// Made as a series for television.
    Serial,
}

impl Catalogue {
    fn told(&self) -> Option<&Told> {
        self.details.get().map(|it| &it.told)
    }

    /// Running time; of a series for television often that of an episode.
    pub fn minutes(&self, item: ItemRow) -> Option<u16> {
        self.told()?.minutes.get(item.index()).copied().filter(|&minutes| minutes != 0)
    }

    /// What is spoken in a film, in no order.
    pub fn languages(&self, item: ItemRow) -> Vec<&str> {
        self.told().map_or(Vec::new(), |it| names(&it.languages, &it.language_names, item))
    }

    /// Every language that a film of the catalogue has, the most frequent first.
    pub fn language_names(&self) -> &[String] {
        self.told().map_or(&[], |it| &it.language_names)
    }

    /// Where a film was made, the main country first where it is known.
    pub fn countries(&self, item: ItemRow) -> Vec<&str> {
        let Some(details) = self.details.get() else { return Vec::new() };
        let all = names(&details.told.countries, &details.country_names, item);
        if all.is_empty() { self.country(item).into_iter().collect() } else { all }
    }

    /// How a film feels: "touching", "eerie".
    pub fn moods(&self, item: ItemRow) -> Vec<&str> {
        self.told().map_or(Vec::new(), |it| names(&it.moods, &it.mood_names, item))
    }

    /// Every mood that a film of the catalogue has, the most frequent first.
    pub fn mood_names(&self) -> &[String] {
        self.told().map_or(&[], |it| &it.mood_names)
    }

    /// The Academy Awards that a film won: "Best Picture".
    pub fn prizes_won(&self, item: ItemRow) -> Vec<&str> {
        self.told().map_or(Vec::new(), |it| names(&it.won, &it.prize_names, item))
    }

    /// Those that it was nominated for and did not win.
    pub fn nominations(&self, item: ItemRow) -> Vec<&str> {
        self.told().map_or(Vec::new(), |it| names(&it.nominated, &it.prize_names, item))
    }

    /// Every category of the Academy Awards that a film of the catalogue was nominated in.
    pub fn prize_names(&self) -> &[String] {
        self.told().map_or(&[], |it| &it.prize_names)
    }

    /// The series of a film of which there are others here, and its number of how many where their numbers
    /// are all there: 2 of 8.
    pub fn place_in_series(&self, item: ItemRow) -> Option<(&str, Option<(usize, usize)>)> {
        let (series, part) = self.series(item)?;
        let of_series = |it: &ItemRow| self.series(*it).is_some_and(|it| it.0 == series);
        let films: Vec<ItemRow> = self.rows().filter(of_series).collect();
        let is_there = |n: usize| {
            let is_part = |it: &&ItemRow| {
                self.series(**it).and_then(|it| it.1).is_some_and(|it| usize::from(it) == n)
            };
            films.iter().filter(is_part).count() == 1
        };
        let is_whole = (1..=films.len()).all(is_there);
        let place = part.filter(|_| is_whole).map(|it| (usize::from(it), films.len()));
        (films.len() > 1).then_some((series, place))
    }

    /// Whether a row is a film, a short one or a series. Without the details all are films.
    pub fn form(&self, item: ItemRow) -> Form {
        let Some(told) = self.told() else { return Form::Film };
        let is_of = |rows: &[u32]| rows.binary_search(&item.0).is_ok();
        match (is_of(&told.shorts), is_of(&told.serials)) {
            (true, _) => Form::Short,
            (_, true) => Form::Serial,
            _ => Form::Film,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::tests::made_up;

    #[test]
    fn what_is_told_of_a_film_is_read() {
        let catalogue = made_up();
        let alien = ItemRow(0);
        assert_eq!((catalogue.minutes(alien), catalogue.minutes(ItemRow(1))), (Some(117), None));
        assert_eq!(catalogue.languages(ItemRow(3)), ["French"]);
        assert_eq!(catalogue.countries(alien), ["UK", "USA"]);
        assert_eq!(catalogue.moods(alien), ["eerie"]);
        assert_eq!(catalogue.prizes_won(alien), ["Best Visual Effects"]);
        assert_eq!(catalogue.nominations(alien), ["Best Production Design"]);
        assert_eq!(
            [0, 2, 4, 9].map(|row| catalogue.form(ItemRow(row))),
            [Form::Film, Form::Serial, Form::Short, Form::Film]
        );
    }

    #[test]
    fn a_film_has_a_place_among_those_of_its_series() {
        let catalogue = made_up();
        let places = [0, 1, 2].map(|row| catalogue.place_in_series(ItemRow(row)));
        let place = |n: usize| Some(("Alien", Some((n, 2))));
        assert_eq!(places, [place(1), place(2), None]);
    }

    #[test]
    fn what_nobody_tells_is_unknown() {
        let catalogue = made_up();
        let matrix = ItemRow(2);
        assert!(catalogue.languages(matrix).is_empty() && catalogue.moods(matrix).is_empty());
        assert!(
            catalogue.prizes_won(ItemRow(99)).is_empty() && catalogue.countries(matrix).is_empty()
        );
        // Where only the main country is known, it is all there is.
        assert_eq!(catalogue.countries(ItemRow(3)), ["France"]);
    }
}
