//! The picks, and the first visit.

use crate::catalog::Catalogue;
use crate::compare::Changes;
use crate::families::Card;
use crate::session::{Act, Preview, Tab, WITHIN};
use crate::views::text::{BRING_ALL_BACK, BRING_BACK, feedback, listed, titles};

pub(crate) const HISTORY: &str = "Your history · oldest first";
/// In place of the picks, where there are none.
pub(crate) fn history_empty(tab: Tab) -> &'static str {
    match tab {
        Tab::Talk => {
            "No film yet, and none needed to talk. SASRec can read your films, if you let it."
        }
        Tab::Prompt => "No film yet. Add a few above: the prompt lists your history.",
        Tab::Teach => {
            "No film yet, and none needed: mark films below. Films you add can count as likes."
        }
        Tab::Try | Tab::Inside | Tab::Compare | Tab::Map => "Add a film, or start from an example.",
    }
}
pub(crate) const HISTORY_KEYS: &str =
    "Arrows choose a film, Shift and arrows move it, Delete takes it out, Tab goes to its switch";
pub(crate) const CLEAR: &str = "Clear";
pub(crate) const EARLIER: &str = "Move earlier";
pub(crate) const REPLACE: &str = "Replace";
pub(crate) const ALL_OFF: &str =
    "All films are switched off, so there is nothing to read. Switch one on above.";
pub(crate) const STOP_REPLACING: &str = "Keep it";
pub(crate) const LATER: &str = "Move later";
pub(crate) const EXAMPLES: &str = "Examples";
pub(crate) const WELCOME: &str = "Start with a few films";
pub(crate) const WELCOME_LEAD: &str =
    "Five films each. Choose one, then change it; or type a title above.";
pub(crate) const HOW: &str = "How it works";
pub(crate) const HOW_STEPS: [&str; 3] = [
    "A model reads your films and ranks the whole catalogue, on this device. Nothing you enter is \
     sent.",
    "Each recommendation says why. The model is run again without each of your films, and the \
     difference is the reason.",
    "Every reason can be tested: leave the named films out with one click and watch the list move.",
];

pub(crate) fn remove(film: &str) -> String {
    format!("Take out {film}")
}

/// The name of a pick's switch, which is on where models read the pick.
pub(crate) fn switch(film: &str) -> String {
    format!("Read {film}")
}

pub(crate) fn replace(film: &str) -> String {
    format!("Replace {film}")
}

/// The name of the field that adds films, while it looks for one that takes another's place.
pub(crate) fn in_place_of(film: &str) -> String {
    format!("Put in place of {film}")
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
        Act::SwitchedOff(item) => format!("switched off {}", catalogue.title(*item)),
        Act::SwitchedOn(item) => format!("switched on {}", catalogue.title(*item)),
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
