//! What Mult-VAE shows of itself.

use crate::catalog::{Catalogue, ItemRow};
use crate::compare::Changes;
use crate::families::mult_vae::Direction;
use crate::views::text::{counted, listed, score, signed, titles};

pub(super) const LEAD: &str = "It squeezes your picks into a small cloud among 128 \
     directions and spells out every film from the cloud's middle. Push yourself along a direction \
     and the list is made anew from there; the model has no names for its directions, only films \
     that gain or lose by them.";
pub(super) const STRONGEST: &str = "The directions that hold most about you";
pub(super) const LEGEND: &str = "Films at the ends: those whose scores gain most from two \
     deviations left of you to two right of you, or the other way round; none is left out, so \
     little-seen ones and your own picks may be among them. Bits: how far the cloud is there from \
     the prior, which is what the model would say of a reader it knows nothing about. Under each \
     slider: you are the stroke in the middle, the shade is the model's doubt (one deviation), the \
     ring is the prior's middle. The slider counts in deviations of the prior.";
pub(super) const YOURS: &str = "Your list, with nothing pushed";
pub(super) const FROM_THERE: &str = "The list from where you were pushed";
pub(super) const BACK: &str = "Back to you";
pub(super) const STRIP: &str = "You on all directions, the fullest first";
pub(super) const TABLE: &str = "The twenty fullest as a table";
pub(super) const DIRECTION: &str = "Direction";
pub(super) const MEAN: &str = "You";
pub(super) const DEVIATION: &str = "Doubt";
pub(super) const BITS: &str = "Bits";

/// Counted from 1.
pub(super) fn direction(number: u32) -> String {
    format!("Direction {}", number + 1)
}

/// "you +0.98 ± 0.12".
pub(super) fn place_on(mean: f32, deviation: f32) -> String {
    format!("you {} ± {}", signed(mean), score(deviation))
}

pub(super) fn bits(bits: f32) -> String {
    format!("{bits:.1} bits")
}

pub(super) fn pushed(by: f32) -> String {
    if by == 0.0 { "you".to_owned() } else { signed(by) }
}

/// What the slider says: how far, and towards which films.
pub(super) fn pushed_aloud(
    catalogue: &Catalogue,
    by: f32,
    low: &[ItemRow],
    high: &[ItemRow],
) -> String {
    let [low, high] = [low, high].map(|films| listed(&titles(catalogue, films)));
    match by {
        0.0 => format!("where you are, between {low} on the left and {high} on the right"),
        by if by < 0.0 => format!("{} towards {low}", signed(by)),
        by => format!("{} towards {high}", signed(by)),
    }
}

pub(super) fn changes(changes: Changes) -> String {
    let Changes { n_entered, n_moved, .. } = changes;
    match (n_entered, n_moved) {
        (0, 0) => "The same as your own list.".to_owned(),
        (0, moved) => format!("Against your own list: the same films, {moved} at another rank."),
        (entered, moved) => format!(
            "Against your own list: {} entered, {moved} at another rank.",
            counted(entered, "film", "films")
        ),
    }
}

/// What the picture of all directions shows, in numbers.
pub(super) fn strip(directions: &[Direction]) -> String {
    const IN_USE: f32 = 0.1;
    let n_used = directions.iter().filter(|it| it.bits >= IN_USE).count();
    let total: f32 = directions.iter().map(|it| it.bits).sum();
    format!(
        "A dot is where you stand, its line one deviation of doubt either way; the band is the \
         prior, 0 ± 1. {n_used} of {} directions hold at least {IN_USE} bits about you, {total:.0} \
         bits in all; the rest say next to nothing of you.",
        directions.len()
    )
}
