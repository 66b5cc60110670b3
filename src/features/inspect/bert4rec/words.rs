//! What BERT4Rec says of a covered pick.

use crate::families::bert4rec::Stood;
use crate::views::text::{ordinal, percent};

pub(super) const LEAD: &str = "It learned by filling in films hidden from a history, and \
     looks both ways for that. Cover any pick to set it the same task; with nothing covered it \
     names the film after the last.";
pub(super) const COVER_WHICH: &str = "Which pick is covered";
pub(super) const COVER_NOTHING: &str = "Cover nothing";
pub(super) const NOTHING_COVERED: &str = "Nothing covered: the film after the last pick";
pub(super) const BLANK: &str = "covered";
pub(super) const NEXT_BLANK: &str = "the next film";
pub(super) const TABLE: &str = "Where each layer looked from the blank";
pub(super) const ATTENTION: &str = "What is missing to 100 % went to the blank itself. \
     Attention is where the model looked, not why it names a film: cover a pick, and the table \
     from one side tests that.";
pub(super) const WOULD_PUT_THERE: &str = "What it would put there";
pub(super) const WOULD_PUT_NEXT: &str = "What it would put next";
pub(super) const SIDES_TABLE: &str = "The same blank from one side";
pub(super) const READING: &str = "Reading";
pub(super) const BOTH_SIDES: &str = "Both sides";
pub(super) const BEFORE_ALONE: &str = "Before only";
pub(super) const AFTER_ALONE: &str = "After only";
pub(super) const NONE_BEFORE: &str = "None before";
pub(super) const NONE_AFTER: &str = "None after";
pub(super) const IT_STOOD: &str = "It stood";
pub(super) const SHARE: &str = "Share";
pub(super) const FIRST_GUESS: &str = "First guess";
pub(super) const SHARE_IS: &str = "Share: the covered film's part of the probability that the \
     model spreads over all films but the other picks. Each line is a run of its own.";

/// "Covered 3 of 5: The Matrix".
pub(super) fn covered(n: usize, of: usize, title: &str) -> String {
    format!("Covered {n} of {of}: {title}")
}

pub(super) fn cover_button(title: &str, is_covered: bool) -> String {
    if is_covered { format!("{title}, covered") } else { format!("Cover {title}") }
}

pub(super) fn stood_there(title: &str, stood: Stood) -> String {
    let (rank, share) = (ordinal(stood.rank), fine_percent(stood.share));
    format!("Under the blank is {title}: it stood {rank}, with {share} of the probability.")
}

/// "12 %", "3.4 %", "0.05 %", "under 0.01 %": shares among thousands of films are small.
pub(super) fn fine_percent(share: f32) -> String {
    match share * 100.0 {
        it if it >= 9.95 => percent(share),
        it if it >= 0.995 => format!("{it:.1} %"),
        it if it >= 0.005 => format!("{it:.2} %"),
        _ => "under 0.01 %".to_owned(),
    }
}
