//! Every file fetched: how large, and from where.

use leptos::prelude::*;

use super::page_files::all_files;
use super::words;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn Files() -> impl IntoView {
    let shell = shell();
    let rows = move || {
        let files = all_files(shell);
        files
            .into_iter()
            .map(|file| {
                view! {
                    <tr>
                        <th scope="row" translate="no">{file.path}</th>
                        <td class="number" translate="no">{text::bytes(file.fetched_bytes)}</td>
                        <td>{words::file_source(file.is_from_cache)}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    let is_empty = move || all_files(shell).is_empty();
    view! {
        <h3 class="label">{text::FILES}</h3>
        <Show when=is_empty>
            <p class="quiet">{words::NO_FILES}</p>
        </Show>
        <table class="files">
            <thead>
                <tr>
                    <th scope="col">{words::FILE}</th>
                    <th scope="col" class="number">{words::SIZE}</th>
                    <th scope="col">{words::SOURCE}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
