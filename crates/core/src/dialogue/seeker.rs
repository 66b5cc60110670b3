//! A user simulator: a seeker who has one film in mind and answers with its facts, never its title.

use std::collections::BTreeSet;

use super::Trait;
use crate::catalog::{Catalogue, ItemRow};

/// Speaks in sentences the manager can read.
#[derive(Clone, Debug)]
pub struct Seeker {
    pub target: ItemRow,
    /// Whether it names the director where genre and mood were not enough.
    pub names_people: bool,
    said: BTreeSet<String>,
}

impl Seeker {
    pub fn new(target: ItemRow) -> Self {
        Self { target, names_people: true, said: BTreeSet::new() }
    }

    /// The next message after the films `shown`; `None` once the target is among them, or where
    /// nothing is left to say.
    pub fn say(&mut self, catalogue: &Catalogue, shown: &[ItemRow]) -> Option<String> {
        if shown.contains(&self.target) {
            return None;
        }
        // What the films shown lack most tells the target apart best.
        let lacking = |it: &Trait| shown.iter().filter(|&&film| !it.is_of(catalogue, film)).count();
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let genres = owned(catalogue.genres(self.target)).into_iter().map(Trait::Genre);
        let tags = owned(catalogue.tags(self.target)).into_iter().take(3).map(Trait::Tag);
        let people = owned(catalogue.directors(self.target)).into_iter().map(Trait::Person);
        // A first message is about genre and mood; the director's name comes when that was not enough.
        let known: Vec<Trait> = if self.said.len() < 2 || !self.names_people {
            genres.chain(tags).collect()
        } else {
            people.chain(tags).chain(genres).collect()
        };
        let new = known.into_iter().filter(|it| !self.said.contains(it.name()));
        let next = new.rev().max_by_key(lacking)?;
        self.said.insert(next.name().to_owned());
        let name = next.name();
        Some(match (self.said.len(), &next) {
            (1, Trait::Genre(_)) => format!("I am looking for {name}."),
            (_, Trait::Person(_)) => format!("Something with {name}."),
            _ => format!("Rather {name}."),
        })
    }
}
