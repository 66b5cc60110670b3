//! The reader's films, and the import of the moment, step by step.

use leptos::prelude::*;

use super::DOOR;
use super::chooser::{Chooser, open_dropped};
use super::recs::Recommendations;
use super::review::ReviewView;
use super::state::for_you::ForYou;
use super::state::{ImportState, Step};
use super::yours::Yours;
use super::{tables, words};
use crate::shell::feature::{Body, Here};
use crate::ui::dom_id;
use crate::ui::news::news_of;
use crate::ui::shell;

pub const HERE: Here = Here {
    empty: words::HISTORY_EMPTY,
    news: |shell| {
        let listed = shell.get::<ForYou>().listed().get()?;
        (!listed.rows.is_empty()).then(|| news_of(&shell.site.catalogue(), &listed.rows))
    },
    tables: tables::tables,
    ..Here::of(|body| view! { <ImportView body /> }.into_any(), |_| DOOR.title.to_owned())
};

/// Which step it is, without how far it is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Choosing,
    Reading,
    Reviewing,
}

/// `body` is where a reader who skips the head arrives.
#[component]
fn ImportView(body: Body) -> impl IntoView {
    let state = state();
    let kind = Memo::new(move |_| {
        state.step().with(|it| match it {
            Step::Choosing => Kind::Choosing,
            Step::Reading(_) => Kind::Reading,
            Step::Reviewing(_) => Kind::Reviewing,
        })
    });
    let has_films = Memo::new(move |_| state.own().films().with(|it| !it.is_empty()));
    let step = move || match kind.get() {
        Kind::Choosing if has_films.get() => view! {
            <details class="evidence">
                <summary>{words::ADD_MORE}</summary>
                <Chooser />
            </details>
        }
        .into_any(),
        Kind::Choosing => view! { <Chooser /> }.into_any(),
        Kind::Reading => view! { <ReadingView /> }.into_any(),
        Kind::Reviewing => view! { <ReviewView /> }.into_any(),
    };
    view! {
        <div
            class="cards import"
            data-view=""
            tabindex="-1"
            node_ref=body
            on:dragover=move |event| event.prevent_default()
            on:drop=move |event| open_dropped(state, &event)
        >
            <section class="card" aria-labelledby=dom_id("import-title")>
                <div class="card-head"><h2 id=dom_id("import-title")>{words::TITLE}</h2></div>
                <Show when=move || !has_films.get()><p class="quiet">{words::LEAD}</p></Show>
                <Yours />
                {step}
            </section>
            <Show when=move || kind.get() == Kind::Choosing><Recommendations /></Show>
        </div>
    }
}

#[component]
fn ReadingView() -> impl IntoView {
    let state = state();
    let far = move || {
        state.step().with(|it| match it {
            Step::Reading(far) => *far,
            _ => super::state::reading::HowFar::default(),
        })
    };
    view! {
        <h3>{words::READING}</h3>
        <div class="progress">
            <progress aria-label=words::READING max="1" value=move || far().share().to_string()></progress>
            <span>{move || words::how_far(far())}</span>
        </div>
        <div class="buttons">
            <button class="button import-cancel" on:click=move |_| state.cancel()>{words::CANCEL}</button>
        </div>
        <p class="quiet">{words::CANCEL_MEANS}</p>
    }
}

/// The state that is shown.
pub(super) fn state() -> ImportState {
    shell().get()
}
