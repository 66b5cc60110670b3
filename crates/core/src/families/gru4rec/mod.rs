//! GRU4Rec: a gated recurrent network over the sequence of picks.

mod inspect;

use super::{Card, Inspection, Kind, Registered, ScoreMeaning, graph};

pub use inspect::{Gru4Rec, Shown, Trace};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "gru4rec",
        title: "GRU4Rec",
        kind: Kind::Autoregressive,
        description: "A recurrent network reads your films one by one and keeps what matters in a \
            state of 128 numbers. Older films fade as new ones come: without the newest, fewer \
            than half of its recommendations stay.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: Some(Inspection::of::<inspect::Gru4Rec>()),
};
