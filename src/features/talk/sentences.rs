//! The sentences of an answer: what the page can say of a claim, and of what it cannot take over.

use crate::catalog::{Catalogue, Form, ItemRow};
use crate::dialogue::{Claim, Field, Reason, Trait, Unmet, Why};
use crate::ui::words::{counted, film, form, grouped, in_series, listed, score};

/// One sentence of an answer.
pub(super) fn usual(catalogue: &Catalogue, claim: &Claim) -> String {
    match claim {
        Claim::Fits { film: item, reasons } => {
            let reasons: Vec<String> = reasons.iter().map(|it| reason(catalogue, it)).collect();
            format!("{}: {}.", named(catalogue, *item), listed(&reasons))
        }
        Claim::Fact { film: item, field, values } => {
            fact(catalogue, *item, *field, values)
        }
        Claim::NotKnown { film: item, .. } => format!(
            "The catalogue does not say that of {}. It holds years, genres, people, countries, languages, running times, Oscars, moods and tags, no plots and no reviews.",
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

/// What one field of the catalogue says of a film.
fn fact(catalogue: &Catalogue, item: ItemRow, field: Field, values: &[String]) -> String {
    let (name, n, values) = (film(catalogue, item), values.len(), listed(values));
    match field {
        Field::Directors => format!("{name} was directed by {values}."),
        Field::Cast => format!("{name} has {values} in it."),
        Field::Year => format!("{} came out in {values}.", catalogue.title(item)),
        Field::Genres => format!("{name} is filed under {values}."),
        Field::Tags => format!("People tagged {name} with {values}."),
        Field::Moods => format!("The mood of {name}, by omdb.org: {values}."),
        Field::Minutes if catalogue.form(item) == Form::Short => {
            format!("{name} is a short of {values} minutes.")
        }
        Field::Minutes => format!("{name} takes {values} minutes."),
        Field::Languages if n > 1 => format!("{values} are spoken in {name}."),
        Field::Languages => format!("{values} is spoken in {name}."),
        Field::Prizes if n == 0 => format!("{name} won no Oscar."),
        Field::Prizes if n > 1 => format!("{name} won the Oscars for {values}."),
        Field::Prizes => format!("{name} won the Oscar for {values}."),
        Field::Nominations => format!("{name} was nominated for {values} and did not win."),
        Field::Series => match in_series(catalogue, item) {
            Some(place) => format!("{name} is {place}."),
            None => format!("{name} is in the series {values}."),
        },
        Field::Country | Field::Facts | Field::Unknown => format!("{name} comes from {values}."),
    }
}

/// A film with what nobody would expect of it: "Vincent (1982; short, 6 min)".
fn named(catalogue: &Catalogue, item: ItemRow) -> String {
    match (catalogue.year(item), form(catalogue, item)) {
        (Some(year), Some(form)) => format!("{} ({year}; {form})", catalogue.title(item)),
        (None, Some(form)) => format!("{} ({form})", catalogue.title(item)),
        (_, None) => film(catalogue, item),
    }
}

/// All the ways to say a claim, from the same facts.
pub(super) fn all(catalogue: &Catalogue, it: &Claim) -> Vec<String> {
    let usual = usual(catalogue, it);
    let mut all = vec![usual];
    match it {
        Claim::Fits { film: item, reasons } => {
            let name = named(catalogue, *item);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage;

    #[test]
    fn facts_are_told_in_sentences() {
        let catalogue = stage::catalogue(&["Alien", "Brazil"]);
        catalogue.add_details(&stage::details(2)).unwrap();
        let check = |film: u32, field: Field, values: &[&str], want: &str| {
            let values = values.iter().map(|&it| it.to_owned()).collect();
            let claim = Claim::Fact { film: ItemRow(film), field, values };
            assert_eq!(usual(&catalogue, &claim), want);
        };
        check(0, Field::Minutes, &["117"], "Alien (1979) takes 117 minutes.");
        check(1, Field::Minutes, &["6"], "Brazil (1979) is a short of 6 minutes.");
        let both = "English and French are spoken in Alien (1979).";
        check(0, Field::Languages, &["English", "French"], both);
        check(0, Field::Languages, &["French"], "French is spoken in Alien (1979).");
        check(0, Field::Prizes, &["Best Sound"], "Alien (1979) won the Oscar for Best Sound.");
        check(1, Field::Prizes, &[], "Brazil (1979) won no Oscar.");
        let nominated = "Alien (1979) was nominated for Best Score and did not win.";
        check(0, Field::Nominations, &["Best Score"], nominated);
        check(0, Field::Moods, &["eerie"], "The mood of Alien (1979), by omdb.org: eerie.");
        check(1, Field::Series, &["Space"], "Brazil (1979) is 2 of 2 in Space.");
    }

    #[test]
    fn a_short_film_that_fits_is_said_to_be_one() {
        let catalogue = stage::catalogue(&["Alien", "Brazil"]);
        catalogue.add_details(&stage::details(2)).unwrap();
        let reasons = vec![Reason::OfYear(1979)];
        let said = usual(&catalogue, &Claim::Fits { film: ItemRow(1), reasons });
        assert_eq!(said, "Brazil (1979; short, 6 min): of 1979.");
    }
}
