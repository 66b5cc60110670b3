//! What the forgetful state of GRU4Rec shows.

use crate::families::gru4rec::Trace;
use crate::ui::words::{counted, percent};

pub(super) const ABOUT: &str = "the hidden state";
const NOTE: &str = "GRU4Rec keeps one hidden state of 128 numbers, which every film \
     rewrites. Each film is left out in turn and the two states are compared: their distance, in \
     percent of the length of the state with it. That is what is left of a film, not its influence \
     on one recommendation.";

/// How high a ridge is, and what the model says at the step. `film` is the one at the step, where others follow.
pub(super) fn say(film: Option<String>, first: Option<String>) -> String {
    let height = "Height: how much the state would change without that film.";
    match (film, first) {
        (_, None) => height.to_owned(),
        (None, Some(first)) => format!("{height} Now {first} comes first."),
        (Some(film), Some(first)) => format!("{height} After {film}, {first} came first."),
    }
}

/// What is left of the film `title`, `later` films after it came.
pub(super) fn claim(title: &str, trace: &Trace, later: usize) -> String {
    let share = percent(trace.left.get(later).copied().unwrap_or_default());
    if later == 0 {
        return format!("{title} changed the state by {share}");
    }
    let left =
        format!("Of {title} {share} is left after {}", counted(later, "more film", "more films"));
    match trace.half_gone_after() {
        Some(half) if half < later => format!("{left}; half of it was gone after {half}"),
        Some(half) if half == later => format!("{left}: half of it is gone"),
        _ => format!("{left}: more than half of it is still there"),
    }
}

/// What is left of a film, and how many are followed where not all are.
pub(super) fn note(n_followed: usize, n_films: usize) -> String {
    if n_followed == n_films {
        return NOTE.to_owned();
    }
    format!("{NOTE} Only the newest {n_followed} of the {n_films} films it reads are followed.")
}
