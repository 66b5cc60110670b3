//! The newest turn as a figure, which the reader may change.

use leptos::prelude::*;

use super::figure;
use super::state::Turn;
use super::view::state;
use super::words::{self, figure as text};
use crate::dialogue::Part;
use crate::ui::figure::{Change, Draw, Figure, Source};
use crate::ui::shell;

#[component]
pub(super) fn Funnel() -> impl IntoView {
    let (shell, state) = (shell(), state());
    let newest = Memo::new(move |_| state.turns().with(|it| it.last().cloned()));
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        state.changed().with(|changed| {
            let was = changed.as_ref().map(|it| &it.turn);
            newest.with(|turn| figure::draw(turn.as_ref(), was, &catalogue, width))
        })
    });
    let act = Callback::new(move |(what,): (String,)| {
        let parts = newest.with_untracked(|it| it.as_ref().map(|it| parts_at(it, &what)));
        state.switch(&parts.unwrap_or_default());
    });
    let change = Change {
        is_changed: Signal::derive(move || state.changed().with(Option::is_some)),
        undo: Callback::new(move |()| state.as_it_was()),
    };
    let source = move || {
        let has_next = newest.with(|it| it.as_ref().is_some_and(Turn::has_next));
        let more = state.fitted().with(|it| match it {
            Some(Ok(fitted)) => words::found_in_ten(&fitted.results, has_next),
            Some(Err(_)) => words::BY_HAND.to_owned(),
            None => String::new(),
        });
        Source { family: None, cost: None, more }
    };
    view! {
        <Figure
            name="talk"
            title=Signal::derive(|| words::TAB.to_owned())
            about=text::ABOUT
            source=Signal::derive(source)
            draw
            act=Some(act)
            change=Some(change)
            beside=Some(view! { <ReadsHistory /> }.into_any())
        />
        <p class="quiet">{words::PIECES}</p>
    }
}

/// The parts of `turn` at the places that `what` names.
fn parts_at(turn: &Turn, what: &str) -> Vec<Part> {
    let places = what.split(' ').filter_map(|it| it.parse::<usize>().ok());
    places.filter_map(|at| turn.parts.get(at).cloned()).collect()
}

#[component]
fn ReadsHistory() -> impl IntoView {
    let state = state();
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || state.reads_history().get()
                on:change=move |event| state.reads_history().set(event_target_checked(&event))
            />
            {words::READ_HISTORY}
        </label>
    }
}
