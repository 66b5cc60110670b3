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
        // A film is added from here too. A row's own heading, so that cells are numbers and words alone.
        let films: Vec<_> =
            table.rows.iter().map(|it| film_of(shell, &table.columns, it)).collect();
        let has_films = films.iter().any(Option::is_some);
        let row = |(cells, film): (Vec<Cell>, Option<ItemRow>)| {
            let add = film.map(|item| view! { <AddFilm item /> });
            let cells =
                cells.into_iter().map(|it| view! { <td>{it.written()}</td> }).collect_view();
            view! { <tr>{has_films.then(|| view! { <th scope="row">{add}</th> })} {cells}</tr> }
        };
        let rows = table.rows.into_iter().zip(films).map(row).collect_view();
        Some(view! {
            <div class="twin-rows" tabindex="0" role="group" aria-label=words::AS_TABLE>
                <table>
                    <thead><tr>{has_films.then(|| view! { <td></td> })} {head}</tr></thead>
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

/// The film of a row, where it has one.
fn film_of(shell: Shell, columns: &[String], row: &[Cell]) -> Option<ItemRow> {
    let at = columns.iter().position(|it| it == FILM_COLUMN)?;
    let Cell::Int(id) = row.get(at)? else { return None };
    shell.site.catalogue().row_of(u32::try_from(*id).ok()?)
}
