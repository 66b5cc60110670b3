//! Year, genres and directors of a film, beneath its title wherever films are listed.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::ui::shell;
use crate::ui::words as text;

/// Directors come with the details, after the first list: they stand last, so that no word moves, though
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
