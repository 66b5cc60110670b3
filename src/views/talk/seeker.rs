//! The user simulator: a seeker with a film in mind.

use leptos::prelude::*;

use super::boxes::StepBox;
use super::talking;
use crate::catalog::ItemRow;
use crate::views::text;

/// Films a seeker may have in mind, by MovieLens id.
const TARGETS: [u32; 6] = [1214, 541, 2571, 1206, 5618, 1258];

#[component]
pub(super) fn SeekerBox() -> impl IntoView {
    view! {
        <StepBox title=text::SIMULATOR lead=text::SIMULATOR_LEAD>
            <Targets />
        </StepBox>
    }
}

#[component]
fn Targets() -> impl IntoView {
    let talking = talking();
    let session = crate::views::session();
    let catalogue = session.catalogue();
    let known: Vec<ItemRow> = TARGETS.iter().filter_map(|&id| catalogue.row_of(id)).collect();
    let first = known.first().map_or(0, |it| it.0);
    let options = known
        .into_iter()
        .map(|it| view! { <option value=it.0.to_string()>{text::film(&catalogue, it)}</option> })
        .collect_view();
    let target = RwSignal::new(first);
    let outcome = move || {
        let (film, search) = talking.search().get()?;
        Some(text::search(&session.catalogue(), film, search))
    };
    view! {
        <div class="seeker">
            <label for="target">{text::IN_MIND}</label>
            <select
                id="target"
                on:change=move |event| target.set(event_target_value(&event).parse().unwrap_or(first))
            >
                {options}
            </select>
            <button
                class="button"
                prop:disabled=move || talking.is_answering().get()
                on:click=move |_| talking.simulate(ItemRow(target.get_untracked()))
            >
                {text::LET_SEEK}
            </button>
        </div>
        <p role="status">{outcome}</p>
    }
}
