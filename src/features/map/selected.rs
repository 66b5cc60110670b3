//! The film that is selected: what it is, where it lies, who recommends it, and what to do with it.

use leptos::prelude::*;

use super::look::Look;
use super::words;
use crate::catalog::ItemRow;
use crate::state::chosen::Chosen;
use crate::ui::dom_id;
use crate::ui::film_facts::{FilmFacts, FurtherFacts};
use crate::ui::mark::Mark;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(super) fn Selected() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    view! {
        <section class="map-hand" aria-labelledby=dom_id("map-hand-title")>
            <h3 class="label" id=dom_id("map-hand-title")>{words::SELECTED}</h3>
            {move || match chosen.focus().get() {
                Some(item) => view! { <Film item /> }.into_any(),
                None => view! { <p class="quiet">{words::NOTHING_SELECTED}</p> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Film(item: ItemRow) -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let look: Look = expect_context();
    let catalogue = shell.site.catalogue();
    let region = look.map.with_value(|map| map.region_of(item).map(|it| it.name.clone()));
    let region = region.unwrap_or_default();
    let standing = move || look.lists().with(|lists| words::standing(&region, item, lists));
    let is_picked = move || shell.reader.history().with(|it| it.contains(item));
    view! {
        <div class="map-film">
            <Mark item />
            <p>
                <span class="film-title" translate="no">{catalogue.title(item).to_owned()}</span>
                <FilmFacts item />
                <FurtherFacts item />
            </p>
        </div>
        <p class="quiet" role="status">{standing}</p>
        <p class="map-acts">
            <Show
                when=is_picked
                fallback=move || view! {
                    <button class="button" on:click=move |_| shell.reader.pick(item)>
                        {text::ADD_SELECTED}
                    </button>
                }
            >
                <button class="button" on:click=move |_| shell.reader.unpick(item)>
                    {words::TAKE_OUT}
                </button>
            </Show>
            <button class="button is-bare" on:click=move |_| chosen.focus_on(None)>{text::UNSELECT}</button>
        </p>
    }
}
