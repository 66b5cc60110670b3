//! Words of the model's card.

use crate::engine::protocol::{EngineError, StorageFault};
use crate::ui::words::{bytes, millis};

pub(super) const TITLE: &str = "The model";
pub(super) const LOOKING: &str = "Asking this site for its language model…";
pub(super) const MISSING: &str = "This site has no language model, or did not answer. Everything else works. \
     For whoever runs it: “make llm”, then build again.";
pub(super) const LICENCE: &str = "Terms of its makers";
pub(super) const BREAK_OFF: &str = "Cancel";
pub(super) const STOP: &str = "Stop it and free its memory";

pub(super) fn offer(name: &str, n_bytes: u64, is_tuned: bool) -> String {
    let tuned = if is_tuned { ", as released and tuned on what people watched next" } else { "" };
    format!(
        "{name}{tuned}: {} to fetch from this site, once; it is then kept on this device. The page then takes some 340 MB of memory, and nothing you enter leaves your device.",
        bytes(n_bytes)
    )
}

pub(super) fn load(kept_bytes: u64, n_bytes: u64) -> String {
    match kept_bytes {
        0 => format!("Fetch {} and start it", bytes(n_bytes)),
        // The vocabulary comes with the site.
        kept if kept * 100 >= n_bytes * 99 => "Start it (it is on this device)".to_owned(),
        kept => format!("Fetch the other {} and start it", bytes(n_bytes - kept)),
    }
}

pub(super) fn forget(kept_bytes: u64) -> String {
    format!("Take {} off this device", bytes(kept_bytes))
}

pub(super) fn coming(here: u64, n_bytes: u64) -> String {
    if here * 100 >= n_bytes * 99 {
        return "All here, starting…".to_owned();
    }
    format!("{} of {}", bytes(here), bytes(n_bytes))
}

pub(super) fn ready(n_millis: f64) -> String {
    format!("Ready after {}.", millis(n_millis))
}

pub(super) fn failed(error: &EngineError) -> String {
    format!("The model is not here: {error}. What came whole is kept.")
}

pub(super) fn not_kept(fault: StorageFault) -> String {
    let why = match fault {
        StorageFault::Full => "there is no room for it on this device",
        StorageFault::Forbidden => "this browser keeps nothing for this site",
        StorageFault::Blocked => "another tab holds an older version of this site; close it",
        StorageFault::Newer => "another tab has a newer version of this site; reload this page",
    };
    format!("It works, but {why}: next time it has to be fetched again.")
}
