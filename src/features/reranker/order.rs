//! The switch, and a family's first films before and after.

use leptos::prelude::*;

use super::state::InTwoOrders;
use super::view::state;
use super::words;
use crate::catalog::ItemRow;
use crate::families::{self, FamilyName};
use crate::reranker::Reranked;
use crate::ui;
use crate::ui::dom_id;
use crate::ui::problem::Problem;
use crate::ui::shell;

/// How many of the films in another order are shown.
const N_SHOWN: usize = 10;

#[component]
pub(super) fn Order() -> impl IntoView {
    let state = state();
    let is_trained = move || state.store().trained().with(Option::is_some);
    view! {
        <Show when=is_trained>
            <h3>{words::ORDER}</h3>
            <div class="reranker-switch">
                <button
                    class="button"
                    role="switch"
                    aria-checked=move || if state.store().is_on() { "true" } else { "false" }
                    aria-describedby=dom_id("reranker-switch-why")
                    prop:disabled=move || !state.store().helps()
                    on:click=move |_| state.switch(!untrack(|| state.store().is_on()))
                >
                    {move || if state.store().is_on() { words::ON } else { words::OFF }}
                </button>
                <p class="quiet" id=dom_id("reranker-switch-why")>
                    {move || words::why_switched(state.store().helps(), state.store().is_on())}
                </p>
            </div>
            <FamilyChoice />
            <Show when=move || !state.store().is_on()>
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || state.is_looking().get()
                        on:change=move |event| state.look(event_target_checked(&event))
                    />
                    {words::LOOK}
                </label>
            </Show>
            <Show when=move || state.store().is_on() || state.is_looking().get()><Lists /></Show>
        </Show>
    }
}

#[component]
fn FamilyChoice() -> impl IntoView {
    let state = state();
    let shell = shell();
    let options = families::shipped(&shell.site.manifest())
        .map(|it| {
            let name = it.card.name;
            let is_chosen = state.family().with_untracked(|family| family.0 == name);
            view! { <option value=name selected=is_chosen>{it.card.title}</option> }
        })
        .collect_view();
    view! {
        <div class="choice">
            <label for=dom_id("reranker-family")>{words::FAMILY}</label>
            <select
                id=dom_id("reranker-family")
                on:change=move |event| state.family().set(FamilyName(event_target_value(&event)))
            >
                {options}
            </select>
        </div>
    }
}

#[component]
fn Lists() -> impl IntoView {
    let state = state();
    let shell = shell();
    let list = state.list();
    move || {
        if let Some(error) = shell.notices.shown_failure(list) {
            return view! { <Problem error on_retry=move || list.retry() /> }.into_any();
        }
        match state.orders().get() {
            Some(orders) => view! { <SideBySide orders /> }.into_any(),
            None => {
                view! { <p class="quiet spin" role="status">{words::ASKING_FAMILY}</p> }.into_any()
            }
        }
    }
}

#[component]
fn SideBySide(orders: InTwoOrders) -> impl IntoView {
    let shell = shell();
    let title = families::find(&orders.family).map_or("", |it| it.card.title);
    let n_films = orders.before.len();
    let name = move |item: ItemRow| ui::words::film(&shell.site.catalogue(), item);
    let before = orders.before.into_iter().take(N_SHOWN).zip(1..).map(|(item, rank)| {
        view! { <li data-row=item.0><span class="figure" translate="no">{rank}</span><span translate="no">{name(item)}</span></li> }
    });
    let before = before.collect_view();
    let after = orders.after.into_iter().take(N_SHOWN).zip(1..).map(|(it, rank)| {
        let Reranked { item, rank_before, .. } = it;
        let class = if rank < rank_before { "moved is-up" } else { "moved" };
        view! {
            <li data-row=item.0>
                <span class="figure" translate="no">{rank}</span>
                <span translate="no">{name(item)} " " <span class=class>{words::moved_from(rank_before, rank)}</span></span>
            </li>
        }
    });
    let after = after.collect_view();
    view! {
        <p class="quiet" role="status">{words::reranked(n_films, title)}</p>
        <div class="two-orders">
            <div><h4 class="label">{title}</h4><ol>{before}</ol></div>
            <div><h4 class="label">{words::BY_RERANKER}</h4><ol>{after}</ol></div>
        </div>
    }
}
