//! A model that guesses everything a reader would like again and again: its guesses, step by step.

mod noise;

use leptos::prelude::*;

use super::moved::MovedFilms;
use super::stepper::Stepper;
use super::{Seen, seen};
use crate::engine::protocol::Inside;
use crate::families::{Denoising, Guess};
use crate::plot;
use crate::session::Moved;
use crate::views::{session, text};

use noise::Noise;

const N_SHOWN: usize = 10;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    seen: Memo<Option<Seen<Denoising>>>,
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

#[component]
pub(super) fn DenoisingView() -> impl IntoView {
    let session = session();
    let seen = seen(|inside| match inside {
        Inside::Denoising(denoising) => Some(denoising),
        _ => None,
    });
    let n_steps = Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.of.steps.len())));
    let step = Memo::new(move |_| session.step_of(n_steps.get()));
    let shown = Shown { seen, n_steps, step };
    let at = move |step: usize| text::denoising_step(step, n_steps.get(), shown.is_noisy());
    let moved = Memo::new(move |_| shown.moved(step.get()));
    let said =
        move || text::step_changes(step.get(), moved.with(|it| it.changes), shown.is_noisy());
    view! {
        <p class="quiet list-lead">{text::DENOISING_LEAD}</p>
        <Stepper n_steps name=text::DENOISING_STEP at />
        <div class="inside-columns">
            <div>
                <Steps shown />
                <p class="stated">{text::DENOISING_IS_NO_HELP}</p>
            </div>
            <div>
                <h3 class="label">{text::DENOISING_LIST}</h3>
                <MovedFilms moved />
                <p class="stated" role="status">{said}</p>
            </div>
        </div>
        <Noise seen />
    }
}

/// All steps in numbers; each leads to its list.
#[component]
fn Steps(shown: Shown) -> impl IntoView {
    let rows =
        move || (0..shown.n_steps.get()).map(|at| view! { <StepRow shown at /> }).collect_view();
    view! {
        <table class="inside-table">
            <caption class="label">{move || text::denoising_table(shown.is_noisy())}</caption>
            <thead>
                <tr>
                    <th scope="col">{text::DENOISING_COLUMN_STEP}</th>
                    <th scope="col" class="number">{text::DENOISING_CHANGE}</th>
                    <th scope="col" class="number">{text::DENOISING_ENTERED}</th>
                    <th scope="col" class="number">{text::DENOISING_PICKS}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn StepRow(shown: Shown, at: usize) -> impl IntoView {
    let session = session();
    let guess = Memo::new(move |_| shown.guess(at));
    let change = Memo::new(move |_| guess.with(|it| it.as_ref()?.change));
    let entered = move || (at > 0).then(|| shown.moved(at).changes.n_entered.to_string());
    let rank =
        move || guess.with(|it| it.as_ref().map(|it| text::mean_rank(it.mean_rank_of_picks)));
    let length = move || format!("{:.1}%", plot::bar_percent(change.get().unwrap_or(0.0), 1.0));
    let is_here = move || at == shown.step.get();
    view! {
        <tr class:is-on=is_here>
            <th scope="row">
                <button
                    class="row-name"
                    aria-current=move || is_here().then_some("step")
                    on:click=move |_| session.go_to_step(at)
                >
                    {text::denoising_row(at)}
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
