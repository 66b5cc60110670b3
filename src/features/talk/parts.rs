//! What was understood so far, part by part: each to be turned round, or taken off.

use leptos::prelude::*;

use super::view::state;
use super::words;
use crate::dialogue::{Part, Wish};
use crate::ui::dom_id;
use crate::ui::shell;

#[component]
pub(super) fn Understood() -> impl IntoView {
    let state = state();
    // A chip stays under the hand that turns it round.
    let parts = Memo::new(move |before: Option<&Vec<Part>>| {
        let now = state.wish().with(Wish::parts);
        let place = |it: &Part| {
            before.and_then(|all| all.iter().position(|old| subject(old) == subject(it)))
        };
        let mut now: Vec<(usize, Part)> =
            now.into_iter().map(|it| (place(&it).unwrap_or(usize::MAX), it)).collect();
        now.sort_by_key(|it| it.0);
        now.into_iter().map(|it| it.1).collect()
    });
    view! {
        <Show when=move || parts.with(|it| !it.is_empty())>
            <div class="understood">
                <p class="label" id=dom_id("understood")>{words::UNDERSTOOD}</p>
                <ul class="parts" aria-labelledby=dom_id("understood")>
                    <For each=move || parts.get() key=subject let(first)>
                        <Chip first parts />
                    </For>
                </ul>
            </div>
        </Show>
    }
}

/// What a part is about, whichever side it is on.
fn subject(part: &Part) -> String {
    match part {
        Part::Liked(item) | Part::Disliked(item) => format!("film {}", item.0),
        Part::Rejected(item) => format!("away {}", item.0),
        Part::Wanted(it) | Part::Unwanted(it) => format!("trait {it:?}"),
        Part::Years(_) => "years".into(),
        Part::Words(_) => "words".into(),
    }
}

#[component]
fn Chip(first: Part, parts: Memo<Vec<Part>>) -> impl IntoView {
    let state = state();
    let catalogue = StoredValue::new(shell().site.catalogue());
    let part = Memo::new(move |before: Option<&Part>| {
        let now = parts.with(|it| it.iter().find(|it| subject(it) == subject(&first)).cloned());
        now.or(before.cloned()).unwrap_or(first.clone())
    });
    let name =
        move || catalogue.with_value(|it| part.with(|part| words::understood_part(it, part)));
    let is_against = move || {
        part.with(|it| matches!(it, Part::Unwanted(_) | Part::Disliked(_) | Part::Rejected(_)))
    };
    let has_other_side = Memo::new(move |_| part.with(|it| it.flipped().is_some()));
    view! {
        <li class="part" class:is-against=is_against>
            {move || if has_other_side.get() {
                view! {
                    <button
                        class="part-turn"
                        aria-description=words::TURN_ROUND
                        title=words::TURN_ROUND
                        on:click=move |_| state.turn_round(&part.get_untracked())
                    >
                        {name}
                    </button>
                }
                .into_any()
            } else {
                view! { <span class="part-turn">{name}</span> }.into_any()
            }}
            <button
                class="part-off"
                aria-label=move || words::take_off(&name())
                on:click=move |_| state.take_off(&part.get_untracked())
            >
                "×"
            </button>
        </li>
    }
}
