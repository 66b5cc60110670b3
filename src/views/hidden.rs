//! The films that lists leave out because the reader said so, each to be brought back.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::catalog::ItemRow;
use crate::feedback;
use crate::views::acts::focus;
use crate::views::text;

#[component]
pub(super) fn HiddenFilms() -> impl IntoView {
    let session = super::session();
    let hidden = Memo::new(move |_| session.feedback().with(|it| feedback::hidden(it)));
    // Hundreds of rows are made only for those who look.
    let is_open = RwSignal::new(false);
    let shown = move || if is_open.get() { hidden.get() } else { Vec::new() };
    view! {
        <Show when=move || hidden.with(|it| !it.is_empty())>
            <details
                class="hidden-films"
                on:toggle=move |event| {
                    is_open.set(event_target::<web_sys::HtmlDetailsElement>(&event).open());
                }
            >
                <summary>{move || session.feedback().with(|it| text::hidden(it))}</summary>
                <p class="quiet">{text::HIDDEN_LEAD}</p>
                <ul>
                    <For each=move || shown().into_iter().rev() key=|item| *item let(item)>
                        <HiddenFilm item />
                    </For>
                </ul>
                <button class="button" on:click=move |_| session.bring_all_back()>
                    {text::BRING_ALL_BACK}
                </button>
            </details>
        </Show>
    }
}

#[component]
fn HiddenFilm(item: ItemRow) -> impl IntoView {
    let session = super::session();
    let film = text::film(&session.catalogue(), item);
    let name = text::bring_back(&film);
    let said = untrack(|| session.feedback().with(|it| feedback::of(it, item)));
    let bring_back = move |event: web_sys::MouseEvent| {
        let row = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
        pass_focus(row.and_then(|it| it.closest("li").ok().flatten()));
        if let Some(said) = said {
            session.say_of(item, said);
        }
    };
    view! {
        <li>
            <span>{film} " " <span class="label">{said.map(text::feedback)}</span></span>
            <button class="button is-bare" aria-label=name on:click=bring_back>{text::BRING_BACK}</button>
        </li>
    }
}

/// Gives the focus of `row`, which is about to go, to the button of the next one.
fn pass_focus(row: Option<Element>) {
    let next = row.and_then(|row| {
        row.next_element_sibling()
            .or_else(|| row.previous_element_sibling())
            .or_else(|| row.closest(".hidden-films").ok().flatten())
    });
    focus(next.and_then(|it| it.query_selector("button, summary").ok().flatten()));
}
