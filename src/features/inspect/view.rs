//! The view of the chosen family's inside: the choice of a family, and what it shows.

use leptos::html::Div;
use leptos::prelude::*;

use super::state::InspectState;
use super::{DOOR, address, state, words};
use crate::shell::feature::Here;
use crate::state::chosen::Chosen;
use crate::ui::dom_id;
use crate::ui::examples::ExampleCards;
use crate::ui::families::{Families, kind_class};
use crate::ui::problem::Problem;
use crate::ui::shell;
use crate::ui::words as text;

pub const HERE: Here = Here {
    figure: Some(|| view! { <InspectAlone /> }.into_any()),
    part: Some(address::part),
    tables: state::tables,
    ..Here::of(
        |body| view! { <InspectTab body /> }.into_any(),
        |shell| {
            let card = shell.get::<Chosen>().card();
            card.map_or(DOOR.title.to_owned(), |it| words::inside_title(it.title))
        },
    )
};

/// `body` is where a reader who skips the head arrives.
#[component]
fn InspectTab(body: NodeRef<Div>) -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let state = InspectState::new(shell);
    provide_context(state);
    let looked = state.looked;
    let is_empty = Memo::new(move |_| shell.reader.read_history().with(|it| it.is_empty()));
    let class = move || {
        let kind = chosen.card().map_or("", |card| kind_class(card.kind));
        let view = looked.with(|it| it.map_or("", |it| it.answer.view.name));
        let state = if looked.is_stale() { "is-stale" } else { "" };
        format!("card inspect {view} {kind} {state}")
    };
    let is_busy = move || if looked.is_waiting() { "true" } else { "false" };
    view! {
        <Families />
        <div tabindex="-1" node_ref=body>
            <section data-view="" class=class aria-labelledby=dom_id("inside-title") aria-busy=is_busy>
                {move || if is_empty.get() {
                    view! { <Welcome /> }.into_any()
                } else {
                    view! { <Look /> }.into_any()
                }}
            </section>
        </div>
    }
}

/// The family's figure by itself.
#[component]
fn InspectAlone() -> impl IntoView {
    let shell = shell();
    let state = InspectState::new(shell);
    provide_context(state);
    let looked = state.looked;
    let failure = move || {
        let error = shell.notices.shown_failure(looked)?;
        Some(view! { <Problem error on_retry=move || looked.retry() /> })
    };
    let kind = move || shell.get::<Chosen>().card().map_or("", |card| kind_class(card.kind));
    view! {
        <div class=move || format!("inspect {}", kind())>
            {failure}
            <Native />
        </div>
    }
}

#[component]
fn Welcome() -> impl IntoView {
    view! {
        <h2 id=dom_id("inside-title")>{text::WELCOME}</h2>
        <p class="quiet list-lead">{words::EMPTY}</p>
        <div class="examples is-wide"><ExampleCards /></div>
    }
}

#[component]
fn Look() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let looked = expect_context::<InspectState>().looked;
    let title = move || chosen.card().map(|card| words::inside_title(card.title));
    let failure = move || {
        let error = shell.notices.shown_failure(looked)?;
        Some(view! { <Problem error on_retry=move || looked.retry() /> })
    };
    let nothing_yet = move || {
        let is_first = looked.is_waiting() && looked.with(|it| it.is_none());
        is_first.then(|| view! { <p class="quiet spin" role="status">{words::WAITING}</p> })
    };
    view! {
        <h2 id=dom_id("inside-title")>{title}</h2>
        {failure}
        {nothing_yet}
        <Native />
    }
}

/// The view of whatever is shown. It stays in place while the numbers in it change.
#[component]
fn Native() -> impl IntoView {
    let looked = expect_context::<InspectState>().looked;
    let name = Memo::new(move |_| looked.with(|it| it.map(|it| it.answer.view.name)));
    move || {
        name.get()?;
        Some((looked.good_untracked()?.answer.view.show)())
    }
}
