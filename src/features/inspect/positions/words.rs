//! A model that reads films in order with attention.

use crate::ui::words::{counted, ordinal, percent};

pub(super) const ABOUT: &str = "attention";
pub(super) const RANK_BEFORE: &str = "rank before";
pub(super) const RANK_BEFORE_LONG: &str = "rank just before it was watched";
pub(super) const NOTE: &str = "It reads your films oldest first and never looks ahead: after every \
     film it has a list ready, so your next film tests its list. Attention, one head a layer, is \
     where the model looked, not why a film is in the list: leave a film out to learn that.";

/// Where the last layer looked most from a film.
pub(super) struct Looked {
    pub(super) from: String,
    /// `None` where it is the film itself.
    pub(super) most: Option<String>,
    pub(super) share: f32,
    /// Counted from 1.
    pub(super) layer: usize,
}

pub(super) fn layer(n: usize) -> String {
    format!("layer {n}")
}

/// "20 · 16 %".
pub(super) fn shares(first: f32, last: f32) -> String {
    format!("{:.0} · {}", first * 100.0, percent(last))
}

/// What the films have that are not drawn.
pub(super) fn others(n: usize, rest: &[f32]) -> String {
    let rest: Vec<String> = rest.iter().map(|it| percent(*it)).collect();
    format!("{}: {}", counted(n, "other film", "other films"), rest.join(" · "))
}

/// `expected` is the film that had the lowest rank of all before it was watched, and that rank.
pub(super) fn claim(
    looked: Option<&Looked>,
    expected: Option<&(String, usize)>,
    step: &str,
) -> String {
    let Some(Looked { from, most, share, layer }) = looked else {
        return match expected {
            Some((film, rank)) => {
                format!(
                    "From {step}, the first film, there is nothing else to look at; {film} was expected least ({})",
                    ordinal(*rank)
                )
            }
            None => format!("{step} is the only film, so every layer looks at it alone"),
        };
    };
    let share = percent(*share);
    match (most, expected) {
        (Some(most), Some((film, rank))) if most == film => format!(
            "From {from}, layer {layer} looks most at {most} ({share}), which the model expected least ({})",
            ordinal(*rank)
        ),
        (most, expected) => {
            let most = most.as_deref().unwrap_or("that film itself");
            let expected = expected.map_or_else(String::new, |(film, rank)| {
                format!("; it expected {film} least ({})", ordinal(*rank))
            });
            format!("From {from}, layer {layer} looks most at {most} ({share}){expected}")
        }
    }
}

/// What came first in its list after `film`; `next` is the film that was watched then, with its rank.
pub(super) fn say(film: &str, first: Option<&str>, next: Option<(&str, usize)>) -> String {
    match (first, next) {
        (None, _) => String::new(),
        (Some(first), None) => format!("Arcs: attention. Now {first} comes first."),
        (Some(first), Some((next, rank))) => {
            format!("After {film}, {first} came first; {next}, your next film, {}.", ordinal(rank))
        }
    }
}
