//! What is marked: how many of each kind, each to be changed, and a way to forget all.

use leptos::prelude::*;

use super::judging::Judge;
use super::view::state;
use super::words;
use crate::catalog::ItemRow;
use crate::state::reader::Act;
use crate::ui;
use crate::ui::shell;

#[component]
pub(super) fn Marks() -> impl IntoView {
    let state = state();
    let shell = shell();
    let n_picks = move || shell.reader.read_history().with(crate::history::History::len);
    let n_said = move || state.said().len();
    let counted = move || state.marks().with(|it| words::counted_marks(it));
    let has_any = move || n_said() > 0 || state.store().trained().with(Option::is_some);
    let not_kept = move || {
        state
            .store()
            .not_kept()
            .get()
            .map(|it| view! { <p role="alert">{words::marks_not_kept(it)}</p> })
    };
    // Hundreds of rows are made only for those who look.
    let is_open = RwSignal::new(false);
    let toggle = move |event: web_sys::Event| {
        let details: web_sys::HtmlDetailsElement = event_target(&event);
        is_open.set(details.open());
    };
    let shown = move || {
        let said = if is_open.get() { state.said() } else { Vec::new() };
        said.into_iter().rev()
    };
    view! {
        <p class="marks-counted" role="status">{counted}</p>
        <Show when=move || n_picks() != 0>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || state.store().counts_picks().get()
                    on:change=move |event| state.store().count_picks(event_target_checked(&event))
                />
                {move || words::count_picks(n_picks())}
            </label>
        </Show>
        <Show when=move || n_said() != 0>
            <details class="marks" on:toggle=toggle>
                <summary>{move || words::your_marks(n_said())}</summary>
                <ul class="to-judge">
                    <For each=shown key=|it| it.item let(mark)>
                        <MarkLine item=mark.item />
                    </For>
                </ul>
            </details>
        </Show>
        <div class="marks-acts">
            <Show when=move || n_said() == 0>
                <button class="button" on:click=move |_| shell.reader.say_all(Act::TookMadeUpMarks, state.take_made_up())>{words::MADE_UP}</button>
            </Show>
            <Show when=has_any>
                <button class="button is-bare" on:click=move |_| shell.reader.say_all(Act::ForgotMarks, state.forget())>{words::FORGET}</button>
                <span class="quiet">{move || words::kept_here(state.store().kept_bytes().get())}</span>
            </Show>
        </div>
        {not_kept}
    }
}

#[component]
fn MarkLine(item: ItemRow) -> impl IntoView {
    let catalogue = shell().site.catalogue();
    view! {
        <li>
            <span class="to-judge-film">{ui::words::film(&catalogue, item)}</span>
            <span class="to-judge-acts">
                <Judge item is_liked=true />
                <Judge item is_liked=false />
            </span>
        </li>
    }
}
