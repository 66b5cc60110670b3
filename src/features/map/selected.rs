//! The film that is selected: what it is, where it lies, who recommends it, and what to do with it.

use leptos::prelude::*;

use super::look::Look;
use super::words;
use crate::catalog::ItemRow;
use crate::views::film_facts::FilmFacts;
use crate::views::mark::Mark;
use crate::views::{session, text};

#[component]
pub(super) fn Selected() -> impl IntoView {
    let session = session();
    view! {
        <section class="map-hand" aria-labelledby="map-hand-title">
            <h3 class="label" id="map-hand-title">{words::SELECTED}</h3>
            {move || match session.focus().get() {
                Some(item) => view! { <Film item /> }.into_any(),
                None => view! { <p class="quiet">{words::NOTHING_SELECTED}</p> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Film(item: ItemRow) -> impl IntoView {
    let session = session();
    let look: Look = expect_context();
    let catalogue = session.catalogue();
    let region = look.map.with_value(|map| map.region_of(item).map(|it| it.name.clone()));
    let region = region.unwrap_or_default();
    let standing = move || look.lists().with(|lists| words::standing(&region, item, lists));
    let is_picked = move || session.history().with(|it| it.contains(item));
    view! {
        <div class="map-film">
            <Mark item />
            <p>
                <span class="film-title" translate="no">{catalogue.title(item).to_owned()}</span>
                <FilmFacts item />
            </p>
        </div>
        <p class="quiet" role="status">{standing}</p>
        <p class="map-acts">
            <Show
                when=is_picked
                fallback=move || view! {
                    <button class="button" on:click=move |_| session.pick(item)>
                        {text::ADD_SELECTED}
                    </button>
                }
            >
                <button class="button" on:click=move |_| session.unpick(item)>
                    {words::TAKE_OUT}
                </button>
            </Show>
            <button class="button is-bare" on:click=move |_| session.unfocus()>{text::UNSELECT}</button>
        </p>
    }
}
