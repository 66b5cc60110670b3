//! What recommendations are based on: which of the reader's films, in which order, and how much each counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::ItemRow;
use crate::history::History;
use crate::imports::{Interaction, Told, in_order};

/// A pick counts `DECAY^age + REST`, age 0 the newest: chosen by `python -m pipeline own-films`, which asks what readers
/// liked among their next 20 films.
const DECAY: f32 = 0.9;
const REST: f32 = 0.1;
/// So much of what a film counts is added by each star above the reader's own mean, and taken by each below it: a film a
/// star under it counts nothing.
const STAR_SHARE: f32 = 1.0;

/// Which of the dated films count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    /// All, and those without a day as well.
    #[default]
    AllYears,
    Newest(usize),
}

pub const SPANS: [Span; 3] = [Span::AllYears, Span::Newest(50), Span::Newest(20)];

/// What the reader wants a list to be based on.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub span: Span,
    pub has_stars: bool,
    /// Films and whole groups that the reader left out to see what they carry, oldest choice first.
    pub out: Vec<ItemRow>,
}

impl Default for Choice {
    fn default() -> Self {
        Self { span: Span::default(), has_stars: true, out: Vec::new() }
    }
}

/// A history and what each of its films counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Basis {
    pub history: History,
    /// One a pick, oldest first.
    pub weights: Vec<f32>,
    pub n_seen: usize,
    /// Of those, how many have a day that tells of their order.
    pub n_dated: usize,
    /// Of the picks, how many have none. They come first.
    pub n_undated: usize,
    /// The reader's own mean, in stars; `None` where stars do not count.
    pub mean_stars: Option<f32>,
    /// Films that are so far under it, or not for the reader, that they count nothing.
    pub n_unloved: usize,
}

impl Basis {
    /// Of `films` by `choice`, at most the newest `most`.
    pub fn of(films: &[Interaction], choice: &Choice, most: usize) -> Self {
        let told: BTreeMap<ItemRow, &Told> = films.iter().map(|it| (it.item, &it.told)).collect();
        let stars = |item: &ItemRow| told.get(item)?.rating.map(|it| it.stars());
        let seen = || films.iter().filter(|it| it.told.is_seen);
        let mean_stars = choice.has_stars.then(|| mean(seen().filter_map(|it| stars(&it.item))));
        let mean_stars = mean_stars.flatten();
        let share = |item: &ItemRow| {
            if told.get(item).is_some_and(|it| it.is_liked == Some(false)) {
                return 0.0;
            }
            match (mean_stars, stars(item)) {
                (Some(mean), Some(stars)) => (1.0 + STAR_SHARE * (stars - mean)).max(0.0),
                _ => 1.0,
            }
        };
        let out: BTreeSet<ItemRow> = choice.out.iter().copied().collect();
        let is_read = |it: &ItemRow| !out.contains(it) && share(it) > 0.0;
        let ordered = in_order(films);
        let n_dated = ordered.dated.len();
        let mut dated: Vec<ItemRow> = ordered.dated.into_iter().filter(is_read).collect();
        let mut undated: Vec<ItemRow> = match choice.span {
            Span::AllYears => ordered.undated.into_iter().filter(is_read).collect(),
            Span::Newest(_) => Vec::new(),
        };
        // Later ones count more: where nobody knows the order, those are the films that the reader likes.
        undated.sort_by(|a, b| share(a).total_cmp(&share(b)));
        let most_dated = match choice.span {
            Span::AllYears => most,
            Span::Newest(n) => n.min(most),
        };
        dated.drain(..dated.len().saturating_sub(most_dated));
        undated.drain(..undated.len().saturating_sub(most - dated.len()));
        let n_undated = undated.len();
        let picks: Vec<ItemRow> = undated.into_iter().chain(dated).collect();
        let ages = (0..picks.len()).rev();
        let weights = picks.iter().zip(ages).map(|(it, age)| of_age(age) * share(it)).collect();
        let n_unloved = seen().filter(|it| share(&it.item) == 0.0).count();
        let n_seen = seen().count();
        let history = picks.into();
        Self { history, weights, n_seen, n_dated, n_undated, mean_stars, n_unloved }
    }
}

