//! SASRec's scores and, added to them, those of EASE's strongest links from each pick.

use super::inspect::positions;
use super::{Card, Kind, Registered, ScoreMeaning, graph};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "sasrec_ease",
        title: "SASRec with EASE's links",
        kind: Kind::Hybrid,
        description: "SASRec reads your films in order with self-attention and predicts the next \
            one, and six EASE neighbours of each film are added to its scores. Together they rank \
            level with EASE with recency, which neither does alone.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: Some(positions::INSPECTION),
};
