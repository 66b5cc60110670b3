//! The regions as a list: the lasso of those who do not draw.

use leptos::prelude::*;

use super::look::Look;
use super::words;
use crate::map::Part;
use crate::ui::dom_id;

#[component]
pub(super) fn Regions() -> impl IntoView {
    let look: Look = expect_context();
    let regions = look.map.with_value(|map| {
        let counted = |(at, it): (usize, &crate::map::Label)| {
            (at, words::region_films(&it.name, map.in_region(at).len()))
        };
        map.regions().iter().enumerate().map(counted).collect::<Vec<_>>()
    });
    let buttons = regions
        .into_iter()
        .map(|(region, said)| view! { <li><RegionButton region said /></li> })
        .collect_view();
    view! {
        <section class="map-regions" aria-labelledby=dom_id("map-regions-title")>
            <h3 class="label" id=dom_id("map-regions-title")>{words::REGIONS}</h3>
            <ul tabindex="0" aria-labelledby=dom_id("map-regions-title")>{buttons}</ul>
        </section>
    }
}

#[component]
fn RegionButton(region: usize, said: String) -> impl IntoView {
    let look: Look = expect_context();
    let is_shown = Memo::new(move |_| look.part.with(|it| *it == Part::Region(region)));
    let choose = move |_| {
        let next = if is_shown.get_untracked() { Part::View } else { Part::Region(region) };
        look.part.set(next);
    };
    view! {
        <button
            class="map-region"
            aria-pressed=move || if is_shown.get() { "true" } else { "false" }
            on:click=choose
        >
            {said}
        </button>
    }
}
