//! What the marks on the map mean, and whose lists are drawn.

use leptos::prelude::*;

use super::look::Look;
use super::state::drawn_lists;
use super::words;
use crate::families::Card;
use crate::state::compared;
use crate::ui::dom_id;
use crate::ui::families::kind_class;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn Legend() -> impl IntoView {
    let shell = shell();
    let cards = Memo::new(move |_| {
        drawn_lists(shell).into_iter().map(|it| it.card.name).collect::<Vec<_>>()
    });
    let card = move |name: &str| drawn_lists(shell).into_iter().find(|it| it.card.name == name);
    let has_picks = Memo::new(move |_| shell.reader.history().with(|it| !it.is_empty()));
    view! {
        <fieldset class="map-legend">
            <legend class="label">{words::DRAWN}</legend>
            <Show
                when=move || has_picks.get()
                fallback=|| view! { <p class="quiet">{words::NO_LISTS}</p> }
            >
                <p class="map-key"><span class="map-pick" aria-hidden="true"></span>{words::PICKS}</p>
                <For each=move || cards.get() key=|name| *name children=move |name| {
                    untrack(|| card(name)).map(|it| view! { <Key card=it.card /> })
                } />
            </Show>
            <button class="button is-bare" on:click=move |_| shell.address.turn_to(compared::FEATURE)>
                {words::CHOOSE}
            </button>
        </fieldset>
    }
}

#[component]
fn Key(card: &'static Card) -> impl IntoView {
    let look: Look = expect_context();
    view! {
        <label class=format!("map-key {}", kind_class(card.kind)) title=text::description(shell().site, card)>
            <input
                type="checkbox"
                name=dom_id("drawn")
                value=card.name
                prop:checked=move || !look.is_hidden(card.name)
                on:change=move |_| look.toggle(card.name)
            />
            <span class="map-ring" aria-hidden="true"></span>
            {card.title}
        </label>
    }
}
