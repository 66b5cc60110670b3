//! What DiffRec shows of itself.

use crate::compare::Changes;
use crate::families::diffrec::Draws;
use crate::features::inspect::ranks::Walk;
use crate::ui::words::{counted, grouped, ordinal};

pub(super) const ABOUT: &str = "denoising steps";
pub(super) const WHICH_STEP: &str = "Which step";
pub(super) const NOISE: &str = "Sampling noise";
pub(super) const QUIET: &str = "No noise";
pub(super) const NOISY: &str = "With noise";
pub(super) const AGAIN: &str = "Draw again";
pub(super) const LIST: &str = "The list of this step";
pub(super) const NOTE: &str = "DiffRec takes your films for a noisy set of all you would like and \
     cleans it in five steps. For a list it draws no noise. On held-out readers the steps do not \
     improve the list, and noise at every step makes it worse.";

/// Of the film that rose most, and of the median number of ratings in the first ten and the last.
pub(super) fn claim(highest: Option<(String, &Walk)>, first: usize, last: usize) -> String {
    let list = match last.cmp(&first) {
        std::cmp::Ordering::Greater => "Denoising pulls the list towards better-known films",
        std::cmp::Ordering::Less => "Denoising pulls the list towards lesser-known films",
        std::cmp::Ordering::Equal => "Denoising leaves the list as well known as it was",
    };
    match highest {
        Some((title, walk)) => {
            let (from, to) = (ordinal(walk.first()), ordinal(walk.last()));
            format!("{list}: {title} rises from {from} to {to}")
        }
        None => "Denoising leaves every film of the list where it was".to_owned(),
    }
}

/// `now` and `first` are medians of ratings.
pub(super) fn say(step: usize, now: usize, first: usize) -> String {
    let (n, now) = (step + 1, grouped(now));
    let begun =
        if step == 0 { String::new() } else { format!("; those of step 1 had {}", grouped(first)) };
    format!(
        "Thick lines: films rated often. The ten of step {n} have a median of {now} ratings{begun}."
    )
}

pub(super) fn claim_of_draws(draws: &Draws) -> String {
    let (kept, n) = (draws.mean_kept(), draws.kept.len());
    let of = draws.n_draws;
    format!(
        "With sampling noise {kept:.1} of the first {n} films stay there, on average over {of} draws"
    )
}

/// `ends` are the films that stay most and least often.
pub(super) fn say_of_draws(mut ends: impl Iterator<Item = (String, u32)>, n_draws: u32) -> String {
    let thin = "Thick: no noise. Thin: one draw.";
    match (ends.next(), ends.next()) {
        (Some((_, most)), Some((_, least))) if most == least => {
            format!("{thin} Each film stays in {} of {n_draws}.", none(most))
        }
        (Some((one, most)), Some((other, least))) => {
            format!(
                "{thin} {one} stays in {} of {n_draws}, {other} in {}.",
                none(most),
                none(least)
            )
        }
        _ => thin.to_owned(),
    }
}

fn none(n: u32) -> String {
    if n == 0 { "none".to_owned() } else { n.to_string() }
}

/// Over the picture.
pub(super) fn head(step: usize, is_wide: bool) -> String {
    if is_wide { format!("step {}", step + 1) } else { (step + 1).to_string() }
}

/// "Step 2 of 5"; the first and the last say so. With noise the list is that of one draw.
pub(super) fn step(step: usize, n_steps: usize, is_noisy: bool) -> String {
    let place = match step {
        0 => ", the noisiest",
        _ if step + 1 < n_steps => "",
        _ if is_noisy => ", the list of this draw",
        _ => ", the list",
    };
    format!("Step {} of {n_steps}{place}", step + 1)
}

pub(super) fn row(step: usize) -> String {
    format!("Step {}", step + 1)
}

/// "1,000th or later".
pub(super) fn depth(rank: usize, is_deepest: bool) -> String {
    let ending = if is_deepest { " or later" } else { "" };
    format!("{}th{ending}", grouped(rank))
}

/// Over the list of one draw.
pub(super) fn list_of_draw(seed: u32) -> String {
    format!("The list of this step in one draw, seed {seed}")
}

pub(super) fn step_changes(step: usize, changes: Changes, is_noisy: bool) -> String {
    match (step, is_noisy) {
        (0, true) => return "The first guess, from your films under noise.".to_owned(),
        (0, false) => return "The first guess, straight from your films.".to_owned(),
        _ => {}
    }
    let entered = counted(changes.n_entered, "film", "films");
    format!("Since the step before: {entered} entered, {} at another rank.", changes.n_moved)
}
