//! By what the map is laid out, and how well it keeps who is near to whom.

use leptos::prelude::*;

use super::address::LaidOut;
use super::state::MapState;
use super::words;
use crate::map::Layout;
use crate::ui::dom_id;
use crate::ui::keys::walk_without_choosing;
use crate::ui::shell;

#[component]
pub(super) fn LayoutChoice() -> impl IntoView {
    let shell = shell();
    let laid_out = shell.get::<LaidOut>();
    let state: MapState = expect_context();
    let choices = Layout::ALL.map(|layout| view! { <Choice layout /> }).collect_view();
    let lead = move || {
        let layout = laid_out.by();
        let n_films = shell.site.catalogue().n_items();
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
    let laid_out = shell().get::<LaidOut>();
    view! {
        <label>
            <input
                type="radio"
                name=dom_id("layout")
                value=layout.as_str()
                prop:checked=move || laid_out.by() == layout
                on:change=move |_| laid_out.lay_out_by(layout)
            />
            {words::layout(layout)}
        </label>
    }
}
