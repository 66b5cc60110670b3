//! What Mult-VAE shows of itself.

use crate::families::mult_vae::{Dimension, FARTHEST, N_ACROSS, Point};
use crate::figures;
use crate::ui::words::{counted, grouped};

pub(super) const ABOUT: &str = "latent space";
pub(super) const YOU: &str = "you";
pub(super) const MOVED: &str = "moved";
pub(super) const PRIOR: &str = "prior, ±2";
pub(super) const FIRST_FOR_YOU: &str = "first for you";
pub(super) const FIRST_HERE: &str = "first here";
pub(super) const PLACE: &str = "Place on the plane";
pub(super) const RIGHTWARDS: &str = "→";
pub(super) const UPWARDS: &str = "↑";
const AREAS: &str = "Each area is where that film comes first.";

/// What areas are, and how far the reader was moved.
pub(super) fn say(is_moved: bool, place: Point) -> String {
    if is_moved {
        format!("Moved: {}. {AREAS}", self::place(place))
    } else {
        format!("{AREAS} Drag the cloud, or use the arrow keys.")
    }
}

/// Where Mult-VAE takes the reader to be; `beside` is the next film that comes first, and how far away.
pub(super) fn at_home(first: &str, beside: Option<(&str, f32)>) -> String {
    let here = format!("Where the model places you, {first} comes first");
    match beside {
        None => format!("{here}, as everywhere on this plane"),
        Some((film, far)) => format!("{here}; {} away, {film} would", deviations(far)),
    }
}

/// `before` is the film that came first, where it is another.
pub(super) fn moved(
    far: f32,
    first: &str,
    before: Option<&str>,
    n_new: usize,
    n_films: usize,
) -> String {
    let here = match before {
        None => format!("Moved by {}, {first} still comes first", deviations(far)),
        Some(before) => format!("Moved by {}, {first} comes first, not {before}", deviations(far)),
    };
    match n_new {
        0 => format!("{here}; the first {n_films} are the same films"),
        n => format!("{here}; {n} of the first {n_films} are new"),
    }
}

/// "0.62 standard deviations".
fn deviations(far: f32) -> String {
    match figures::plain(far, if far < 1.0 { 2 } else { 1 }).as_str() {
        "0.00" => "less than 0.01 standard deviations".to_owned(),
        "1.0" | "1.00" => "1 standard deviation".to_owned(),
        far => format!("{far} standard deviations"),
    }
}

/// For who does not see it: "0.50 right, 0.25 down".
pub(super) fn place((right, up): Point) -> String {
    let along = |by: f32, [more, less]: [&str; 2]| match by {
        0.0 => None,
        by => {
            Some(format!("{} {}", figures::plain(by.abs(), 2), if by > 0.0 { more } else { less }))
        }
    };
    let both = [along(right, ["right", "left"]), along(up, ["up", "down"])];
    let both: Vec<String> = both.into_iter().flatten().collect();
    if both.is_empty() { "your own place".to_owned() } else { both.join(", ") }
}

/// Over the bells.
pub(super) fn dimensions(n: usize, of: usize, is_wide: bool) -> String {
    if is_wide {
        format!(
            "The {n} most informative of {of} dimensions, with the films at their ends; → ↑: on the plane"
        )
    } else {
        format!("The {n} most informative of {of} dimensions")
    }
}

/// What the picture shows, and what its numbers are.
pub(super) fn note(dimensions: &[Dimension]) -> String {
    const IN_USE: f32 = 0.1;
    let n_used = dimensions.iter().filter(|it| it.bits >= IN_USE).count();
    let total: f32 = dimensions.iter().map(|it| it.bits).sum();
    let n_places = grouped(N_ACROSS * N_ACROSS);
    format!(
        "It encodes your history as a Gaussian, the cloud (up to three of its own standard \
         deviations), and decodes a score for every film from the mean; a linear shortcut from your \
         films is added and does not move. The plane reaches {FARTHEST} standard deviations of the \
         prior to every side; the prior is what the model assumes of a reader it knows nothing \
         about. The model ran at {n_places} places of it; borders between them are interpolated. \
         Films at a dimension’s ends are those whose scores change most along it. {n_used} of {} \
         hold at least {IN_USE} bits about you (the divergence from the prior), {total:.0} bits in all.",
        counted(dimensions.len(), "dimension", "dimensions")
    )
}
