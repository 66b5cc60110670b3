//! A short ranked list inside a native view.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::recommend::Recommendation;
use crate::state::chosen::Chosen;
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

const MARK: f64 = 18.0;

/// `films`, best first; those for which `is_noted` stand out.
#[component]
pub(super) fn Films(
    #[prop(into)] films: Signal<Vec<Recommendation>>,
    is_noted: impl Fn(ItemRow) -> bool + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let rows = move || {
        let films = films.get();
        let scores: Vec<f32> = films.iter().map(|it| it.score).collect();
        let scores = text::scores(
            text::meaning_of(&shell().get::<Chosen>().family().get_untracked()),
            &scores,
        );
        let films = films.into_iter().map(|it| it.item).zip(scores).zip(1..);
        films
            .map(|((item, score), rank)| view! { <Film item score rank is_noted /> })
            .collect_view()
    };
    view! { <ol class="small-list">{rows}</ol> }
}

#[component]
fn Film(
    item: ItemRow,
    score: String,
    rank: usize,
    is_noted: impl Fn(ItemRow) -> bool + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let name = text::film(&shell().site.catalogue(), item);
    view! {
        <li class="small-film" class:is-on=move || is_noted(item) data-row=item.0>
            <span class="place-rank" translate="no">{rank}</span>
            <Mark item size=MARK />
            <span class="small-title" translate="no">{name}</span>
            <span class="number" translate="no">{score}</span>
        </li>
    }
}
