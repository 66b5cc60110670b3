//! What is recommended from the reader's own films, best first, each with the films that carry it.

use leptos::prelude::*;

use super::basis::BasisOf;
use super::beliefs::Beliefs;
use super::rec::Rec;
use super::state::for_you::ForYou;
use super::steer::Steering;
use super::why_not::WhyNot;
use super::words;
use crate::families;
use crate::ui::dom_id;
use crate::ui::families::kind_class;
use crate::ui::first_list::FirstList;
use crate::ui::glide;
use crate::ui::hidden::HiddenFilms;
use crate::ui::problem::Problem;
use crate::ui::shell;
use crate::ui::words as text;

/// So many are shown before the reader asks for the rest.
const N_FIRST: usize = 10;

/// Nothing where no film can carry a list.
#[component]
pub(super) fn Recommendations() -> impl IntoView {
    let for_you = for_you();
    let has_seen = Memo::new(move |_| for_you.basis().with(|it| it.n_seen > 0));
    view! { <Show when=move || has_seen.get()><Card /></Show> }
}

#[component]
fn Card() -> impl IntoView {
    let shell = shell();
    let for_you = for_you();
    let latest = for_you.latest();
    let card = families::find(&for_you.family()).map(|it| &it.card);
    let class = move || {
        let kind = card.map_or("", |it| kind_class(it.kind));
        format!("card list for-you {kind} {}", if latest.is_stale() { "is-stale" } else { "" })
    };
    let failure = move || {
        let error = shell.notices.shown_failure(latest)?;
        Some(view! { <Problem error on_retry=move || latest.retry() /> })
    };
    view! {
        <section
            class=class
            aria-labelledby=dom_id("for-you-title")
            aria-busy=move || if latest.is_waiting() { "true" } else { "false" }
        >
            <h2 id=dom_id("for-you-title")>{words::RECOMMENDED}</h2>
            <BasisOf />
            <Steering />
            <Trial />
            {failure}
            <FirstList is_awaited=Signal::derive(move || {
                for_you.latest().is_waiting() && for_you.listed().with(Option::is_none)
            }) />
            <List />
            <WhyNot />
            <Beliefs />
        </section>
    }
}

#[component]
fn List() -> impl IntoView {
    let for_you = for_you();
    let is_long = RwSignal::new(false);
    let list = NodeRef::new();
    let rows = Memo::new(move |_| {
        let n = if is_long.get() { usize::MAX } else { N_FIRST };
        for_you.listed().with(|it| {
            it.as_ref().map(|it| it.rows.iter().take(n).copied().collect()).unwrap_or_default()
        })
    });
    glide::follow(list, rows.into());
    let has_more =
        move || for_you.listed().with(|it| it.as_ref().is_some_and(|it| it.rows.len() > N_FIRST));
    let is_none =
        move || for_you.listed().with(|it| it.as_ref().is_some_and(|it| it.rows.is_empty()));
    view! {
        <ol class="recs" node_ref=list aria-label=words::LIST>
            <For each=move || rows.get() key=|it| it.item children=move |first| {
                let item = first.item;
                let row = Memo::new(move |before| {
                    // A row that is about to go keeps what it showed.
                    let found = rows.with(|it: &Vec<_>| it.iter().find(|it| it.item == item).copied());
                    found.or(before.copied()).unwrap_or(first)
                });
                view! { <Rec item row=row.into() /> }
            } />
        </ol>
        <Show when=is_none><p class="note">{words::NOTHING_PASSES}</p></Show>
        <div class="list-foot">
            <Show when=has_more>
                <button class="button" on:click=move |_| is_long.update(|it| *it = !*it)>
                    {move || if is_long.get() { words::SHOW_FEWER } else { words::SHOW_MORE }}
                </button>
            </Show>
            <p class="stated">{move || stated(for_you)}</p>
            <HiddenFilms />
        </div>
    }
}

/// Who made the list, from how many films and how long it took; and how far the reasons are.
fn stated(for_you: ForYou) -> Option<String> {
    let (question, cost) =
        for_you.listed().with(|it| it.as_ref().map(|it| (it.question.clone(), it.cost)))?;
    let card = families::find(&question.family).map(|it| &it.card)?;
    let n_films = question.basis.history.len();
    let left_out = for_you.left_out();
    let is_here = !left_out.is_stale() && !left_out.is_waiting();
    let runs = left_out.with(|it| Some((it?.answer.without.len(), it?.answer.millis)));
    let n_behind = for_you.n_left_out().get();
    let reasons = match runs.filter(|_| is_here) {
        Some((n_runs, millis)) => words::reasons_ran(n_runs, millis),
        None => words::reasons_coming(n_behind, n_films),
    };
    Some(format!("{} {reasons} {}", words::ran(card.title, n_films, cost), words::SEEN_HIDDEN))
}

/// The films that the reader left out, and whether what was foretold of the last came true.
#[component]
fn Trial() -> impl IntoView {
    let shell = shell();
    let for_you = for_you();
    let out = Memo::new(move |_| for_you.choice().with(|it| it.out.clone()));
    let said = move || {
        let catalogue = shell.site.catalogue();
        let films = text::titles(&catalogue, &out.get());
        let is_current = !for_you.latest().is_stale();
        let tried = for_you.tried().get().filter(|_| is_current);
        match tried.zip(tried.and_then(|it| for_you.rank_of(it.film))) {
            Some((tried, rank)) => {
                let film = catalogue.title(tried.film);
                words::tried(&films, film, tried.rank_before, tried.reason.rank_without, rank)
            }
            None => words::out(&films),
        }
    };
    view! {
        <Show when=move || out.with(|it| !it.is_empty())>
            <p class="note trial">
                <span role="status">{said}</span>
                <button class="button is-bare" on:click=move |_| for_you.bring_back()>
                    {words::BRING_BACK}
                </button>
            </p>
        </Show>
    }
}

pub(super) fn for_you() -> ForYou {
    shell().get()
}
