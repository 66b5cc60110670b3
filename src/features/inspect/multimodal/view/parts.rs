//! What each score of the list is the sum of.

use leptos::prelude::*;

use super::Shown;
use crate::families::multimodal::{Modality, Parted};
use crate::features::inspect::multimodal::words;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn PartsOfScores(shown: Shown) -> impl IntoView {
    let films = Memo::new(move |_| {
        shown.seen.with(|it| it.as_ref().map(|it| it.of.list.clone()).unwrap_or_default())
    });
    let heads = Modality::ALL.map(words::modality).into_iter();
    let heads = heads.chain([words::POPULARITY, words::SCORE]);
    let heads = heads.map(|name| view! { <th scope="col" class="number">{name}</th> });
    let rows = move || films.get().into_iter().map(row).collect_view();
    view! {
        <div class="scroller" tabindex="0" role="group" aria-label=words::PARTS>
            <table class="inside-table modality-parts">
                <caption class="label">{words::PARTS}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::FILM}</th>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(it: Parted) -> impl IntoView {
    let name = text::film(&shell().site.catalogue(), it.film.item);
    let cell = |said: String| view! { <td class="number" translate="no">{said}</td> };
    let parts = it.by_modality.into_iter().chain([it.start]).map(text::signed);
    let cells = parts.chain([text::score(it.film.score)]).map(cell).collect_view();
    view! {
        <tr data-row=it.film.item.0>
            <th scope="row" translate="no">{name}</th>
            {cells}
        </tr>
    }
}
