//! The parts of the site: one family's list, its inside, or several side by side.

use leptos::prelude::*;

use crate::session::Tab;
use crate::views::text;

#[component]
pub(super) fn Tabs() -> impl IntoView {
    let session = super::session();
    view! {
        <nav class="tabs" aria-label=text::TABS>
            <TabButton tab=Tab::Try name=text::TAB_TRY />
            <TabButton tab=Tab::Inside name=text::TAB_INSIDE />
            <TabButton tab=Tab::Compare name=text::TAB_COMPARE />
            <Show when=move || session.has_map()>
                <TabButton tab=Tab::Map name=text::TAB_MAP />
            </Show>
        </nav>
    }
}

#[component]
fn TabButton(tab: Tab, name: &'static str) -> impl IntoView {
    let session = super::session();
    let is_here = move || session.tab().get() == tab;
    view! {
        <button
            class="tab"
            aria-current=move || is_here().then_some("page")
            on:click=move |_| session.open_tab(tab)
        >
            {name}
        </button>
    }
}
