//! Whose order lists are in, where the reader's re-ranker takes part; and the way to the plain one.

use leptos::prelude::*;

use crate::session::{InOrder, Tab};
use crate::views::text;

#[component]
pub(super) fn InOrderOf() -> impl IntoView {
    let session = super::session();
    let order = Memo::new(move |_| session.in_order());
    let act = move || match order.get() {
        InOrder::Off | InOrder::Coming => None,
        InOrder::Failed(_) => Some(text::TRY_AGAIN),
        InOrder::Reranked => Some(text::SHOW_PLAIN),
        InOrder::Plain => Some(text::SHOW_RERANKED),
    };
    let answer = move |_| match order.get_untracked() {
        InOrder::Failed(_) => session.fetch_for_reranker(),
        it => session.show_plain(it == InOrder::Reranked),
    };
    view! {
        <Show when=move || order.with(|it| *it != InOrder::Off)>
            <p class="in-order">
                <span role="status">{move || order.with(text::in_order)}</span>
                {move || act().map(|name| view! {
                    <button class="button is-bare" on:click=answer>{name}</button>
                })}
                <a href=move || session.link_to(Tab::Teach)>{text::TAB_TEACH}</a>
            </p>
        </Show>
    }
}
