//! How the chosen family arrives at its list, in its own terms: a view a family, and those that several share.

mod bert4rec;
mod diffrec;
mod gru4rec;
mod irgan;
mod mult_vae;
mod positions;
mod semantic_id;
mod sums;
mod text_history;

mod films;
mod moved;
mod next;
mod state;
mod stepper;
mod view;
mod weights;
mod words;

use std::any::Any;
use std::sync::Arc;

use leptos::prelude::*;

use crate::families::inspect::positions::Positions;
use crate::families::inspect::sums::Sums;
use crate::families::inspect::{Inspect, Inspection};
use crate::families::{self, FamilyName};

pub use view::InspectTab;

/// A family's own view under its name, and the general ones under the form that they show.
static VIEWS: &[View] = &[
    View::of::<families::bert4rec::Bert4Rec>("bert4rec", bert4rec::view),
    View::of::<families::diffrec::DiffRec>("diffrec", diffrec::view),
    View::of::<families::gru4rec::Gru4Rec>("gru4rec", gru4rec::view),
    View::of::<families::irgan::Irgan>("irgan", irgan::view),
    View::of::<families::mult_vae::MultVae>("mult_vae", mult_vae::view),
    View::of::<families::semantic_id::SemanticId>("semantic_id", semantic_id::view),
    View::of::<Sums>("text_history", text_history::view),
    View::of::<Positions>(Positions::FORM, positions::view),
    View::of::<Sums>(Sums::FORM, sums::view),
];

/// One line of the registry.
struct View {
    name: &'static str,
    /// Reads what the engine sent of it.
    read: fn(&str) -> Result<Arc<dyn Any + Send + Sync>, serde_json::Error>,
    show: fn() -> AnyView,
}

impl View {
    const fn of<I: Inspect>(name: &'static str, show: fn() -> AnyView) -> Self {
        Self {
            name,
            read: |json| Ok(Arc::new(serde_json::from_slice::<I::Shown>(json.as_bytes())?)),
            show,
        }
    }
}

/// How `family` is looked into and shown; `None` for those that show nothing but their list.
fn find(family: &FamilyName) -> Option<(&'static Inspection, &'static View)> {
    let inspection = families::find(family)?.inspection.as_ref()?;
    let view = |name: &str| VIEWS.iter().find(|it| it.name == name);
    Some((inspection, view(&family.0).or_else(|| view(inspection.form))?))
}
