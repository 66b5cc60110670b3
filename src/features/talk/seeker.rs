//! The user simulator: a seeker with a film in mind.

use leptos::prelude::*;

use super::view::{StepBox, state};
use super::words;
use crate::catalog::ItemRow;
use crate::ui;
use crate::ui::dom_id;
use crate::ui::shell;

/// Films a seeker may have in mind, by MovieLens id.
const TARGETS: [u32; 6] = [1214, 541, 2571, 1206, 5618, 1258];

#[component]
pub(super) fn SeekerBox() -> impl IntoView {
    view! {
        <StepBox title=words::SIMULATOR lead=words::SIMULATOR_LEAD>
            <Targets />
        </StepBox>
    }
}

#[component]
fn Targets() -> impl IntoView {
    let state = state();
    let shell = shell();
    let catalogue = shell.site.catalogue();
    let known: Vec<ItemRow> = TARGETS.iter().filter_map(|&id| catalogue.row_of(id)).collect();
    let first = known.first().map_or(0, |it| it.0);
    let options = known
        .into_iter()
        .map(|it| view! { <option value=it.0.to_string()>{ui::words::film(&catalogue, it)}</option> })
        .collect_view();
    let target = RwSignal::new(first);
    let outcome = move || {
        let (film, search) = state.search().get()?;
        Some(words::search(&shell.site.catalogue(), film, search))
    };
    view! {
        <div class="choice">
            <label for=dom_id("target")>{words::IN_MIND}</label>
            <select
                id=dom_id("target")
                on:change=move |event| target.set(event_target_value(&event).parse().unwrap_or(first))
            >
                {options}
            </select>
            <button
                class="button"
                prop:disabled=move || state.is_answering().get()
                on:click=move |_| state.simulate(ItemRow(target.get_untracked()))
            >
                {words::LET_SEEK}
            </button>
        </div>
        <p role="status">{outcome}</p>
    }
}
