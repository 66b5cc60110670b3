//! Which models are asked.

use leptos::prelude::*;

use super::state::MeasureState;
use super::words;
use crate::families::Card;
use crate::ui::dom_id;
use crate::ui::families::kind_class;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn Choice() -> impl IntoView {
    let state = shell().get::<MeasureState>();
    let models = state.cards().into_iter().map(|card| view! { <Model card /> }).collect_view();
    view! {
        <fieldset class="families">
            <legend class="label">{words::MODELS}</legend>
            <div class="families-row">{models}</div>
            <div class="buttons">
                <button class="button is-bare" on:click=move |_| state.choose_first()>{words::CHOOSE_FIRST}</button>
                <button class="button is-bare" on:click=move |_| state.choose_all()>{words::CHOOSE_ALL}</button>
            </div>
        </fieldset>
    }
}

#[component]
fn Model(card: &'static Card) -> impl IntoView {
    let shell = shell();
    let state = shell.get::<MeasureState>();
    let name = card.name;
    view! {
        <label class=format!("family is-check {}", kind_class(card.kind)) title=text::description(shell.site, card)>
            <input
                type="checkbox"
                name=dom_id("measured")
                value=name
                prop:checked=move || state.is_chosen(name)
                on:change=move |_| state.toggle(name)
            />
            <span class="family-name">{card.title}</span>
        </label>
    }
}
