//! By what the map is laid out.

use leptos::prelude::*;

use super::address::LaidOut;
use super::words;
use crate::map::Layout;
use crate::ui::dom_id;
use crate::ui::keys::walk_without_choosing;
use crate::ui::shell;

#[component]
pub(super) fn LayoutChoice() -> impl IntoView {
    let choices = Layout::ALL.map(|layout| view! { <Choice layout /> }).collect_view();
    view! {
        <fieldset class="map-layout" on:keydown=|event| walk_without_choosing(&event)>
            <legend class="label">{words::LAYOUT}</legend>
            <div>{choices}</div>
        </fieldset>
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
