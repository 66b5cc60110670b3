//! The way past the head of a page, for those who go by keyboard.

use leptos::html::Div;
use leptos::prelude::*;

/// Takes the focus to `body`. A link to an anchor would replace the fragment, which holds the state.
#[component]
pub fn Skip(body: NodeRef<Div>, name: &'static str) -> impl IntoView {
    let skip = move |_| {
        if let Some(body) = body.get_untracked() {
            let _ = body.focus(); // a browser that cannot focus it leaves the focus where it is
        }
    };
    view! {
        <nav aria-label=name>
            <button class="button skip visually-hidden" on:click=skip>{name}</button>
        </nav>
    }
}
