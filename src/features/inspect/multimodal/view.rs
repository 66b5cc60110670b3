//! Films by text, sound, look and behaviour: each switched off and on, and the films nearest by each.

mod nearest;
mod parts;

use leptos::prelude::*;

use super::words;
use crate::catalog::Catalogue;
use crate::families::multimodal::{Modality, Shown as Multimodal, Switches};
use crate::features::inspect::moved::{Moved, MovedFilms};
use crate::features::inspect::registry::{InspectView, ShownBy};
use crate::features::inspect::state::{Seen, inspecting, seen};
use crate::history::History;
use crate::ui::table::Table;

use nearest::Nearest;
use parts::PartsOfScores;

/// What the parts of the view read.
#[derive(Clone, Copy)]
struct Shown {
    seen: Memo<Option<Seen<Multimodal>>>,
}

pub(in crate::features::inspect) struct View;

impl InspectView for View {
    type Of = crate::families::multimodal::Multimodal;
    const NAME: &'static str = "multimodal";

    fn show() -> AnyView {
        view! { <Inside /> }.into_any()
    }

    fn tables(shown: &ShownBy<Self>, picks: &History, catalogue: &Catalogue) -> Vec<Table> {
        super::tables::tables(shown, picks, catalogue)
    }
}

#[component]
fn Inside() -> impl IntoView {
    let shown = Shown { seen: seen::<Multimodal>() };
    view! {
        <p class="quiet list-lead">{words::LEAD}</p>
        <div class="inside-columns">
            <ByWhatIsOn shown />
            <SwitchBoard shown />
        </div>
        <PartsOfScores shown />
        <Nearest shown />
    }
}

/// A switch for each modality, and what its loss alone would change.
#[component]
fn SwitchBoard(shown: Shown) -> impl IntoView {
    let switches = Modality::ALL.map(|modality| view! { <Switch shown modality /> }).collect_view();
    view! {
        <fieldset class="modalities">
            <legend class="label">{words::SWITCHES}</legend>
            {switches}
            <p class="stated">{words::SWITCHES_NOTE}</p>
        </fieldset>
    }
}

#[component]
fn Switch(shown: Shown, modality: Modality) -> impl IntoView {
    let inspecting = inspecting();
    let switches = Memo::new(move |_| inspecting.probe::<Switches>());
    let switch = move |is_on| {
        inspecting.try_probe(&inspecting.probe_untracked::<Switches>().with(modality, is_on));
    };
    let kept = move || {
        shown.seen.with(|it| {
            let of = &it.as_ref()?.of;
            Some(words::kept(of.n_kept[modality as usize], of.list.len()))
        })
    };
    view! {
        <label class="modality">
            <input
                type="checkbox"
                prop:checked=move || switches.get().is_on(modality)
                disabled=move || switches.get().is_last(modality)
                on:change=move |event| switch(event_target_checked(&event))
            />
            <span>{words::modality(modality)}</span>
            <span class="quiet number">{kept}</span>
        </label>
    }
}

/// The list by the modalities that are on, beside the list by all.
#[component]
fn ByWhatIsOn(shown: Shown) -> impl IntoView {
    let inspecting = inspecting();
    let is_all_on = Memo::new(move |_| inspecting.probe::<Switches>() == Switches::default());
    let moved = Memo::new(move |_| {
        shown.seen.with(|it| {
            let Some(it) = it else { return Moved::default() };
            let list: Vec<_> = it.of.list.iter().map(|it| it.film).collect();
            Moved::since(&it.of.before, &list)
        })
    });
    let title = move || if is_all_on.get() { words::ALL_ON } else { words::SOME_ON };
    let said = move || moved.with(|it| words::changes(it.changes, is_all_on.get()));
    view! {
        <div>
            <h3 class="label">{title}</h3>
            <MovedFilms moved />
            <p class="stated" role="status">{said}</p>
            <button
                class="button"
                disabled=is_all_on
                on:click=move |_| inspecting.try_probe(&Switches::default())
            >
                {words::RESET}
            </button>
        </div>
    }
}
