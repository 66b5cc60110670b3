//! What is said around the features.

use crate::catalog::Catalogue;
use crate::compare::Changes;
use crate::engine::protocol::{Backend, Cost};
use crate::families::Card;
use crate::state::folds::Years;
use crate::state::lists::WITHIN;
use crate::state::preview::Preview;
use crate::state::reader::Act;
use crate::ui::words::{
    BRING_ALL_BACK, BRING_BACK, backend, bytes, counted, feedback, grouped, listed, millis, titles,
};

pub(crate) const PLACES: &str = "Site";
pub(crate) const TABS: &str = "Parts of the site";
pub(crate) const TO_TALK: &str = "This part has a page of its own: go on to it";
pub(crate) const ENGINE: &str = "What runs here";
pub(crate) const FILE: &str = "File";
pub(crate) const SIZE: &str = "Size";
pub(crate) const SOURCE: &str = "From";
pub(crate) const NO_FILES: &str = "Nothing yet.";
pub(crate) const RUNS_ON: &str = "Runs on";
pub(crate) const THREADS: &str = "Threads";
pub(crate) const STARTED_IN: &str = "Started in";
pub(crate) const REQUESTS: &str = "Requests since load";
pub(crate) const MODELS: &str = "Engine";
pub(crate) const PRIVACY: &str = "Nothing you enter leaves this page.";
pub(crate) const DEVICE: &str = "On this device";
pub(crate) const GLOSSARY: &str = "Words used here";
pub(crate) const LICENCES: &str = "Sources and licences";
pub(crate) const TAKE_AWAY: &str = "Export";
pub(crate) const COPY_LINK: &str = "Copy link";
pub(crate) const COPY_PICTURE: &str = "Copy picture";
pub(crate) const COPIED: &str = "Copied";
pub(crate) const TAKEN: &str = "Done.";
pub(crate) const NOT_TAKEN: &str = "This browser did not allow it; save it as PNG, or try again.";
pub(crate) const PICTURE_ALTERED: &str = "This browser alters what a page draws, as a guard against being recognised, so the picture \
     would be wrong. SVG, CSV and JSON are exact.";
pub(crate) const NOT_COPIED: &str =
    "This browser did not allow it; the address of this page is the link.";
/// Where the page is a frame in another one, whose address is not ours.
pub(crate) const NOT_COPIED_IN_FRAME: &str = "The page around this one did not allow it.";
pub(crate) const OPEN_ALONE: &str = "Open this page in a window of its own";
pub(crate) const WEBGPU: &str = "Graphics device";
pub(crate) const WEBGPU_OFFER: &str = "WebGPU can be faster on large models. It is used only if it \
     gives the same answers as stored ones, on each model.";
pub(crate) const WEBGPU_TRY: &str = "Test WebGPU and use it";
pub(crate) const WEBGPU_TESTING: &str = "Testing both models on the graphics device…";
pub(crate) const WEBGPU_IN_USE: &str = "WebGPU gave the stored answers and is in use.";
pub(crate) const WEBGPU_LEAVE: &str = "Back to WebAssembly";
pub(crate) const WEBGPU_ABSENT: &str = "This browser has no WebGPU; WebAssembly is used.";
pub(crate) const HISTORY: &str = "Your history · oldest first";
pub(crate) const HISTORY_KEYS: &str =
    "Arrows choose a film, Shift and arrows move it, Delete takes it out, Tab goes to its switch";
pub(crate) const FOLDED: &str = "Numbers are the order of your history, 1 the oldest film.";
pub(crate) const CLEAR: &str = "Clear";
pub(crate) const EARLIER: &str = "Move earlier";
pub(crate) const REPLACE: &str = "Replace";
pub(crate) const LATER: &str = "Move later";
pub(crate) const LOADING: &str = "Loading the catalogue…";
pub(crate) const CANNOT_OPEN: &str = "Glassrec cannot open";

pub(crate) fn requests(n: usize) -> String {
    format!("{} since load", counted(n, "request", "requests"))
}

pub(crate) fn engine_chip(is_ready: bool, name: Option<Backend>, cost: Option<Cost>) -> String {
    match (name, cost) {
        (None, _) => "engine stopped".into(),
        (Some(_), Some(cost)) => format!("{} · {}", backend(cost.backend), millis(cost.millis)),
        (Some(name), None) if is_ready => format!("{} · ready", backend(name)),
        (Some(name), None) => format!("{} · starting", backend(name)),
    }
}

pub(crate) fn colophon(n_films: usize, n_bytes: u64) -> String {
    format!("Catalogue of {} films · {} fetched", grouped(n_films), bytes(n_bytes))
}

pub(crate) fn file_source(is_from_cache: Option<bool>) -> &'static str {
    match is_from_cache {
        Some(true) => "cache",
        Some(false) => "network",
        None => "loading",
    }
}

