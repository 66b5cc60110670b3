//! A list that is on its way for the first time: what is being fetched for it, and room for its rows.

use leptos::prelude::*;

use super::shell;
use super::words;

#[component]
pub(crate) fn FirstList(#[prop(into)] is_awaited: Signal<bool>) -> impl IntoView {
    let shell = shell();
    let coming = move || {
        let files = shell.engine.watch().files();
        files.into_iter().find(|file| !file.is_done).map_or_else(
            || words::LIST_WAITING.to_owned(),
            |file| words::fetching(&file.path, file.fetched_bytes, file.total_bytes),
        )
    };
    view! {
        <Show when=move || is_awaited.get()>
            <p class="quiet spin" role="status">{coming}</p>
            <div class="ghost ghost-row"></div>
            <div class="ghost ghost-row"></div>
            <div class="ghost ghost-row"></div>
        </Show>
    }
}
