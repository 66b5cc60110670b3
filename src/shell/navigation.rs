//! The parts of the site: those of this page are opened, the others are another page's.

use leptos::prelude::*;

use super::feature::Feature;
use super::words;
use crate::ui::shell;

#[component]
pub(super) fn Navigation(features: StoredValue<Vec<Feature>>) -> impl IntoView {
    let doors = features.get_value().into_iter().map(|feature| view! { <Door feature /> });
    view! { <nav class="tabs" aria-label=words::TABS>{doors.collect_view()}</nav> }
}

/// A button where the part is on this page, a link where it is on another.
#[component]
fn Door(feature: Feature) -> impl IntoView {
    let shell = shell();
    let door = feature.door;
    if feature.here.is_some() {
        view! {
            <button
                class="tab"
                aria-current=move || shell.address.is_open(door.id).then_some("page")
                on:click=move |_| shell.address.turn_to(door.id)
            >
                {door.title}
            </button>
        }
        .into_any()
    } else {
        view! { <a class="tab" href=move || shell.address.link_to(shell, door)>{door.title}</a> }
            .into_any()
    }
}
