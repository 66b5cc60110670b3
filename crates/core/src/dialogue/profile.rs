//! The reader's profile: what is wanted, in sentences that the manager itself can read back.

use super::names::{is_audience, key};
use super::words::span;
use super::{Heard, Intent, Names, Scene, Trait, Unmet, Why, Wish, Years};
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
        let is_joined = |it: &&Trait| self.are_together && matches!(it, Trait::Person(_));
        let (people, others): (Vec<Trait>, Vec<Trait>) =
            self.wanted.iter().cloned().partition(|it| is_joined(&it));
        add("I want", traits(&others, false));
        let people: Vec<&str> = people.iter().map(Trait::name).collect();
        add("I want", (!people.is_empty()).then(|| people.join(" with ")).into_iter().collect());
        add("I want films from", traits(&others, true));
        add("I do not want", traits(&self.unwanted, false));
        add("I do not want films from", traits(&self.unwanted, true));
        lines.extend(years(self.years).map(|years| format!("Films {years}.")));
        lines.join("\n")
    }

    /// What edited sentences say, one a line, with those that say nothing a wish could hold. The words searched by
    /// meaning stay those of the conversation.
    #[must_use]
    pub fn from_profile(&self, profile: &str, names: &Names, catalogue: &Catalogue) -> Heard {
        let mut heard = Heard { intent: Intent::Refine, ..Heard::default() };
        for line in profile.lines().filter(|it| !it.trim().is_empty()) {
            let said = heard.wish.hear(line, Scene::default(), names, catalogue);
            let is_same = Self { text: String::new(), ..said.wish.clone() }
                == Self { text: String::new(), ..heard.wish.clone() };
            if is_same && said.unmet.is_empty() {
                heard.unmet.push(Unmet { words: line.trim().to_owned(), why: Why::Unreadable });
            }
            heard.unmet.extend(said.unmet);
            heard.is_cut |= said.is_cut;
            heard.wish = said.wish;
        }
        heard.wish.text.clone_from(&self.text);
        heard
    }
}

fn films(catalogue: &Catalogue, items: &[ItemRow]) -> Vec<String> {
    items.iter().map(|&item| film(catalogue, item)).collect()
}

pub(super) fn film(catalogue: &Catalogue, item: ItemRow) -> String {
    match catalogue.year(item) {
        Some(year) => format!("“{}” ({year})", catalogue.title(item)),
        None => format!("“{}”", catalogue.title(item)),
    }
}

/// The names of countries, or of all else.
fn traits(traits: &[Trait], are_countries: bool) -> Vec<String> {
    let asked = traits.iter().filter(|it| matches!(it, Trait::Country(_)) == are_countries);
    let told = |it: &Trait| match it {
        Trait::Tag(name) if span(name).is_some() => format!("set in the {name}"),
        // "Family" alone is for whom it is.
        Trait::Language(name) => format!("films in {name}"),
        Trait::Prize(_) => format!("an {}", it.name()),
        Trait::Length(length) => format!("films of {}", length.name()),
        Trait::Tag(name) if is_audience(&key(name)) => format!("films about {name}"),
        _ => it.name().to_owned(),
    };
    asked.map(told).collect()
}

pub(super) fn years(Years { from, to, except }: Years) -> Option<String> {
    let span = |from: u16, to: u16| match to - from {
        0 => from.to_string(),
        9 if from.is_multiple_of(10) => format!("the {from}s"),
        _ => format!("{from} to {to}"),
    };
    let within = match (from, to) {
        (None, None) => None,
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(to)) => Some(format!("before {}", to + 1)),
        (Some(from), Some(to)) => Some(format!("of {}", span(from, to.max(from)))),
    };
    within.or(except.map(|(from, to)| format!("not of {}", span(from, to))))
}