pub(crate) fn parity(model: &str, shared: usize, largest: f32, has_passed: bool) -> String {
    let verdict = if has_passed { "passed" } else { "differs" };
    format!("{model}: {verdict}, {shared} of 10 shared, largest difference {largest:.5}")
}

pub(crate) fn remove(film: &str) -> String {
    format!("Take out {film}")
}

/// The name of a pick's switch, which is on where models read the pick.
pub(crate) fn switch(film: &str) -> String {
    format!("Read {film}")
}

/// "Your history · 120 films by year": of one that is folded.
pub(crate) fn folded(n: usize) -> String {
    format!("Your history · {} by year", counted(n, "film", "films"))
}

/// "1990s", "1995–99", "1994".
pub(crate) fn years(years: Years) -> String {
    match years {
        Years::Span { first, last } if first == last => first.to_string(),
        Years::Span { first, last } if last - first == 9 => format!("{first}s"),
        Years::Span { first, last } => format!("{first}–{:02}", last % 100),
        Years::Unknown => "Year unknown".to_owned(),
    }
}

/// "12 films", "12 films, 3 off".
pub(crate) fn fold(n: usize, n_off: usize) -> String {
    let films = counted(n, "film", "films");
    match n_off {
        0 => films,
        all if all == n => format!("{films}, off"),
        some => format!("{films}, {some} off"),
    }
}

/// The name of the switch of a part of the history.
pub(crate) fn switch_fold(of: Years, n: usize) -> String {
    match n {
        1 => format!("Read the film of: {}", years(of)),
        _ => format!("Read the {n} films of: {}", years(of)),
    }
}

pub(crate) fn replace(film: &str) -> String {
    format!("Replace {film}")
}

/// "Without Alien: 2 enter the first 10, 2 leave, 5 move."
pub(crate) fn preview(catalogue: &Catalogue, preview: Preview) -> String {
    let Preview { item, is_on, n_lists, n_waiting, changes } = preview;
    let case = if is_on { "With" } else { "Without" };
    let case = format!("{case} {}", catalogue.title(item));
    if n_lists == 0 {
        return if n_waiting == 0 {
            format!("{case}: nothing to read.")
        } else {
            format!("{case}…")
        };
    }
    let of_lists = match (n_lists, n_waiting) {
        (1, 0) => String::new(),
        (n, 0) => format!(", {n} lists"),
        (n, waiting) => format!(", {n} of {} lists", n + waiting),
    };
    let Changes { n_entered, n_left, n_moved } = changes;
    format!(
        "{case}{of_lists}: {n_entered} enter the first {WITHIN}, {n_left} leave, {n_moved} move."
    )
}

/// What undoing takes back.
pub(crate) fn act(catalogue: &Catalogue, act: &Act) -> String {
    match act {
        Act::Picked(item) => format!("added {}", catalogue.title(*item)),
        Act::Removed(item) => format!("took out {}", catalogue.title(*item)),
        Act::Moved(item) => format!("moved {}", catalogue.title(*item)),
        Act::Cleared => "cleared".into(),
        Act::TookExample => "took an example".into(),
        Act::TookWatched => "used the films you watched".into(),
        Act::SwitchedOff(item) => format!("switched off {}", catalogue.title(*item)),
        Act::SwitchedOn(item) => format!("switched on {}", catalogue.title(*item)),
        Act::SwitchedAll(items, is_on) => {
            let how = if *is_on { "on" } else { "off" };
            format!("switched {how} {}", counted(items.len(), "film", "films"))
        }
        Act::Replaced { old, new } => {
            format!("put {} in place of {}", catalogue.title(*new), catalogue.title(*old))
        }
        Act::Said(item, said) => {
            let said = said.map_or(BRING_BACK, feedback).to_lowercase();
            format!("{said}: {}", catalogue.title(*item))
        }
        Act::BroughtBack => BRING_ALL_BACK.to_lowercase(),
        Act::TookMadeUpMarks => "used a made-up reader".into(),
        Act::ForgotMarks => "deleted marks".into(),
        Act::FollowedLink => "followed a link".into(),
        Act::LeftOut(items) => format!("left out {}", listed(&titles(catalogue, items))),
    }
}

pub(crate) fn unread(card: &Card, n_read: usize, n_picks: usize) -> String {
    format!("{} reads the newest {n_read} of your {n_picks} films.", card.title)
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

/// "Heat (1995) · SASRec recommends · Glassrec".
pub(crate) fn document_title(heading: String, film: Option<String>) -> String {
    let parts = film.into_iter().chain([heading, "Glassrec".to_owned()]);
    parts.collect::<Vec<_>>().join(" · ")
}
