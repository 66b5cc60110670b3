//! Who recommends: every family the site ships, coloured by its kind, with what it is worth.

use leptos::prelude::*;

use crate::families::{self, Card, FamilyName, Kind};
use crate::views::text;

#[component]
pub(super) fn Families() -> impl IntoView {
    let manifest = super::session().manifest();
    // The newest kinds first; the plain baselines they have to beat stand behind them.
    let mut cards: Vec<&'static Card> = families::shipped(&manifest).map(|it| &it.card).collect();
    cards.reverse();
    let choices = cards.into_iter().map(|card| view! { <Choice card /> }).collect_view();
    view! {
        <fieldset class="families">
            <legend class="label">{text::FAMILIES}</legend>
            <div class="families-row">{choices}</div>
        </fieldset>
    }
}

#[component]
fn Choice(card: &'static Card) -> impl IntoView {
    let session = super::session();
    let n_bytes = session
        .manifest()
        .family(card.name)
        .map_or(0, |entry| entry.files.values().map(|file| file.bytes).sum());
    let figures = text::family_figures(session.results(card.name).as_ref(), n_bytes);
    let is_chosen = move || session.family().with(|family| family.0 == card.name);
    view! {
        <label class=format!("family {}", kind_class(card.kind)) title=card.description>
            <input
                type="radio"
                name="family"
                value=card.name
                prop:checked=is_chosen
                on:change=move |_| session.choose_family(FamilyName(card.name.to_owned()))
            />
            <span class="family-name">{card.title}</span>
            <span class="family-figures">{figures}</span>
        </label>
    }
}

/// The class that gives `--kind` its colour; see style/families.css.
pub(super) fn kind_class(kind: Kind) -> &'static str {
    match kind {
        Kind::Baseline => "kind-baseline",
        Kind::Autoregressive => "kind-autoregressive",
        Kind::Masked => "kind-masked",
        Kind::Variational => "kind-variational",
        Kind::Adversarial => "kind-adversarial",
        Kind::Diffusion => "kind-diffusion",
        Kind::Language => "kind-language",
    }
}
