//! Why a film stands where it stands. On a phone, a sheet over the list.

use leptos::prelude::*;

use super::attention::AttentionNote;
use super::counterfactual::CounterfactualLine;
use super::state::WhyQuestion;
use super::truth::Truth;
use super::view::state;
use super::{figure, words};
use crate::catalog::ItemRow;
use crate::engine::protocol::Explained;
use crate::families::{self, Kind};
use crate::state::chosen::Chosen;
use crate::state::latest::Answered;
use crate::ui::dom_id;
use crate::ui::families::kind_class;
use crate::ui::figure::{Change, Draw, Figure, Source};
use crate::ui::film_facts::FurtherFacts;
use crate::ui::problem::Problem;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub(crate) fn Why() -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let state = state();
    let explained = state.explained();
    let is_empty = Memo::new(move |_| shell.reader.history().with(|it| it.is_empty()));
    let class = move || {
        let kind = chosen.card().map_or(Kind::Baseline, |card| card.kind);
        let open = if chosen.focus().get().is_some() || is_empty.get() { "is-open" } else { "" };
        let stale = if explained.is_stale() { "is-stale" } else { "" };
        let empty = if is_empty.get() { "is-welcome" } else { "" };
        format!("card why {} {open} {stale} {empty}", kind_class(kind))
    };
    let head = move || {
        if is_empty.get() {
            return view! { <How /> }.into_any();
        }
        match explained.get() {
            Some(answered) => view! { <Head answered /> }.into_any(),
            None => view! { <Nothing /> }.into_any(),
        }
    };
    let foot = move || {
        explained.get().filter(|_| !is_empty.get()).map(|answered| view! { <Foot answered /> })
    };
    let failure = move || {
        let error = shell.notices.shown_failure(explained)?;
        Some(view! { <Problem error on_retry=move || explained.retry() /> })
    };
    view! {
        <section
            class=class
            aria-labelledby=dom_id("why-title")
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    chosen.focus_on(None);
                }
            }
        >
            {head}
            <Picture />
            {foot}
            {failure}
            <Truth />
        </section>
        <button
            class="why-veil"
            tabindex="-1"
            aria-hidden="true"
            on:click=move |_| chosen.focus_on(None)
        ></button>
    }
}

/// The figure by itself.
#[component]
pub(super) fn WhyAlone() -> impl IntoView {
    let shell = shell();
    let explained = state().explained();
    let failure = move || {
        let error = shell.notices.shown_failure(explained)?;
        Some(view! { <Problem error on_retry=move || explained.retry() /> })
    };
    view! {
        <Picture />
        {failure}
    }
}

#[component]
fn Head(answered: Answered<WhyQuestion, Explained>) -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let Explained { explanation, .. } = answered.answer;
    let title = shell.site.catalogue().title(explanation.item).to_owned();
    let exact = words::exact_lead(&explanation);
    view! {
        <div class="card-head">
            <h2 id=dom_id("why-title")>{text::why_title(&title)}</h2>
            <button class="button is-bare why-close" on:click=move |_| chosen.focus_on(None)>
                {text::CLOSE}
            </button>
        </div>
        <FurtherFacts item=explanation.item />
        <p class="quiet why-lead">
            {words::why_lead(explanation.rank, explanation.influence.len())} " " {exact}
        </p>
    }
}

/// Lasts while explanations come and go, so that what changes can be followed.
#[component]
fn Picture() -> impl IntoView {
    let shell = shell();
    let state = state();
    let reasons = state.reasons();
    let has_read = Memo::new(move |_| {
        reasons
            .with(|it| it.as_ref().is_some_and(|it| !it.explained.explanation.influence.is_empty()))
    });
    let family = move || reasons.with(|it| it.as_ref().map(|it| it.question.family.clone()));
    let title = move || {
        let card = family().as_ref().and_then(families::find).map(|it| it.card.title);
        card.unwrap_or_default().to_owned()
    };
    let source = move || {
        let cost = reasons.with(|it| it.as_ref().map(|it| it.explained.cost));
        Source { family: family(), cost, more: String::new() }
    };
    let draw = Draw::new(move |width| {
        let catalogue = shell.site.catalogue();
        reasons.with(|it| {
            let it = it.as_ref()?;
            figure::draw(it, text::meaning_of(&it.question.family), &catalogue, width)
        })
    });
    let act = Callback::new(move |(what,): (String,)| {
        if let Ok(row) = what.parse() {
            state.switch(ItemRow(row));
        }
    });
    let change = Change {
        is_changed: Signal::derive(move || {
            reasons.with(|it| it.as_ref().is_some_and(|it| !it.off().is_empty()))
        }),
        undo: Callback::new(move |()| state.bring_back()),
    };
    view! {
        <Show when=move || has_read.get()>
            <Figure
                name="why"
                title=Signal::derive(title)
                about=words::ABOUT
                source=Signal::derive(source)
                draw=draw.clone()
                act=Some(act)
                change=Some(change)
            />
        </Show>
    }
}

#[component]
fn Foot(answered: Answered<WhyQuestion, Explained>) -> impl IntoView {
    let Explained { explanation, .. } = answered.answer;
    let picks = answered.question.history.newest(explanation.influence.len());
    view! {
        <CounterfactualLine explanation=explanation.clone() picks=picks.clone() />
        <AttentionNote explanation picks />
    }
}

/// No explanation yet.
#[component]
fn Nothing() -> impl IntoView {
    let state = state();
    view! {
        <h2 id=dom_id("why-title")>{words::WHY_EMPTY}</h2>
        <Show when=move || state.explained().is_waiting()>
            <p class="quiet spin">{words::WHY_WAITING}</p>
        </Show>
    }
}

/// What the page does, for a reader who has not picked yet.
#[component]
fn How() -> impl IntoView {
    let steps = words::HOW_STEPS.map(|step| view! { <li>{step}</li> });
    view! {
        <h2 id=dom_id("why-title")>{words::HOW}</h2>
        <ol class="welcome quiet">{steps.into_iter().collect_view()}</ol>
    }
}
