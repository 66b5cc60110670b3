//! The film in hand, in words: where each list has it.

use leptos::prelude::*;

use super::Pointed;
use crate::views::{session, text};

#[component]
pub(super) fn Selected() -> impl IntoView {
    let session = session();
    let pointed: Pointed = expect_context();
    let said = move || {
        let Some(item) = pointed.selected.get() else { return text::COMPARE_HINT.to_owned() };
        let ranks: Vec<_> =
            session.board().iter().map(|it| (text::column_title(*it), it.rank_of(item))).collect();
        text::standing(&session.catalogue(), item, &ranks)
    };
    let is_pinned = move || session.focus().with(Option::is_some);
    let add = move |_| {
        if let Some(item) = session.focus().get_untracked() {
            session.pick(item);
        }
    };
    view! {
        <div class="selected">
            <div class="selected-film" class:is-held=is_pinned>
                <p role="status">{said}</p>
                <Show when=is_pinned>
                    <button class="button" on:click=add>{text::ADD_SELECTED}</button>
                    <button class="button is-bare" on:click=move |_| session.unfocus()>
                        {text::UNSELECT}
                    </button>
                </Show>
            </div>
        </div>
    }
}
