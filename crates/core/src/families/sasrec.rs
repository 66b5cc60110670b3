//! SASRec: a causal transformer over the sequence of picks.

use super::inspect::positions;
use super::{Card, Kind, Registered, ScoreMeaning, graph};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "sasrec",
        title: "SASRec",
        kind: Kind::Autoregressive,
        description: "A small transformer reads your films in order with self-attention and \
            predicts the next one. Nothing is added to its scores, and alone it ranks below EASE \
            with recency.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: Some(positions::INSPECTION),
};
