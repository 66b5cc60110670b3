//! The same as a table.

use leptos::prelude::*;

use super::{target_of, words};
use crate::ui::table::{Cell, Table};

/// The table of what is drawn, made when it is opened.
#[component]
pub(super) fn Twin(table: Signal<Option<Table>>) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let opened_table = move || {
        if !is_open.get() {
            return None;
        }
        let table = table.get()?;
        let head =
            table.columns.iter().map(|it| view! { <th scope="col">{words::column(it)}</th> });
        let head = head.collect_view();
        let row = |cells: Vec<Cell>| {
            let cells =
                cells.into_iter().map(|it| view! { <td>{it.written()}</td> }).collect_view();
            view! { <tr>{cells}</tr> }
        };
        let rows = table.rows.into_iter().map(row).collect_view();
        Some(view! {
            <div class="twin-rows" tabindex="0" role="group" aria-label=words::AS_TABLE>
                <table>
                    <thead><tr>{head}</tr></thead>
                    <tbody translate="no">{rows}</tbody>
                </table>
            </div>
        })
    };
    let opened = move |event: web_sys::Event| {
        let details = target_of(&event);
        is_open.set(details.is_some_and(|it| it.has_attribute("open")));
    };
    view! {
        <details on:toggle=opened>
            <summary>{words::AS_TABLE}</summary>
            {opened_table}
        </details>
    }
}
