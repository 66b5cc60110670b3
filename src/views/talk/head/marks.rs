//! What is marked: how many of each kind, each to be changed, and a way to forget all.

use leptos::prelude::*;

use super::judging::Judge;
use super::own_head;
use crate::catalog::ItemRow;
use crate::views::text;

#[component]
pub(super) fn Marks() -> impl IntoView {
    let own = own_head();
    let session = crate::views::session();
    let n_picks = move || session.read_history().with(crate::history::History::len);
    let n_said = move || own.said().len();
    let counted = move || own.marks().with(|it| text::counted_marks(it));
    let has_any = move || n_said() > 0 || own.trained().with(Option::is_some);
    let not_kept = move || {
        own.not_kept().get().map(|it| view! { <p role="alert">{text::marks_not_kept(it)}</p> })
    };
    // Hundreds of rows are made only for those who look.
    let is_open = RwSignal::new(false);
    let toggle = move |event: web_sys::Event| {
        let details: web_sys::HtmlDetailsElement = event_target(&event);
        is_open.set(details.open());
    };
    let shown = move || {
        let said = if is_open.get() { own.said() } else { Vec::new() };
        said.into_iter().rev()
    };
    view! {
        <p class="marks-counted" role="status">{counted}</p>
        <Show when=move || n_picks() != 0>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || own.counts_picks().get()
                    on:change=move |event| own.count_picks(event_target_checked(&event))
                />
                {move || text::count_picks(n_picks())}
            </label>
        </Show>
        <Show when=move || n_said() != 0>
            <details class="marks" on:toggle=toggle>
                <summary>{move || text::your_marks(n_said())}</summary>
                <ul class="to-judge">
                    <For each=shown key=|it| it.item let(mark)>
                        <MarkLine item=mark.item />
                    </For>
                </ul>
            </details>
        </Show>
        <div class="marks-acts">
            <Show when=move || n_said() == 0>
                <button class="button" on:click=move |_| own.take_made_up()>{text::MADE_UP}</button>
            </Show>
            <Show when=has_any>
                <button class="button is-bare" on:click=move |_| own.forget()>{text::FORGET_HEAD}</button>
                <span class="quiet">{move || text::kept_here(own.kept_bytes().get())}</span>
            </Show>
        </div>
        {not_kept}
    }
}

#[component]
fn MarkLine(item: ItemRow) -> impl IntoView {
    let catalogue = crate::views::session().catalogue();
    view! {
        <li>
            <span class="to-judge-film">{text::film(&catalogue, item)}</span>
            <span class="to-judge-acts">
                <Judge item is_liked=true />
                <Judge item is_liked=false />
            </span>
        </li>
    }
}
