//! What the combobox offers: films, and a search by meaning.

use leptos::prelude::*;

use crate::catalog::TitleMatch;
use crate::feedback;
use crate::views::combobox::Typed;
use crate::views::film_facts::FilmFacts;
use crate::views::mark::Mark;
use crate::views::text;

#[component]
pub(super) fn FilmOption(typed: Typed, position: usize, film: TitleMatch) -> impl IntoView {
    let session = super::session();
    let item = film.item;
    let catalogue = session.catalogue();
    let title = catalogue.title(item).to_owned();
    let side = move || {
        let is_picked = session.history().with(|history| history.contains(item));
        let said = session.feedback().with(|all| feedback::of(all, item));
        match said.filter(|it| it.hides()) {
            _ if is_picked => text::IN_HISTORY.into(),
            Some(said) => text::feedback(said).into(),
            None => text::matched(film.field, &film.text),
        }
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
                <FilmFacts item />
            </span>
            <span class="option-side">{side}</span>
        </div>
    }
}

/// A button rather than an option: what it costs is fetched by a press on it, never by Enter in
/// the field.
#[component]
pub(super) fn MeaningButton(typed: Typed) -> impl IntoView {
    let session = super::session();
    let cost = move || session.encoder_bytes().map(text::encoder_cost);
    view! {
        <Show when=move || typed.can_search(session)>
            <button
                class="option option-meaning"
                on:click=move |_| typed.search_by_meaning(session)
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        typed.close();
                    }
                }
            >
                <span class="option-text">{move || text::search_by_meaning(&typed.words())}</span>
                <span class="option-side">{cost}</span>
            </button>
        </Show>
    }
}
