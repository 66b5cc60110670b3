//! The picks, and the first visit.

use crate::catalog::Catalogue;
use crate::families::Card;
use crate::session::Act;
use crate::views::text::{listed, titles};

pub(crate) const HISTORY: &str = "Your history · oldest first";
pub(crate) const HISTORY_EMPTY: &str =
    "No film yet. Pick one below, or start from an example: the list follows at once.";
pub(crate) const HISTORY_KEYS: &str =
    "← → walk through the picks, Shift with ← → moves one, Delete takes it out";
pub(crate) const CLEAR: &str = "Clear";
pub(crate) const EARLIER: &str = "Move earlier";
pub(crate) const LATER: &str = "Move later";
pub(crate) const EXAMPLES: &str = "Examples";
pub(crate) const WELCOME: &str = "Start with a few films";
pub(crate) const WELCOME_LEAD: &str = "Each example is somebody's taste in five films. Pick one and \
     change it, or type a title above.";
pub(crate) const HOW: &str = "What happens then";
pub(crate) const HOW_STEPS: [&str; 3] = [
    "A model reads your picks and ranks every film in the catalogue. It runs in this page: nothing \
     you enter leaves your device.",
    "Each recommendation says why. The model is run again without each of your picks, and the \
     difference is the reason.",
    "Every reason can be tested: leave the named picks out with one click and watch the list move.",
];

pub(crate) fn remove(film: &str) -> String {
    format!("Take out {film}")
}

/// What undoing takes back.
pub(crate) fn act(catalogue: &Catalogue, act: &Act) -> String {
    match act {
        Act::Picked(item) => format!("added {}", catalogue.title(*item)),
        Act::Removed(item) => format!("took out {}", catalogue.title(*item)),
        Act::Moved(item) => format!("moved {}", catalogue.title(*item)),
        Act::Cleared => "cleared".into(),
        Act::TookExample => "took an example".into(),
        Act::LeftOut(items) => format!("left out {}", listed(&titles(catalogue, items))),
    }
}

pub(crate) fn unread(card: &Card, n_read: usize, n_picks: usize) -> String {
    format!("{} reads the newest {n_read} of your {n_picks} picks.", card.title)
}
