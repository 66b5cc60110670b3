//! SASRec with EASE's links, whose films start from what is written about them.

use super::inspect::positions;
use super::{Card, Kind, Registered, ScoreMeaning, graph};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "sasrec_text",
        title: "SASRec with texts",
        kind: Kind::Hybrid,
        description: "SASRec with EASE's links, but a film's vector is read from its text too, \
            and each of your films adds four films that read alike. So it leans on words where \
            few people have rated a film.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: graph::open,
    inspection: Some(positions::INSPECTION),
};
