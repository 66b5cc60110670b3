//! Every word the page says, in one place, so that it can be translated.

mod compare;
mod engine;
mod history;
mod list;
mod search;
mod taught;
mod truth;
mod why;

use crate::engine::protocol::{EngineError, StorageFault};
use crate::families::{self, Card};
use crate::session::{Notice, OpeningError, Refusal, Tab};

pub(crate) use crate::ui::words::*;
pub(crate) use compare::*;
pub(crate) use engine::*;
pub(crate) use history::*;
pub(crate) use list::*;
pub(crate) use search::*;
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
pub(crate) const DISMISS: &str = "Dismiss";
pub(crate) const BACK_TO_OWN: &str = "Back to mine";
pub(crate) const DOWNLOAD: &str = "Download it";
pub(crate) const FORGET_ASIDE: &str = "Delete it";
pub(crate) const KEEP_LINKED: &str = "Keep this one";
pub(crate) const CANNOT_OPEN: &str = "Glassrec cannot open";

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
