//! First-order Markov chain: what follows the last pick.

use super::inspect::sums;
use super::{Card, Kind, Registered, ScoreMeaning, counting};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "markov",
        title: "Markov-1",
        kind: Kind::Baseline,
        description: "Looks at your last film alone and counts which films people rated right \
            after it. Every model here that learned from people and reads more films names the next film \
            more often.",
        score: ScoreMeaning::Sum,
    },
    parts: counting::parts_with_table,
    open: counting::open_with_table,
    inspection: Some(sums::INSPECTION),
};
