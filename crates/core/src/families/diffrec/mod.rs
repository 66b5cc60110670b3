//! DiffRec: a denoiser of the set of picks, applied step by step.

mod inspect;
mod noise;

use super::{Card, Inspection, Kind, Registered, ScoreMeaning, graph};

pub use inspect::{DiffRec, Draws, Guess, Noise, Shown};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "diffrec",
        title: "DiffRec",
        kind: Kind::Diffusion,
        description: "Takes your films for a noisy picture of all you would like and cleans it in \
            five steps; newer picks count more. Asked for a list it adds no noise, so it is an \
            auto-encoder used five times over.",
        score: ScoreMeaning::Reconstruction,
    },
    parts: graph::parts,
    open: |opening| graph::open_probed(opening, &[NOISE, graph::EVEN]),
    inspection: Some(Inspection::of::<inspect::DiffRec>()),
};

/// White noise of each step, `[batch, steps, hidden]`.
const NOISE: &str = "noise";
