//! BERT4Rec: a masked transformer over the sequence of picks.

use super::{Card, Kind, Registered, ScoreMeaning, graph};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "bert4rec",
        title: "BERT4Rec",
        kind: Kind::Masked,
        description: "A transformer that looks both ways learned to fill in films hidden from a \
            history. To recommend, it is shown your picks with one more hidden after the \
            last.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: None,
};
