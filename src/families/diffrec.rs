//! DiffRec: a denoiser of the set of picks, applied step by step.

use super::{Card, Kind, Registered, ScoreMeaning, graph};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "diffrec",
        title: "DiffRec",
        kind: Kind::Diffusion,
        description: "A denoiser takes your picks for a blurred picture of all you would like and \
            cleans it in five steps. It adds no noise here, so it is an auto-encoder \
            used five times over.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: None,
};
