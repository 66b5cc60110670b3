//! The same as a table.

use leptos::prelude::*;

use super::{target_of, words};
use crate::catalog::ItemRow;
use crate::state::shell::Shell;
use crate::ui::acts::AddFilm;
use crate::ui::shell;
use crate::ui::table::{Cell, FILM_COLUMN, Table};

/// The table of what is drawn, made when it is opened.
#[component]
pub(super) fn Twin(table: Signal<Option<Table>>) -> impl IntoView {
    let shell = shell();
    let is_open = RwSignal::new(false);
    let opened_table = move || {
        if !is_open.get() {
            return None;
        }
        let table = table.get()?;
        let head =
            table.columns.iter().map(|it| view! { <th scope="col">{words::column(it)}</th> });
        let head = head.collect_view();
        // A film is added from here too, beside its number.
        let of_film = table.columns.iter().position(|it| it == FILM_COLUMN);
        let row = |cells: Vec<Cell>| {
            let film = of_film.and_then(|at| film_of(shell, cells.get(at)?));
            let cell = |(at, it): (usize, Cell)| {
                let add = film.filter(|_| of_film == Some(at));
                view! { <td>{it.written()}{add.map(|item| view! { <AddFilm item /> })}</td> }
            };
            let cells = cells.into_iter().enumerate().map(cell).collect_view();
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

/// The film whose number is in a cell, where there is one.
fn film_of(shell: Shell, cell: &Cell) -> Option<ItemRow> {
    let Cell::Int(id) = cell else { return None };
    shell.site.catalogue().row_of(u32::try_from(*id).ok()?)
}
