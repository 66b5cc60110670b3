//! One message, and all that came of it.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::dialogue::{Claim, Heard, Ranked, Scene, Wish};
use crate::engine::protocol::EngineError;
use crate::session::Words;

/// A message and all that came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    pub message: String,
    /// Said by the simulated seeker.
    pub is_simulated: bool,
    pub heard: Heard,
    /// Films that pass the filters, the best first; of `n_fit`.
    pub ranked: Vec<Ranked>,
    pub n_fit: usize,
    pub claims: Vec<Claim>,
    /// Why the words were not searched by meaning, or the sequential model not asked.
    pub missing: Vec<EngineError>,
    pub millis: f64,
    /// A model's words for the claims, where one was asked for them.
    pub words: RwSignal<Words>,
}

/// How a simulated search stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    Running {
        n_turns: usize,
    },
    /// At this rank of the list shown.
    Found {
        n_turns: usize,
        rank: usize,
    },
    GaveUp {
        n_turns: usize,
    },
}

/// Reads `message` as said after `turns`.
pub(super) fn hear_after(
    turns: &[Turn],
    wish: &Wish,
    hear: impl FnOnce(&Wish, Scene<'_>) -> Heard,
) -> Heard {
    let shown = on_screen(turns);
    let about = turns.last().and_then(|it| it.heard.about);
    let before = turns.len().checked_sub(2).and_then(|at| turns.get(at));
    let before = before.map_or_else(Wish::default, |it| it.heard.wish.clone());
    hear(wish, Scene { shown: &shown, about, before: Some(&before) })
}

/// The films that the newest answer with films names, in its order.
fn on_screen(turns: &[Turn]) -> Vec<ItemRow> {
    let named = |turn: &Turn| {
        let fits = turn.claims.iter().filter(|it| matches!(it, Claim::Fits { .. }));
        fits.filter_map(Claim::film).collect::<Vec<_>>()
    };
    turns.iter().rev().map(named).find(|films| !films.is_empty()).unwrap_or_default()
}
