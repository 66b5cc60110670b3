//! Whether the picks that explain a film carry it: tested on demand, drawn, and as a table.

mod picture;
mod table;

use leptos::prelude::*;

use super::state::WhyQuestion;
use super::view::state;
use super::words;
use crate::engine::protocol::ExplanationTested;
use crate::families;
use crate::state::latest::Answered;
use crate::ui::problem::Problem;
use crate::ui::shell;
use picture::TruthPicture;
use table::TruthTable;

/// Folded until the reader wants to know; only then anything runs.
#[component]
pub(super) fn Truth() -> impl IntoView {
    let shell = shell();
    let state = state();
    let is_explained = Memo::new(move |_| {
        state.explained().with(|it| it.is_some())
            && !shell.reader.history().with(|it| it.is_empty())
    });
    let toggle = move |event: web_sys::Event| {
        let details: web_sys::HtmlDetailsElement = event_target(&event);
        state.test_explanations(details.open());
    };
    view! {
        <Show when=move || is_explained.get()>
            <details
                class="truth"
                class:is-stale=move || state.tested().is_stale()
                prop:open=move || state.is_testing().get()
                on:toggle=toggle
            >
                <summary>{words::TRUTH}</summary>
                <Body />
            </details>
        </Show>
    }
}

#[component]
fn Body() -> impl IntoView {
    let shell = shell();
    let state = state();
    let tested = state.tested();
    let failure = move || {
        let error = shell.notices.shown_failure(tested)?;
        Some(view! { <Problem error on_retry=move || tested.retry() /> })
    };
    view! {
        <div aria-live="polite">
            <Show when=move || state.is_testing().get() && tested.is_waiting()>
                <p class="quiet spin">{words::TRUTH_WAITING}</p>
            </Show>
            {move || tested.get().map(|answered| view! { <Outcomes answered /> })}
        </div>
        {failure}
    }
}

#[component]
fn Outcomes(answered: Answered<WhyQuestion, ExplanationTested>) -> impl IntoView {
    let ExplanationTested { test, cost } = answered.answer;
    let tried = if test.trials.is_empty() {
        view! { <p>{words::truth_too_few(test.n_read)}</p> }.into_any()
    } else {
        view! {
            <p class="quiet">{words::truth_lead(&test, cost)}</p>
            <p>{words::truth_verdict(&test)}</p>
            <TruthPicture test=test.clone() />
            <TruthTable test />
        }
        .into_any()
    };
    view! {
        {tried}
        <OverReaders family=answered.question.family.0 />
    }
}

/// The same question, asked beforehand of many people.
#[component]
fn OverReaders(family: String) -> impl IntoView {
    let state = state();
    let over = state.faithfulness(&family)?;
    let card = &families::REGISTRY.iter().find(|it| it.card.name == family)?.card;
    Some(view! {
        <p class="note">
            {words::truth_over_readers(card, &over)} " " {words::truth_attention(&over)} " "
            <a href=shell().href("results.html#reasons")>{words::TRUTH_HOW}</a>
        </p>
    })
}
