//! Says aloud, politely, that the list changed.

use leptos::prelude::*;

use crate::session::Tab;
use crate::views::text;

/// So many films are read out.
const N_ALOUD: usize = 3;

#[component]
pub(crate) fn Announcer() -> impl IntoView {
    let session = super::session();
    let news = move || {
        if session.tab().get() == Tab::Compare {
            let comparison = session.comparison().get()?;
            return Some(text::compared_aloud(&session.catalogue(), &comparison));
        }
        let shown = session.listed().get()?;
        let catalogue = session.catalogue();
        let first: Vec<String> = shown
            .rows
            .iter()
            .take(N_ALOUD)
            .map(|row| {
                let title = catalogue.title(row.item);
                format!("{} {title}{}", row.rank, text::movement_aloud(row.movement))
            })
            .collect();
        Some(text::list_changed(&first))
    };
    view! { <p class="visually-hidden" role="status" aria-live="polite">{news}</p> }
}
