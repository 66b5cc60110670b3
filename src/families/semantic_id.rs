//! Semantic IDs: generative retrieval that spells a film's code.

use super::{Card, Kind, Registered, ScoreMeaning, graph};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "semantic_id",
        title: "Semantic IDs",
        kind: Kind::Language,
        description: "Every film has a short code made from its text, and a small network spells \
            the code of the next one. It can reach films that few have rated, and knows \
            them only by what is written about them.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: None,
};
