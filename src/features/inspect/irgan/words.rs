//! A generator against a discriminator.

use crate::catalog::{Catalogue, ItemRow};
use crate::families::irgan::Round;
use crate::features::inspect::words::tenth_percent;
use crate::manifest::{Reached, Rounds};
use crate::ui::figure::WIDE;
use crate::ui::words::{counted, film, grouped, ordinal, score};

pub(super) const ABOUT: &str = "generator against discriminator";
pub(super) const WHICH_ROUND: &str = "Round";
pub(super) const REAL: &str = "watched";
pub(super) const COIN: &str = "coin toss";
pub(super) const MADE: &str = "not watched";
pub(super) const ROUND_CHANGED: &str = "What changed";
pub(super) const HELPED_TITLE: &str = "Did it help?";
pub(super) const NOTE: &str = "The generator draws films for you; the discriminator tells them \
     from films that people really watched. In each round both learn from the other. Your history \
     changes neither network. NDCG was measured once for the site, not on you, and not between \
     the rounds: 1 if the films held back come first. Upright lines: 95 % intervals.";

/// "After round 2 of 5".
pub(super) fn round(step: usize, n_steps: usize) -> String {
    match step {
        0 => "Before the rounds".to_owned(),
        _ => format!("After round {step} of {}", n_steps.saturating_sub(1)),
    }
}

/// Over the picture, where a step is `room` pixels wide.
pub(super) fn head(step: usize, room: f64) -> String {
    match step {
        0 if room >= 34.0 => "before".to_owned(),
        _ if step > 0 && room >= 56.0 => format!("round {step}"),
        _ => step.to_string(),
    }
}

/// Of the table.
pub(super) fn column(step: usize) -> String {
    if step == 0 { "before".to_owned() } else { format!("round {step}") }
}

/// Over the verdicts.
pub(super) fn verdicts(width: f64) -> &'static str {
    if width >= WIDE {
        "The discriminator’s verdict on each film of the ten: its probability that you watched it"
    } else {
        "The discriminator’s verdicts on the ten"
    }
}

/// Over what was measured.
pub(super) fn measured(rounds: &Rounds, width: f64) -> String {
    let people = grouped(rounds.n_users);
    let of = format!("NDCG@100 on {people} held-out people");
    if width >= WIDE { format!("{of}, table {}", rounds.table) } else { of }
}

pub(super) fn before(reached: &Reached) -> String {
    ndcg(reached.ndcg_at_100)
}

pub(super) fn after(reached: &Reached) -> String {
    format!("{} after", ndcg(reached.ndcg_at_100))
}

pub(super) fn longer(reached: &Reached, width: f64) -> String {
    let of = if width >= WIDE { "without rounds" } else { "without" };
    format!("{} {of}", ndcg(reached.ndcg_at_100))
}

/// Says no more than the intervals do; `low` and `high` are the ends of all verdicts.
pub(super) fn claim(measured: Option<&Rounds>, n_rounds: usize, (low, high): (f32, f32)) -> String {
    let (low, high) = ((low * 100.0).floor(), (high * 100.0).ceil());
    let verdicts = format!("discriminator’s verdicts stay between {low:.0} and {high:.0} %");
    let Some(Rounds { before, after, .. }) = measured else {
        return format!("The {verdicts}");
    };
    let by = ndcg((before.ndcg_at_100 - after.ndcg_at_100).abs());
    let rounds = counted(n_rounds, "round", "rounds");
    match () {
        () if after.high < before.low => format!("{rounds} cost {by} of NDCG@100; the {verdicts}"),
        () if after.low > before.high => format!("{rounds} gain {by} of NDCG@100; the {verdicts}"),
        () => format!("{rounds} do not clearly change NDCG@100; the {verdicts}"),
    }
}

/// `shares` are those of the ten before the rounds and now.
pub(super) fn say(step: usize, [before, now]: [f32; 2]) -> String {
    let (before, now) = (tenth_percent(before), tenth_percent(now));
    match step {
        0 => format!("Before the rounds the ten take {now} of the generator’s draws."),
        _ => format!(
            "After round {step} the ten take {now} of the generator’s draws; {before} before the rounds."
        ),
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

pub(super) fn agreement(agreement: f32, n_films: usize) -> String {
    format!(
        "How far both agree: Kendall’s τ is {} over the {} in either one’s first 50 (1 the same \
         order, 0 unrelated, −1 reversed).",
        score(agreement),
        counted(n_films, "film", "films")
    )
}

/// "0.390".
fn ndcg(value: f32) -> String {
    format!("{value:.3}")
}

/// Says no more than the intervals do.
pub(super) fn helped(rounds: &Rounds) -> String {
    let Rounds { before, after, longer, discriminator, .. } = rounds;
    let against = |other: &Reached| match () {
        () if after.high < other.low => format!("worse than {:.3}", other.ndcg_at_100),
        () if after.low > other.high => format!("better than {:.3}", other.ndcg_at_100),
        () => format!("not clearly different from {:.3}", other.ndcg_at_100),
    };
    format!(
        "After the rounds it reaches {:.3}: {} before them, and {} after as many further passes \
         without them. The discriminator alone reaches {:.3}.",
        after.ndcg_at_100,
        against(before),
        against(longer),
        discriminator.ndcg_at_100,
    )
}
