//! What was understood, part by part: each can be told and taken off.

use super::lexicon::LEXICON;
use super::names::key;
use super::profile::{film, years};
use super::{Trait, Wish, Years};
use crate::catalog::{Catalogue, ItemRow};

/// One thing a wish holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Liked(ItemRow),
    Disliked(ItemRow),
    /// Seen, or sent away.
    Rejected(ItemRow),
    Wanted(Trait),
    Unwanted(Trait),
    Years(Years),
    /// All words that are searched by meaning.
    Words(String),
}

impl Part {
    /// What it is about, as the catalogue writes it: "Horror", "“Alien” (1979)", "before 1982".
    pub fn name(&self, catalogue: &Catalogue) -> String {
        match self {
            Self::Liked(item) | Self::Disliked(item) | Self::Rejected(item) => {
                film(catalogue, *item)
            }
            Self::Wanted(it) | Self::Unwanted(it) => it.name().to_owned(),
            Self::Years(it) => years(*it).unwrap_or_default(),
            Self::Words(text) => text.clone(),
        }
    }
}

impl Wish {
    /// All that was understood: films, then traits, years and words, each kind in the order it was said.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        parts.extend(self.liked.iter().copied().map(Part::Liked));
        parts.extend(self.disliked.iter().copied().map(Part::Disliked));
        parts.extend(self.wanted.iter().cloned().map(Part::Wanted));
        parts.extend(self.unwanted.iter().cloned().map(Part::Unwanted));
        parts.extend((self.years != Years::default()).then_some(Part::Years(self.years)));
        parts.extend((!self.text.is_empty()).then(|| Part::Words(self.text.clone())));
        parts.extend(self.rejected.iter().copied().map(Part::Rejected));
        parts
    }

    /// This wish with one part taken off; its words are no longer searched either.
    #[must_use]
    pub fn without(&self, part: &Part) -> Self {
        let mut wish = self.clone();
        match part {
            Part::Liked(item) => wish.liked.retain(|it| it != item),
            Part::Disliked(item) => wish.disliked.retain(|it| it != item),
            Part::Rejected(item) => wish.rejected.retain(|it| it != item),
            Part::Wanted(one) => {
                wish.wanted.retain(|it| it != one);
                wish.forget_words(one);
            }
            Part::Unwanted(one) => wish.unwanted.retain(|it| it != one),
            Part::Years(_) => wish.years = Years::default(),
            Part::Words(_) => wish.text.clear(),
        }
        wish
    }

    /// Takes the words of a trait out of what is searched by meaning: it knows no "not".
    pub(super) fn forget_words(&mut self, it: &Trait) {
        let name = key(it.name());
        let stands_for = |word: &str| {
            let pairs = LEXICON.genres.iter().chain(&LEXICON.tags).chain(&LEXICON.countries);
            pairs
                .filter(|(_, of)| of == it.name())
                .any(|(words, _)| words.split(' ').any(|it| it == word))
        };
        let kept: Vec<&str> = self
            .text
            .split(' ')
            .filter(|&word| !name.split(' ').any(|it| it == word) && !stands_for(word))
            .collect();
        self.text = kept.join(" ");
    }
}
