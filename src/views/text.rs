//! Every word the page says, in one place, so that it can be translated.

mod compare;
mod engine;
mod head;
mod history;
mod list;
mod prompt;
mod search;
mod talk;
mod taught;
mod truth;
mod why;

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::{EngineError, StorageFault};
use crate::families::{self, Card};
use crate::figures;
use crate::session::{Notice, OpeningError, Refusal, Tab};

pub(crate) use compare::*;
pub(crate) use engine::*;
pub(crate) use head::*;
pub(crate) use history::*;
pub(crate) use list::*;
pub(crate) use prompt::*;
pub(crate) use search::*;
pub(crate) use talk::*;
pub(crate) use taught::*;
pub(crate) use truth::*;
pub(crate) use why::*;

pub(crate) const TAGLINE: &str =
    "Generative recommenders you can see through. Everything runs on this device.";
pub(crate) const SKIP: &str = "Skip to the recommendations";
pub(crate) const LOADING: &str = "Loading the catalogue…";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const RESTART: &str = "Restart the engine";
pub(crate) const RELOAD: &str = "Reload the page";
pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const DISMISS: &str = "Dismiss";
pub(crate) const BACK_TO_OWN: &str = "Back to mine";
pub(crate) const DOWNLOAD: &str = "Download it";
pub(crate) const FORGET_ASIDE: &str = "Delete it";
pub(crate) const KEEP_LINKED: &str = "Keep this one";
pub(crate) const CANNOT_OPEN: &str = "Glassrec cannot open";

/// "Alien (1979)".
pub(crate) fn film(catalogue: &Catalogue, item: ItemRow) -> String {
    let title = catalogue.title(item);
    catalogue.year(item).map_or_else(|| title.to_owned(), |year| format!("{title} ({year})"))
}

/// "1979 · Horror, Sci-Fi · Ridley Scott".
pub(crate) fn facts(catalogue: &Catalogue, item: ItemRow) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(catalogue.year(item).map(|year| year.to_string()));
    parts.push(catalogue.genres(item).join(", "));
    parts.push(catalogue.directors(item).join(", "));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// "Alien", "Alien and Heat", "Alien, Heat and Fargo".
pub(crate) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

pub(crate) fn titles(catalogue: &Catalogue, items: &[ItemRow]) -> Vec<String> {
    items.iter().map(|&item| catalogue.title(item).to_owned()).collect()
}

/// "1st", "22nd", "113th".
pub(crate) fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// "1 film", "2 films".
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// "12,345".
pub(crate) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "617 kB", "2.7 MB".
pub(crate) fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{} kB", n / 1_000),
        _ => format!("{:.1} MB", n as f64 / 1e6),
    }
}

/// "7 ms", "0.4 ms", "1.2 s".
pub(crate) fn millis(n: f64) -> String {
    match n {
        n if n < 1.0 => format!("{n:.1} ms"),
        n if n < 1_000.0 => format!("{n:.0} ms"),
        n => format!("{:.1} s", n / 1_000.0),
    }
}

/// "+0.62", "−0.18".
pub(crate) fn signed(value: f32) -> String {
    figures::signed(value, 2)
}

/// "0.62", "−0.18".
pub(crate) fn score(value: f32) -> String {
    figures::plain(value, 2)
}

pub(crate) fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

pub(crate) fn fetching(path: &str, fetched: u64, total: u64) -> String {
    // Hosts that compress do not say how much there is.
    let of = if total > fetched { format!(" of {}", bytes(total)) } else { String::new() };
    format!("Fetching {path}: {}{of}", bytes(fetched))
}

/// What the open part of the site is called: "Next, says SASRec", "Inside SASRec".
pub(crate) fn view_title(tab: Tab, card: Option<&Card>) -> String {
    match (tab, card) {
        (Tab::Try, Some(card)) => list_title(card),
        (Tab::Inside, Some(card)) => inside_title(card.title),
        (Tab::Try, None) => TAB_TRY.to_owned(),
        (Tab::Inside, None) => TAB_INSIDE.to_owned(),
        (Tab::Compare, _) => COMPARE.to_owned(),
        (Tab::Map, _) => TAB_MAP.to_owned(),
        (Tab::Talk, _) => TAB_TALK.to_owned(),
        (Tab::Prompt, _) => TAB_PROMPT.to_owned(),
        (Tab::Teach, _) => TAB_TEACH.to_owned(),
    }
}

pub(crate) fn inside_title(family: &str) -> String {
    format!("Inside {family}")
}

/// "Heat (1995) · Next, says SASRec · Glassrec".
pub(crate) fn document_title(tab: Tab, card: Option<&Card>, film: Option<String>) -> String {
    let parts = film.into_iter().chain([view_title(tab, card), "Glassrec".to_owned()]);
    parts.collect::<Vec<_>>().join(" · ")
}

/// The lines under a picture: what it shows, of which history, and where.
pub(crate) fn caption(title: &str, films: &[String], address: &str) -> Vec<String> {
    const MOST: usize = 30;
    let more = match films.len().checked_sub(MOST) {
        None | Some(0) => String::new(),
        Some(n) => format!(" and {n} more"),
    };
    let named = films.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    vec![format!("Glassrec · {title}"), format!("History: {named}{more}"), address.to_owned()]
}

/// An error as a sentence.
pub(crate) fn error(error: &EngineError) -> String {
    sentence(&error.to_string())
}

pub(crate) fn opening_error(error: &OpeningError) -> String {
    sentence(&error.to_string())
}

pub(crate) fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Address(warning) => sentence(&warning.to_string()),
        Notice::LinkedHistory { n_films, n_own } => format!(
            "This link brought a history of {}. Your own, of {}, is kept on this device.",
            counted(*n_films, "film", "films"),
            counted(*n_own, "film", "films"),
        ),
        Notice::EngineStopped(cause) => error(cause),
        Notice::Unavailable(family, cause) => {
            let title = families::find(family).map_or(family.0.as_str(), |it| it.card.title);
            format!("{title} is not available. {}", error(cause))
        }
        Notice::DeviceLost => error(&EngineError::DeviceLost),
        Notice::WebGpuRefused(Refusal::Failed(cause)) => {
            format!("WebGPU is not used, WebAssembly goes on. {}", error(cause))
        }
        Notice::WebGpuRefused(Refusal::Differs(_)) => "WebGPU gave other answers than the stored \
             ones and is not used. WebAssembly goes on."
            .into(),
        Notice::NotKept(StorageFault::Full) => "The storage of this browser is full: your history \
             lasts until you close the page. “Copy link”, at the foot of the page, takes it along."
            .into(),
        Notice::NotKept(_) => "This browser keeps nothing for this page: \
             your history lasts until you close it. “Copy link”, at the foot of the page, takes it along."
            .into(),
        Notice::KeptAside { text } => format!(
            "This version of the site cannot read all that is kept here of earlier visits. It was \
             set aside ({}), and nothing is written over it.",
            bytes(text.len() as u64),
        ),
        Notice::NoDetails(cause) => {
            format!("Films cannot be found by director or cast yet. {}", opening_error(cause))
        }
        Notice::Trouble(cause) => error(cause),
    }
}

/// With a capital, and a stop.
fn sentence(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", rest.as_str())
}
