//! A model that fills in what is covered: the reader covers a pick, and sees what it puts there.

mod guess;

use leptos::prelude::*;

use super::stepper::Walk;
use super::weights::{layer_heads, weight_cell};
use super::{Seen, seen};
use crate::engine::protocol::{Inside, Probe};
use crate::families::Filling;
use crate::views::{session, text};

use guess::GuessPart;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    seen: Memo<Option<Seen<Filling>>>,
    n_picks: Memo<usize>,
    /// What the shown answer is for: a pick, or the place after the last.
    place: Memo<usize>,
}

impl Shown {
    fn title_at(self, at: usize) -> Option<String> {
        let pick = self.seen.with(|it| it.as_ref()?.picks.as_slice().get(at).copied())?;
        Some(session().catalogue().title(pick).to_owned())
    }
}

#[component]
pub(super) fn FillingView() -> impl IntoView {
    let session = session();
    let seen = seen(|inside| match inside {
        Inside::Filling(filling) => Some(filling),
        _ => None,
    });
    let n_picks = Memo::new(move |_| seen.with(|it| it.as_ref().map_or(0, |it| it.picks.len())));
    let place = Memo::new(move |_| {
        let covered = seen.with(|it| it.as_ref()?.of.covered);
        covered.unwrap_or_else(|| n_picks.get())
    });
    let shown = Shown { seen, n_picks, place };
    // What is asked for runs ahead of what is shown, so that keys pressed fast all count.
    let asked = Memo::new(move |_| match session.probe().get() {
        Probe::Cover { position } => position.min(n_picks.get()),
        _ => n_picks.get(),
    });
    let at = move |step: usize| {
        shown.title_at(step).map_or_else(
            || text::NOTHING_COVERED.to_owned(),
            |title| text::covered(step + 1, n_picks.get(), &title),
        )
    };
    view! {
        <p class="quiet list-lead">{text::FILLING_LEAD}</p>
        <Walk
            n_steps=Signal::derive(move || n_picks.get() + 1)
            step=asked
            go=move |place| cover(shown, place)
            name=text::COVER_WHICH
            at
        />
        <div class="inside-columns">
            <Places shown />
            <GuessPart shown />
        </div>
    }
}

/// Covers the pick at `place`; after the last one, nothing.
fn cover(shown: Shown, place: usize) {
    let is_pick = place < shown.n_picks.get_untracked();
    let probe = if is_pick { Probe::Cover { position: place } } else { Probe::AsItIs };
    session().try_probe(probe);
}

/// The picks and the place after them, one of them blank, with where each layer looked from there.
#[component]
fn Places(shown: Shown) -> impl IntoView {
    let n_layers =
        Memo::new(move |_| shown.seen.with(|it| it.as_ref().map_or(0, |it| it.of.attention.len())));
    let rows =
        move || (0..=shown.n_picks.get()).map(|at| view! { <PlaceRow shown at /> }).collect_view();
    view! {
        <div>
            <table class="inside-table">
                <caption class="label">{text::FILLING_TABLE}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::PICK_SUMMAND}</th>
                        {move || layer_heads(n_layers.get())}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="stated">{text::FILLING_ATTENTION}</p>
        </div>
    }
}

#[component]
fn PlaceRow(shown: Shown, at: usize) -> impl IntoView {
    let is_blank = move || shown.place.get() == at;
    let is_pick = move || at < shown.n_picks.get();
    let title = move || shown.title_at(at).unwrap_or_else(|| text::COVER_NOTHING.to_owned());
    let name = move || {
        if is_blank() {
            let hidden = shown.title_at(at).map_or(text::NEXT_BLANK, |_| text::BLANK);
            view! { <span class="blank">{hidden}</span> }.into_any()
        } else {
            title().into_any()
        }
    };
    let label = move || is_pick().then(|| text::cover_button(&title(), is_blank()));
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
                    on:click=move |_| cover(shown, at)
                >
                    {name}
                </button>
            </th>
            {weights}
        </tr>
    }
}
