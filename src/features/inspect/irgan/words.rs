//! A generator against a discriminator.

use crate::catalog::{Catalogue, ItemRow};
use crate::families::irgan::Round;
use crate::features::inspect::words::tenth_percent;
use crate::manifest::Rounds;
use crate::ui::words::{counted, film, grouped, ordinal, score};

pub(super) const LEAD: &str = "The generator draws films for you; the discriminator tells them \
     from films that people really watched. In each round both learn from the other. Step through \
     the rounds of training: your history changes neither network.";
pub(super) const WHICH_ROUND: &str = "Round";
pub(super) const TABLE: &str = "The generator’s ten, and the discriminator’s verdict";
pub(super) const DRAWN: &str = "Drawn";
pub(super) const TAKEN_FOR_REAL: &str = "Real?";
pub(super) const RANK_THERE: &str = "Its rank";
pub(super) const NOTE: &str = "Drawn: the generator’s probability of the film. Real? The \
     discriminator’s probability that you watched it; 50 % is a coin toss. Its rank: where the \
     discriminator alone would rank the film.";
pub(super) const ROUND_CHANGED: &str = "What changed";

pub(super) const HELPED_TITLE: &str = "Did it help?";
pub(super) const ROUNDS_BEFORE: &str = "Before the rounds";
pub(super) const ROUNDS_AFTER: &str = "After them";
pub(super) const ROUNDS_LONGER: &str = "No rounds, trained for as long";
pub(super) const ROUNDS_DISCRIMINATOR: &str = "The discriminator alone";
pub(super) const HELPED_NOTE: &str = "Measured once for the site, not on you. NDCG@100: 1 if the \
     films held back come first, 0 if none is among the first hundred. Lines: 95 % intervals.";

/// "After round 2 of 5".
pub(super) fn round(step: usize, n_steps: usize) -> String {
    match step {
        0 => ROUNDS_BEFORE.to_owned(),
        _ => format!("After round {step} of {}", n_steps.saturating_sub(1)),
    }
}

pub(super) fn round_kept(round: &Round) -> String {
    format!("{} of its {} films led before the rounds too.", round.n_kept, round.films.len())
}

pub(super) fn left(catalogue: &Catalogue, left: &[(ItemRow, usize)]) -> String {
    let gone: Vec<String> = left
        .iter()
        .map(|&(item, rank)| format!("{}, now {}", film(catalogue, item), ordinal(rank)))
        .collect();
    match gone.as_slice() {
        [] => String::new(),
        _ => format!("Gone since the step before: {}.", gone.join("; ")),
    }
}

pub(super) fn round_share(share: f32, before: f32) -> String {
    format!(
        "Together they are {} of all its draws; its first ten before the rounds were {}.",
        tenth_percent(share),
        tenth_percent(before)
    )
}

pub(super) fn agreement(agreement: f32, n_films: usize) -> String {
    format!(
        "How far both agree: Kendall’s τ is {} over the {} in either one’s first 50 (1 the same \
         order, 0 unrelated, −1 reversed).",
        score(agreement),
        counted(n_films, "film", "films")
    )
}

/// "0.390".
pub(super) fn measured(value: f32) -> String {
    format!("{value:.3}")
}

pub(super) fn interval(low: f32, high: f32) -> String {
    format!("{low:.3}–{high:.3}")
}

pub(super) fn helped_table(rounds: &Rounds) -> String {
    let n_people = grouped(rounds.n_users);
    format!("NDCG@100 on {n_people} held-out people, table {}", rounds.table)
}

/// Says no more than the intervals do.
pub(super) fn helped(rounds: &Rounds) -> String {
    let Rounds { before, after, longer, .. } = rounds;
    let against = |other: f32, low: f32, high: f32| match () {
        () if after.high < low => format!("worse than {other:.3}"),
        () if after.low > high => format!("better than {other:.3}"),
        () => format!("not clearly different from {other:.3}"),
    };
    format!(
        "After the rounds it reaches {:.3}: {} before them, and {} after as many further passes \
         without them.",
        after.ndcg_at_100,
        against(before.ndcg_at_100, before.low, before.high),
        against(longer.ndcg_at_100, longer.low, longer.high),
    )
}
