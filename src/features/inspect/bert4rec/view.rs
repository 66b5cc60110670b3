//! A model that fills in what is masked: the reader masks a pick, and sees what it puts there.

mod guess;

use leptos::prelude::*;

use super::words;
use crate::catalog::Catalogue;
use crate::families::bert4rec::{Mask, Shown as Bert4Rec};
use crate::features::inspect::inspecting::Inspecting;
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, inspecting, seen};
use crate::features::inspect::weights::{layer_heads, weight_cell};
use crate::history::History;
use crate::ui::shell;
use crate::ui::stepper::StepSlider;
use crate::ui::table::Table;
use crate::ui::words as text;

use guess::GuessPart;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    inspecting: Inspecting,
    seen: Memo<Option<Seen<Bert4Rec>>>,
    n_picks: Memo<usize>,
    /// What the shown answer is for: a pick, or the place after the last.
    place: Memo<usize>,
}

impl Shown {
    fn title_at(self, at: usize) -> Option<String> {
        let pick = self.seen.with(|it| it.as_ref()?.picks.as_slice().get(at).copied())?;
        Some(shell().site.catalogue().title(pick).to_owned())
    }
}

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::bert4rec::Bert4Rec;
    const NAME: &'static str = "bert4rec";

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
    let seen = seen::<Bert4Rec>();
    let n_picks = Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.picks.len())));
    let place = Memo::new(move |_| {
        let masked = seen.with(|it| it.as_ref()?.of.masked);
        masked.unwrap_or_else(|| n_picks.get())
    });
    let shown = Shown { inspecting, seen, n_picks, place };
    // What is asked for runs ahead of what is shown, so that keys pressed fast all count.
    let asked = Memo::new(move |_| {
        let n_picks = n_picks.get();
        inspecting.probe::<Mask>().position.map_or(n_picks, |position| position.min(n_picks))
    });
    let at = move |step: usize| {
        shown.title_at(step).map_or_else(
            || words::NOTHING_MASKED.to_owned(),
            |title| words::masked(step + 1, n_picks.get(), &title),
        )
    };
    view! {
        <p class="quiet list-lead">{words::LEAD}</p>
        <StepSlider
            n_steps=Signal::derive(move || n_picks.get() + 1)
            step=asked
            go=move |place| mask(shown, place)
            name=words::MASK_WHICH
            at
        />
        <div class="inside-columns">
            <Places shown />
            <GuessPart shown />
        </div>
    }
}

/// Masks the pick at `place`; after the last one, nothing.
fn mask(shown: Shown, place: usize) {
    let position = Some(place).filter(|it| *it < shown.n_picks.get_untracked());
    shown.inspecting.try_probe(&Mask { position });
}

/// The picks and the place after them, one of them masked, with where each layer looked from there.
#[component]
fn Places(shown: Shown) -> impl IntoView {
    let n_layers =
        Memo::new(move |_| shown.seen.with(|it| it.as_ref().map_or(0, |it| it.of.attention.len())));
    let rows =
        move || (0..=shown.n_picks.get()).map(|at| view! { <PlaceRow shown at /> }).collect_view();
    view! {
        <div>
            <table class="inside-table">
                <caption class="label">{words::TABLE}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::PICK_SUMMAND}</th>
                        {move || layer_heads(n_layers.get())}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="stated">{words::ATTENTION}</p>
        </div>
    }
}

#[component]
fn PlaceRow(shown: Shown, at: usize) -> impl IntoView {
    let is_blank = move || shown.place.get() == at;
    let is_pick = move || at < shown.n_picks.get();
    let title = move || shown.title_at(at).unwrap_or_else(|| words::MASK_NOTHING.to_owned());
    let name = move || {
        if is_blank() {
            let hidden = shown.title_at(at).map_or(words::NEXT_PLACE, |_| words::MASKED);
            view! { <span class="blank">{hidden}</span> }.into_any()
        } else {
            title().into_any()
        }
    };
    let label = move || is_pick().then(|| words::mask_button(&title(), is_blank()));
    let weights = move || {
        shown.seen.with(|it| {
            let layers = it.as_ref().map(|it| it.of.attention.clone()).unwrap_or_default();
            let weight = |layer: Vec<f32>| layer.get(at).copied().filter(|_| !is_blank());
            layers.into_iter().map(|layer| weight_cell(weight(layer))).collect_view()
        })
    };
    view! {
        <tr class:is-on=is_blank class:is-later=move || !is_pick()>
            <th scope="row">
                <button
                    class="row-name"
                    translate="no"
                    aria-label=label
                    aria-pressed=move || if is_blank() { "true" } else { "false" }
                    on:click=move |_| mask(shown, at)
                >
                    {name}
                </button>
            </th>
            {weights}
        </tr>
    }
}
