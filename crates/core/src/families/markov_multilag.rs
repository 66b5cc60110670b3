//! Markov chain over several lags: what follows each pick soon.

use super::inspect::sums;
use super::{Card, Kind, Registered, ScoreMeaning, counting};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "markov_multilag",
        title: "Markov, many lags",
        kind: Kind::Baseline,
        description: "Counts which films people rated within a few steps of each of your films, \
            the recent ones weighing more. A memory of your last twenty steps, without any \
            learning.",
        score: ScoreMeaning::Sum,
    },
    parts: counting::parts_with_table,
    open: counting::open_with_table,
    inspection: Some(sums::INSPECTION),
};
