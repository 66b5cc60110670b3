//! What most people watched, the same for everyone.

use super::inspect::sums;
use super::{Card, Kind, Part, Registered, ScoreMeaning, counting};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "popularity",
        title: "Popularity",
        kind: Kind::Baseline,
        description: "Ranks films by how many people have rated them and never looks at your \
            history. Any model worth its download has to beat it.",
        score: ScoreMeaning::Popularity,
    },
    parts: |_| vec![Part::PopularityScores],
    open: counting::open_without_links,
    inspection: Some(sums::INSPECTION),
};
