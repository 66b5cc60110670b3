//! What the forgetful state of GRU4Rec shows.

use crate::families::gru4rec::Trace;
use crate::ui::words::{counted, percent};

pub(super) const LEAD: &str = "GRU4Rec keeps one hidden state of 128 numbers, which every film \
     rewrites. Here each film is left out in turn, and the two states are compared. The \
     difference is its trace, not its influence on one recommendation.";
pub(super) const TABLE: &str = "What each film left in the state";
pub(super) const TRACE: &str = "Trace, film by film";
pub(super) const LEFT_HERE: &str = "Left here";
pub(super) const HALF_GONE: &str = "Half gone";
pub(super) const TRACE_IS: &str = "Trace: the distance between the states with and without the \
     film, in percent of the length of the one with it. Half gone: after how many more films half \
     of the first change was gone.";

/// "+3", or a dash where more than half is still there.
pub(super) fn half_gone_after(trace: &Trace) -> String {
    trace.half_gone_after().map_or_else(|| "–".to_owned(), |n| format!("+{n}"))
}

/// "Alien changed the state by 83 %; after 3 more films half of that was gone; 12 % is left at the end."
pub(super) fn trace(title: &str, trace: &Trace) -> String {
    let Some((first, last)) = trace.left.first().zip(trace.left.last()) else {
        return String::new();
    };
    let changed = format!("{title} changed the state by {}", percent(*first));
    if trace.left.len() == 1 {
        return format!("{changed}; nothing came after it.");
    }
    let half = trace.half_gone_after().map_or_else(
        || "more than half of that is still there".to_owned(),
        |n| format!("half of that was gone after {}", counted(n, "more film", "more films")),
    );
    format!("{changed}; {half}. At the end {} is left.", percent(*last))
}

/// Nothing where every pick is followed.
pub(super) fn only_newest_followed(n_followed: usize, n_picks: usize) -> Option<String> {
    (n_followed < n_picks).then(|| {
        format!(" Only the newest {n_followed} of the {n_picks} films it reads are followed.")
    })
}
