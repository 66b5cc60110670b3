//! A family that is a sum: its best films against the picks, each cell one summand.

use leptos::prelude::*;

use super::{Seen, seen};
use crate::catalog::ItemRow;
use crate::engine::protocol::Inside;
use crate::families::{FilmSum, Sums};
use crate::plot;
use crate::views::mark::Mark;
use crate::views::matched::Matches;
use crate::views::problem::Problem;
use crate::views::{session, text};

/// More picks than these share one column.
const N_COLUMNS: usize = 10;
const MARK: f64 = 18.0;
/// The family whose weights are likenesses of texts.
const OF_TEXTS: &str = "text_history";

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    seen: Memo<Option<Seen<Sums>>>,
    /// Positions of the picks with a column of their own, oldest first.
    columns: Memo<Vec<usize>>,
    film: Memo<Option<FilmSum>>,
}

#[component]
pub(super) fn SumsView() -> impl IntoView {
    let session = session();
    let seen = seen(|inside| match inside {
        Inside::Sums(sums) => Some(sums),
        _ => None,
    });
    let columns = Memo::new(move |_| {
        seen.with(|it| it.as_ref().map(|it| it.of.strongest(N_COLUMNS)).unwrap_or_default())
    });
    let film = Memo::new(move |_| {
        let focus = session.focus().get();
        seen.with(|it| {
            let films = &it.as_ref()?.of.films;
            films.iter().find(|it| Some(it.item) == focus).or(films.first()).cloned()
        })
    });
    let shown = Shown { seen, columns, film };
    let is_of_texts = move || session.family().with(|it| it.0 == OF_TEXTS);
    let lead = move || {
        if columns.with(Vec::is_empty) { text::POPULARITY_LEAD } else { text::SUMS_LEAD }
    };
    view! {
        <p class="quiet list-lead">{lead}</p>
        <div class="scroller" tabindex="0" role="group" aria-label=text::SUMS_TABLE>
            <Matrix shown />
        </div>
        <WrittenOut shown />
        <Show when=is_of_texts><Alike shown /></Show>
    }
}

fn pick_at(shown: Shown, at: usize) -> Option<ItemRow> {
    shown.seen.with(|it| it.as_ref()?.picks.as_slice().get(at).copied())
}

#[component]
fn Matrix(shown: Shown) -> impl IntoView {
    let session = session();
    let has_rest = move || {
        let n_parts = |it: &Seen<Sums>| it.of.films.first().map_or(0, |film| film.parts.len());
        shown.seen.with(|it| it.as_ref().map_or(0, n_parts)) > shown.columns.with(Vec::len)
    };
    let heads = move || {
        let head = |at: usize| {
            let title = pick_at(shown, at).map(|it| session.catalogue().title(it).to_owned());
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
            <caption class="label">{text::SUMS_TABLE}</caption>
            <thead>
                <tr>
                    <th scope="col">{text::FILM}</th>
                    {heads}
                    <Show when=has_rest><th scope="col" class="number">{text::SUMS_REST}</th></Show>
                    <th scope="col" class="number">{text::SUMS_START}</th>
                    <th scope="col" class="number">{text::SUMS_SCORE}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn FilmRow(shown: Shown, film: FilmSum, largest: f32, has_rest: bool) -> impl IntoView {
    let session = session();
    let item = film.item;
    let title = text::film(&session.catalogue(), item);
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
                    on:click=move |_| session.focus_on(item)
                >
                    <Mark item size=MARK />
                    {title}
                </button>
            </th>
            {cells}
            {has_rest.then(|| view! { <Part value=rest largest /> })}
            <Part value=film.start largest />
            <td class="number" translate="no"><b>{text::sum(film.score)}</b></td>
        </tr>
    }
}

/// A number on a ground as dark as it is large.
#[component]
fn Part(value: f32, largest: f32) -> impl IntoView {
    let class = if value < 0.0 { "number part is-less" } else { "number part" };
    let shade = format!("{:.0}%", plot::bar_percent(value.abs(), largest) * 0.4);
    view! { <td class=class translate="no" style:--shade=shade>{text::summand(value)}</td> }
}

/// The sum of the film in hand, in one line.
#[component]
fn WrittenOut(shown: Shown) -> impl IntoView {
    let session = session();
    let said = move || {
        let film = shown.film.get()?;
        let picks = shown.seen.with(|it| it.as_ref().map(|it| it.picks.clone()))?;
        let catalogue = session.catalogue();
        let parts = picks.iter().zip(film.parts.iter().copied());
        let mut parts: Vec<(String, f32)> =
            parts.map(|(pick, part)| (catalogue.title(pick).to_owned(), part)).collect();
        parts.retain(|(_, part)| *part != 0.0);
        parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        Some(text::written_out(catalogue.title(film.item), film.score, film.start, &parts))
    };
    view! { <p class="written-out" role="status">{said}</p> }
}

/// Which words of the film's strongest pick and which of its facts make the two alike.
#[component]
fn Alike(shown: Shown) -> impl IntoView {
    let session = session();
    let why = session.why_alike();
    let pair = Memo::new(move |_| {
        let film = shown.film.get()?;
        let best = film.parts.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?.0;
        Some((pick_at(shown, best)?, film.item))
    });
    let is_asked = move || pair.get().is_some() && session.alike().get() == pair.get();
    let offer = move || {
        let (pick, item) = pair.get()?;
        let catalogue = session.catalogue();
        let words = text::why_alike(
            catalogue.title(pick),
            catalogue.title(item),
            session.missing_encoder_bytes(),
        );
        let ask = move |_| session.ask_why_alike(pick, item);
        Some(view! { <button class="button" on:click=ask>{words}</button> })
    };
    let answer = move || {
        if let Some(error) = session.shown_failure(why) {
            return view! { <Problem error on_retry=move || why.retry() /> }.into_any();
        }
        match why.get() {
            Some(it) if !why.is_stale() => view! { <Matches matches=it.answer /> }.into_any(),
            _ => view! { <p class="quiet spin" role="status">{text::FOUND_WAITING}</p> }.into_any(),
        }
    };
    view! {
        <div class="alike">
            <Show when=is_asked fallback=move || offer()>{answer}</Show>
        </div>
    }
}
