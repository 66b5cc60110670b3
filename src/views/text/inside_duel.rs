//! A generator against a discriminator.

use crate::catalog::{Catalogue, ItemRow};
use crate::families::Round;
use crate::manifest::Rounds;
use crate::views::text::{counted, film, grouped, ordinal, score};

pub(crate) const DUEL_LEAD: &str = "The generator draws films for you, the discriminator tells \
     its films from what people really picked, and in each round both learn from the other. Step \
     through the rounds: all of them happened in training, and your picks change neither network.";
pub(crate) const DUEL_STEP: &str = "Round";
pub(crate) const DUEL_TABLE: &str = "The generator’s ten, and the discriminator’s verdict";
pub(crate) const DRAWN: &str = "Drawn";
pub(crate) const TAKEN_FOR_REAL: &str = "Real?";
pub(crate) const RANK_THERE: &str = "Its rank";
pub(crate) const DUEL_NOTE: &str = "Drawn: how often the generator would draw the film, of all \
     films. Real? How sure the discriminator is that you picked it, 50 % a coin toss. Its rank: \
     where the discriminator alone would put the film.";
pub(crate) const ROUND_CHANGED: &str = "What changed";

pub(crate) const HELPED_TITLE: &str = "Did it help?";
pub(crate) const ROUNDS_BEFORE: &str = "Before the rounds";
pub(crate) const ROUNDS_AFTER: &str = "After them";
pub(crate) const ROUNDS_LONGER: &str = "No rounds, trained for as long";
pub(crate) const ROUNDS_DISCRIMINATOR: &str = "The discriminator alone";
pub(crate) const HELPED_NOTE: &str = "Measured once for the site, not on you. NDCG@100: 1 if the \
     films held back come first, 0 if none is among the first hundred. Lines: 95 % intervals.";

/// "After round 2 of 5".
pub(crate) fn round(step: usize, n_steps: usize) -> String {
    match step {
        0 => ROUNDS_BEFORE.to_owned(),
        _ => format!("After round {step} of {}", n_steps.saturating_sub(1)),
    }
}

/// "2.2 %".
pub(crate) fn tenth_percent(share: f32) -> String {
    format!("{:.1} %", share * 100.0)
}

pub(crate) fn round_kept(round: &Round) -> String {
    format!("{} of its {} films led before the rounds too.", round.n_kept, round.films.len())
}

pub(crate) fn left(catalogue: &Catalogue, left: &[(ItemRow, usize)]) -> String {
    let gone: Vec<String> = left
        .iter()
        .map(|&(item, rank)| format!("{}, now {}", film(catalogue, item), ordinal(rank)))
        .collect();
    match gone.as_slice() {
        [] => String::new(),
        _ => format!("Gone since the step before: {}.", gone.join("; ")),
    }
}

pub(crate) fn round_share(share: f32, before: f32) -> String {
    format!(
        "Together they are {} of all its draws; its first ten before the rounds were {}.",
        tenth_percent(share),
        tenth_percent(before)
    )
}

pub(crate) fn duel_agreement(agreement: f32, n_films: usize) -> String {
    format!(
        "How far both agree: Kendall’s τ is {} over the {} in either one’s first 50 (1 the same \
         order, 0 unrelated, −1 reversed).",
        score(agreement),
        counted(n_films, "film", "films")
    )
}

/// "0.390".
pub(crate) fn measured(value: f32) -> String {
    format!("{value:.3}")
}

pub(crate) fn interval(low: f32, high: f32) -> String {
    format!("{low:.3}–{high:.3}")
}

pub(crate) fn helped_table(rounds: &Rounds) -> String {
    let n_people = grouped(rounds.n_users);
    format!("NDCG@100 on {n_people} held-out people, table {}", rounds.table)
}

/// Says no more than the intervals do.
pub(crate) fn helped(rounds: &Rounds) -> String {
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
