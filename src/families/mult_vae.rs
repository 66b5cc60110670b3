//! Mult-VAE: a variational auto-encoder of the set of picks.

use super::{Card, Kind, Registered, ScoreMeaning, graph};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "mult_vae",
        title: "Mult-VAE",
        kind: Kind::Variational,
        description: "An auto-encoder squeezes your picks into a point among 128 directions of \
            taste and spells out every film from there. It ignores their order, and pays \
            off where you have seen much.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: None,
};
