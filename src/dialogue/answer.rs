//! What may be said: claims about films, each with the facts of the catalogue it rests on. The words
//! are the page's. Nothing a reader typed, and no text of a film but its facts, becomes a claim.

use serde::Deserialize;

use super::{Intent, Question, Ranked, Trait, Wish};
use crate::catalog::{Catalogue, ItemRow};

/// Something the catalogue may know about a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    Directors,
    Cast,
    Year,
    Genres,
    Tags,
    Country,
    /// Running time, plot, where to watch: no file of ours knows.
    Unknown,
}

/// A sentence with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// `film` fits, for these reasons, the weightiest first.
    Fits {
        film: ItemRow,
        reasons: Vec<Reason>,
    },
    Fact {
        film: ItemRow,
        field: Field,
        values: Vec<String>,
    },
    /// The catalogue does not say.
    NotKnown {
        film: ItemRow,
        field: Field,
    },
    /// No film passes all filters.
    NothingFits,
    /// Films were sent away.
    SentAway {
        n_films: usize,
    },
    /// Nothing to go by yet.
    TellMore,
}

impl Claim {
    /// The film it is about.
    pub fn film(&self) -> Option<ItemRow> {
        match self {
            Self::Fits { film, .. } | Self::Fact { film, .. } | Self::NotKnown { film, .. } => {
                Some(*film)
            }
            Self::NothingFits | Self::SentAway { .. } | Self::TellMore => None,
        }
    }
}

/// What speaks for a film.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Wanted, and the catalogue says the film has it.
    Has(Trait),
    /// What it shares with a film the reader liked.
    Shares { film: ItemRow, facts: Vec<String> },
    /// Of the years asked for.
    OfYear(u16),
    /// Its text is near to the words of the conversation: this cosine.
    Meaning(f32),
}

/// So many films are named in an answer; the list beside it holds more.
const N_NAMED: usize = 3;
/// So many shared facts are named.
const N_FACTS: usize = 3;

/// The answer to a message read as `intent` and `question`, after which the `ranked` films fit.
pub fn claims(
    intent: Intent,
    question: Option<Question>,
    wish: &Wish,
    ranked: &[Ranked],
    catalogue: &Catalogue,
) -> Vec<Claim> {
    if let Some(Question { film, field }) = question {
        let values = values(catalogue, film, field);
        let is_known = !values.is_empty();
        return vec![if is_known {
            Claim::Fact { film, field, values }
        } else {
            Claim::NotKnown { film, field }
        }];
    }
    if wish.is_empty() {
        return vec![Claim::TellMore];
    }
    let mut claims = Vec::new();
    if intent == Intent::Reject {
        claims.push(Claim::SentAway { n_films: wish.rejected.len() });
    }
    let fits = |it: &Ranked| Claim::Fits { film: it.item, reasons: reasons(wish, it, catalogue) };
    claims.extend(ranked.iter().take(N_NAMED).map(fits));
    if ranked.is_empty() {
        claims.push(Claim::NothingFits);
    }
    claims
}

fn values(catalogue: &Catalogue, film: ItemRow, field: Field) -> Vec<String> {
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    match field {
        Field::Directors => owned(catalogue.directors(film)),
        Field::Cast => owned(catalogue.cast(film)),
        Field::Year => catalogue.year(film).map(|year| year.to_string()).into_iter().collect(),
        Field::Genres => owned(catalogue.genres(film)),
        Field::Tags => owned(catalogue.tags(film)),
        Field::Country => owned(catalogue.country(film).into_iter().collect()),
        Field::Unknown => Vec::new(),
    }
}

fn reasons(wish: &Wish, ranked: &Ranked, catalogue: &Catalogue) -> Vec<Reason> {
    let film = ranked.item;
    let mut reasons: Vec<Reason> = Vec::new();
    let has = wish.wanted.iter().filter(|it| it.is_of(catalogue, film));
    reasons.extend(has.cloned().map(Reason::Has));
    if wish.years != super::Years::default() {
        reasons.extend(catalogue.year(film).map(Reason::OfYear));
    }
    let shared = wish.liked.iter().map(|&liked| (liked, shared(catalogue, liked, film)));
    if let Some((liked, facts)) =
        shared.max_by_key(|(_, facts)| facts.len()).filter(|(_, facts)| !facts.is_empty())
    {
        reasons
            .push(Reason::Shares { film: liked, facts: facts.into_iter().take(N_FACTS).collect() });
    }
    if reasons.is_empty() {
        reasons.push(Reason::Meaning(ranked.cosine));
    }
    reasons
}

/// People, genres and tags that both films have.
fn shared(catalogue: &Catalogue, a: ItemRow, b: ItemRow) -> Vec<String> {
    let people = |it| [catalogue.directors(it), catalogue.cast(it)].concat();
    let theirs = people(b);
    let both = people(a).into_iter().filter(|it| theirs.contains(it));
    let mut shared: Vec<String> = both.map(str::to_owned).collect();
    shared.extend(catalogue.shared_facts(&[a, b]).into_iter().map(str::to_owned));
    shared.dedup();
    shared
}
