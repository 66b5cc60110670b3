//! Why a film stands where it stands. On a phone, a sheet over the list.

use leptos::prelude::*;

use crate::engine::protocol::Explained;
use crate::families::Kind;
use crate::session::{Answered, WhyQuestion};
use crate::views::attention::AttentionNote;
use crate::views::counterfactual::CounterfactualLine;
use crate::views::families::kind_class;
use crate::views::influence::{InfluenceTable, Influences};
use crate::views::problem::Problem;
use crate::views::text;
use crate::views::truth::Truth;

#[component]
pub(crate) fn Why() -> impl IntoView {
    let session = super::session();
    let explained = session.explained();
    let is_empty = Memo::new(move |_| session.history().with(|it| it.is_empty()));
    let class = move || {
        let kind = session.card().map_or(Kind::Baseline, |card| card.kind);
        let open = if session.focus().get().is_some() || is_empty.get() { "is-open" } else { "" };
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
        let error = session.shown_failure(explained)?;
        Some(view! { <Problem error on_retry=move || explained.retry() /> })
    };
    view! {
        <section
            class=class
            aria-labelledby="why-title"
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    session.unfocus();
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
            on:click=move |_| session.unfocus()
        ></button>
    }
}

#[component]
fn Answer(answered: Answered<WhyQuestion, Explained>) -> impl IntoView {
    let session = super::session();
    let Explained { explanation, cost } = answered.answer;
    let title = session.catalogue().title(explanation.item).to_owned();
    let n_read = explanation.influence.len();
    let lead = text::why_lead(explanation.rank, n_read, cost);
    let picks = answered.question.history.newest(n_read);
    let influences = Influences::of(&explanation, &picks);
    let is_sum = explanation.contributions.is_some() && n_read > 0;
    let exact = is_sum.then(|| text::exact_lead(!influences.has_lost));
    let meaning = text::meaning_of(&answered.question.family);
    view! {
        <div class="card-head">
            <h2 id="why-title">{text::why_title(&title)}</h2>
            <button class="button is-bare why-close" on:click=move |_| session.unfocus()>
                {text::CLOSE}
            </button>
        </div>
        <p class="quiet why-lead">{lead} " " {exact}</p>
        <InfluenceTable influences meaning />
        <CounterfactualLine explanation=explanation.clone() picks=picks.clone() />
        <AttentionNote explanation picks />
    }
}

/// No explanation yet.
#[component]
fn Nothing() -> impl IntoView {
    let session = super::session();
    view! {
        <h2 id="why-title">{text::WHY_EMPTY}</h2>
        <Show when=move || session.explained().is_waiting()>
            <p class="quiet spin">{text::WHY_WAITING}</p>
        </Show>
    }
}

/// What the page does, for a reader who has not picked yet.
#[component]
fn How() -> impl IntoView {
    let steps = text::HOW_STEPS.map(|step| view! { <li>{step}</li> });
    view! {
        <h2 id="why-title">{text::HOW}</h2>
        <ol class="welcome quiet">{steps.into_iter().collect_view()}</ol>
    }
}
