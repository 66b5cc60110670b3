//! A student of the blend: SASRec's network taught by its scores, and links of EASE added to them.

use super::inspect::positions;
use super::{Card, Kind, Registered, ScoreMeaning, graph};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "blend_student",
        title: "Student of the blend",
        kind: Kind::Hybrid,
        description: "SASRec's network, taught by the scores of EASE with recency and GRU4Rec as \
            well as by what readers picked, with sixteen EASE neighbours of each film beside it. \
            It stands in for the blend in fewer bytes.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: Some(positions::INSPECTION),
};
