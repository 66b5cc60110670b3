//! The parts of the site: those of this page are opened, the others are another page's.

use leptos::prelude::*;

use super::feature::Feature;
use crate::views::text;

#[component]
pub(super) fn Navigation(features: StoredValue<Vec<Feature>>) -> impl IntoView {
    let doors = features.get_value().into_iter().map(|feature| view! { <Door feature /> });
    view! { <nav class="tabs" aria-label=text::TABS>{doors.collect_view()}</nav> }
}

/// A button where the part is on this page, a link where it is on another.
#[component]
fn Door(feature: Feature) -> impl IntoView {
    let session = crate::views::session();
    let Feature { tab, title, mount } = feature;
    let is_open = move || session.tab().get() == tab;
    if mount.is_some() {
        view! {
            <button
                class="tab"
                aria-current=move || is_open().then_some("page")
                on:click=move |_| session.turn_to(tab)
            >
                {title}
            </button>
        }
        .into_any()
    } else {
        view! { <a class="tab" href=move || session.link_to(tab)>{title}</a> }.into_any()
    }
}
