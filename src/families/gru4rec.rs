//! GRU4Rec: a gated recurrent network over the sequence of picks.

use super::{Card, Kind, Registered, ScoreMeaning, graph};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "gru4rec",
        title: "GRU4Rec",
        kind: Kind::Autoregressive,
        description: "A recurrent network reads your picks one by one and keeps what matters in a \
            state of 128 numbers. Older picks fade as new ones come, so it is good at \
            what you are in the mood for now.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: None,
};
