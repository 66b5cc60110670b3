//! One message, and all that came of it.

use reactive_graph::signal::RwSignal;

use super::Words;
use crate::catalog::ItemRow;
use crate::dialogue::{Claim, Heard, Ranked, Scene, Wish};
use crate::engine::protocol::EngineError;

/// A message and all that came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    pub message: String,
    /// Said by the simulated seeker.
    pub is_simulated: bool,
    /// What was wanted until then.
    pub before: Wish,
    pub heard: Heard,
    /// Films that pass the filters, the best first; of `n_fit`.
    pub ranked: Vec<Ranked>,
    /// Their ranks before the reader's re-ranker put them in order; none where it did not.
    pub plain_ranks: Vec<usize>,
    pub n_fit: usize,
    pub claims: Vec<Claim>,
    /// It names the films that stood on screen before.
    pub is_same: bool,
    /// Why the words were not searched by meaning, or the sequential model not asked.
    pub missing: Vec<EngineError>,
    pub millis: f64,
    /// A model's words for the claims, where one was asked for them.
    pub words: RwSignal<Words>,
}

impl Turn {
    /// The films that the answer names, in its order.
    pub fn on_screen(&self) -> Vec<ItemRow> {
        let fits = self.claims.iter().filter(|it| matches!(it, Claim::Fits { .. }));
        fits.filter_map(Claim::film).collect()
    }
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
    let newest = turns.last();
    let scene = Scene {
        shown: &on_screen(turns),
        about: newest.and_then(|it| it.heard.about),
        before: newest.map(|it| &it.before),
    };
    hear(wish, scene)
}

/// The films that the newest answer with films names, in its order.
pub(super) fn on_screen(turns: &[Turn]) -> Vec<ItemRow> {
    turns.iter().rev().map(Turn::on_screen).find(|it| !it.is_empty()).unwrap_or_default()
}
