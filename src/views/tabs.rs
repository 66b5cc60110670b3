//! The parts of the site: one family's list, its inside, or several side by side; and the page of
//! conversations, which is a program of its own.

use leptos::prelude::*;

use crate::session::Tab;
use crate::views::text;

#[component]
pub(crate) fn Tabs() -> impl IntoView {
    let session = super::session();
    view! {
        <nav class="tabs" aria-label=text::TABS>
            <TabDoor tab=Tab::Try name=text::TAB_TRY />
            <TabDoor tab=Tab::Inside name=text::TAB_INSIDE />
            <TabDoor tab=Tab::Compare name=text::TAB_COMPARE />
            <Show when=move || session.has_map()>
                <TabDoor tab=Tab::Map name=text::TAB_MAP />
            </Show>
            <TabDoor tab=Tab::Talk name=text::TAB_TALK />
            <TabDoor tab=Tab::Prompt name=text::TAB_PROMPT />
            <TabDoor tab=Tab::Teach name=text::TAB_TEACH />
        </nav>
    }
}

/// A button where the part is on this page, a link where it is on the other.
#[component]
fn TabDoor(tab: Tab, name: &'static str) -> impl IntoView {
    let session = super::session();
    let is_here = move || session.tab().get() == tab;
    move || {
        if session.is_on_this_page(tab) {
            view! {
                <button
                    class="tab"
                    aria-current=move || is_here().then_some("page")
                    on:click=move |_| session.turn_to(tab)
                >
                    {name}
                </button>
            }
            .into_any()
        } else {
            view! { <a class="tab" href=move || session.link_to(tab)>{name}</a> }.into_any()
        }
    }
}
