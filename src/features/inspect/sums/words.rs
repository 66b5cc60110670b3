//! Models that are sums.

use crate::figures;

pub(super) const LEAD: &str = "This model is a sum: every film of your history adds its part to \
     every score, and so does popularity, where the model counts it. Choose a film to read its \
     sum.";
pub(super) const POPULARITY_LEAD: &str = "It reads no history, so every reader gets the same \
     list: a film's popularity is all of its score.";
pub(super) const TABLE: &str = "What each score is made of";
pub(super) const REST: &str = "Other films";
pub(super) const START: &str = "Popularity";
pub(super) const SCORE: &str = "Score";

/// "+0.62", and a dot where there is nothing to add.
pub(super) fn summand(value: f32) -> String {
    if value.abs() < NOTHING { "·".to_owned() } else { figures::signed(value, DIGITS) }
}

/// Some families' scores are small.
const DIGITS: usize = 3;
/// Less than the last digit shown.
const NOTHING: f32 = 5e-4;

/// "0.104".
pub(super) fn sum(value: f32) -> String {
    figures::plain(value, DIGITS)
}

/// "Aliens: 6.10 = 3.20 Heat + 2.40 Fargo − 0.10 Alien + 0.60 popularity."
pub(super) fn written_out(film: &str, total: f32, start: f32, parts: &[(String, f32)]) -> String {
    let start = (start.abs() >= NOTHING).then(|| (START.to_lowercase(), start));
    let mut written = String::new();
    for (at, (name, part)) in parts.iter().chain(&start).enumerate() {
        let sign = match (at, *part < 0.0) {
            (0, false) => "",
            (0, true) => "−",
            (_, false) => " + ",
            (_, true) => " − ",
        };
        written.push_str(&format!("{sign}{} {name}", sum(part.abs())));
    }
    if written.is_empty() {
        return format!("{film}: {}, and none of your films adds to it.", sum(total));
    }
    format!("{film}: {} = {written}.", sum(total))
}
