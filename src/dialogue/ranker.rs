//! Which films fit a wish: filters by what the catalogue knows, then a sum of five pieces of evidence.

use serde::Deserialize;

use super::{Trait, Wish};
use crate::catalog::{Catalogue, ItemRow};

/// What else is known about every film for this wish, each `[n_items]` or empty where it was not asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Cosine of the film's text with the words of the conversation.
    pub meaning: Vec<f32>,
    /// Mean cosine of the film's text with those of the films liked.
    pub likeness: Vec<f32>,
    /// Logits of the sequential model after the films liked.
    pub next: Vec<f32>,
}

/// What each piece of evidence counts.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub meaning: f32,
    pub likeness: f32,
    /// Of each wanted trait, by kind.
    pub genre: f32,
    pub tag: f32,
    pub person: f32,
    pub popularity: f32,
    /// Of one standard deviation of the sequential model's logits.
    pub next: f32,
}

/// Set by hand, for where the fitted ones did not come.
impl Default for Weights {
    fn default() -> Self {
        Self {
            meaning: 1.0,
            likeness: 1.0,
            genre: 0.3,
            tag: 0.2,
            person: 0.6,
            popularity: 0.15,
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
    pub traits: f32,
    pub popularity: f32,
    pub next: f32,
    /// Of the film's text with the words of the conversation; 0 where they were not searched.
    pub cosine: f32,
}

/// The `top` films that fit `wish` best, and how many passed its filters. Equal ones in catalogue order.
///
/// Years, unwanted traits, wanted genres and people are filters: a film with none of the genres or people asked
/// for is no answer. If no film passes, the list is empty, and the reader is told which wishes shut each other out.
pub fn rank(
    wish: &Wish,
    catalogue: &Catalogue,
    evidence: &Evidence,
    weights: &Weights,
    top: usize,
) -> (Vec<Ranked>, usize) {
    let asked = |is_of_kind: fn(&Trait) -> bool| -> Vec<&Trait> {
        wish.wanted.iter().filter(|it| is_of_kind(it)).collect()
    };
    let genres = asked(|it| matches!(it, Trait::Genre(_)));
    let people = asked(|it| matches!(it, Trait::Person(_)));
    let has_one_of = |asked: &[&Trait], item: ItemRow| {
        asked.is_empty() || asked.iter().any(|it| it.is_of(catalogue, item))
    };
    let fits = |item: &ItemRow| {
        wish.years.hold(catalogue.year(*item))
            && ![&wish.liked, &wish.disliked, &wish.rejected]
                .iter()
                .any(|films| films.contains(item))
            && !wish.unwanted.iter().any(|it| it.is_of(catalogue, *item))
            && has_one_of(&genres, *item)
            && has_one_of(&people, *item)
    };
    let most = catalogue.rows().map(|it| catalogue.n_ratings(it)).max().unwrap_or(1).max(1);
    let z = standardised(&evidence.next);
    let at = |numbers: &[f32], item: ItemRow| numbers.get(item.index()).copied().unwrap_or(0.0);
    let mut ranked: Vec<Ranked> = catalogue
        .rows()
        .filter(fits)
        .map(|item| {
            let has = wish.wanted.iter().filter(|it| it.is_of(catalogue, item));
            // From 0 on: the sum of nothing is −0.
            let traits = has.fold(0.0, |sum, it| sum + weights.of(it));
            let cosine = at(&evidence.meaning, item);
            let meaning = weights.meaning * cosine;
            let likeness = weights.likeness * at(&evidence.likeness, item);
            let next = weights.next * at(&z, item);
            let seen_by = (1.0 + catalogue.n_ratings(item) as f32).ln() / (1.0 + most as f32).ln();
            let popularity = weights.popularity * seen_by;
            let score = meaning + likeness + traits + popularity + next;
            Ranked { item, score, meaning, likeness, traits, popularity, next, cosine }
        })
        .collect();
    let n_fit = ranked.len();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked.truncate(top);
    (ranked, n_fit)
}

impl Weights {
    fn of(&self, it: &Trait) -> f32 {
        match it {
            Trait::Genre(_) => self.genre,
            Trait::Tag(_) => self.tag,
            Trait::Person(_) => self.person,
        }
    }
}

/// Mean 0, standard deviation 1. Films that have no logit stay at 0.
fn standardised(logits: &[f32]) -> Vec<f32> {
    let known: Vec<f32> = logits.iter().copied().filter(|it| it.is_finite()).collect();
    let n = known.len().max(1) as f32;
    let mean = known.iter().sum::<f32>() / n;
    let deviation = (known.iter().map(|it| (it - mean).powi(2)).sum::<f32>() / n).sqrt().max(1e-6);
    logits.iter().map(|it| if it.is_finite() { (it - mean) / deviation } else { 0.0 }).collect()
}
