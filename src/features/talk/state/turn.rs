//! One message, and all that came of it.

use reactive_graph::signal::RwSignal;

use super::Words;
use crate::catalog::ItemRow;
use crate::dialogue::{Claim, Filter, Heard, Intent, Part, Ranked, Scene, Wish};
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
    /// All that was heard, and what of it the reader switched off.
    pub parts: Vec<Part>,
    pub off: Vec<Part>,
    /// What the films of the catalogue had to pass.
    pub filters: Vec<Filter>,
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
    /// Whether the sequential model joined in.
    pub fn has_next(&self) -> bool {
        self.ranked.iter().any(|it| it.next != 0.0)
    }

    /// The films that the answer names, in its order.
    pub fn on_screen(&self) -> Vec<ItemRow> {
        let fits = self.claims.iter().filter(|it| matches!(it, Claim::Fits { .. }));
        fits.filter_map(Claim::film).collect()
    }
}

/// What the reader switched off of the newest turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The turn as it was.
    pub turn: Turn,
    /// In the order in which they were switched off.
    pub off: Vec<Part>,
}

impl Changed {
    pub(super) fn none_of(turn: Turn) -> Self {
        Self { turn, off: Vec::new() }
    }

    /// Switches `parts` off, or on again where all of them are off.
    pub(super) fn switched(mut self, parts: &[Part]) -> Self {
        let are_off = parts.iter().all(|it| self.off.contains(it));
        self.off.retain(|it| !parts.contains(it));
        if !are_off {
            self.off.extend_from_slice(parts);
        }
        self
    }

    /// What is heard without the parts that are off.
    pub(super) fn heard(&self) -> Heard {
        let was = &self.turn.heard;
        if self.off.is_empty() {
            return was.clone();
        }
        let wish = self.off.iter().fold(was.wish.clone(), |wish, part| wish.without(part));
        let is_away = |it: &&ItemRow| wish.rejected.contains(it);
        let put_away: Vec<ItemRow> = was.put_away.iter().filter(is_away).copied().collect();
        let intent = if put_away.is_empty() { Intent::Refine } else { Intent::Reject };
        Heard { intent, put_away, unmet: was.unmet.clone(), wish, ..Heard::default() }
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
