//! Which films fit a wish: filters by what the catalogue knows, then a sum of seven pieces of evidence.

use std::collections::HashMap;

use serde::Deserialize;

use super::filters::passing;
use super::{Trait, Wish};
use crate::catalog::{Catalogue, ItemRow};
use crate::order::best_first;

/// What else is known about every film for this wish, each `[n_items]` or empty where it was not asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Cosine of the film's text with the words of the conversation.
    pub meaning: Vec<f32>,
    /// Mean cosine of the film's text with those of the films liked.
    pub likeness: Vec<f32>,
    /// Logits of the sequential model after the films liked.
    pub next: Vec<f32>,
    /// Conversations between people in which somebody named the film: [`super::Fitted::named`].
    pub named: Vec<u16>,
}

/// What each piece of evidence counts.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub meaning: f32,
    pub likeness: f32,
    /// Of each director or actor shared with the films liked.
    pub shared: f32,
    /// Of each wanted trait, by kind.
    pub genre: f32,
    pub tag: f32,
    pub person: f32,
    pub popularity: f32,
    /// Of log(1 + twice the conversations that named it).
    pub named: f32,
    /// Of one standard deviation of the sequential model's logits.
    pub next: f32,
}

/// Set by hand, for where the fitted ones did not come.
impl Default for Weights {
    fn default() -> Self {
        Self {
            meaning: 1.0,
            likeness: 1.0,
            shared: 0.2,
            genre: 0.3,
            tag: 0.2,
            person: 0.6,
            popularity: 0.15,
            named: 0.05,
            next: 0.05,
        }
    }
}

/// A film that fits, and what speaks for it: the pieces add up to the score.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub item: ItemRow,
    pub score: f32,
    pub meaning: f32,
    pub likeness: f32,
    pub shared: f32,
    pub traits: f32,
    pub popularity: f32,
    pub named: f32,
    pub next: f32,
    /// Of the film's text with the words of the conversation; 0 where they were not searched.
    pub cosine: f32,
    /// Mean over the films liked; 0 where none was.
    pub liked_cosine: f32,
    /// As in [`Evidence::named`].
    pub n_named: u16,
}

/// The `top` films that fit `wish` best, and how many passed its filters. Equal ones in catalogue order.
///
/// Years, unwanted traits, wanted genres, people and countries are filters: a film with none of the genres or people
/// asked for is no answer. If no film passes, the list is empty, and the reader is told which wishes shut each other out.
pub fn rank(
    wish: &Wish,
    catalogue: &Catalogue,
    evidence: &Evidence,
    weights: &Weights,
    top: usize,
) -> (Vec<Ranked>, usize) {
    let weighed = |(item, pieces): (ItemRow, [f32; N_PIECES])| {
        let [cosine, liked_cosine, both, genres, tags, people, seen_by, talked_of, z] = pieces;
        let meaning = weights.meaning * cosine;
        let likeness = weights.likeness * liked_cosine;
        let shared = weights.shared * both;
        let traits = weights.genre * genres + weights.tag * tags + weights.person * people;
        let popularity = weights.popularity * seen_by;
        let named = weights.named * talked_of;
        let next = weights.next * z;
        let score = meaning + likeness + shared + traits + popularity + named + next;
        let n_named = named_in(evidence, item);
        Ranked {
            item,
            score,
            meaning,
            likeness,
            shared,
            traits,
            popularity,
            named,
            next,
            cosine,
            liked_cosine,
            n_named,
        }
    };
    let mut ranked: Vec<Ranked> =
        pieces(wish, catalogue, evidence).into_iter().map(weighed).collect();
    let n_fit = ranked.len();
    best_first(&mut ranked, |it| it.score);
    ranked.truncate(top);
    (ranked, n_fit)
}

/// What the weights are multiplied with, in the order of [`Weights`].
pub const N_PIECES: usize = 9;

/// The pieces of evidence for every film that passes the filters of `wish`, in catalogue order.
pub fn pieces(
    wish: &Wish,
    catalogue: &Catalogue,
    evidence: &Evidence,
) -> Vec<(ItemRow, [f32; N_PIECES])> {
    let fits = passing(wish, catalogue);
    let most = catalogue.rows().map(|it| catalogue.n_ratings(it)).max().unwrap_or(1).max(1);
    let z = standardised(&evidence.next);
    let liked = people_of_all(&wish.liked, catalogue);
    let at = |numbers: &[f32], item: ItemRow| numbers.get(item.index()).copied().unwrap_or(0.0);
    let of = |item: ItemRow| {
        let n_of = |is_of_kind: fn(&Trait) -> bool| {
            let has = wish.wanted.iter().filter(|it| is_of_kind(it) && it.is_of(catalogue, item));
            has.count() as f32
        };
        [
            at(&evidence.meaning, item),
            at(&evidence.likeness, item),
            n_shared(&liked, catalogue, item).min(MOST_SHARED) as f32,
            n_of(|it| matches!(it, Trait::Genre(_))),
            n_of(|it| matches!(it, Trait::Tag(_))),
            n_of(|it| matches!(it, Trait::Person(_))),
            (1.0 + catalogue.n_ratings(item) as f32).ln() / (1.0 + most as f32).ln(),
            (2.0 * f32::from(named_in(evidence, item))).ln_1p(),
            at(&z, item),
        ]
    };
    let items: Vec<ItemRow> = catalogue.rows().filter(fits).collect();
    items.into_iter().map(|item| (item, of(item))).collect()
}

/// A third director or actor in common says no more than two.
const MOST_SHARED: usize = 2;

/// In how many of `films` each of their directors and actors has a part.
fn people_of_all<'a>(films: &[ItemRow], catalogue: &'a Catalogue) -> HashMap<&'a str, usize> {
    let mut n_films = HashMap::new();
    for &film in films {
        people_of(catalogue, film).for_each(|it| *n_films.entry(it).or_insert(0) += 1);
    }
    n_films
}

/// How many parts the people of `item` have in the films that were counted.
fn n_shared(n_films: &HashMap<&str, usize>, catalogue: &Catalogue, item: ItemRow) -> usize {
    if n_films.is_empty() {
        return 0;
    }
    people_of(catalogue, item).filter_map(|it| n_films.get(it)).sum()
}

/// Directors and cast, each once.
fn people_of(catalogue: &Catalogue, item: ItemRow) -> impl Iterator<Item = &str> {
    let directors = catalogue.directors(item);
    let cast = catalogue.cast(item).into_iter();
    let only_act = cast.filter(|it| !directors.contains(it)).collect::<Vec<_>>();
    directors.into_iter().chain(only_act)
}

fn named_in(evidence: &Evidence, item: ItemRow) -> u16 {
    evidence.named.get(item.index()).copied().unwrap_or(0)
}

/// Mean 0, standard deviation 1. Films that have no logit stay at 0.
fn standardised(logits: &[f32]) -> Vec<f32> {
    let known: Vec<f32> = logits.iter().copied().filter(|it| it.is_finite()).collect();
    let n = known.len().max(1) as f32;
    let mean = known.iter().sum::<f32>() / n;
    let deviation = (known.iter().map(|it| (it - mean).powi(2)).sum::<f32>() / n).sqrt().max(1e-6);
    logits.iter().map(|it| if it.is_finite() { (it - mean) / deviation } else { 0.0 }).collect()
}
