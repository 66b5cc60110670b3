//! Words of the reader's own films; those of formats, questions and notes are the crate's that reads them.

mod beliefs;
mod recs;
mod steering;

pub(crate) use beliefs::*;
pub(crate) use recs::*;
pub(crate) use steering::*;

use super::state::own_films::{Films, NotKept};
use super::state::reading::HowFar;
use super::state::{MOST_OF_HISTORY, Used};
use crate::catalog::Catalogue;
use crate::engine::protocol::StorageFault;
use crate::imports::{Choice, Date, Named, ReadAs, Told, words};
use crate::ui::words::{counted, film, grouped, percent};

pub(crate) const TAB: &str = "Your films";
/// In place of the history, where it is empty.
pub(crate) const HISTORY_EMPTY: &str = "Films that you add here by title are for Explore. Below, open an export and get recommendations from your own films.";
pub(crate) const TITLE: &str = "Your films";
pub(crate) const LEAD: &str =
    "Open what a film site gave you. It is read on this device, and nothing of it is sent.";

pub(crate) const CHOOSE_TITLE: &str = "Add films";
/// Folded, where there are films already.
pub(crate) const ADD_MORE: &str = "Add films from another file";
pub(crate) const DROP: &str = "Drop your export here";
pub(crate) const DROP_NOW: &str = "Let go to read it";
pub(crate) const KINDS_OF_FILES: &str = "Zip, CSV or JSON; several at once are joined.";
pub(crate) const CHOOSE_FILES: &str = "Choose files";
pub(crate) const CHOOSE_FOLDER: &str = "Choose a folder";
pub(crate) const TRY_SAMPLE: &str = "Try a sample";
pub(crate) const PASTE: &str = "Paste text";
pub(crate) const PASTE_LABEL: &str = "Films, one a line, or rows of a table";
pub(crate) const READ_TEXT: &str = "Read this text";
pub(crate) const WHERE_FROM: &str = "Where to get an export";
/// Sites, and where in them.
pub(crate) const SITES: [(&str, &str); 4] = [
    ("Letterboxd", "Settings, Data, Export your data. Choose the zip as it is."),
    ("IMDb", "Your ratings or any list, Export. The CSV names every film by its id."),
    ("Netflix", "Account, Viewing activity, Download all. It has titles only, so some are asked."),
    ("Others", "MovieLens, Trakt, TMDB, Simkl, Prime Video, or any table with titles and years."),
];

pub(crate) const READING: &str = "Reading your files";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const CANCEL_MEANS: &str = "Nothing is kept before you say so.";
pub(crate) const REREADING: &str = "Reading again with your answer…";

pub(crate) const REVIEW: &str = "What was found";
pub(crate) const NOTHING_FOUND: &str =
    "No films were found in it. Choose another file, or paste their titles.";
pub(crate) const NO_DETAILS: &str =
    "Ids and other titles of films did not come, so films are found by their names alone.";
pub(crate) const TO_CHOOSE: &str = "To choose";
pub(crate) const TO_CHOOSE_LEAD: &str = "Nothing is guessed: where two films fit, you say which.";
pub(crate) const FAILED: &str = "Not read";
pub(crate) const AS_READ: &str = "How each file was read";
pub(crate) const SAVE_NOT_FOUND: &str = "Save these as CSV";

pub(crate) const USE_AS_HISTORY: &str = "Use as my history";
pub(crate) const DOWNLOAD: &str = "Download";
pub(crate) const CLEAR_ALL: &str = "Clear all";
pub(crate) const KEEP: &str = "Keep them";
pub(crate) const KEPT_HERE: &str = "Kept on this device only.";
pub(crate) const NO_ORDER: &str = "No film has a day on which you watched it, so there is no \
     order to make a history of. Add films above by title.";
pub(crate) const NOT_SAVED: &str = "The browser did not save the file.";

pub(crate) const FILE_NAME: &str = "glassrec-films.json";
pub(crate) const NOT_FOUND_FILE_NAME: &str = "films-not-found.csv";

pub(crate) fn how_far(far: HowFar) -> String {
    format!("{} read", percent(far.share() as f32))
}

/// "28 films found, 3 to choose, 5 not found".
pub(crate) fn found(n_found: usize, n_open: usize, n_missing: usize) -> String {
    let mut words = format!("{} found", counted(n_found, "film", "films"));
    if n_open > 0 {
        words += &format!(", {} to choose", grouped(n_open));
    }
    if n_missing > 0 {
        words += &format!(", {} not found", grouped(n_missing));
    }
    words
}

pub(crate) fn use_films(n: usize) -> String {
    format!("Use {}", counted(n, "film", "films"))
}

pub(crate) fn matched(n: usize) -> String {
    format!("Found · {}", grouped(n))
}

pub(crate) fn not_found(n: usize) -> String {
    format!("Not found · {}", grouped(n))
}

pub(crate) fn series(n: usize) -> String {
    format!("Series and episodes, left out · {}", grouped(n))
}

