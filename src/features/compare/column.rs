//! One family's list among others, with what it is worth on top.

use leptos::prelude::*;

use super::place::Place;
use super::view::Pointed;
use super::words;
use crate::plot;
use crate::state::compared::Compared;
use crate::state::compared::{Column, Side};
use crate::state::lists::WITHIN;
use crate::state::shown::ShownRow;
use crate::ui::families::kind_class;
use crate::ui::glide;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn ColumnList(column: Column) -> impl IntoView {
    let list = NodeRef::new();
    let rows = Memo::new(move |_| {
        column.shown().with(|it| {
            let rows = it.as_ref().map(|it| it.rows.iter().take(WITHIN).copied().collect());
            rows.unwrap_or_else(Vec::<ShownRow>::new)
        })
    });
    glide::follow_ranks(list, rows);
    let side = if column.side == Side::Kept { "-kept" } else { "" };
    let title_id = shell().dom_id_of(format!("column-{}{side}", column.card.name));
    let labelled_by = title_id.clone();
    view! {
        <section
            class=format!("column {}", kind_class(column.card.kind))
            class:is-kept=column.side == Side::Kept
            class:is-stale=move || column.is_stale()
            aria-labelledby=labelled_by
            aria-busy=move || if column.is_waiting() { "true" } else { "false" }
        >
            <Head column title_id />
            <div class="column-body">
                <Failure column />
                <ol class="places" node_ref=list>
                    <For each=move || rows.get() key=|row| row.item children=move |row| {
                        let item = row.item;
                        let row = Memo::new(move |before: Option<&ShownRow>| {
                            // A row that is about to go keeps what it showed.
                            let found = rows.with(|it| it.iter().find(|it| it.item == item).copied());
                            found.or(before.copied()).unwrap_or(row)
                        });
                        view! { <Place item row=row.into() /> }
                    } />
                </ol>
                <Elsewhere column />
                <Links column />
            </div>
            <Moves column />
        </section>
    }
}

/// Who it is, what this answer took, and how well it does on held-out users.
#[component]
fn Head(column: Column, title_id: String) -> impl IntoView {
    let shell = shell();
    let results = shell.site.results(column.card.name);
    let quality = results.as_ref().map(words::column_quality);
    let interval = results.as_ref().map(words::column_interval);
    let took = move || column.shown().with(|it| words::column_cost(it.as_ref()));
    view! {
        <div class="column-head" title=interval>
            <h3 id=title_id>{words::column_title(column)}</h3>
            <p class="column-kind">{text::kind(column.card.kind)}</p>
            <p class="column-figures">{took} <br /> {text::bytes(column.n_bytes)} <br /> {quality}</p>
        </div>
    }
}

/// There is no list for this history, and a way to ask again. The others go on.
#[component]
fn Failure(column: Column) -> impl IntoView {
    let shell = shell();
    move || {
        let error = column.failure().filter(|_| !shell.notices.is_engine_stopped())?;
        Some(view! {
            <div class="column-failure" role="alert">
                <p>{words::column_failure(column.card, &error)}</p>
                <button class="button" on:click=move |_| column.retry()>{text::TRY_AGAIN}</button>
            </div>
        })
    }
}

/// Where the film in hand stands, if not in the ranks above.
#[component]
fn Elsewhere(column: Column) -> impl IntoView {
    let pointed: Pointed = expect_context();
    let said = move || {
        let item = pointed.selected.get()?;
        let rank = column.rank_of(item).filter(|it| *it > WITHIN)?;
        Some(view! { <span>{words::nth(rank)}</span> })
    };
    view! { <p class="elsewhere">{said}</p> }
}

/// The films that left the ranks above, against the list before.
#[component]
fn Moves(column: Column) -> impl IntoView {
    let catalogue = shell().site.catalogue();
    let said = move || {
        let gone = column.shown().with(|it| it.as_ref().map(|it| it.gone.clone()))?;
        (!gone.is_empty()).then(|| text::gone(&catalogue, &gone))
    };
    view! { <p class="column-moves">{said}</p> }
}

/// Lines to the same films in the next list. A picture: the words stand in the rows.
#[component]
fn Links(column: Column) -> impl IntoView {
    let shell = shell();
    let compared = shell.get::<Compared>();
    let pointed: Pointed = expect_context();
    let right = Memo::new(move |_| {
        let columns = compared.board();
        let key = |it: &Column| (it.card.name, it.side);
        let at = columns.iter().position(|it| key(it) == key(&column))?;
        // From one family's new list to another's old one nothing is told.
        let follows = |it: &Column| column.side == Side::Kept || it.side == Side::Now;
        columns.get(at + 1).filter(|it| follows(it)).map(key)
    });
    let right = move || {
        let key = right.get()?;
        compared.board().into_iter().find(|it| (it.card.name, it.side) == key)
    };
    let all = move || right().map(|right| plot::links(&column.links_to(right)));
    let of_selected = move || {
        let (item, right) = (pointed.selected.get()?, right()?);
        let below = WITHIN + 1;
        let row = |it: Column| it.rank_of(item).map_or(below, |rank| rank.min(below));
        Some(plot::links(&[(row(column), row(right))]))
    };
    let view_box = plot::links_view_box(WITHIN + 1);
    view! {
        <svg class="links" viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
            <path class="link" d=all />
            <path class="link is-on" d=of_selected />
        </svg>
    }
}
