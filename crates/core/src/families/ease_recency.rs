//! EASE asked with weights that fade with a pick's age.

use super::inspect::sums;
use super::{Card, Kind, Registered, ScoreMeaning, counting};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "ease_recency",
        title: "EASE, recent first",
        kind: Kind::Baseline,
        description: "The same learned weights as EASE, but your newest films count most and older \
            ones fade. The strongest of the plain models here, so the one to beat.",
        score: ScoreMeaning::Sum,
    },
    parts: counting::parts_with_table,
    open: counting::open_with_table,
    inspection: Some(sums::INSPECTION),
};
