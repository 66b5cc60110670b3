//! A model that keeps a reader as a point in a latent space: pushed along the strongest dimensions, the list
//! follows.

mod slider;
mod strip;

use leptos::prelude::*;

use super::words;
use crate::catalog::Catalogue;
use crate::families::mult_vae::{Dimension, Ends, Shift, Shown as MultVae};
use crate::features::inspect::moved::{Moved, MovedFilms};
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, inspecting, seen};
use crate::history::History;
use crate::ui::table::Table;

use slider::Slider;
use strip::Strip;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    seen: Memo<Option<Seen<MultVae>>>,
}

impl Shown {
    fn dimension(self, number: u32) -> Option<Dimension> {
        self.seen.with(|it| {
            let mut dimensions = it.as_ref()?.of.dimensions.iter();
            dimensions.find(|it| it.number == number).copied()
        })
    }

    fn ends(self, number: u32) -> Option<Ends> {
        self.seen.with(|it| it.as_ref()?.of.ends.iter().find(|it| it.dimension == number).cloned())
    }

    fn most_bits(self) -> f32 {
        self.seen.with(|it| {
            it.as_ref().and_then(|it| it.of.dimensions.first()).map_or(0.0, |it| it.bits)
        })
    }
}

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::mult_vae::MultVae;
    const NAME: &'static str = "mult_vae";

    fn show() -> AnyView {
        view! { <Inside /> }.into_any()
    }

    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, picks, catalogue)
    }
}

#[component]
fn Inside() -> impl IntoView {
    let seen = seen::<MultVae>();
    let shown = Shown { seen };
    let sliders = Memo::new(move |_| {
        let ends = seen.with(|it| it.as_ref().map(|it| it.of.ends.clone()));
        ends.unwrap_or_default().into_iter().map(|it| it.dimension).collect::<Vec<_>>()
    });
    view! {
        <p class="quiet list-lead">{words::LEAD}</p>
        <div class="inside-columns">
            <div>
                <h3 class="label">{words::STRONGEST}</h3>
                <For each=move || sliders.get() key=|number| *number children=move |number| {
                    view! { <Slider shown number /> }
                } />
                <p class="stated">{words::LEGEND}</p>
            </div>
            <FromThere seen />
        </div>
        <Strip seen />
    }
}

/// The list from where the reader was pushed.
#[component]
fn FromThere(seen: Memo<Option<Seen<MultVae>>>) -> impl IntoView {
    let inspecting = inspecting();
    let moved = Memo::new(move |_| {
        let moved = |it: &Seen<MultVae>| Moved::since(&it.of.before, &it.of.list);
        seen.with(|it| it.as_ref().map(moved).unwrap_or_default())
    });
    let is_at_home = Memo::new(move |_| inspecting.probe::<Shift>() == Shift::default());
    let title = move || if is_at_home.get() { words::YOURS } else { words::FROM_THERE };
    let said = move || moved.with(|it| words::changes(it.changes));
    view! {
        <div>
            <h3 class="label">{title}</h3>
            <MovedFilms moved />
            <p class="stated" role="status">{said}</p>
            <button
                class="button"
                disabled=is_at_home
                on:click=move |_| inspecting.try_probe(&Shift::default())
            >
                {words::BACK}
            </button>
        </div>
    }
}
