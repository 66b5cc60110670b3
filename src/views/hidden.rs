//! The films that lists leave out because the reader said so, each to be brought back.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::feedback;
use crate::views::text;

#[component]
pub(crate) fn HiddenFilms() -> impl IntoView {
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
    let bring_back = move |_| {
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
