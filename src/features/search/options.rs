//! What the combobox offers: films, and a search by meaning.

use leptos::prelude::*;

use super::combobox::Typed;
use super::words;
use crate::catalog::TitleMatch;
use crate::feedback;
use crate::state::encoder::Encoder;
use crate::ui::film_facts::FilmFacts;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn FilmOption(typed: Typed, position: usize, film: TitleMatch) -> impl IntoView {
    let shell = shell();
    let item = film.item;
    let catalogue = shell.site.catalogue();
    let title = catalogue.title(item).to_owned();
    let side = move || {
        let is_picked = shell.reader.history().with(|history| history.contains(item));
        let said = shell.reader.feedback().with(|all| feedback::of(all, item));
        match said.filter(|it| it.hides()) {
            _ if is_picked => words::IN_HISTORY.into(),
            Some(said) => text::feedback(said).into(),
            None => words::matched(film.field, &film.text),
        }
    };
    view! {
        <div
            class="option"
            role="option"
            id=shell.dom_id_of(format!("option-{position}"))
            aria-selected=move || if typed.is_marked(position) { "true" } else { "false" }
            on:pointermove=move |_| typed.mark(position)
            on:click=move |_| typed.choose_film(shell, item)
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
    let shell = shell();
    let encoder = shell.get::<Encoder>();
    let cost = move || encoder.missing_bytes().map(words::encoder_cost);
    view! {
        <Show when=move || typed.can_search(shell)>
            <button
                class="option option-meaning"
                on:click=move |_| typed.search_by_meaning(shell)
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        typed.close();
                    }
                }
            >
                <span class="option-text">{move || words::search_by_meaning(&typed.words())}</span>
                <span class="option-side">{cost}</span>
            </button>
        </Show>
    }
}