fn of_age(age: usize) -> f32 {
    DECAY.powi(i32::try_from(age).unwrap_or(i32::MAX)) + REST
}

fn mean(stars: impl Iterator<Item = f32>) -> Option<f32> {
    let all: Vec<f32> = stars.collect();
    (!all.is_empty()).then(|| all.iter().sum::<f32>() / all.len() as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::{Date, Rating, Scale};

    /// A film that was seen on a day of 2024, or on none, with stars, or none.
    fn seen(item: u32, day: Option<u8>, stars: Option<f32>) -> Interaction {
        let viewings = day.and_then(|it| Date::new(2024, 1, it)).into_iter().collect();
        let rating = stars.and_then(|it| Rating::new(it, Scale::Five));
        let told = Told { is_seen: true, viewings, rating, ..Told::default() };
        Interaction { item: ItemRow(item), told }
    }

    fn picks(basis: &Basis) -> Vec<u32> {
        basis.history.iter().map(|it| it.0).collect()
    }

    fn near(got: &[f32], want: &[f32]) {
        assert_eq!(got.len(), want.len(), "{got:?}");
        assert!(got.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-5), "{got:?} {want:?}");
    }

    #[test]
    fn films_without_a_day_come_first_and_of_those_the_loved_ones_last() {
        let films = [
            seen(1, Some(9), None),
            seen(2, None, Some(4.0)),
            seen(3, None, Some(3.0)),
            seen(4, Some(2), None),
            seen(5, None, Some(5.0)),
        ];
        let basis = Basis::of(&films, &Choice::default(), 500);
        assert_eq!((basis.mean_stars, basis.n_undated), (Some(4.0), 2));
        // Film 3 is a star under the mean.
        assert_eq!(picks(&basis), [2, 5, 4, 1]);
        assert_eq!((basis.n_seen, basis.n_unloved), (5, 1));
        near(
            &basis.weights,
            &[DECAY.powi(3) + REST, 2.0 * (DECAY * DECAY + REST), DECAY + REST, 1.0 + REST],
        );
    }

    #[test]
    fn where_stars_do_not_count_no_film_is_left_out_for_them() {
        let films = [seen(1, Some(1), Some(5.0)), seen(2, Some(2), Some(1.0))];
        let choice = Choice { has_stars: false, ..Choice::default() };
        let basis = Basis::of(&films, &choice, 500);
        assert_eq!((picks(&basis), basis.mean_stars, basis.n_unloved), (vec![1, 2], None, 0));
        near(&basis.weights, &[DECAY + REST, 1.0 + REST]);
    }

    #[test]
    fn a_span_takes_the_newest_dated_films_alone() {
        let films: Vec<_> = (1..=9).map(|it| seen(it, Some(it as u8), None)).collect();
        let with_undated = [&[seen(40, None, None)], &films[..]].concat();
        let newest = Choice { span: Span::Newest(3), ..Choice::default() };
        assert_eq!(picks(&Basis::of(&with_undated, &newest, 500)), [7, 8, 9]);
        // What is left out makes room for an older one, as it does when the reader leaves it out.
        let without = Choice { out: vec![ItemRow(8)], ..newest };
        assert_eq!(picks(&Basis::of(&with_undated, &without, 500)), [6, 7, 9]);
        let all = Basis::of(&with_undated, &Choice::default(), 4);
        assert_eq!(picks(&all), [6, 7, 8, 9], "no more than a model reads");
        let all = Basis::of(&with_undated, &Choice::default(), 500);
        assert_eq!((picks(&all).len(), picks(&all)[0], all.n_undated), (10, 40, 1));
    }

    #[test]
    fn what_is_wanted_or_not_for_the_reader_is_no_reason() {
        let mut disliked = seen(2, Some(2), None);
        disliked.told.is_liked = Some(false);
        let wanted =
            Interaction { item: ItemRow(3), told: Told { is_wanted: true, ..Told::default() } };
        let basis = Basis::of(&[seen(1, Some(1), None), disliked, wanted], &Choice::default(), 9);
        assert_eq!((picks(&basis), basis.n_seen, basis.n_unloved), (vec![1], 2, 1));
        assert_eq!(Basis::of(&[], &Choice::default(), 9), Basis::default());
    }
}
