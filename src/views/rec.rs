//! One recommendation.

use leptos::prelude::*;

use crate::catalog::ItemRow;
use crate::session::{Movement, ShownRow};
use crate::views::mark::Mark;
use crate::views::text;

/// `row` follows the film through the lists: its rank and score, and the length of its bar in percent.
#[component]
pub(super) fn Rec(item: ItemRow, row: Signal<(ShownRow, f32)>) -> impl IntoView {
    let session = super::session();
    let catalogue = session.catalogue();
    let title = catalogue.title(item).to_owned();
    let facts = text::facts(&catalogue, item);
    let add = text::add(&text::film(&catalogue, item));
    let is_on = move || session.explained().with(|it| it.map(|it| it.question.item)) == Some(item);
    let movement = move || row.with(|(row, _)| row.movement);
    let move_class = move || match movement() {
        Movement::Up(_) => "move is-up",
        Movement::Down(_) => "move is-down",
        Movement::New => "move is-new",
        Movement::First | Movement::Stayed => "move",
    };
    view! {
        <li class="rec" class:is-on=is_on data-row=item.0>
            <span class="rec-rank" translate="no">{move || row.with(|(row, _)| row.rank)}</span>
            <Mark item />
            <div>
                <button
                    class="rec-name"
                    aria-current=move || is_on().then_some("true")
                    on:click=move |_| session.focus_on(item)
                >
                    <span class="film-title" translate="no">{title}</span>
                    <span class=move_class>{move || text::movement(movement())}</span>
                </button>
                <span class="film-facts">{facts}</span>
            </div>
            <span class="rec-score" translate="no">
                {move || row.with(|(row, _)| text::score(row.score))}
                <span class="bar" aria-hidden="true">
                    <span class="bar-fill" style:width=move || format!("{:.1}%", row.with(|it| it.1))>
                    </span>
                </span>
            </span>
            <button class="button is-bare rec-add" aria-label=add on:click=move |_| session.pick(item)>
                {text::ADD}
            </button>
        </li>
    }
}
