//! The choice of a recommender: every family the site ships, coloured by its kind, with what it is worth.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::dom_id;
use crate::families::{self, Card, FamilyName, Kind};
use crate::state::chosen::Chosen;
use crate::state::notices::Notice;
use crate::ui::keys::walk_without_choosing;
use crate::ui::notices::Notices;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(crate) fn Families() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    // The newest kinds first; the plain baselines they have to beat stand behind them.
    let mut cards: Vec<&'static Card> =
        families::shipped(&shell.site.manifest()).map(|it| &it.card).collect();
    cards.reverse();
    let choices = cards.into_iter().map(|card| view! { <Choice card /> }).collect_view();
    let row = NodeRef::<Div>::new();
    Effect::new(move || {
        if let Some(row) = row.get() {
            chosen.family().with(|family| bring_into_view(&row, family));
        }
    });
    view! {
        <fieldset class="families" on:keydown=|event| walk_without_choosing(&event)>
            <legend class="label">{text::FAMILIES}</legend>
            <div class="families-row" node_ref=row>{choices}</div>
            <p class="quiet families-more"><a href=shell.href("results.html")>{text::RESULTS}</a></p>
            <Notices is_here=|it| matches!(it, Notice::Unavailable(..)) />
        </fieldset>
    }
}

#[component]
fn Choice(card: &'static Card) -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let n_bytes = shell.site.family_bytes(card.name);
    let figures = text::family_figures(shell.site.results(card.name).as_ref(), n_bytes);
    let is_chosen = move || chosen.family().with(|family| family.0 == card.name);
    let is_out = Memo::new(move |_| shell.notices.is_unavailable(card.name));
    view! {
        <label
            class=format!("family {}", kind_class(card.kind))
            class:is-out=is_out
            title=text::description(shell.site, card)
        >
            <input
                type="radio"
                name=dom_id("family")
                value=card.name
                prop:checked=is_chosen
                on:change=move |_| chosen.choose_family(FamilyName(card.name.to_owned()))
            />
            <span class="family-name">{card.title}</span>
            <span class="family-figures">
                {move || if is_out.get() { text::UNAVAILABLE.to_owned() } else { figures.clone() }}
            </span>
        </label>
    }
}

/// Where the row scrolls, as on a phone, puts `family` in its middle. Moves nothing but the row.
fn bring_into_view(row: &HtmlElement, family: &FamilyName) {
    let input = row.query_selector(&format!("input[value='{}']", family.0));
    let card = input.ok().flatten().and_then(|it| it.parent_element());
    if let Some(card) = card.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        row.set_scroll_left(card.offset_left() - (row.client_width() - card.offset_width()) / 2);
    }
}

/// The class that gives `--kind` its colour; see style/families.css.
pub(crate) fn kind_class(kind: Kind) -> &'static str {
    match kind {
        Kind::Baseline => "kind-baseline",
        Kind::Autoregressive => "kind-autoregressive",
        Kind::Masked => "kind-masked",
        Kind::Variational => "kind-variational",
        Kind::Adversarial => "kind-adversarial",
        Kind::Diffusion => "kind-diffusion",
        Kind::Language => "kind-language",
        Kind::Hybrid => "kind-hybrid",
    }
}
