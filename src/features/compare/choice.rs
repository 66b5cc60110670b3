//! Which families stand side by side.

use leptos::prelude::*;

use super::words;
use crate::state::compared::Column;
use crate::state::compared::Compared;
use crate::ui::dom_id;
use crate::ui::families::kind_class;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn Choice() -> impl IntoView {
    let shell = shell();
    let compared = shell.get::<Compared>();
    let columns = compared.columns();
    let n_all = columns.len();
    let chips = columns.into_iter().map(|column| view! { <Chip column /> }).collect_view();
    let sum = move || words::compared_sum(compared.chosen().len(), n_all, compared.bytes());
    view! {
        <fieldset class="families compare-choice">
            <legend class="label">{words::COMPARE_CHOICE}</legend>
            <div class="families-row">{chips}</div>
            <div class="compare-sum">
                <p class="quiet" role="status">{sum}</p>
                <button class="button is-bare" on:click=move |_| compared.choose_all()>
                    {words::COMPARE_ALL}
                </button>
                <button class="button is-bare" on:click=move |_| compared.choose_none()>
                    {words::COMPARE_CLEAR}
                </button>
            </div>
        </fieldset>
    }
}

#[component]
fn Chip(column: Column) -> impl IntoView {
    let shell = shell();
    let compared = shell.get::<Compared>();
    let name = column.card.name;
    let is_chosen = Memo::new(move |_| compared.chosen().iter().any(|it| it.card.name == name));
    view! {
        <label class=format!("family is-check {}", kind_class(column.card.kind)) title=text::description(shell.site, column.card)>
            <input
                type="checkbox"
                name=dom_id("compared")
                value=name
                prop:checked=is_chosen
                on:change=move |_| compared.toggle(name)
            />
            <span class="family-name">{column.card.title}</span>
        </label>
    }
}
