//! The sentences of an answer: what the page can say of a claim, and of what it cannot take over.

use crate::catalog::{Catalogue, ItemRow};
use crate::dialogue::{Claim, Field, Reason, Trait, Unmet, Why};
use crate::ui::words::{counted, film, grouped, listed, score};

/// One sentence of an answer.
pub(super) fn usual(catalogue: &Catalogue, claim: &Claim) -> String {
    match claim {
        Claim::Fits { film: item, reasons } => {
            let reasons: Vec<String> = reasons.iter().map(|it| reason(catalogue, it)).collect();
            format!("{}: {}.", film(catalogue, *item), listed(&reasons))
        }
        Claim::Fact { film: item, field, values } => {
            let (name, values) = (film(catalogue, *item), listed(values));
            match field {
                Field::Directors => format!("{name} was directed by {values}."),
                Field::Cast => format!("{name} has {values} in it."),
                Field::Year => format!("{} came out in {values}.", catalogue.title(*item)),
                Field::Genres => format!("{name} is filed under {values}."),
                Field::Tags => format!("People tagged {name} with {values}."),
                Field::Country | Field::Facts | Field::Unknown => format!("{name} comes from {values}."),
            }
        }
        Claim::NotKnown { film: item, .. } => format!(
            "The catalogue does not say that of {}. It holds years, genres, people, countries and tags, no plots and no running times.",
            film(catalogue, *item)
        ),
        Claim::NothingFits => "No film passes all of these filters. Take off a part of what was understood, or say “start over”.".to_owned(),
        Claim::NoMore => "These were all the films that fit.".to_owned(),
        Claim::SentAway { films } => {
            let names: Vec<String> = films.iter().map(|&it| film(catalogue, it)).collect();
            format!("{} will not be shown again.", listed(&names))
        }
        Claim::Undone => "Your last message was taken back.".to_owned(),
        Claim::Unmet(it) => unmet(it),
        Claim::Compared { films } => {
            let said = |&it: &ItemRow| {
                format!("{} was rated by {} people", film(catalogue, it), grouped(catalogue.n_ratings(it) as usize))
            };
            let said: Vec<String> = films.iter().map(said).collect();
            format!("Which is better it cannot judge: it knows facts, no opinions. {}.", listed(&said))
        }
        Claim::TellMore => "Name a film you liked, a genre, a person or a decade, and what it should not be.".to_owned(),
    }
}

/// All the ways to say a claim, from the same facts.
pub(super) fn all(catalogue: &Catalogue, it: &Claim) -> Vec<String> {
    let usual = usual(catalogue, it);
    let mut all = vec![usual];
    match it {
        Claim::Fits { film: item, reasons } => {
            let name = film(catalogue, *item);
            let reasons: Vec<String> = reasons.iter().map(|it| reason(catalogue, it)).collect();
            all.push(format!("You might like {name}: {}.", listed(&reasons)));
            all.extend(reasons.iter().map(|reason| format!("Try {name}: {reason}.")));
        }
        Claim::Fact { film: item, field: Field::Directors, values } => {
            all.push(format!("{} directed {}.", listed(values), film(catalogue, *item)));
        }
        _ => {}
    }
    all.dedup();
    all
}

fn reason(catalogue: &Catalogue, reason: &Reason) -> String {
    match reason {
        Reason::Has(Trait::Person(name)) => format!("with {name}"),
        Reason::Has(Trait::Country(name)) => format!("from {name}"),
        Reason::Has(Trait::Language(name)) => format!("in {name}"),
        Reason::Has(Trait::Prize(name)) => format!("an {name}"),
        Reason::Has(Trait::Length(length)) => format!("takes {}", length.name()),
        Reason::Has(it) => it.name().to_lowercase(),
        Reason::Shares { film, facts } => {
            format!("shares {} with {}", listed(facts), catalogue.title(*film))
        }
        Reason::OfYear(year) => format!("of {year}"),
        Reason::Meaning(similarity) => {
            format!("its facts are near to your words (cosine {})", score(*similarity))
        }
        Reason::Like(similarity) => format!(
            "its facts are near to those of the films you liked (cosine {})",
            score(*similarity)
        ),
        Reason::Next => {
            "comes next after the films you liked, says SASRec with EASE's links".to_owned()
        }
        Reason::WellKnown { n_ratings } => {
            format!("well known: {} people rated it", grouped(*n_ratings as usize))
        }
        Reason::OftenNamed { n_conversations } => format!(
            "often talked of: named in {} about films",
            counted(usize::from(*n_conversations), "conversation", "conversations")
        ),
    }
}

/// What could not be taken over, and why.
pub(super) fn unmet(Unmet { words, why }: &Unmet) -> String {
    let words = shortened(words);
    match why {
        Why::Unreadable => format!("“{words}” was not understood."),
        Why::OtherLanguage => "Only English is read here. Names of films and people, and numbers, were taken from your message.".to_owned(),
        Why::Comparison => format!("“{words}”: the catalogue holds facts, no opinions, so which is better it cannot say."),
        Why::Degree => format!("“{words}”: the catalogue knows whether a film is tagged so, not how much."),
        Why::RunningTime => format!("“{words}”: the catalogue does not say so of running times."),
        Why::SpokenLanguage => format!("“{words}”: languages spoken are known here, subtitles and dubbing are not."),
        Why::NotInCatalogue => format!("“{words}”: nothing in the catalogue tells."),
        Why::SecondQuestion => format!("“{words}”: one question at a time; ask it again on its own."),
        Why::NoSuchFilm => format!("“{words}” is not in the catalogue."),
        Why::BeyondCatalogue { last_year } => format!("“{words}”: the catalogue ends in {last_year}, as MovieLens 32M does."),
    }
}

/// A message as the page repeats it.
pub(super) fn shortened(message: &str) -> String {
    const SHOWN: usize = 280;
    let mut shown: String = message.chars().take(SHOWN).collect();
    if shown.len() < message.len() {
        shown.push('…');
    }
    shown
}
