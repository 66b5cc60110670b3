//! What DiffRec shows of itself.

use crate::compare::Changes;
use crate::ui::words::counted;

pub(super) const LEAD: &str = "DiffRec takes your films for a noisy picture of all you would \
     like, and cleans it in five steps, each from a mix of its last guess and the last state. For \
     a list, the original draws no noise: it is one denoiser used five times over.";
pub(super) const WHICH_STEP: &str = "Which step";
pub(super) const STEP: &str = "Step";
pub(super) const CHANGE: &str = "Change";
pub(super) const ENTERED: &str = "New in ten";
pub(super) const PICKS: &str = "Your films";
pub(super) const LIST: &str = "The list of this step";
pub(super) const STEPS_ARE_NO_HELP: &str = "Change: how far the guess lies from the one before, \
     as a share of its length. Your films: their mean rank among all films, so how well they are \
     put back. On held-out readers the steps do not improve the list, and noise drawn at every \
     step makes it worse (models/README.md).";
pub(super) const NOISE_SWITCH: &str = "Add the noise that sampling draws";
pub(super) const NOISE_SEED: &str = "Seed";
pub(super) const NOISE_AGAIN: &str = "Draw again";
pub(super) const NOISE_TABLE: &str = "The ten without noise, and how often each stays";

pub(super) fn table(is_noisy: bool) -> &'static str {
    if is_noisy {
        "From the noisiest step to the last, with the noise of one draw"
    } else {
        "From the noisiest step to the last, which is the list"
    }
}

/// "Step 2 of 5"; the first and the last say so. With noise the last is not the reader's list.
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

/// "12.3": a mean of ranks.
pub(super) fn mean_rank(rank: f32) -> String {
    format!("{rank:.1}")
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

pub(super) fn draws_kept(mean: f32, n_films: usize, n_draws: u32) -> String {
    format!(
        "The steps above are one draw. Over {n_draws} draws, {mean:.1} of the {n_films} films that \
         come first without noise stay among the first {n_films}, on average."
    )
}

/// "17 of 20".
pub(super) fn of_draws(n: u32, n_draws: u32) -> String {
    format!("{n} of {n_draws}")
}
