//! The film in hand, in words: where each list has it.

use leptos::prelude::*;

use super::Pointed;
use crate::catalog::ItemRow;
use crate::feedback::Feedback;
use crate::session::Session;
use crate::views::acts::focus;
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
    // The film leaves the lists, and with it these buttons: the way back is at hand.
    let act = move |act: fn(Session, ItemRow)| {
        if let Some(item) = session.focus().get_untracked() {
            act(session, item);
            request_animation_frame(|| focus(document().query_selector(".undo").ok().flatten()));
        }
    };
    let say = move |it: Feedback, say: fn(Session, ItemRow)| {
        view! {
            <button class="button" on:click=move |_| act(say)>{text::feedback(it)}</button>
        }
    };
    view! {
        <div class="selected">
            <div class="selected-film" class:is-held=is_pinned>
                <p role="status">{said}</p>
                <Show when=is_pinned>
                    <button class="button" on:click=move |_| act(Session::pick)>
                        {text::ADD_SELECTED}
                    </button>
                    {say(Feedback::Seen, |it, item| it.say_of(item, Feedback::Seen))}
                    {say(Feedback::NotForMe, |it, item| it.say_of(item, Feedback::NotForMe))}
                    <button class="button is-bare" on:click=move |_| session.unfocus()>
                        {text::UNSELECT}
                    </button>
                </Show>
            </div>
        </div>
    }
}
