//! The films that this device keeps, and what can be done with them.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::view::state;
use super::words;
use crate::ui::export::save;

#[component]
pub(super) fn Yours() -> impl IntoView {
    let state = state();
    let own = state.own();
    let n_films = Memo::new(move |_| own.films().with(|it| it.here.len()));
    let has_any = move || own.films().with(|it| !it.is_empty());
    let used = move || {
        let words = state.used().with(|it| it.as_ref().map(words::used));
        view! { <p class="found" role="status">{words}</p> }
    };
    let not_kept =
        move || own.not_kept().get().map(|it| view! { <p role="alert">{words::not_kept(it)}</p> });
    view! {
        {used}
        <Show when=has_any>
            <p class="own-films">{move || own.films().with(|it| words::own(it))}</p>
            <Show when=move || own.not_kept().with(Option::is_none)><p class="quiet">{words::KEPT_HERE}</p></Show>
            <Acts n_films />
        </Show>
        {not_kept}
    }
}

#[component]
fn Acts(n_films: Memo<usize>) -> impl IntoView {
    let state = state();
    let is_clearing = RwSignal::new(false);
    let is_not_saved = RwSignal::new(false);
    let n_history = Memo::new(move |_| state.for_history().len());
    let download = move |_| {
        let file = state.own().as_file();
        spawn_local(async move {
            is_not_saved.set(save(words::FILE_NAME, "application/json", &file).await.is_err());
        });
    };
    let history = move || match n_history.get() {
        0 => words::NO_ORDER.to_owned(),
        n => words::history(n),
    };
    let clear_all = move || {
        if !is_clearing.get() {
            return view! {
                <button class="button is-bare" on:click=move |_| is_clearing.set(true)>
                    {words::CLEAR_ALL}
                </button>
            }
            .into_any();
        }
        let n = n_films.get();
        view! {
            <span role="group" aria-label=words::CLEAR_ALL class="clearing">
                <span>{words::clear_asked(n)}</span>
                <button class="button" on:click=move |_| state.clear()>{words::clear(n)}</button>
                <button class="button is-bare" on:click=move |_| is_clearing.set(false)>
                    {words::KEEP}
                </button>
            </span>
        }
        .into_any()
    };
    view! {
        <div class="buttons">
            <button
                class="button"
                disabled=move || n_history.get() == 0
                on:click=move |_| state.use_as_history()
            >
                {words::USE_AS_HISTORY}
            </button>
            <button class="button" on:click=download>{words::DOWNLOAD}</button>
            {clear_all}
        </div>
        <p class="quiet">{history}</p>
        <Show when=move || is_not_saved.get()><p role="alert">{words::NOT_SAVED}</p></Show>
    }
}
