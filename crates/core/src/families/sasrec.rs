//! SASRec: a causal transformer over the sequence of picks.

use super::inspect::positions;
use super::{Card, Kind, Registered, ScoreMeaning, graph};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "sasrec",
        title: "SASRec",
        kind: Kind::Autoregressive,
        description: "A small transformer reads your picks in order with self-attention and guesses \
            the next one. To its scores are added six EASE neighbours of each pick, since \
            alone it loses to EASE with recent picks first.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: Some(positions::INSPECTION),
};
