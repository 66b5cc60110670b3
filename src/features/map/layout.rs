//! By what the map is laid out, and how well it keeps who is near to whom.

use leptos::prelude::*;

use super::state::MapState;
use super::words;
use crate::map::Layout;
use crate::ui::keys::walk_without_choosing;
use crate::views::session;

#[component]
pub(super) fn LayoutChoice() -> impl IntoView {
    let session = session();
    let state: MapState = expect_context();
    let choices = Layout::ALL.map(|layout| view! { <Choice layout /> }).collect_view();
    let lead = move || {
        let layout = session.layout().get();
        let n_films = session.catalogue().n_items();
        state.layout_facts(layout).map(|(_, kept)| words::lead(layout, n_films, kept))
    };
    view! {
        <fieldset class="map-layout" on:keydown=|event| walk_without_choosing(&event)>
            <legend class="label">{words::LAYOUT}</legend>
            <div>{choices}</div>
        </fieldset>
        <p class="quiet map-lead">{lead}</p>
    }
}

#[component]
fn Choice(layout: Layout) -> impl IntoView {
    let session = session();
    view! {
        <label>
            <input
                type="radio"
                name="layout"
                value=layout.as_str()
                prop:checked=move || session.layout().get() == layout
                on:change=move |_| session.lay_out_by(layout)
            />
            {words::layout(layout)}
        </label>
    }
}
