//! What BERT4Rec says of a masked film.

use crate::families::bert4rec::MaskedRank;
use crate::ui::words::{ordinal, percent};

pub(super) const LEAD: &str = "BERT4Rec learned to fill in films that were masked, that is \
     hidden, and looks both ways for that. Mask one of yours to see what it puts there. With none \
     masked it names the film after the last.";
pub(super) const MASK_WHICH: &str = "Which film is masked";
pub(super) const MASK_NOTHING: &str = "Mask nothing";
pub(super) const NOTHING_MASKED: &str = "Nothing masked: the film after the last";
pub(super) const MASKED: &str = "masked";
pub(super) const NEXT_PLACE: &str = "the next film";
pub(super) const TABLE: &str = "Where each layer looked from the mask";
pub(super) const ATTENTION: &str = "What is missing to 100 % went to the mask itself. Attention \
     is where the model looked, not why it names a film. The table of one side, under a masked \
     film, tests that.";
pub(super) const WOULD_PUT_THERE: &str = "What it would put there";
pub(super) const WOULD_PUT_NEXT: &str = "What it would put next";
pub(super) const SIDES_TABLE: &str = "The same mask from one side";
pub(super) const READING: &str = "Reading";
pub(super) const BOTH_SIDES: &str = "Both sides";
pub(super) const BEFORE_ALONE: &str = "Before only";
pub(super) const AFTER_ALONE: &str = "After only";
pub(super) const NONE_BEFORE: &str = "None before";
pub(super) const NONE_AFTER: &str = "None after";
pub(super) const RANK: &str = "Rank";
pub(super) const SHARE: &str = "Share";
pub(super) const FIRST_GUESS: &str = "First guess";
pub(super) const SHARE_IS: &str = "Share: the masked film’s probability among all films but the \
     rest of your history. Each row is a run of its own.";

/// "Masked 3 of 5: The Matrix".
pub(super) fn masked(n: usize, of: usize, title: &str) -> String {
    format!("Masked {n} of {of}: {title}")
}

pub(super) fn mask_button(title: &str, is_masked: bool) -> String {
    if is_masked { format!("{title}, masked") } else { format!("Mask {title}") }
}

pub(super) fn masked_film(title: &str, rank: MaskedRank) -> String {
    let (rank, share) = (ordinal(rank.rank), fine_percent(rank.share));
    format!("The masked film is {title}: it ranks {rank}, with {share} of the probability.")
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
