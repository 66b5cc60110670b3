//! The filters of a wish, one after another: what a film has to pass, and how many films each of them takes out.

use super::{Part, Trait, Wish};
use crate::catalog::{Catalogue, ItemRow};

/// A filter, in the order in which they take films out.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// What was said for it, parts that are off among them. None where films were named as good, shown or hidden.
    pub parts: Vec<Part>,
    /// Whether a film needs all of the parts, not one of them.
    pub are_all_needed: bool,
    /// How many films it takes out of those that the filters before it leave.
    pub n_out: usize,
}

/// The filters of what was heard, without the parts that are `off`, for a reader who has `hidden` films. What they leave
/// is what [`super::rank`] ranks.
pub fn filters(
    heard: &Wish,
    off: &[Part],
    hidden: &[ItemRow],
    catalogue: &Catalogue,
) -> Vec<Filter> {
    let wish = off.iter().fold(heard.clone(), |wish, part| wish.without(part));
    let tests = tests(heard);
    let mut filters: Vec<Filter> = tests
        .iter()
        .map(|test| Filter {
            parts: test.parts(heard),
            are_all_needed: heard.are_together && matches!(test, Test::Wanted(Kind::Person)),
            n_out: 0,
        })
        .collect();
    for item in catalogue.rows() {
        let fails = |test: &Test| !test.passes(&wish, catalogue, item);
        let is_hidden = hidden.contains(&item).then_some(filters.len() - 1);
        if let Some(at) = tests.iter().position(fails).or(is_hidden) {
            filters[at].n_out += 1;
        }
    }
    // What was named stays the last, and is one filter more only where it takes films out.
    filters.retain(|it| !it.parts.is_empty() || it.n_out > 0);
    filters
}

/// Which films pass a wish's filters. What the catalogue does not know of a film, its year or country, fits only
/// where any would.
pub(super) fn passing<'a>(
    wish: &'a Wish,
    catalogue: &'a Catalogue,
) -> impl Fn(&ItemRow) -> bool + 'a {
    let tests = tests(wish);
    move |&item| tests.iter().all(|it| it.passes(wish, catalogue, item))
}

/// One thing that a film is tested for.
#[derive(Clone, Debug, PartialEq)]
enum Test {
    Wanted(Kind),
    Years,
    Unwanted(Trait),
    /// Whether it was sent away, or disliked.
    Away,
    /// Whether it was liked, or shown before on this topic.
    Named,
}

/// What is wanted of one kind makes one filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Genre,
    Person,
    Country,
    Language,
    Prize,
    Length,
}

impl Kind {
    /// None of tags: what they say is weighed, since nobody tags a film with all that it has.
    fn of(it: &Trait) -> Option<Self> {
        Some(match it {
            Trait::Genre(_) => Self::Genre,
            Trait::Person(_) => Self::Person,
            Trait::Country(_) => Self::Country,
            Trait::Language(_) => Self::Language,
            Trait::Prize(_) => Self::Prize,
            Trait::Length(_) => Self::Length,
            Trait::Tag(_) => return None,
        })
    }
}

fn tests(wish: &Wish) -> Vec<Test> {
    let kinds =
        [Kind::Genre, Kind::Person, Kind::Country, Kind::Language, Kind::Prize, Kind::Length];
    let is_wanted = |kind: &Kind| wish.wanted.iter().any(|it| Kind::of(it) == Some(*kind));
    let wanted = kinds.into_iter().filter(is_wanted).map(Test::Wanted);
    let unwanted = wish.unwanted.iter().cloned().map(Test::Unwanted);
    let ends = [Test::Away, Test::Named];
    wanted.chain([Test::Years]).chain(unwanted).chain(ends).collect()
}

impl Test {
    fn passes(&self, wish: &Wish, catalogue: &Catalogue, item: ItemRow) -> bool {
        match self {
            Self::Wanted(kind) => {
                let mut asked =
                    wish.wanted.iter().filter(|it| Kind::of(it) == Some(*kind)).peekable();
                let has = |it: &Trait| it.is_of(catalogue, item);
                match kind {
                    _ if asked.peek().is_none() => true,
                    Kind::Person if wish.are_together => wish.has_all_people(catalogue, item),
                    Kind::Length => asked.any(has) && wish.is_of_form(catalogue, item),
                    _ => asked.any(has),
                }
            }
            Self::Years => wish.years.hold(catalogue.year(item)),
            Self::Unwanted(it) if !wish.unwanted.contains(it) => true,
            Self::Unwanted(it @ Trait::Country(_)) => {
                catalogue.country(item).is_some() && !it.is_of(catalogue, item)
            }
            Self::Unwanted(it) => !it.is_of(catalogue, item),
            Self::Away => !wish.rejected.contains(&item) && !wish.disliked.contains(&item),
            Self::Named => !wish.liked.contains(&item) && !wish.passed.contains(&item),
        }
    }

    /// The parts of `wish` that are tested.
    fn parts(&self, wish: &Wish) -> Vec<Part> {
        let is_of_it = |part: &Part| match (self, part) {
            (Self::Wanted(kind), Part::Wanted(it)) => Kind::of(it) == Some(*kind),
            (Self::Unwanted(one), Part::Unwanted(it)) => one == it,
            (Self::Years, Part::Years(_)) | (Self::Away, Part::Disliked(_) | Part::Rejected(_)) => {
                true
            }
            _ => false,
        };
        wish.parts().into_iter().filter(is_of_it).collect()
    }
}

impl Wish {
    /// Whether all people wanted are in `item`.
    pub(super) fn has_all_people(&self, catalogue: &Catalogue, item: ItemRow) -> bool {
        let mut people = self.wanted.iter().filter(|it| matches!(it, Trait::Person(_)));
        people.all(|it| it.is_of(catalogue, item))
    }
}
