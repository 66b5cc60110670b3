//! The list of views: a family's own under its name, and the general ones under the form that they show.

use std::any::Any;
use std::sync::Arc;

use leptos::prelude::*;

use super::{
    bert4rec, blend, diffrec, gru4rec, irgan, mult_vae, multimodal, positions, semantic_id, sums,
    text_history,
};
use crate::catalog::Catalogue;
use crate::families::inspect::{Inspect, Inspection};
use crate::families::{self, FamilyName};
use crate::history::History;
use crate::ui::table::Table;

static VIEWS: &[View] = &[
    View::of::<bert4rec::view::View>(),
    View::of::<blend::view::View>(),
    View::of::<diffrec::view::View>(),
    View::of::<gru4rec::view::View>(),
    View::of::<irgan::view::View>(),
    View::of::<mult_vae::view::View>(),
    View::of::<multimodal::view::View>(),
    View::of::<semantic_id::view::View>(),
    View::of::<text_history::view::View>(),
    View::of::<positions::view::View>(),
    View::of::<sums::view::View>(),
];

/// How one family, or several that show the same, is looked into.
pub(super) trait InspectView {
    type Of: Inspect;
    /// Of the family, or of the form that several families show.
    const NAME: &'static str;

    fn show() -> AnyView;

    /// Whether `shown` has all that the model shows after `probe`, so that nothing need be asked for it.
    fn holds(_shown: &ShownBy<Self>, _probe: &str) -> bool {
        false
    }

    /// The same as numbers; `picks` are those the family read.
    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table>;
}

/// What a view shows.
pub(super) type ShownBy<V> = <<V as InspectView>::Of as Inspect>::Shown;

/// One line of the registry.
pub(super) struct View {
    pub(super) name: &'static str,
    /// Reads what the engine sent of it.
    pub(super) read: fn(&str) -> Result<Shown, serde_json::Error>,
    pub(super) show: fn() -> AnyView,
    /// As [`InspectView::holds`].
    pub(super) holds: fn(&Shown, &str) -> bool,
    /// What `read` gave, as tables.
    pub(super) tables: fn(&Shown, &History, &Catalogue) -> Vec<Table>,
}

/// What a family shows, in its own type.
pub(super) type Shown = Arc<dyn Any + Send + Sync>;

impl View {
    const fn of<V: InspectView>() -> Self {
        Self {
            name: V::NAME,
            read: |json| Ok(Arc::new(serde_json::from_slice::<ShownBy<V>>(json.as_bytes())?)),
            show: V::show,
            holds: |shown, probe| shown.downcast_ref().is_some_and(|it| V::holds(it, probe)),
            tables: |shown, picks, catalogue| {
                let shown = shown.downcast_ref::<ShownBy<V>>();
                shown.map(|it| V::tables(it, picks, catalogue)).unwrap_or_default()
            },
        }
    }
}

/// How `family` is looked into and shown; `None` for those that show nothing but their list.
pub(super) fn find(family: &FamilyName) -> Option<(&'static Inspection, &'static View)> {
    let inspection = families::find(family)?.inspection.as_ref()?;
    let view = |name: &str| VIEWS.iter().find(|it| it.name == name);
    Some((inspection, view(&family.0).or_else(|| view(inspection.form))?))
}
