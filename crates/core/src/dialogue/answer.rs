//! What may be said: claims about films, each with the facts of the catalogue it rests on. The words
//! are the page's. Nothing a reader typed, and no text of a film but its facts, becomes a claim.

use serde::{Deserialize, Serialize};

use super::{Heard, Intent, Question, Ranked, Trait, Unmet, Wish};
use crate::catalog::{Catalogue, ItemRow};

/// Something the catalogue may know about a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    Directors,
    Cast,
    Year,
    Genres,
    /// With the moods.
    Tags,
    Moods,
    /// All countries it was made in.
    Country,
    /// Running time.
    Minutes,
    /// What is spoken in it.
    Languages,
    /// The Academy Awards it won, none of them is known as well; with the nominations.
    Prizes,
    /// Those it did not win.
    Nominations,
    /// The series it is a film of.
    Series,
    /// What people ask first: genres, people, running time, country, tags.
    Facts,
    /// Plot, where to watch, what critics think: no file of ours knows.
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
    /// All films that fit have been shown.
    NoMore,
    /// These films were sent away.
    SentAway {
        films: Vec<ItemRow>,
    },
    /// The last message was taken back.
    Undone,
    /// This was said, but could not be taken over.
    Unmet(Unmet),
    /// What is known of films that were to be compared: when they came out, how many people rated them.
    Compared {
        films: Vec<ItemRow>,
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
            _ => None,
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
    /// Its text is near to the words of the conversation: this cosine, never below [`LEAST_COSINE`].
    Meaning(f32),
    /// Its text is near to those of the films liked: this cosine on average, never below [`LEAST_COSINE`].
    Like(f32),
    /// The sequential model sees it next after the films liked.
    Next,
    /// How many people rated it, which puts it among the best known.
    WellKnown { n_ratings: u32 },
    /// In how many conversations between people somebody named it, which is where most of its score is from.
    OftenNamed { n_conversations: u16 },
}

/// Texts of no common subject lie below this.
pub const LEAST_COSINE: f32 = 0.3;
/// How many films are named in an answer; the list beside it holds more.
const N_NAMED: usize = 3;
/// How many shared facts are named.
const N_FACTS: usize = 3;

/// The answer to what was heard, after which the `ranked` films fit.
pub fn claims(heard: &Heard, ranked: &[Ranked], catalogue: &Catalogue) -> Vec<Claim> {
    let Heard { intent, question, wish, .. } = heard;
    if let Some(Question { film, field }) = *question {
        return facts(catalogue, film, field);
    }
    let mut claims: Vec<Claim> = heard.unmet.iter().cloned().map(Claim::Unmet).collect();
    match intent {
        Intent::Compare => {
            let films = heard.compared.clone();
            return vec![Claim::Compared { films }];
        }
        Intent::Unread => {
            claims.extend(wish.is_empty().then_some(Claim::TellMore));
            return claims;
        }
        Intent::ChitChat => return vec![Claim::TellMore],
        Intent::Undo => claims.push(Claim::Undone),
        Intent::Reject if !heard.put_away.is_empty() => {
            claims.push(Claim::SentAway { films: heard.put_away.clone() });
        }
        _ => {}
    }
    if wish.is_empty() {
        claims.push(Claim::TellMore);
        return claims;
    }
    let fits = |it: &Ranked| Claim::Fits { film: it.item, reasons: reasons(wish, it, catalogue) };
    if *intent == Intent::Explain
        && let Some(one) = ranked.iter().find(|it| Some(it.item) == heard.about)
    {
        claims.push(fits(one));
        return claims;
    }
    claims.extend(ranked.iter().take(N_NAMED).map(fits));
    if ranked.is_empty() {
        let has_seen_all = *intent == Intent::More || !wish.passed.is_empty();
        claims.push(if has_seen_all { Claim::NoMore } else { Claim::NothingFits });
    }
    claims
}

fn facts(catalogue: &Catalogue, film: ItemRow, field: Field) -> Vec<Claim> {
    use Field::{Cast, Country, Directors, Genres, Minutes, Moods, Nominations, Prizes, Tags};
    let fields: &[Field] = match field {
        Field::Facts => &[Genres, Directors, Cast, Minutes, Country, Tags],
        Tags => &[Tags, Moods],
        Prizes => &[Prizes, Nominations],
        _ => &[field],
    };
    // Who won no Oscar is known of every film that the list of them could name.
    let lists_prizes = !catalogue.prize_names().is_empty() && catalogue.imdb_id(film).is_some();
    let known = fields.iter().filter_map(|&field| {
        let values = values(catalogue, film, field);
        let is_known = !values.is_empty() || (field == Prizes && lists_prizes);
        is_known.then_some(Claim::Fact { film, field, values })
    });
    let claims: Vec<Claim> = known.collect();
    if claims.is_empty() { vec![Claim::NotKnown { film, field }] } else { claims }
}

fn values(catalogue: &Catalogue, film: ItemRow, field: Field) -> Vec<String> {
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    let number = |it: Option<u16>| it.map(|it| it.to_string()).into_iter().collect();
    match field {
        Field::Directors => owned(catalogue.directors(film)),
        Field::Cast => owned(catalogue.cast(film)),
        Field::Year => number(catalogue.year(film)),
        Field::Genres => owned(catalogue.genres(film)),
        Field::Tags => owned(catalogue.tags(film)),
        Field::Moods => owned(catalogue.moods(film)),
        Field::Country => owned(catalogue.countries(film)),
        Field::Minutes => number(catalogue.minutes(film)),
        Field::Languages => owned(catalogue.languages(film)),
        Field::Prizes => owned(catalogue.prizes_won(film)),
        Field::Nominations => owned(catalogue.nominations(film)),
        Field::Series => owned(catalogue.series(film).map(|it| it.0).into_iter().collect()),
        Field::Facts | Field::Unknown => Vec::new(),
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
        reasons.push(carried(ranked, catalogue));
    }
    reasons
}

/// The weightiest piece of a score that no fact explains, and that is high enough to be said.
fn carried(ranked: &Ranked, catalogue: &Catalogue) -> Reason {
    let n_ratings = catalogue.n_ratings(ranked.item);
    let said = [
        (ranked.cosine >= LEAST_COSINE, ranked.meaning, Reason::Meaning(ranked.cosine)),
        (ranked.liked_cosine >= LEAST_COSINE, ranked.likeness, Reason::Like(ranked.liked_cosine)),
        (ranked.next > 0.0, ranked.next, Reason::Next),
    ];
    let best = said.into_iter().filter(|(is_said, ..)| *is_said).max_by(|a, b| a.1.total_cmp(&b.1));
    let best = best.filter(|(_, piece, _)| *piece >= ranked.popularity.max(ranked.named));
    let known = if ranked.named > ranked.popularity {
        Reason::OftenNamed { n_conversations: ranked.n_named }
    } else {
        Reason::WellKnown { n_ratings }
    };
    best.map_or(known, |(.., reason)| reason)
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
