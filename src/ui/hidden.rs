//! The films that lists leave out because the reader said so, each to be brought back.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::feedback;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(crate) fn HiddenFilms() -> impl IntoView {
    let shell = shell();
    let hidden = Memo::new(move |_| shell.reader.feedback().with(|it| feedback::hidden(it)));
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
                <summary>{move || shell.reader.feedback().with(|it| text::hidden(it))}</summary>
                <p class="quiet">{text::HIDDEN_LEAD}</p>
                <ul>
                    <For each=move || shown().into_iter().rev() key=|item| *item let(item)>
                        <HiddenFilm item />
                    </For>
                </ul>
                <button class="button" on:click=move |_| shell.reader.bring_all_back()>
                    {text::BRING_ALL_BACK}
                </button>
            </details>
        </Show>
    }
}

#[component]
pub(super) fn HiddenFilm(item: ItemRow) -> impl IntoView {
    let shell = shell();
    let film = text::film(&shell.site.catalogue(), item);
    let name = text::bring_back(&film);
    let said = untrack(|| shell.reader.feedback().with(|it| feedback::of(it, item)));
    let bring_back = move |_| {
        if let Some(said) = said {
            shell.reader.say_of(item, said);
        }
    };
    view! {
        <li>
            <span>{film} " " <span class="label">{said.map(text::feedback)}</span></span>
            <button class="button is-bare" aria-label=name on:click=bring_back>{text::BRING_BACK}</button>
        </li>
    }
}
