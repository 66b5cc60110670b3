//! The recommendations, best first.

use leptos::prelude::*;

use super::rec::{Drawn, Rec};
use super::view::state;
use super::words;
use crate::families;
use crate::plot;
use crate::state::chosen::Chosen;
use crate::state::recommended::RecommendedList;
use crate::state::shown::Shown;
use crate::ui::dom_id;
use crate::ui::examples::ExampleCards;
use crate::ui::families::kind_class;
use crate::ui::first_list::FirstList;
use crate::ui::glide;
use crate::ui::hidden::HiddenFilms;
use crate::ui::in_order::InOrderOf;
use crate::ui::problem::Problem;
use crate::ui::shell;
use crate::ui::words as text;

/// So many ranks are shown before the reader asks for the rest.
const N_FIRST: usize = 10;

#[component]
pub(crate) fn List() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let recommended = shell.get::<RecommendedList>();
    let is_empty = Memo::new(move |_| shell.reader.history().with(|it| it.is_empty()));
    let class = move || {
        let kind = chosen.card().map_or("", |card| kind_class(card.kind));
        let state = if recommended.latest().is_stale() { "is-stale" } else { "" };
        format!("card list {kind} {state}")
    };
    let is_waiting = move || recommended.latest().is_waiting();
    view! {
        <section
            class=class
            aria-labelledby=dom_id("list-title")
            aria-busy=move || if is_waiting() { "true" } else { "false" }
        >
            {move || if is_empty.get() {
                view! { <Welcome /> }.into_any()
            } else {
                view! { <Ranks /> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Welcome() -> impl IntoView {
    view! {
        <h2 id=dom_id("list-title")>{text::WELCOME}</h2>
        <p class="quiet list-lead">{words::WELCOME_LEAD}</p>
        <div class="examples is-wide"><ExampleCards /></div>
    }
}

#[component]
fn Ranks() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let recommended = shell.get::<RecommendedList>();
    let state = state();
    let list = NodeRef::new();
    let is_long = RwSignal::new(false);
    let title = move || chosen.card().map(words::list_title);
    let failure = move || {
        let error = shell.notices.shown_failure(recommended.latest())?;
        Some(view! { <Problem error on_retry=move || recommended.latest().retry() /> })
    };
    let shown = state.shown();
    let rows = Memo::new(move |_| {
        let n = if is_long.get() { usize::MAX } else { N_FIRST };
        shown.with(|it| {
            let rows = it.as_ref().map(drawn).unwrap_or_default();
            rows.into_iter().take(n).collect::<Vec<_>>()
        })
    });
    glide::follow(list, rows.into());
    let recommended = shell.get::<RecommendedList>();
    let is_awaited =
        Signal::derive(move || recommended.latest().is_waiting() && shown.with(Option::is_none));
    view! {
        <h2 id=dom_id("list-title")>{title}</h2>
        <p class="quiet list-lead"><Lead /></p>
        <InOrderOf />
        {failure}
        <AllOff />
        <FirstList is_awaited=is_awaited />
        <ol class="recs" node_ref=list>
            <For each=move || rows.get() key=|it| it.row.item children=move |first| {
                let item = first.row.item;
                let row = Memo::new(move |before: Option<&Drawn>| {
                    // A row that is about to go keeps what it showed.
                    let found = rows.with(|it| it.iter().find(|it| it.row.item == item).cloned());
                    found.or(before.cloned()).unwrap_or(first.clone())
                });
                view! { <Rec item row=row.into() /> }
            } />
        </ol>
        <Foot is_long />
    }
}

/// How the family thinks and how good it is.
#[component]
fn Lead() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    move || {
        let card = chosen.card()?;
        let quality = shell.site.results(card.name).map(|results| {
            let best = shell.site.best_baseline(card.name);
            words::quality(card, &results, best.as_ref().map(|(card, best)| (*card, best)))
        });
        let kind = text::kind(card.kind);
        let description = text::description(shell.site, card);
        Some(view! { <b class="kind-name">{kind}</b> " · " {description} " " {quality} })
    }
}

/// There are picks, but none that a model reads.
#[component]
fn AllOff() -> impl IntoView {
    let shell = shell();
    view! {
        <Show when=move || shell.reader.read_history().with(|it| it.is_empty())>
            <p>{text::ALL_OFF}</p>
        </Show>
    }
}

/// What was run, when and how long; and the rest of the ranks.
#[component]
fn Foot(is_long: RwSignal<bool>) -> impl IntoView {
    let shell = shell();
    let state = state();
    let stated = move || {
        let shown = state.shown().get()?;
        if shown.rows.is_empty() {
            return Some(words::LIST_FULL.to_owned());
        }
        let card = families::find(&shown.family).map(|it| &it.card)?;
        let cost = words::list_cost(card, shown.cost, shown.history.len());
        Some(format!("{cost} {} {}", words::score_note(card.score), words::MOVES))
    };
    let gone = move || {
        let gone = state.shown().with(|it| it.as_ref().map(|it| it.gone.clone()))?;
        let said = (!gone.is_empty()).then(|| text::gone(&shell.site.catalogue(), &gone))?;
        Some(view! { <p class="list-gone">{said}</p> })
    };
    let has_more =
        move || state.shown().with(|it| it.as_ref().is_some_and(|it| it.rows.len() > N_FIRST));
    view! {
        <div class="list-foot">
            <Show when=has_more>
                <button class="button" on:click=move |_| is_long.update(|it| *it = !*it)>
                    {move || if is_long.get() { words::SHOW_FEWER } else { words::SHOW_MORE }}
                </button>
            </Show>
            {gone}
            <p class="stated">{stated}</p>
            <HiddenFilms />
        </div>
    }
}

/// Each row with its score in words and the length of its bar, in percent of the first's.
fn drawn(shown: &Shown) -> Vec<Drawn> {
    let meaning = text::meaning_of(&shown.family);
    let scores: Vec<f32> = shown.rows.iter().map(|row| row.score).collect();
    let first = scores.first().copied().unwrap_or_default();
    let told = text::scores(meaning, &scores).into_iter().zip(&shown.rows);
    told.map(|(score, &row)| {
        let beside_first = meaning.beside_first(row.score, first);
        Drawn { row, score, bar_percent: plot::bar_percent(beside_first, 1.0) }
    })
    .collect()
}
