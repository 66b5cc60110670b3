//! IRGAN: a generator and a discriminator that compete over the set of picks.

mod inspect;

use super::{Card, Inspection, Kind, Registered, ScoreMeaning, graph};

pub use inspect::{Drawn, Irgan, Round, Shown};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "irgan",
        title: "IRGAN",
        kind: Kind::Adversarial,
        description: "A generator of films is trained for five rounds against a discriminator that \
            tells its films from real ones. Here, as in other careful repeats, the rounds make it \
            worse than it was before them.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: Some(Inspection::of::<inspect::Irgan>()),
};
