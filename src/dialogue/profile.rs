//! The reader's profile: what is wanted, in sentences that the manager itself can read back.

use super::{Names, Trait, Wish, Years};
use crate::catalog::{Catalogue, ItemRow};

impl Wish {
    /// A few sentences, one a line. Reading them back gives the same wish, see [`Wish::from_profile`].
    pub fn profile(&self, catalogue: &Catalogue) -> String {
        let mut lines = Vec::new();
        let mut add = |before: &str, names: Vec<String>| {
            lines.extend(names.into_iter().map(|name| format!("{before} {name}.")));
        };
        add("I liked", films(catalogue, &self.liked));
        add("I did not like", films(catalogue, &self.disliked));
        add("I have seen", films(catalogue, &self.rejected));
        add("I want", traits(&self.wanted));
        add("I do not want", traits(&self.unwanted));
        lines.extend(years(self.years));
        lines.join("\n")
    }

    /// What edited sentences say. The words searched by meaning stay those of the conversation.
    #[must_use]
    pub fn from_profile(&self, profile: &str, names: &Names, catalogue: &Catalogue) -> Self {
        let mut wish = Self { text: self.text.clone(), ..Self::default() };
        for line in profile.lines() {
            wish = wish.hear(line, &[], names, catalogue).wish;
        }
        Self { text: self.text.clone(), ..wish }
    }
}

fn films(catalogue: &Catalogue, items: &[ItemRow]) -> Vec<String> {
    let quoted = |&item: &ItemRow| match catalogue.year(item) {
        Some(year) => format!("“{}” ({year})", catalogue.title(item)),
        None => format!("“{}”", catalogue.title(item)),
    };
    items.iter().map(quoted).collect()
}

fn traits(traits: &[Trait]) -> Vec<String> {
    traits.iter().map(|it| it.name().to_owned()).collect()
}

fn years(years: Years) -> Option<String> {
    match (years.from, years.to) {
        (None, None) => None,
        (Some(from), None) => Some(format!("Films from {from}.")),
        (None, Some(to)) => Some(format!("Films before {}.", to + 1)),
        (Some(from), Some(to)) if from == to => Some(format!("Films of {from}.")),
        (Some(from), Some(to)) if from.is_multiple_of(10) && to == from + 9 => {
            Some(format!("Films of the {from}s."))
        }
        (Some(from), Some(to)) => Some(format!("Films of {from} to {to}.")),
    }
}
