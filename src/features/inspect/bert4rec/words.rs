//! What BERT4Rec says of a masked film.

use crate::ui::words::{ordinal, percent};

pub(super) const ABOUT: &str = "a masked film";
pub(super) const NOTE: &str = "BERT4Rec learned to fill in films that were masked, that is hidden, \
     and looks both ways for that. With nothing masked it names the film after the last. Each \
     column is a run of its own; a probability is the film’s among all but the rest of your \
     history.";
pub(super) const MASK_WHICH: &str = "Which film is masked";
pub(super) const MASK_NOTHING: &str = "Mask nothing";
pub(super) const NOTHING_MASKED: &str = "Nothing masked: the film after the last";
pub(super) const NEXT: &str = "next film";
pub(super) const WOULD_PUT_THERE: &str = "What it would put there";
pub(super) const WOULD_PUT_NEXT: &str = "What it would put next";

/// What a column reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Both,
    Right,
    /// All films, where none is masked.
    All,
}

/// Over a column; an empty one reads no film.
pub(super) fn head(side: Side, is_empty: bool, is_wide: bool) -> &'static str {
    match (side, is_wide) {
        (Side::Left, true) if is_empty => "no film before",
        (Side::Right, true) if is_empty => "no film after",
        (Side::Left | Side::Right, false) if is_empty => "no film",
        (Side::Left, true) => "from the left",
        (Side::Left, false) => "left",
        (Side::Both, true) => "from both sides",
        (Side::Both, false) => "both sides",
        (Side::Right, true) => "from the right",
        (Side::Right, false) => "right",
        (Side::All, true) => "from all films",
        (Side::All, false) => "all films",
    }
}

/// Under the shaded ground.
pub(super) fn scale(is_wide: bool) -> &'static str {
    if is_wide {
        "shaded: ranks from the 6th on, down to the 10,000th"
    } else {
        "shaded: the 6th to the 10,000th rank"
    }
}

/// `both` is the masked film's rank from both sides, `one` from the left and from the right alone; it is film `at` of `n`.
pub(super) fn claim(title: &str, both: usize, one: [usize; 2], at: usize, n: usize) -> String {
    let came = format!("{title}, masked, comes {}", ordinal(both));
    let [left, right] = one;
    let best = left.min(right);
    let (side, is_tied) = if left <= right { ("left", left == right) } else { ("right", false) };
    match () {
        () if n == 1 => format!("{came}: there is no other film for context"),
        () if at == 0 => format!("{came}: all its context is on the right"),
        () if at + 1 == n => format!("{came}: all its context is on the left"),
        () if both < best => format!(
            "{came} from both sides: the left alone has it {}, the right alone {}",
            ordinal(left),
            ordinal(right)
        ),
        () if is_tied && both == best => {
            format!("{came} from both sides, and from either side alone")
        }
        () if is_tied => {
            format!("{came} from both sides: either side alone does better, with {}", ordinal(best))
        }
        () if both == best => format!("{came} from both sides: the {side} alone does as well"),
        () => {
            format!("{came} from both sides: the {side} alone does better, with {}", ordinal(best))
        }
    }
}

/// `share` is the first film's, `last` the film after which it would come.
pub(super) fn claim_of_next(first: &str, share: Option<f32>, last: &str) -> String {
    let share = share
        .map_or_else(String::new, |it| format!(", with {} of the probability", fine_percent(it)));
    format!("After {last} it puts {first} first{share}")
}

/// `share` is the masked film's, from both sides.
pub(super) fn say(share: Option<f32>) -> String {
    let bars = "Bars: probabilities.";
    match share {
        Some(share) => {
            let share = fine_percent(share);
            format!("{bars} From both sides the masked film has {share}. Click another film.")
        }
        None => format!("{bars} Click a film to mask it."),
    }
}

/// "Masked 3 of 5: The Matrix".
pub(super) fn masked(n: usize, of: usize, title: &str) -> String {
    format!("Masked {n} of {of}: {title}")
}

pub(super) fn mask_button(title: &str, is_masked: bool) -> String {
    if is_masked { format!("{title}, masked") } else { format!("Mask {title}") }
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
