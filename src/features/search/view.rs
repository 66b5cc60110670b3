//! The field, and the films that were found by meaning.

use leptos::prelude::*;

use super::combobox::Combobox;
use super::found::FoundFilms;
use super::state::SearchState;
use crate::ui::shell;

/// The children are beside the field.
#[component]
pub fn Search(#[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="search">
            <Combobox />
            {children.map(|children| children())}
        </div>
        <FoundFilms />
    }
}

/// The state of the page that this is on.
pub(super) fn state() -> SearchState {
    shell().get()
}