pub(crate) fn ignored(n: usize) -> String {
    format!("Files that are not needed · {}", grouped(n))
}

pub(crate) fn remarks(n: usize) -> String {
    format!("Remarks on rows · {}", grouped(n))
}

pub(crate) fn conflicts(n: usize) -> String {
    match n {
        1 => "One film has other stars on another site. The newer ones hold.".to_owned(),
        n => format!("{} films have other stars on another site. The newer ones hold.", grouped(n)),
    }
}

pub(crate) fn of_bulk_days(n: usize) -> String {
    format!(
        "{} stand on days with many films. Such a day says nothing of their order.",
        counted(n, "film", "films")
    )
}

/// What an answer says; a film by its name.
pub(crate) fn choice(choice: &Choice, catalogue: &Catalogue) -> String {
    match choice {
        Choice::Film(item) => film(catalogue, *item),
        other => {
            let words = words::choice(other);
            let mut letters = words.chars();
            letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    }
}

/// "watched 2024-02-11, 4.5 stars".
pub(crate) fn told(told: &Told) -> String {
    let mut facts = Vec::new();
    match (told.is_seen, told.viewings.last()) {
        (true, Some(day)) => facts.push(format!("watched {day}")),
        (true, None) => facts.push("watched".to_owned()),
        _ => {}
    }
    if told.n_rewatches > 0 {
        facts.push(format!("{} in all", counted(told.n_rewatches as usize + 1, "time", "times")));
    }
    facts.extend(told.is_wanted.then(|| "on your watch-list".to_owned()));
    if let Some(rating) = told.rating {
        let stars = rating.stars();
        facts.push(if stars == 1.0 { "1 star".to_owned() } else { format!("{stars} stars") });
    }
    match told.is_liked {
        Some(true) => facts.push("liked".to_owned()),
        Some(false) => facts.push("not for you".to_owned()),
        None => {}
    }
    facts.join(", ")
}

pub(crate) fn named(named: &Named) -> String {
    match named.year {
        Some(year) => format!("{} ({year})", named.title),
        None => named.title.clone(),
    }
}

/// "Letterboxd diary, 240 rows, UTF-8, commas, ratings of 5; days from 2019-03-02 to 2024-02-12".
pub(crate) fn read_as(file: &ReadAs, days: Option<(Date, Date)>) -> String {
    let read_as = words::read_as(file);
    match days {
        Some((first, last)) if first == last => format!("{read_as}; one day, {first}"),
        Some((first, last)) => format!("{read_as}; days from {first} to {last}"),
        None => format!("{read_as}; no days"),
    }
}

/// "312 films: 290 watched, 22 on your watch-list".
pub(crate) fn own(films: &Films) -> String {
    let (n_seen, n_wanted) = (films.n_seen(), films.n_wanted());
    let mut parts = vec![format!("{} watched", grouped(n_seen))];
    if n_wanted > 0 {
        parts.push(format!("{} on your watch-list", grouped(n_wanted)));
    }
    format!("{}: {}", counted(films.here.len(), "film", "films"), parts.join(", "))
}

pub(crate) fn history(n: usize) -> String {
    match n {
        1 => "Your history will be the one film whose day is known.".to_owned(),
        n if n < MOST_OF_HISTORY => {
            format!("Your history will be the {n} films whose day is known, oldest first.")
        }
        n => format!("Your history will be the newest {n} films whose day is known, oldest first."),
    }
}

pub(crate) fn used(used: &Used) -> String {
    let mut words = match (used.n_new, used.n_films - used.n_new.min(used.n_films)) {
        (0, n) => {
            format!("{} here before; nothing is double.", counted(n, "film was", "films were"))
        }
        (n, 0) => format!("{} added.", counted(n, "film", "films")),
        (n, known) => {
            format!("{} added; {} you had before.", counted(n, "film", "films"), grouped(known))
        }
    };
    if used.n_changed > 0 {
        words += &format!(" {} with new stars.", counted(used.n_changed, "film", "films"));
    }
    if used.n_conflicts > 0 {
        words += &format!(" {}", conflicts(used.n_conflicts));
    }
    if used.n_gone > 0 {
        words += &format!(
            " {} not in the newer file; they stay here.",
            counted(used.n_gone, "film is", "films are")
        );
    }
    words
}

pub(crate) fn clear_asked(n: usize) -> String {
    format!("Clear {} from this device? Your history stays.", counted(n, "film", "films"))
}

pub(crate) fn clear(n: usize) -> String {
    format!("Clear {}", counted(n, "film", "films"))
}

pub(crate) fn not_kept(why: NotKept) -> &'static str {
    match why {
        NotKept::Storage(StorageFault::Full) => {
            "This browser’s storage is full. Your films last until you close the page: download them."
        }
        NotKept::Storage(_) => {
            "This browser stores nothing for this page. Your films last until you close it: download them."
        }
        NotKept::Unreadable => {
            "The films stored on this device cannot be read by this version of the site. They are set aside before new ones are stored."
        }
    }
}
