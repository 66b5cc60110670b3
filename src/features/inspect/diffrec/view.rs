//! A model that guesses everything a reader would like again and again: its guesses, step by step.

mod noise;

use leptos::prelude::*;

use super::words;
use crate::catalog::Catalogue;
use crate::families::diffrec::{Guess, Shown as DiffRec};
use crate::features::inspect::moved::{Moved, MovedFilms};
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, inspecting, seen};
use crate::features::inspect::stepper::Stepper;
use crate::history::History;
use crate::plot;
use crate::ui::table::Table;
use crate::ui::words as text;

use noise::NoiseSwitch;

const N_SHOWN: usize = 10;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    seen: Memo<Option<Seen<DiffRec>>>,
    n_steps: Memo<usize>,
    step: Memo<usize>,
}

impl Shown {
    /// Whether the numbers shown were made under noise.
    fn is_noisy(self) -> bool {
        self.seen.with(|it| it.as_ref().is_some_and(|it| it.of.draws.is_some()))
    }

    fn guess(self, step: usize) -> Option<Guess> {
        self.seen.with(|it| it.as_ref()?.of.steps.get(step).cloned())
    }

    /// The first films of `step`, beside those of the step before.
    fn moved(self, step: usize) -> Moved {
        self.seen.with(|it| {
            let Some(it) = it else { return Moved::default() };
            let list = |step: usize| it.of.steps.get(step).map_or(&[][..], |it| &it.list);
            let before = step.checked_sub(1).map(list).unwrap_or_default();
            let before: Vec<_> = before.iter().map(|it| it.item).collect();
            let now = list(step);
            Moved::since(&before, &now[..N_SHOWN.min(now.len())])
        })
    }
}

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::diffrec::DiffRec;
    const NAME: &'static str = "diffrec";

    fn show() -> AnyView {
        view! { <Inside /> }.into_any()
    }

    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, picks, catalogue)
    }
}

#[component]
fn Inside() -> impl IntoView {
    let inspecting = inspecting();
    let seen = seen::<DiffRec>();
    let n_steps = Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.of.steps.len())));
    let step = Memo::new(move |_| inspecting.step_of(n_steps.get()));
    let shown = Shown { seen, n_steps, step };
    let at = move |step: usize| words::step(step, n_steps.get(), shown.is_noisy());
    let moved = Memo::new(move |_| shown.moved(step.get()));
    let said =
        move || words::step_changes(step.get(), moved.with(|it| it.changes), shown.is_noisy());
    view! {
        <p class="quiet list-lead">{words::LEAD}</p>
        <Stepper n_steps name=words::WHICH_STEP at />
        <div class="inside-columns">
            <div>
                <Steps shown />
                <p class="stated">{words::STEPS_ARE_NO_HELP}</p>
            </div>
            <div>
                <h3 class="label">{words::LIST}</h3>
                <MovedFilms moved />
                <p class="stated" role="status">{said}</p>
            </div>
        </div>
        <NoiseSwitch seen />
    }
}

/// All steps in numbers; each leads to its list.
#[component]
fn Steps(shown: Shown) -> impl IntoView {
    let rows =
        move || (0..shown.n_steps.get()).map(|at| view! { <StepRow shown at /> }).collect_view();
    view! {
        <table class="inside-table">
            <caption class="label">{move || words::table(shown.is_noisy())}</caption>
            <thead>
                <tr>
                    <th scope="col">{words::STEP}</th>
                    <th scope="col" class="number">{words::CHANGE}</th>
                    <th scope="col" class="number">{words::ENTERED}</th>
                    <th scope="col" class="number">{words::PICKS}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn StepRow(shown: Shown, at: usize) -> impl IntoView {
    let inspecting = inspecting();
    let guess = Memo::new(move |_| shown.guess(at));
    let change = Memo::new(move |_| guess.with(|it| it.as_ref()?.change));
    let entered = move || (at > 0).then(|| shown.moved(at).changes.n_entered.to_string());
    let rank =
        move || guess.with(|it| it.as_ref().map(|it| words::mean_rank(it.mean_rank_of_picks)));
    let length = move || format!("{:.1}%", plot::bar_percent(change.get().unwrap_or(0.0), 1.0));
    let is_here = move || at == shown.step.get();
    view! {
        <tr class:is-on=is_here>
            <th scope="row">
                <button
                    class="row-name"
                    aria-current=move || is_here().then_some("step")
                    on:click=move |_| inspecting.go_to_step(at)
                >
                    {words::row(at)}
                </button>
            </th>
            <td class="number weight" translate="no">
                <Show when=move || change.get().is_some()>
                    <span class="bar" aria-hidden="true">
                        <span class="bar-fill" style:width=length></span>
                    </span>
                </Show>
                <span class="figure" translate="no">
                    {move || change.get().map_or_else(|| "–".to_owned(), text::percent)}
                </span>
            </td>
            <td class="number" translate="no">{move || entered().unwrap_or_else(|| "–".to_owned())}</td>
            <td class="number" translate="no">{rank}</td>
        </tr>
    }
}
