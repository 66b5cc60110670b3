//! What the combobox offers: a film, or a search by meaning.

use leptos::prelude::*;

use crate::catalog::TitleMatch;
use crate::views::combobox::Typed;
use crate::views::mark::Mark;
use crate::views::text;

#[component]
pub(super) fn FilmOption(typed: Typed, position: usize, film: TitleMatch) -> impl IntoView {
    let session = super::session();
    let item = film.item;
    let catalogue = session.catalogue();
    let title = catalogue.title(item).to_owned();
    let facts = text::facts(&catalogue, item);
    let side = move || {
        let is_picked = session.history().with(|history| history.contains(item));
        if is_picked { text::IN_HISTORY.into() } else { text::matched(film.field, &film.text) }
    };
    view! {
        <div
            class="option"
            role="option"
            id=format!("option-{position}")
            aria-selected=move || if typed.is_marked(position) { "true" } else { "false" }
            on:pointermove=move |_| typed.mark(position)
            on:click=move |_| typed.choose_film(session, item)
        >
            <Mark item size=24.0 />
            <span class="option-text">
                <span class="film-title" translate="no">{title}</span>
                <span class="film-facts">{facts}</span>
            </span>
            <span class="option-side">{side}</span>
        </div>
    }
}

#[component]
pub(super) fn MeaningOption(typed: Typed, position: Signal<usize>) -> impl IntoView {
    let session = super::session();
    let cost = move || session.encoder_bytes().map(text::encoder_cost);
    view! {
        <Show when=move || session.encoder_bytes().is_some()>
            <div
                class="option"
                role="option"
                id=move || format!("option-{}", position.get())
                aria-selected=move || {
                    if typed.is_marked(position.get()) { "true" } else { "false" }
                }
                on:pointermove=move |_| typed.mark(position.get_untracked())
                on:click=move |_| typed.search_by_meaning(session)
            >
                <span class="option-text">{move || text::search_by_meaning(&typed.words())}</span>
                <span class="option-side">{cost}</span>
            </div>
        </Show>
    }
}
