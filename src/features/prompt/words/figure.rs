//! What the picture of a ranking says.

use crate::figures;
use crate::manifest::LanguageModel;
use crate::ui::words::{counted, grouped};

pub(crate) const ABOUT: &str = "how likely it finds each title";
pub(crate) const STEPS: &str = "Films in the prompt";
pub(crate) const LOG_PROBABILITY: &str = "log-probability, nats";
pub(crate) const NATS: &str = "nats";
pub(crate) const GAIN: &str = "gain";
/// Without and with the history.
pub(crate) const DOTS: [&str; 2] = ["without", "with"];
pub(crate) const DOTS_WIDE: [&str; 2] = ["without your films", "with them"];

/// What the prompt tells.
pub(crate) enum Told {
    /// What the reader wrote.
    Own,
    One(String),
    Films(usize),
}

/// `most` is the title that gains most by what was told, and how many nats.
pub(crate) fn claim(told: &Told, most: &str, gain: f32) -> String {
    let (after, it) = match told {
        Told::Own => ("With your own prompt".to_owned(), "it"),
        Told::One(film) => (format!("After {film}"), "it"),
        Told::Films(n) => (format!("After {}", counted(*n, "film", "films")), "them"),
    };
    if gain <= 0.0 {
        let least = if gain < 0.0 { format!("; {most} loses least") } else { String::new() };
        return format!("{after} no title is likelier than without {it}{least}");
    }
    format!("{after}, {most} gains most: {} as likely as without {it}", times(gain))
}

/// "13 times", of a gain in nats.
fn times(gain: f32) -> String {
    const MOST: f32 = 13.8;
    match gain.exp() {
        _ if gain > MOST => "over a million times".to_owned(),
        ratio if ratio < 2.0 => format!("{ratio:.2} times"),
        ratio if ratio < 10.0 => format!("{ratio:.1} times"),
        ratio => format!("{} times", grouped(ratio.round() as usize)),
    }
}

/// What the ranking goes by, in the words of the picture, and its first title. `share` is taken off.
pub(crate) fn say(share: f32, first: &str) -> String {
    let by = match share {
        share if share < 0.25 => "“with” alone",
        share if share < 0.75 => "“with”, half of “without” taken off",
        _ => "the gain",
    };
    format!("Ranked by {by}: {first} is first.")
}

/// How many films the prompt names, of how many.
pub(crate) fn names(n_told: Option<usize>, n_films: usize) -> String {
    match n_told {
        None => "The prompt is yours.".to_owned(),
        Some(n) if n == n_films => format!("The prompt names {}", counted(n, "film", "films")),
        Some(n) => format!("The prompt names {n} of {}", counted(n_films, "film", "films")),
    }
}

pub(crate) fn step(n_told: usize, n_films: usize) -> String {
    format!("{n_told} of {}", counted(n_films, "film", "films"))
}

/// What a press on a film does.
pub(crate) fn up_to(film: &str) -> String {
    format!("Name films up to {film}")
}

/// A title that is too unlikely to be drawn.
pub(crate) fn far(without: f32, with: f32) -> String {
    format!("◂ {} to {}", figures::plain(without, 1), figures::plain(with, 1))
}

pub(crate) fn more(n: usize) -> String {
    format!("{} in the table", counted(n, "more title", "more titles"))
}

/// Who was asked, and how well it ranks lists of 20 beside the best of the others.
pub(crate) fn source(model: &LanguageModel, is_adapted: bool, share: f32) -> String {
    let form = if is_adapted { "llm_tuned" } else { "llm" };
    let share = match share {
        share if share < 0.25 => "raw",
        share if share < 0.75 => "half",
        _ => "full",
    };
    let asked = format!("{}, {}", model.name, super::model_form(is_adapted));
    let Some(measured) = &model.measured else { return asked };
    let name = format!("{form} {share}");
    let Some(own) = measured.rows.iter().find(|it| it.name == name) else { return asked };
    let best = measured.rows.iter().find(|it| !it.name.starts_with("llm"));
    let beside = best.map_or_else(String::new, |it| {
        format!("; {}: {}", super::ranker(&it.name), super::ndcg(it.ndcg))
    });
    let readers = counted(measured.n_users, "held-out reader", "held-out readers");
    format!(
        "{asked} · NDCG@10 {} ({:.3}–{:.3}) among 20 films on {readers}{beside}",
        super::ndcg(own.ndcg),
        own.low,
        own.high
    )
}
