//! What a model that reads in order would have said at a step, and what came instead.

use leptos::prelude::*;

use super::films::Films;
use super::words;
use crate::catalog::ItemRow;
use crate::families::inspect::said::Said;
use crate::ui::shell;

/// `next` is the pick that came after the step.
#[component]
pub(super) fn Next(said: Signal<Option<Said>>, next: Memo<Option<ItemRow>>) -> impl IntoView {
    let shell = shell();
    let films = move || said.with(|it| it.as_ref().map(|it| it.top.clone()).unwrap_or_default());
    let picked = move || {
        let rank = said.with(|it| it.as_ref()?.rank_of_next)?;
        Some(words::picked_next(&shell.site.catalogue(), next.get()?, rank))
    };
    view! {
        <div>
            <h3 class="label">{words::WOULD_HAVE_SAID}</h3>
            <Films films=Signal::derive(films) is_noted=move |item| next.get() == Some(item) />
            <p class="stated" role="status">{picked}</p>
        </div>
    }
}
