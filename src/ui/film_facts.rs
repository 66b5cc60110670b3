//! Facts of a film: year, genres and directors beneath its title wherever films are listed, and on a card more.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::ui::shell;
use crate::ui::words as text;

/// Directors, and that a film is a short, come with the details, after the first list: they stand last, so that no word moves, though
/// a long line may become two.
#[component]
pub(crate) fn FilmFacts(item: ItemRow) -> impl IntoView {
    let shell = shell();
    let facts = move || {
        shell.site.has_details();
        text::facts(&shell.site.catalogue(), item)
    };
    view! { <span class="film-facts">{facts}</span> }
}

/// How long a film is and its place in a series, where one film is looked at. The line is kept free until
/// the details are there, so that nothing beneath it moves.
#[component]
pub(crate) fn FurtherFacts(item: ItemRow) -> impl IntoView {
    let shell = shell();
    let facts = move || {
        shell.site.has_details();
        let catalogue = shell.site.catalogue();
        let is_coming = !catalogue.has_details();
        let facts =
            if is_coming { "\u{a0}".to_owned() } else { text::further_facts(&catalogue, item) };
        (!facts.is_empty()).then(|| view! { <span class="film-facts">{facts}</span> })
    };
    view! { {facts} }
}
