//! Whose order lists are in, where the reader's re-ranker takes part; and the way to the plain one.

use leptos::prelude::*;

use crate::state::reranker::RerankerStore;
use crate::state::reranker::{FEATURE, InOrder};
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(crate) fn InOrderOf() -> impl IntoView {
    let shell = shell();
    let reranker = shell.get::<RerankerStore>();
    let door = shell.address.door(FEATURE);
    let order = Memo::new(move |_| reranker.in_order());
    let act = move || match order.get() {
        InOrder::Off | InOrder::Coming => None,
        InOrder::Failed(_) => Some(text::TRY_AGAIN),
        InOrder::Reranked => Some(text::SHOW_PLAIN),
        InOrder::Plain => Some(text::SHOW_RERANKED),
    };
    let answer = move |_| match order.get_untracked() {
        InOrder::Failed(_) => reranker.fetch_if_on(),
        it => reranker.show_plain(it == InOrder::Reranked),
    };
    view! {
        <Show when=move || order.with(|it| *it != InOrder::Off)>
            <p class="in-order">
                <span role="status">{move || order.with(text::in_order)}</span>
                {move || act().map(|name| view! {
                    <button class="button is-bare" on:click=answer>{name}</button>
                })}
                {move || door.map(|it| view! {
                    <a href=move || shell.address.link_to(shell, it)>{it.title}</a>
                })}
            </p>
        </Show>
    }
}
