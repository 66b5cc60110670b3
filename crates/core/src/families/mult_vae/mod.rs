//! Mult-VAE: a variational auto-encoder of the set of picks.

mod axes;
mod inspect;
mod plane;
mod shift;

use super::{Card, Inspection, Kind, Registered, ScoreMeaning, graph};

pub use inspect::{Dimension, Ends, MultVae, Shown};
pub use plane::{N_ACROSS, Plane, Point, Region, STEP, nearest_place, point};
pub use shift::{FARTHEST, Shift};

pub(super) const FAMILY: Registered = Registered {
    card: Card {
        name: "mult_vae",
        title: "Mult-VAE",
        kind: Kind::Variational,
        description: "A variational auto-encoder encodes your films as a Gaussian in 128 latent \
            dimensions and decodes a score for every film; newer picks count more, and EASE cut \
            to a low rank is added. It completes a set \
            of films better than EASE alone, which reads no order, and names the next one better.",
        score: ScoreMeaning::Logit,
    },
    parts: graph::parts,
    open: |opening| graph::open_probed(opening, &[SHIFT, graph::EVEN]),
    inspection: Some(Inspection::of::<inspect::MultVae>()),
};

/// Added to the reader's place among the dimensions, `[batch, latent]`.
const SHIFT: &str = "shift";
