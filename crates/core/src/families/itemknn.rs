//! Item neighbours: cosine between the audiences of two films.

use super::inspect::sums;
use super::{Card, Kind, Registered, ScoreMeaning, counting};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "itemknn",
        title: "ItemKNN",
        kind: Kind::Baseline,
        description: "Adds up how much the audiences of your films overlap with the audience of \
            each other film. Their order makes no difference.",
        score: ScoreMeaning::Sum,
    },
    parts: counting::parts_with_table,
    open: counting::open_with_table,
    inspection: Some(sums::INSPECTION),
};
