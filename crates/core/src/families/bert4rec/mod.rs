//! BERT4Rec: a masked transformer over the sequence of picks.

mod inspect;

use super::{Card, Inspection, Kind, Registered, ScoreMeaning, graph};

pub use inspect::{Bert4Rec, Fill, Mask, Place, Shown, Sides, Standing};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "bert4rec",
        title: "BERT4Rec",
        kind: Kind::Masked,
        description: "A transformer that looks both ways learned to fill in films masked in a \
            history. To recommend, it reads your films with one more mask after the last.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: Some(Inspection::of::<inspect::Bert4Rec>()),
};
