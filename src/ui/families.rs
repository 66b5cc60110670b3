//! The choice of a recommender: every family the site ships, coloured by its kind, with what it is worth.

use leptos::prelude::*;

use super::dom_id;
use crate::families::{self, Card, FIRST_FAMILY, FamilyName, Kind};
use crate::manifest::Results;
use crate::order::best_first;
use crate::state::chosen::Chosen;
use crate::state::notices::Notice;
use crate::state::shell::Shell;
use crate::ui::keys::walk_without_choosing;
use crate::ui::notices::Notices;
use crate::ui::shell;
use crate::ui::words as text;

/// By which models are grouped, and in which order.
const KINDS: [Kind; 8] = [
    Kind::Hybrid,
    Kind::Autoregressive,
    Kind::Masked,
    Kind::Variational,
    Kind::Diffusion,
    Kind::Adversarial,
    Kind::Language,
    Kind::Baseline,
];

/// A few models that are suggested, and all of them behind a button: by kind, each with what it is worth on one axis.
#[component]
pub(crate) fn Families() -> impl IntoView {
    let shell = shell();
    let manifest = shell.site.manifest();
    let cards: Vec<&'static Card> = families::shipped(&manifest).map(|it| &it.card).collect();
    let axis = Axis::of(shell, &cards);
    let suggested = suggested(shell, &cards);
    let is_open = RwSignal::new(false);
    let all = format!("All {} models", cards.len());
    let group = |kind: Kind| {
        let mut of_kind: Vec<_> = cards.iter().copied().filter(|it| it.kind == kind).collect();
        best_first(&mut of_kind, |it| ndcg(shell, it) as f32);
        let choices = of_kind.into_iter().map(|card| {
            let is_suggested = suggested.contains(&card.name);
            view! { <Choice card axis is_suggested /> }
        });
        let choices = choices.collect_view();
        view! {
            <div class="kind-of" class:is-empty=!cards.iter().any(|it| it.kind == kind)>
                <p class="kind-name">{text::kind(kind)}</p>
                {choices}
            </div>
        }
    };
    let groups = KINDS.map(group).into_iter().collect_view();
    view! {
        <fieldset
            class="families chooser"
            class:is-open=is_open
            on:keydown=|event| walk_without_choosing(&event)
        >
            <legend class="label">{text::FAMILIES}</legend>
            <div class="families-row">{groups}</div>
            <button
                type="button"
                class="button is-bare all-models"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|it| *it = !*it)
            >
                {move || if is_open.get() { text::FEWER_MODELS.to_owned() } else { all.clone() }}
            </button>
            <p class="quiet families-more">
                {text::CHOOSER_NOTE} " " <a href=shell.href("results.html")>{text::RESULTS}</a>
            </p>
            <Notices is_here=|it| matches!(it, Notice::Unavailable(..)) />
        </fieldset>
    }
}

fn ndcg(shell: Shell, card: &Card) -> f64 {
    shell.site.results(card.name).map_or(0.0, |it| it.ndcg_at_10)
}

/// The best of all, the one that is here first, and the best that no counting is in.
fn suggested(shell: Shell, cards: &[&'static Card]) -> Vec<&'static str> {
    let best = |is_it: fn(Kind) -> bool| {
        let those = cards.iter().filter(|it| is_it(it.kind));
        those.max_by(|a, b| ndcg(shell, a).total_cmp(&ndcg(shell, b))).map(|it| it.name)
    };
    let first = cards.iter().map(|it| it.name).find(|it| *it == FIRST_FAMILY);
    let generative = |kind| !matches!(kind, Kind::Baseline | Kind::Hybrid);
    [best(|_| true), first, best(generative)].into_iter().flatten().collect()
}

/// Where qualities stand, in percent of the room.
#[derive(Clone, Copy)]
struct Axis {
    reach: f64,
    /// The best that counts.
    mark: f64,
}

impl Axis {
    fn of(shell: Shell, cards: &[&'static Card]) -> Self {
        let high = |it: &&Card| {
            let results = shell.site.results(it.name);
            results.map_or(0.0, |it| it.ndcg_at_10_high.unwrap_or(it.ndcg_at_10))
        };
        let counting = cards.iter().filter(|it| it.kind == Kind::Baseline);
        Self {
            reach: cards.iter().map(high).fold(0.001, f64::max),
            mark: counting.map(|it| ndcg(shell, it)).fold(0.0, f64::max),
        }
    }

    fn percent(self, value: f64) -> f64 {
        (1000.0 * value / self.reach).round() / 10.0
    }
}

/// A quality with its interval, and the best that counts as a dashed line.
#[component]
fn Range(results: Results, axis: Axis) -> impl IntoView {
    let low = results.ndcg_at_10_low.unwrap_or(results.ndcg_at_10);
    let high = results.ndcg_at_10_high.unwrap_or(results.ndcg_at_10);
    let at = |value: f64| format!("{}%", axis.percent(value));
    view! {
        <svg class="range" aria-hidden="true">
            <line class="best" x1=at(axis.mark) x2=at(axis.mark) y1="0" y2="100%" />
            <line class="interval" x1=at(low) x2=at(high) y1="50%" y2="50%" />
            <circle cx=at(results.ndcg_at_10) cy="50%" r="4" />
        </svg>
    }
}

#[component]
fn Choice(card: &'static Card, axis: Axis, is_suggested: bool) -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let n_bytes = shell.site.family_bytes(card.name);
    let results = shell.site.results(card.name);
    let figures = text::family_figures(results.as_ref(), n_bytes);
    let is_chosen = move || chosen.family().with(|family| family.0 == card.name);
    let is_out = Memo::new(move |_| shell.notices.is_unavailable(card.name));
    view! {
        <label
            class=format!("family {}", kind_class(card.kind))
            class:is-suggested=is_suggested
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
            {results.map(|results| view! { <Range results axis /> })}
            <span class="family-figures">
                {move || if is_out.get() { text::UNAVAILABLE.to_owned() } else { figures.clone() }}
            </span>
        </label>
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
