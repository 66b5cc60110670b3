//! A model that keeps a reader as a cloud in a latent space: dragged over a plane of two dimensions, the list follows.

use leptos::prelude::*;

use super::{figure, words};
use crate::catalog::Catalogue;
use crate::families::inspect::Probe;
use crate::families::mult_vae::{Point, STEP, Shift, Shown as MultVae, nearest_place};
use crate::features::inspect::figure::InspectFigure;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{inspecting, seen};
use crate::history::History;
use crate::ui::figure::{Change, Drag, Draw};
use crate::ui::shell;
use crate::ui::table::Table;

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::mult_vae::MultVae;
    const NAME: &'static str = "mult_vae";

    fn show() -> AnyView {
        view! { <Inside /> }.into_any()
    }

    /// The lists of a whole plane are there.
    fn holds(shown: &ShownBy<Self>, probe: &str) -> bool {
        shown.first_under(&Shift::from_address(probe).unwrap_or_default()).is_some()
    }

    fn tables(shown: &ShownBy<Self>, _picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, catalogue)
    }
}

#[component]
fn Inside() -> impl IntoView {
    let (shell, inspecting) = (shell(), inspecting());
    let seen = seen::<MultVae>();
    let shift = Memo::new(move |_| inspecting.probe::<Shift>());
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        seen.with(|it| shift.with(|shift| figure::draw(&it.as_ref()?.of, shift, &catalogue, width)))
    });
    // Places are those that the model was run at.
    let go = move |to: Point| {
        let shift = seen.with_untracked(|it| Some(it.as_ref()?.of.shift_to(nearest_place(to))));
        if let Some(shift) = shift {
            inspecting.try_probe(&shift);
        }
    };
    let here = move || {
        let of = |it: &MultVae| it.point(&inspecting.probe_untracked());
        seen.with_untracked(|it| it.as_ref().and_then(|it| of(&it.of))).unwrap_or_default()
    };
    let press = move |(key,): (String,)| {
        let (right, up) = match key.as_str() {
            "ArrowLeft" => (-STEP, 0.0),
            "ArrowRight" => (STEP, 0.0),
            "ArrowUp" => (0.0, STEP),
            "ArrowDown" => (0.0, -STEP),
            "Home" => {
                inspecting.try_probe(&Shift::default());
                return true;
            }
            _ => return false,
        };
        let (x, y) = here();
        go((x + right, y + up));
        true
    };
    let drag = Drag {
        to: Callback::new(move |(x, y, width)| go(figure::point_of(x, y, width))),
        press: Callback::new(press),
    };
    let change = Change {
        is_changed: Signal::derive(move || shift.with(|it| *it != Shift::default())),
        undo: Callback::new(move |()| inspecting.try_probe(&Shift::default())),
    };
    let note = move || seen.with(|it| it.as_ref().map(|it| words::note(&it.of.dimensions)));
    view! {
        <div class="inside-alone">
            <InspectFigure name="latent" about=words::ABOUT draw drag change />
        </div>
        <p class="stated">{note}</p>
    }
}
