//! The recommender, and its list.

use crate::engine::protocol::Cost;
use crate::families::{self, Card, FamilyName, Kind, ScoreMeaning};
use crate::figures;
use crate::manifest::Results;
use crate::session::{Movement, WITHIN};
use crate::views::text::{backend, bytes, counted, grouped, millis};

pub(crate) const FAMILIES: &str = "Recommender";
pub(crate) const RESULTS: &str = "Results: tables, intervals, baselines";
pub(crate) const UNAVAILABLE: &str = "not available";
pub(crate) const LIST_WAITING: &str = "Waiting for the first list…";
pub(crate) const LIST_FULL: &str = "Every film of the catalogue is in your history.";
pub(crate) const MOVES: &str = "▲ ▼ new: compared with the list before.";
pub(crate) const ADD: &str = "Add";
pub(crate) const SHOW_MORE: &str = "Show ranks 11 to 50";
pub(crate) const SHOW_FEWER: &str = "Show the first 10";

pub(crate) fn add(film: &str) -> String {
    format!("Add {film} to your history")
}

/// "NDCG@10 .098 · 3.0 MB".
pub(crate) fn family_figures(results: Option<&Results>, n_bytes: u64) -> String {
    match results {
        Some(results) => format!("NDCG@10 {:.3} · {}", results.ndcg_at_10, bytes(n_bytes)),
        None => bytes(n_bytes),
    }
}

pub(crate) fn list_title(card: &Card) -> String {
    format!("{} recommends", card.title)
}

/// How good the family is, beside the best plain baseline.
pub(crate) fn quality(
    card: &Card,
    results: &Results,
    baseline: Option<(&Card, &Results)>,
) -> String {
    let mut said = format!("NDCG@10 {:.3}", results.ndcg_at_10);
    if let (Some(low), Some(high)) = (results.ndcg_at_10_low, results.ndcg_at_10_high) {
        said += &format!(" ({low:.3}–{high:.3})");
    }
    said += &format!(" on {} held-out users", grouped(results.n_users));
    let Some((best, reached)) = baseline else { return said + "." };
    let other = if card.kind == Kind::Baseline { "other" } else { "plain" };
    format!("{said}; the best {other} baseline ({}) reaches {:.3}.", best.title, reached.ndcg_at_10)
}

pub(crate) fn list_cost(card: &Card, cost: Cost, n_picks: usize) -> String {
    format!(
        "{} on {}, {}, {}.",
        card.title,
        backend(cost.backend),
        counted(n_picks, "film", "films"),
        millis(cost.millis),
    )
}

pub(crate) fn score_note(meaning: ScoreMeaning) -> &'static str {
    match meaning {
        ScoreMeaning::Logit => {
            "Score: the model's logit; bar: its probability, relative to the first."
        }
        ScoreMeaning::LogProbability => "Score: its probability; bar: relative to the first.",
        ScoreMeaning::Reconstruction => {
            "Score: how much of it is in the cleaned picture, 1 for one of yours; bar: relative to the first."
        }
        ScoreMeaning::Sum => "Score: a sum of weights; bar: relative to the first.",
        ScoreMeaning::Popularity => {
            "Score: logarithm of its ratings, 1 for the most rated film; bar: relative to the first."
        }
    }
}

/// What a score of `family` says.
pub(crate) fn meaning_of(family: &FamilyName) -> ScoreMeaning {
    families::find(family).map_or(ScoreMeaning::Sum, |it| it.card.score)
}

/// The scores of a list, best first, with as many digits as tell its first ten apart.
pub(crate) fn scores(meaning: ScoreMeaning, scores: &[f32]) -> Vec<String> {
    let is_probability = meaning == ScoreMeaning::LogProbability;
    let shown = |&score: &f32| if is_probability { 100.0 * score.exp() } else { score };
    let shown: Vec<f32> = scores.iter().map(shown).collect();
    let digits = figures::digits_apart(&shown[..WITHIN.min(shown.len())]);
    let unit = if is_probability { " %" } else { "" };
    shown.iter().map(|&it| figures::plain(it, digits) + unit).collect()
}

pub(crate) fn movement(movement: Movement) -> String {
    match movement {
        Movement::First | Movement::Stayed => String::new(),
        Movement::Up(n) => format!("▲{n}"),
        Movement::Down(n) => format!("▼{n}"),
        Movement::New => "new".into(),
    }
}

pub(crate) fn movement_aloud(movement: Movement) -> String {
    match movement {
        Movement::First | Movement::Stayed => String::new(),
        Movement::Up(n) => format!(", up {n}"),
        Movement::Down(n) => format!(", down {n}"),
        Movement::New => ", new".into(),
    }
}

pub(crate) fn list_changed(first: &[String]) -> String {
    format!("List changed: {}.", first.join("; "))
}

/// The kind of a model in words: its colour says the same.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Baseline => "Plain baseline",
        Kind::Autoregressive => "Autoregressive",
        Kind::Masked => "Masked",
        Kind::Variational => "Variational",
        Kind::Adversarial => "Adversarial",
        Kind::Diffusion => "Diffusion",
        Kind::Language => "From text",
    }
}
