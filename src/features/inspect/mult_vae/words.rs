//! What Mult-VAE shows of itself.

use crate::catalog::{Catalogue, ItemRow};
use crate::compare::Changes;
use crate::families::mult_vae::Dimension;
use crate::ui::words::{counted, listed, score, signed, titles};

pub(super) const LEAD: &str = "It encodes your history as a Gaussian in 128 latent dimensions and \
     decodes a score for every film from the mean; a linear shortcut from your picks is added, \
     which stays as it is. Move along a dimension and the list follows. \
     Dimensions have no names; the films at their ends show what they mean.";
pub(super) const STRONGEST: &str = "The most informative dimensions";
pub(super) const LEGEND: &str = "Films at the ends: those whose scores change most from two \
     standard deviations left of you to two right of you. None is left out, so little-seen ones \
     and your own films may be among them. Bits: the divergence from the prior, which is what the \
     model assumes of a reader it knows nothing about. Under each slider: the stroke is your \
     mean, the shade one standard deviation, the ring the prior’s mean. The slider counts in \
     standard deviations of the prior.";
pub(super) const YOURS: &str = "Your list, nothing moved";
pub(super) const FROM_THERE: &str = "The list from the moved position";
pub(super) const BACK: &str = "Reset";
pub(super) const STRIP: &str = "Your latent position, most informative dimensions first";
pub(super) const TABLE: &str = "The twenty most informative as a table";
pub(super) const DIMENSION: &str = "Dimension";
pub(super) const MEAN: &str = "Mean";
pub(super) const DEVIATION: &str = "Std. dev.";
pub(super) const BITS: &str = "Bits";

/// Counted from 1.
pub(super) fn dimension(number: u32) -> String {
    format!("Dimension {}", number + 1)
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
        (0, 0) => "The same as your list.".to_owned(),
        (0, moved) => format!("Compared with your list: the same films, {moved} at another rank."),
        (entered, moved) => format!(
            "Compared with your list: {} entered, {moved} at another rank.",
            counted(entered, "film", "films")
        ),
    }
}

/// What the picture of all dimensions shows, in numbers.
pub(super) fn strip(dimensions: &[Dimension]) -> String {
    const IN_USE: f32 = 0.1;
    let n_used = dimensions.iter().filter(|it| it.bits >= IN_USE).count();
    let total: f32 = dimensions.iter().map(|it| it.bits).sum();
    format!(
        "A dot is your mean, its line one standard deviation either way; the band is the prior, \
         0 ± 1. {n_used} of {} dimensions hold at least {IN_USE} bits about you, {total:.0} bits in \
         all; the others stay close to the prior.",
        dimensions.len()
    )
}
