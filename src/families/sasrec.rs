//! SASRec: a causal transformer over the sequence of picks.

use super::{Card, Kind, Registered, ScoreMeaning, graph};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "sasrec",
        title: "Self-attention (SASRec)",
        kind: Kind::Autoregressive,
        description: "Reads your picks in order with self-attention, as a small language model reads \
            words, and guesses the next one. It learns which earlier picks matter for what \
            comes after.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
};
