//! Why a film stands where it stands. On a phone, a sheet over the list.

use leptos::prelude::*;

use super::attention::AttentionNote;
use super::counterfactual::CounterfactualLine;
use super::influence::{InfluenceTable, Influences};
use super::state::WhyQuestion;
use super::truth::Truth;
use super::view::state;
use super::words;
use crate::engine::protocol::Explained;
use crate::families::Kind;
use crate::state::chosen::Chosen;
use crate::state::latest::Answered;
use crate::ui::dom_id;
use crate::ui::families::kind_class;
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
    let body = move || {
        if is_empty.get() {
            return view! { <How /> }.into_any();
        }
        match explained.get() {
            Some(answered) => view! { <Answer answered /> }.into_any(),
            None => view! { <Nothing /> }.into_any(),
        }
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
            {body}
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

#[component]
fn Answer(answered: Answered<WhyQuestion, Explained>) -> impl IntoView {
    let shell = shell();
    let chosen = shell.get::<Chosen>();
    let Explained { explanation, cost } = answered.answer;
    let title = shell.site.catalogue().title(explanation.item).to_owned();
    let n_read = explanation.influence.len();
    let lead = words::why_lead(explanation.rank, n_read, cost);
    let picks = answered.question.history.newest(n_read);
    let influences = Influences::of(&explanation, &picks);
    let is_sum = explanation.contributions.is_some() && n_read > 0;
    let exact = is_sum.then(|| words::exact_lead(!influences.has_lost));
    let meaning = text::meaning_of(&answered.question.family);
    view! {
        <div class="card-head">
            <h2 id=dom_id("why-title")>{text::why_title(&title)}</h2>
            <button class="button is-bare why-close" on:click=move |_| chosen.focus_on(None)>
                {text::CLOSE}
            </button>
        </div>
        <FurtherFacts item=explanation.item />
        <p class="quiet why-lead">{lead} " " {exact}</p>
        <InfluenceTable influences meaning />
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
