//! Every file fetched: how large, and from where.

use leptos::prelude::*;

use crate::views::text;

#[component]
pub(super) fn Files() -> impl IntoView {
    let watch = super::session().engine_watch();
    let rows = move || {
        let files = watch.all_files();
        files
            .into_iter()
            .map(|file| {
                view! {
                    <tr>
                        <th scope="row" translate="no">{file.path}</th>
                        <td class="number" translate="no">{text::bytes(file.fetched_bytes)}</td>
                        <td>{text::file_source(file.is_from_cache)}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    let is_empty = move || watch.all_files().is_empty();
    view! {
        <h3 class="label">{text::FILES}</h3>
        <Show when=is_empty>
            <p class="quiet">{text::NO_FILES}</p>
        </Show>
        <table class="files">
            <thead>
                <tr>
                    <th scope="col">{text::FILE}</th>
                    <th scope="col" class="number">{text::SIZE}</th>
                    <th scope="col">{text::SOURCE}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
