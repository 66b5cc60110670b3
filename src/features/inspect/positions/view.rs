//! A model that reads picks in order: where each layer looked from every pick, and what it would
//! have recommended then.

use leptos::prelude::*;

use super::words;
use crate::catalog::Catalogue;
use crate::catalog::ItemRow;
use crate::families::inspect::positions::{Position, Shown as Positions};
use crate::features::inspect::next::Next;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, inspecting, seen};
use crate::features::inspect::stepper::Stepper;
use crate::features::inspect::weights::{layer_heads, weight_cell};
use crate::features::inspect::words as shared;
use crate::history::History;
use crate::ui::shell;
use crate::ui::table::Table;
use crate::ui::words as text;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    seen: Memo<Option<Seen<Positions>>>,
    step: Memo<usize>,
    position: Memo<Option<Position>>,
}

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::inspect::positions::Positions;
    const NAME: &'static str =
        <crate::families::inspect::positions::Positions as crate::families::inspect::Inspect>::FORM;

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
    let seen = seen::<Positions>();
    let n_steps =
        Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.of.positions.len())));
    let step = Memo::new(move |_| inspecting.step_of(n_steps.get()));
    let position =
        Memo::new(move |_| seen.with(|it| it.as_ref()?.of.positions.get(step.get()).cloned()));
    let shown = Shown { seen, step, position };
    let at = move |step: usize| {
        let pick = pick_at(shown, step);
        let title = pick.map(|pick| shell.site.catalogue().title(pick).to_owned());
        shared::after_pick(step + 1, n_steps.get(), &title.unwrap_or_default())
    };
    let said = Signal::derive(move || position.with(|it| it.as_ref().map(|it| it.said.clone())));
    let next = Memo::new(move |_| pick_at(shown, step.get() + 1));
    view! {
        <p class="quiet list-lead">{words::LEAD}</p>
        <Stepper n_steps name=shared::AFTER_WHICH at />
        <div class="inside-columns">
            <Attention shown />
            <Next said next />
        </div>
    }
}

fn pick_at(shown: Shown, step: usize) -> Option<ItemRow> {
    shown.seen.with(|it| it.as_ref()?.picks.as_slice().get(step).copied())
}

/// The picks so far with a bar for each layer, and the rank of each before it was picked.
#[component]
fn Attention(shown: Shown) -> impl IntoView {
    let n_layers = Memo::new(move |_| {
        shown.position.with(|it| it.as_ref().map_or(0, |it| it.attention.len()))
    });
    let rows = move || {
        let n_picks = shown.seen.with(|it| it.as_ref().map_or(0, |it| it.picks.len()));
        (0..n_picks).map(|at| view! { <PickRow shown at /> }).collect_view()
    };
    view! {
        <div>
            <table class="inside-table">
                <caption class="label">{words::TABLE}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::PICK_SUMMAND}</th>
                        {move || layer_heads(n_layers.get())}
                        <th scope="col" class="number">{words::STOOD_BEFORE}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="stated">{words::ATTENTION_IS_NO_REASON}</p>
        </div>
    }
}

#[component]
fn PickRow(shown: Shown, at: usize) -> impl IntoView {
    let (shell, inspecting) = (shell(), inspecting());
    let title = pick_at(shown, at).map(|pick| shell.site.catalogue().title(pick).to_owned());
    let weights = move || {
        shown.position.with(|it| {
            let layers = it.as_ref().map(|it| it.attention.clone()).unwrap_or_default();
            layers.into_iter().map(|layer| weight_cell(layer.get(at).copied())).collect_view()
        })
    };
    let rank = shown.seen.with_untracked(|it| {
        let before = it.as_ref()?.of.positions.get(at.checked_sub(1)?)?;
        before.said.rank_of_next.map(text::ordinal)
    });
    let is_later = move || at > shown.step.get();
    let is_here = move || at == shown.step.get();
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
            {weights}
            <td class="number" translate="no">{rank.unwrap_or_else(|| "–".to_owned())}</td>
        </tr>
    }
}
