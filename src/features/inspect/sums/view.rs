//! A family that is a sum: its best films against the picks, each cell one summand.

use leptos::prelude::*;

use super::words;
use crate::catalog::Catalogue;
use crate::catalog::ItemRow;
use crate::families::inspect::sums::{FilmSum, Shown as Sums};
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, seen};
use crate::history::History;
use crate::order::best_first;
use crate::plot;
use crate::state::chosen::Chosen;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::table::Table;
use crate::ui::words as text;

/// More picks than these share one column.
const N_COLUMNS: usize = 10;
const MARK: f64 = 18.0;

/// What the parts of the view read.
#[derive(Clone, Copy)]
pub(in crate::features::inspect) struct Shown {
    seen: Memo<Option<Seen<Sums>>>,
    /// Positions of the picks with a column of their own, oldest first.
    columns: Memo<Vec<usize>>,
    /// The film whose sum is written out.
    pub(in crate::features::inspect) film: Memo<Option<FilmSum>>,
}

impl Shown {
    pub(in crate::features::inspect) fn new() -> Self {
        let shell = shell();
        let chosen = shell.get::<Chosen>();
        let seen = seen::<Sums>();
        let columns = Memo::new(move |_| {
            seen.with(|it| it.as_ref().map(|it| it.of.strongest(N_COLUMNS)).unwrap_or_default())
        });
        let film = Memo::new(move |_| {
            let focus = chosen.focus().get();
            seen.with(|it| {
                let films = &it.as_ref()?.of.films;
                films.iter().find(|it| Some(it.item) == focus).or(films.first()).cloned()
            })
        });
        Self { seen, columns, film }
    }

    /// The pick at `at`, 0 the oldest that is read.
    pub(in crate::features::inspect) fn pick_at(self, at: usize) -> Option<ItemRow> {
        self.seen.with(|it| it.as_ref()?.picks.as_slice().get(at).copied())
    }
}

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::inspect::sums::Sums;
    const NAME: &'static str =
        <crate::families::inspect::sums::Sums as crate::families::inspect::Inspect>::FORM;

    fn show() -> AnyView {
        view! { <Inside shown=Shown::new() /> }.into_any()
    }

    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, picks, catalogue)
    }
}

#[component]
pub(in crate::features::inspect) fn Inside(shown: Shown) -> impl IntoView {
    let lead = move || {
        if shown.columns.with(Vec::is_empty) { words::POPULARITY_LEAD } else { words::LEAD }
    };
    view! {
        <p class="quiet list-lead">{lead}</p>
        <div class="scroller" tabindex="0" role="group" aria-label=words::TABLE>
            <Matrix shown />
        </div>
        <WrittenOut shown />
    }
}

#[component]
fn Matrix(shown: Shown) -> impl IntoView {
    let shell = shell();
    let has_rest = move || {
        let n_parts = |it: &Seen<Sums>| it.of.films.first().map_or(0, |film| film.parts.len());
        shown.seen.with(|it| it.as_ref().map_or(0, n_parts)) > shown.columns.with(Vec::len)
    };
    let heads = move || {
        let head = |at: usize| {
            let title = shown.pick_at(at).map(|it| shell.site.catalogue().title(it).to_owned());
            view! { <th scope="col" class="number"><span class="sum-pick" translate="no">{title}</span></th> }
        };
        shown.columns.get().into_iter().map(head).collect_view()
    };
    let rows = move || {
        let films = shown.seen.with(|it| it.as_ref().map(|it| it.of.films.clone()));
        let films = films.unwrap_or_default();
        let parts = films.iter().flat_map(|it| it.parts.iter().chain([&it.start]));
        let largest = parts.fold(0.0_f32, |largest, part| largest.max(part.abs()));
        let row = |film: FilmSum| view! { <FilmRow shown film largest has_rest=has_rest() /> };
        films.into_iter().map(row).collect_view()
    };
    view! {
        <table class="inside-table sums">
            <caption class="label">{words::TABLE}</caption>
            <thead>
                <tr>
                    <th scope="col">{text::FILM}</th>
                    {heads}
                    <Show when=has_rest><th scope="col" class="number">{words::REST}</th></Show>
                    <th scope="col" class="number">{words::START}</th>
                    <th scope="col" class="number">{words::SCORE}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn FilmRow(shown: Shown, film: FilmSum, largest: f32, has_rest: bool) -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let item = film.item;
    let title = text::film(&shell.site.catalogue(), item);
    let is_on =
        Memo::new(move |_| shown.film.with(|it| it.as_ref().map(|it| it.item)) == Some(item));
    let columns = shown.columns.get_untracked();
    let rest = film.rest(&columns);
    let cells = columns
        .into_iter()
        .map(|at| view! { <Part value=film.parts.get(at).copied().unwrap_or(0.0) largest /> })
        .collect_view();
    view! {
        <tr class:is-on=is_on data-row=item.0>
            <th scope="row">
                <button
                    class="row-name with-mark"
                    translate="no"
                    aria-pressed=move || if is_on.get() { "true" } else { "false" }
                    on:click=move |_| chosen.focus_on(Some(item))
                >
                    <Mark item size=MARK />
                    {title}
                </button>
            </th>
            {cells}
            {has_rest.then(|| view! { <Part value=rest largest /> })}
            <Part value=film.start largest />
            <td class="number" translate="no"><b>{words::sum(film.score)}</b></td>
        </tr>
    }
}

/// A number on a ground as dark as it is large.
#[component]
fn Part(value: f32, largest: f32) -> impl IntoView {
    let class = if value < 0.0 { "number part is-less" } else { "number part" };
    let shade = format!("{:.0}%", plot::bar_percent(value.abs(), largest) * 0.4);
    view! { <td class=class translate="no" style:--shade=shade>{words::summand(value)}</td> }
}

/// The sum of the selected film, in one line.
#[component]
fn WrittenOut(shown: Shown) -> impl IntoView {
    let shell = shell();
    let said = move || {
        let film = shown.film.get()?;
        let picks = shown.seen.with(|it| it.as_ref().map(|it| it.picks.clone()))?;
        let catalogue = shell.site.catalogue();
        let parts = picks.iter().zip(film.parts.iter().copied());
        let mut parts: Vec<(String, f32)> =
            parts.map(|(pick, part)| (catalogue.title(pick).to_owned(), part)).collect();
        parts.retain(|(_, part)| *part != 0.0);
        best_first(&mut parts, |it| it.1.abs());
        Some(words::written_out(catalogue.title(film.item), film.score, film.start, &parts))
    };
    view! { <p class="written-out" role="status">{said}</p> }
}
