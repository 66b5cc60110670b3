//! The places of the site, and the parts of the one that is open. Both are drawn from the features: those of this page
//! are opened, the others are another page's. tools/site_top.mjs draws the places of the pages that have no program.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::feature::Feature;
use super::layout::Features;
use super::words;
use crate::state::router::{EXPLORE, FOR_YOU, LEARN, RESULTS, Section};
use crate::ui::shell;

/// The places of the site, in their order: some are features, some a page without a program.
const ORDER: [Section; 4] = [EXPLORE, FOR_YOU, LEARN, RESULTS];

/// The places of the site.
#[component]
pub(super) fn Places() -> impl IntoView {
    let shell = shell();
    let features: Features = expect_context();
    let firsts = firsts_of(&features.all(), |it| it.door.section.title);
    let place = |section: Section| {
        let first = firsts.iter().find(|it| it.door.section == section).copied();
        let feature = first.map(|feature| view! { <li><Place feature /></li> }.into_any());
        let page = || {
            let page = section.page?;
            Some(view! { <li><a href=shell.href(page)>{section.title}</a></li> }.into_any())
        };
        feature.or_else(page)
    };
    view! {
        <nav class="places" aria-label=words::PLACES>
            <ul>{ORDER.into_iter().filter_map(place).collect_view()}</ul>
        </nav>
    }
}

/// The link to a section, which begins with `feature`.
#[component]
fn Place(feature: Feature) -> impl IntoView {
    let shell = shell();
    let features: Features = expect_context();
    let door = feature.door;
    let is_open = move || features.open(shell).is_some_and(|it| it.door.section == door.section);
    let open_here = move |event: MouseEvent| {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
        let is_here = feature.here.is_some() && door.section.page.is_none();
        if is_here && is_plain && event.button() == 0 {
            event.prevent_default();
            shell.address.turn_to(door.id);
        }
    };
    view! {
        <a
            href=move || match door.section.page {
                Some(page) => shell.href(page),
                None => shell.address.link_to(shell, door),
            }
            aria-current=move || is_open().then_some("true")
            on:click=open_here
        >
            {door.section.title}
        </a>
    }
}

/// The parts of the section that is open, and what stands behind the open part where that is more than one thing.
#[component]
pub(super) fn Navigation() -> impl IntoView {
    let shell = shell();
    let features: Features = expect_context();
    let section = Memo::new(move |_| features.open(shell).map(|it| it.door.section));
    let part = Memo::new(move |_| features.open(shell).map(|it| it.door.part()));
    let has_parts = Memo::new(move |_| in_section(features, section.get()).len() > 1);
    let parts = move || {
        let parts = firsts_of(&in_section(features, section.get()), |it| it.door.part());
        let parts = Some(parts).filter(|it| it.len() > 1)?;
        let doors = parts.into_iter().map(|feature| {
            let name = feature.door.part();
            let is_open = Signal::derive(move || part.get() == Some(name));
            view! { <Door feature name is_open /> }
        });
        Some(view! { <div class="tabs">{doors.collect_view()}</div> })
    };
    let doors = move || {
        let all = in_section(features, section.get()).into_iter();
        let of_part: Vec<Feature> = all.filter(|it| Some(it.door.part()) == part.get()).collect();
        let of_part = Some(of_part).filter(|it| it.len() > 1)?;
        let doors = of_part.into_iter().map(|feature| {
            let id = feature.door.id;
            let is_open = Signal::derive(move || shell.address.is_open(id));
            view! { <Door feature name=feature.door.title is_open /> }
        });
        Some(view! { <div class="tabs is-lower">{doors.collect_view()}</div> })
    };
    view! {
        <div class="section-head">
            <h1>{move || section.get().map(|it| it.title)}</h1>
            <Show when=move || has_parts.get()>
                <nav class="parts" aria-label=words::TABS>{parts} {doors}</nav>
            </Show>
        </div>
    }
}

/// A button where the part is on this page, a link where it is on another.
#[component]
fn Door(feature: Feature, name: &'static str, is_open: Signal<bool>) -> impl IntoView {
    let shell = shell();
    let door = feature.door;
    if feature.here.is_some() {
        view! {
            <button
                class="tab"
                aria-current=move || is_open.get().then_some("page")
                on:click=move |_| shell.address.turn_to(door.id)
            >
                {name}
            </button>
        }
        .into_any()
    } else {
        view! { <a class="tab" href=move || shell.address.link_to(shell, door)>{name}</a> }
            .into_any()
    }
}

fn in_section(features: Features, section: Option<Section>) -> Vec<Feature> {
    features.all().into_iter().filter(|it| Some(it.door.section) == section).collect()
}

/// The first feature of every name, in their order.
fn firsts_of(features: &[Feature], name: impl Fn(&Feature) -> &'static str) -> Vec<Feature> {
    let mut firsts: Vec<Feature> = Vec::new();
    for feature in features {
        if firsts.iter().all(|it| name(it) != name(feature)) {
            firsts.push(*feature);
        }
    }
    firsts
}
