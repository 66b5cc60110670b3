//! A film as what its text says, how its trailer sounds and looks, and who picked it.

mod inspect;
mod switches;

use super::{Card, Inspection, Kind, Registered, ScoreMeaning, graph};

pub use inspect::{Multimodal, Near, Neighbour, Parted, Shown};
pub use switches::{Modality, Switches};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "multimodal",
        title: "Multimodal",
        kind: Kind::Language,
        description: "A film’s vector joins what its text says, how its trailer sounds and \
            looks, and who picked it, all brought into one space by contrastive training. So a \
            film that hardly anybody has rated still has a place.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: |opening| graph::open_probed(opening, &[WITHOUT]),
    inspection: Some(Inspection::of::<inspect::Multimodal>()),
};

/// 1 where a modality is switched off, `[batch, modalities]`.
const WITHOUT: &str = "without";
