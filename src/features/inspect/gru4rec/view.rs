//! A model that keeps one state: what each pick changed in it, and how that fades as others come.

use leptos::prelude::*;

use super::words;
use crate::catalog::Catalogue;
use crate::catalog::ItemRow;
use crate::families::gru4rec::{Shown as Gru4Rec, Trace};
use crate::features::inspect::next::Next;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, inspecting, seen};
use crate::features::inspect::stepper::Stepper;
use crate::features::inspect::words as shared;
use crate::history::History;
use crate::plot;
use crate::ui::shell;
use crate::ui::table::Table;
use crate::ui::words as text;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    seen: Memo<Option<Seen<Gru4Rec>>>,
    n_picks: Memo<usize>,
    step: Memo<usize>,
    /// The most that a pick changed the state: the height of the strips.
    largest: Memo<f32>,
}

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::gru4rec::Gru4Rec;
    const NAME: &'static str = "gru4rec";

    fn show() -> AnyView {
        view! { <Inside /> }.into_any()
    }

    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, picks, catalogue)
    }
}

#[component]
fn Inside() -> impl IntoView {
    let (shell, inspecting) = (shell(), inspecting());
    let seen = seen::<Gru4Rec>();
    let n_picks = Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.of.said.len())));
    let step = Memo::new(move |_| inspecting.step_of(n_picks.get()));
    let largest = Memo::new(move |_| {
        let traces = seen.with(|it| it.as_ref().map(|it| it.of.traces.clone()).unwrap_or_default());
        traces.iter().flat_map(|it| &it.left).copied().fold(0.0, f32::max)
    });
    let shown = Shown { seen, n_picks, step, largest };
    let at = move |step: usize| {
        let pick = pick_at(shown, step);
        let title = pick.map(|pick| shell.site.catalogue().title(pick).to_owned());
        shared::after_pick(step + 1, n_picks.get(), &title.unwrap_or_default())
    };
    let said =
        Signal::derive(move || seen.with(|it| it.as_ref()?.of.said.get(step.get()).cloned()));
    let next = Memo::new(move |_| pick_at(shown, step.get() + 1));
    view! {
        <p class="quiet list-lead">{words::LEAD}</p>
        <Stepper n_steps=n_picks name=shared::AFTER_WHICH at />
        <div class="inside-columns">
            <Traces shown />
            <Next said next />
        </div>
    }
}

fn pick_at(shown: Shown, step: usize) -> Option<ItemRow> {
    shown.seen.with(|it| it.as_ref()?.picks.as_slice().get(step).copied())
}

/// Reads the trace of the pick at `at`, if it is followed.
fn with_trace<T>(shown: Shown, at: usize, read: impl FnOnce(&Trace) -> T) -> Option<T> {
    shown.seen.with(|it| it.as_ref()?.of.traces.iter().find(|it| it.at == at).map(read))
}

/// The picks that are followed, each with its trace, and what is said of the one at the step.
#[component]
fn Traces(shown: Shown) -> impl IntoView {
    let shell = shell();
    let n_followed =
        Memo::new(move |_| shown.seen.with(|it| it.as_ref().map_or(0, |it| it.of.traces.len())));
    let rows = move || {
        let n_picks = shown.n_picks.get();
        let first = n_picks.saturating_sub(n_followed.get());
        (first..n_picks).map(|at| view! { <TraceRow shown at first /> }).collect_view()
    };
    let told = move || {
        let at = shown.step.get();
        let title = shell.site.catalogue().title(pick_at(shown, at)?).to_owned();
        with_trace(shown, at, |trace| words::trace(&title, trace))
    };
    let left_out = move || words::only_newest_followed(n_followed.get(), shown.n_picks.get());
    view! {
        <div>
            <p class="told" role="status">{told}</p>
            <table class="inside-table traces">
                <caption class="label">{words::TABLE}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::PICK_SUMMAND}</th>
                        <th scope="col">{words::TRACE}</th>
                        <th scope="col" class="number">{words::LEFT_HERE}</th>
                        <th scope="col" class="number">{words::HALF_GONE}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="stated">{words::TRACE_IS} {left_out}</p>
        </div>
    }
}

/// `first` is the oldest pick that is followed: where the strips begin.
#[component]
fn TraceRow(shown: Shown, at: usize, first: usize) -> impl IntoView {
    let (shell, inspecting) = (shell(), inspecting());
    let Shown { n_picks, step, largest, .. } = shown;
    let title =
        move || pick_at(shown, at).map(|pick| shell.site.catalogue().title(pick).to_owned());
    let path = move || {
        with_trace(shown, at, |trace| plot::upright_bars(&trace.left, at - first, largest.get()))
    };
    let left = move || {
        let later = step.get().checked_sub(at)?;
        with_trace(shown, at, |trace| trace.left.get(later).copied().map(text::percent))?
    };
    let half = move || with_trace(shown, at, words::half_gone_after);
    let here = move || {
        let x = step.get().checked_sub(first)?;
        Some(view! { <rect class="trace-step" x=x width="1" height="1" /> })
    };
    let is_later = move || at > step.get();
    let is_here = move || at == step.get();
    view! {
        <tr class:is-later=is_later class:is-on=is_here>
            <th scope="row">
                <button
                    class="row-name"
                    translate="no"
                    aria-current=move || is_here().then_some("step")
                    on:click=move |_| inspecting.go_to_step(at)
                >
                    {title}
                </button>
            </th>
            <td class="strip-cell">
                <svg
                    class="trace"
                    viewBox=move || plot::bars_view_box(n_picks.get().saturating_sub(first))
                    preserveAspectRatio="none"
                    aria-hidden="true"
                >
                    {here}
                    <path d=path />
                </svg>
            </td>
            <td class="number" translate="no">{left}</td>
            <td class="number" translate="no">{half}</td>
        </tr>
    }
}
