//! A conversation about films without a language model: what a message asks for, what the reader
//! wants by now, which films fit, and what may be said about them.
//!
//! The five parts follow RecLLM (arXiv 2305.07961, section 3): a manager that reads messages
//! ([`Wish::hear`]), retrieval and a ranker ([`rank`]), a profile in plain words that can be edited
//! ([`Wish::profile`]) and a user simulator ([`Seeker`]). There, each is a large language model; here
//! each is a few rules over the catalogue's facts, so that every step can be read.

mod allusion;
mod answer;
mod aside;
mod asking;
mod filters;
mod fitted;
mod heard;
mod language;
mod letters;
mod lexicon;
mod manager;
mod names;
mod negation;
mod opinion;
mod parts;
mod people;
mod pointing;
mod profile;
mod ranker;
mod reading;
mod seeker;
mod titles;
mod told;
mod words;
mod years;

pub use answer::{Claim, Field, LEAST_COSINE, Reason, claims};
pub use filters::{Filter, filters};
pub use fitted::{
    Difference, Fitted, FittedError, FittedWeights, Interval, Measured, MeasuredStep,
};
pub use heard::{Heard, Intent, Question, Scene, Unmet, Why};
pub use names::Names;
pub use parts::Part;
pub use ranker::{Evidence, N_PIECES, Ranked, Weights, pieces, rank};
pub use seeker::Seeker;
pub use told::Length;

use serde::{Deserialize, Serialize};

use crate::catalog::{Catalogue, ItemRow};
use lexicon::LEXICON;

/// What the reader wants by now. The whole memory of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// Films the reader named as good, oldest first.
    pub liked: Vec<ItemRow>,
    pub disliked: Vec<ItemRow>,
    /// Films not to be shown again: seen, or sent away.
    pub rejected: Vec<ItemRow>,
    /// Films that were on screen when others were asked for: on this topic they do not come again.
    pub passed: Vec<ItemRow>,
    pub wanted: Vec<Trait>,
    pub unwanted: Vec<Trait>,
    /// Whether a film must have all people wanted, and not one of them: "Tom Hanks with Meg Ryan".
    pub are_together: bool,
    pub years: Years,
    /// The words that are searched by meaning: what was said on this topic, the newest last.
    pub text: String,
}

/// Something a film has or has not, as the catalogue writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trait {
    Genre(String),
    /// What people tagged it with, or a mood that it has: "gloomy".
    Tag(String),
    /// Director or cast.
    Person(String),
    /// Where it was made.
    Country(String),
    /// What is spoken in it.
    Language(String),
    /// "Oscar winner", "Oscar nominee", or one that it won: "Oscar for Best Picture".
    Prize(String),
    /// How long it takes.
    Length(Length),
}

/// First and last year a film may be of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Years {
    pub from: Option<u16>,
    pub to: Option<u16>,
    /// None of these, both ends among them.
    pub except: Option<(u16, u16)>,
}

impl Trait {
    pub fn name(&self) -> &str {
        match self {
            Self::Genre(name)
            | Self::Tag(name)
            | Self::Person(name)
            | Self::Country(name)
            | Self::Language(name)
            | Self::Prize(name) => name,
            Self::Length(length) => length.name(),
        }
    }

    /// Whether the catalogue says so of `item`.
    pub fn is_of(&self, catalogue: &Catalogue, item: ItemRow) -> bool {
        match self {
            Self::Genre(name) => catalogue.genres(item).contains(&name.as_str()),
            Self::Tag(name) => {
                let said = [catalogue.tags(item), catalogue.moods(item)].concat();
                said.contains(&name.as_str())
                    || LEXICON.same_tags(name).any(|same| said.contains(&same))
            }
            Self::Person(name) => {
                catalogue.directors(item).contains(&name.as_str())
                    || catalogue.cast(item).contains(&name.as_str())
            }
            // West Germany is Germany to somebody who asks for its films.
            Self::Country(name) => {
                catalogue.country(item).is_some_and(|it| it.ends_with(name.as_str()))
            }
            Self::Language(name) => catalogue.languages(item).contains(&name.as_str()),
            Self::Prize(name) => told::has_prize(catalogue, item, name),
            Self::Length(length) => catalogue.minutes(item).is_some_and(|it| length.holds(it)),
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
            self.from.is_none_or(|from| year >= from)
                && self.to.is_none_or(|to| year <= to)
                && self.except.is_none_or(|(from, to)| !(from..=to).contains(&year))
        })
    }
}

impl Wish {
    pub fn is_empty(&self) -> bool {
        let Self { rejected, passed, are_together, .. } = self.clone();
        *self == Self { rejected, passed, are_together, ..Self::default() }
    }
}

#[cfg(test)]
mod tests;
