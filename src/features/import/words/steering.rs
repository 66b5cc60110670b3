//! Words of what steers the recommendations, and of why a film is not among them.

use crate::catalog::{Catalogue, ItemRow};
use crate::features::import::state::for_you::{Listed, Standing};
use crate::features::import::state::steer::{Hold, Known, Length, N_PARTS};
use crate::ui::words::{counted, grouped, listed, ordinal};

pub(crate) const STEER: &str = "Steer the list";
pub(crate) const STEER_NO_MORE: &str = "Show all again";
pub(crate) const YEARS: &str = "Years";
pub(crate) const FROM_YEAR: &str = "First year";
pub(crate) const TO_YEAR: &str = "Last year";
pub(crate) const KNOWN: &str = "How known";
pub(crate) const BEST_KNOWN: &str = "well known";
pub(crate) const NICHE: &str = "niche";
pub(crate) const LENGTH: &str = "Running time";
pub(crate) const GENRE: &str = "Only this genre";
pub(crate) const ANY_GENRE: &str = "Any genre";
pub(crate) const COUNTRY: &str = "Made in";
pub(crate) const ANY_COUNTRY: &str = "Any country";
pub(crate) const LANGUAGE: &str = "Spoken in";
pub(crate) const ANY_LANGUAGE: &str = "Any language";
pub(crate) const WITHOUT: &str = "Without";
pub(crate) const NOTHING_PASSES: &str =
    "No film passes all of this. Widen the years, or let more genres and countries in.";
pub(crate) const WHY_NOT: &str = "Why not another film?";
pub(crate) const WHY_NOT_LABEL: &str = "A film that you miss in the list";

pub(crate) fn years(from: u16, to: u16) -> String {
    format!("{from} to {to}")
}

/// "all", "the best known 40 %".
pub(crate) fn known(known: Known) -> String {
    let share = |n: usize| n * 100 / N_PARTS;
    match known {
        Known::Any => "all".to_owned(),
        Known::Best(n) => format!("the best known {} %", share(n)),
        Known::Least(n) => format!("the least known {} %", share(n)),
    }
}

pub(crate) fn length(length: Length) -> String {
    match length {
        Length::Any => "Any length".to_owned(),
        Length::UpTo(minutes) => format!("Up to {minutes} min"),
        Length::Over(minutes) => format!("Over {minutes} min"),
    }
}

pub(crate) fn only_wanted(n: usize) -> String {
    format!("Only my watch-list ({})", grouped(n))
}

/// "312 of 7,385 films are left. 4 of the first 10 are new: …"
pub(crate) fn steered(shown: &Listed, catalogue: &Catalogue) -> String {
    let left = match shown.n_passing {
        0 => "No film is left.".to_owned(),
        n => format!("{} of {} are left.", grouped(n), counted(shown.n_all, "film", "films")),
    };
    let n_first = shown.rows.len().min(10);
    let title = |it: &ItemRow| catalogue.title(*it).to_owned();
    match shown.entered.as_slice() {
        [] if n_first == 0 => left,
        [] => format!("{left} The first {n_first} stay."),
        all if all.len() == n_first => format!("{left} All of the first {n_first} are new."),
        all => {
            let named: Vec<String> = all.iter().take(4).map(title).collect();
            let more = if all.len() > 4 { " and more" } else { "" };
            let (n, are) = (all.len(), if all.len() == 1 { "is" } else { "are" });
            let named = if more.is_empty() { listed(&named) } else { named.join(", ") };
            format!("{left} {n} of the first {n_first} {are} new: {named}{more}.")
        }
    }
}

pub(crate) fn stands(film: &str, standing: Standing, n_ranked: usize) -> String {
    match standing {
        Standing::Ranked(rank) => {
            let of = counted(n_ranked, "film", "films");
            format!("{film} is {} of {of} that you have not seen.", ordinal(rank))
        }
        Standing::Seen => format!("You watched {film}, so it is not listed."),
        Standing::SentAway => {
            format!("You sent {film} away. Bring it back below the list.")
        }
        Standing::Unknown => "There is no list yet.".to_owned(),
    }
}

/// What keeps a film out, and so what would let it in.
pub(crate) fn holds(hold: Hold, catalogue: &Catalogue) -> String {
    let what = match hold {
        Hold::Years => "the years",
        Hold::Without(genre) => {
            let name = catalogue.genre_names().get(genre as usize);
            return format!("Held back by “Without {}”.", name.map_or("", String::as_str));
        }
        Hold::Genre => "the genre",
        Hold::Country => "the country",
        Hold::Language => "the language",
        Hold::Length => "the running time",
        Hold::Known => "how known it is",
        Hold::WatchList => "“Only my watch-list”",
    };
    format!("Held back by {what}.")
}

/// The films of the reader without which it would stand higher.
pub(crate) fn held_back(films: &[(String, usize)], rank: usize) -> String {
    let each: Vec<String> = films
        .iter()
        .map(|(film, to)| format!("without {film} it would be {}", ordinal(*to)))
        .collect();
    match each.as_slice() {
        [] if rank == 1 => "No film stands before it.".to_owned(),
        [] => "None of your films holds it back: others simply have more that speaks for them."
            .to_owned(),
        each => format!("Of your films these hold it back: {}.", listed(each)),
    }
}
