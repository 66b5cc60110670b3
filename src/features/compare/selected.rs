//! The film in hand, in words: where each list has it.

use leptos::prelude::*;

use super::view::Pointed;
use super::words;
use crate::catalog::ItemRow;
use crate::feedback::Feedback;
use crate::state::chosen::Chosen;
use crate::state::compared::Compared;
use crate::state::reader::Reader;
use crate::ui::acts::{find, focus};
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn Selected() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let compared = shell.get::<Compared>();
    let pointed: Pointed = expect_context();
    let said = move || {
        let Some(item) = pointed.selected.get() else { return words::COMPARE_HINT.to_owned() };
        let ranks: Vec<_> = compared
            .board()
            .iter()
            .map(|it| (words::column_title(*it), it.rank_of(item)))
            .collect();
        words::standing(&shell.site.catalogue(), item, &ranks)
    };
    let is_pinned = move || chosen.focus().with(Option::is_some);
    // The film leaves the lists, and with it these buttons: the way back is at hand.
    let act = move |act: fn(Reader, ItemRow)| {
        if let Some(item) = chosen.focus().get_untracked() {
            act(shell.reader, item);
            request_animation_frame(move || focus(find(shell, ".undo")));
        }
    };
    let say = move |it: Feedback, say: fn(Reader, ItemRow)| {
        view! {
            <button class="button" on:click=move |_| act(say)>{text::feedback(it)}</button>
        }
    };
    view! {
        <div class="selected">
            <div class="selected-film" class:is-held=is_pinned>
                <p role="status">{said}</p>
                <Show when=is_pinned>
                    <button class="button" on:click=move |_| act(Reader::pick)>
                        {text::ADD_SELECTED}
                    </button>
                    {say(Feedback::Seen, |it, item| it.say_of(item, Feedback::Seen))}
                    {say(Feedback::NotForMe, |it, item| it.say_of(item, Feedback::NotForMe))}
                    <button class="button is-bare" on:click=move |_| chosen.focus_on(None)>
                        {text::UNSELECT}
                    </button>
                </Show>
            </div>
        </div>
    }
}
