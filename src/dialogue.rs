//! A conversation about films without a language model: what a message asks for, what the reader
//! wants by now, which films fit, and what may be said about them.
//!
//! The five parts follow RecLLM (arXiv 2305.07961, section 3): a manager that reads messages
//! ([`Wish::hear`]), retrieval and a ranker ([`rank`]), a profile in plain words that can be edited
//! ([`Wish::profile`]) and a user simulator ([`Seeker`]). There, each is a large language model; here
//! each is a few rules over the catalogue's facts, so that every step can be read.

mod answer;
mod fitted;
mod lexicon;
mod manager;
mod names;
mod profile;
mod ranker;
mod seeker;
mod words;

pub use answer::{Claim, Field, Reason, claims};
pub use fitted::{
    Difference, Fitted, FittedError, FittedWeights, Interval, Measured, MeasuredStep,
};
pub use manager::{Heard, Intent, Question};
pub use names::Names;
pub use ranker::{Evidence, Ranked, Weights, rank};
pub use seeker::Seeker;

use crate::catalog::{Catalogue, ItemRow};

/// What the reader wants by now. The whole memory of a conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// Films the reader named as good, oldest first.
    pub liked: Vec<ItemRow>,
    pub disliked: Vec<ItemRow>,
    /// Films not to be shown again: seen, or sent away.
    pub rejected: Vec<ItemRow>,
    pub wanted: Vec<Trait>,
    pub unwanted: Vec<Trait>,
    pub years: Years,
    /// The words that are searched by meaning: what was said on this topic, the newest last.
    pub text: String,
}

/// Something a film has or has not, as the catalogue writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trait {
    Genre(String),
    Tag(String),
    /// Director or cast.
    Person(String),
}

/// First and last year a film may be of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Years {
    pub from: Option<u16>,
    pub to: Option<u16>,
}

impl Trait {
    pub fn name(&self) -> &str {
        match self {
            Self::Genre(name) | Self::Tag(name) | Self::Person(name) => name,
        }
    }

    /// Whether the catalogue says so of `item`.
    pub fn is_of(&self, catalogue: &Catalogue, item: ItemRow) -> bool {
        match self {
            Self::Genre(name) => catalogue.genres(item).contains(&name.as_str()),
            Self::Tag(name) => catalogue.tags(item).contains(&name.as_str()),
            Self::Person(name) => {
                catalogue.directors(item).contains(&name.as_str())
                    || catalogue.cast(item).contains(&name.as_str())
            }
        }
    }
}

impl Years {
    /// A film of unknown year fits only where any year does.
    pub fn hold(self, year: Option<u16>) -> bool {
        if self == Self::default() {
            return true;
        }
        year.is_some_and(|year| {
            self.from.is_none_or(|from| year >= from) && self.to.is_none_or(|to| year <= to)
        })
    }
}

impl Wish {
    pub fn is_empty(&self) -> bool {
        *self == Self { rejected: self.rejected.clone(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests;
