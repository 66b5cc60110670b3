//! EASE: one linear item-to-item matrix in closed form.

use super::inspect::sums;
use super::{Card, Kind, Registered, ScoreMeaning, counting};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "ease",
        title: "EASE",
        kind: Kind::Baseline,
        description: "Learns one weight from every film to every other so that your films together \
            predict the rest of what you watched. A single matrix solved in one step; all films \
            count alike.",
        score: ScoreMeaning::Sum,
    },
    parts: counting::parts_with_table,
    open: counting::open_with_table,
    inspection: Some(sums::INSPECTION),
};
