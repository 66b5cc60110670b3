//! Which families stand side by side.

use leptos::prelude::*;

use crate::session::Column;
use crate::views::families::kind_class;
use crate::views::{session, text};

#[component]
pub(super) fn Choice() -> impl IntoView {
    let session = session();
    let columns = session.columns();
    let n_all = columns.len();
    let chips = columns.into_iter().map(|column| view! { <Chip column /> }).collect_view();
    let sum = move || text::compared_sum(session.compared().len(), n_all, session.compared_bytes());
    view! {
        <fieldset class="families compare-choice">
            <legend class="label">{text::COMPARE_CHOICE}</legend>
            <div class="families-row">{chips}</div>
            <div class="compare-sum">
                <p class="quiet" role="status">{sum}</p>
                <button class="button is-bare" on:click=move |_| session.compare_all()>
                    {text::COMPARE_ALL}
                </button>
                <button class="button is-bare" on:click=move |_| session.compare_none()>
                    {text::COMPARE_CLEAR}
                </button>
            </div>
        </fieldset>
    }
}

#[component]
fn Chip(column: Column) -> impl IntoView {
    let session = session();
    let name = column.card.name;
    let is_chosen = Memo::new(move |_| session.compared().iter().any(|it| it.card.name == name));
    view! {
        <label class=format!("family is-check {}", kind_class(column.card.kind)) title=column.card.description>
            <input
                type="checkbox"
                name="compared"
                value=name
                prop:checked=is_chosen
                on:change=move |_| session.toggle_compared(name)
            />
            <span class="family-name">{column.card.title}</span>
        </label>
    }
}
