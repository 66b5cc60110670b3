//! Words of what groups of the reader's films carry.

use crate::features::import::state::beliefs::Common;
use crate::state::lists::WITHIN;
use crate::ui::words::counted;

use super::recs::LEAVE_OUT;

pub(crate) const BELIEFS: &str = "What the models believe about you";
pub(crate) const BELIEFS_LEAD: &str = "Each group of your films was left out once. Counted is how many of your first 10 then are others. A film counts in each \
     group it belongs to.";
pub(crate) const BELIEFS_COMING: &str =
    "Groups of your films are being left out one after another…";
pub(crate) const COUNT_AGAIN: &str = "Count again";

/// "Drama", "The 1990s", "by Ridley Scott".
pub(crate) fn common(common: &Common) -> String {
    match common {
        Common::Genre(name) => name.clone(),
        Common::Decade(first) => format!("The {first}s"),
        Common::Director(name) => format!("By {name}"),
    }
}

pub(crate) fn n_films(n: usize) -> String {
    counted(n, "film", "films")
}

pub(crate) fn changed(n: usize) -> String {
    format!("{n} of {WITHIN}")
}

pub(crate) fn switch_group(name: &str, is_on: bool) -> String {
    format!("{} {name}", if is_on { LEAVE_OUT } else { COUNT_AGAIN })
}
