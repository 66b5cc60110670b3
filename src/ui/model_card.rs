//! The language model's way onto this device: its size, the reader's word, its progress, its end.

mod words;

use leptos::prelude::*;

use super::dom_id;
use crate::engine::protocol::EngineError;
use crate::state::language::{Language, LanguagePhase};
use crate::ui::shell;
use crate::ui::words::TRY_AGAIN;

#[component]
pub fn ModelCard(language: Language) -> impl IntoView {
    let body = move || {
        match language.phase().get() {
        LanguagePhase::Unasked | LanguagePhase::Looking => {
            view! { <p class="quiet spin" role="status">{words::LOOKING}</p> }.into_any()
        }
        LanguagePhase::Missing => view! {
            <p>{words::MISSING}</p>
            <button class="button" on:click=move |_| language.look()>{TRY_AGAIN}</button>
        }
        .into_any(),
        LanguagePhase::Offered { kept_bytes, failure } => {
            view! { <Offer language kept_bytes failure /> }.into_any()
        }
        LanguagePhase::Coming => view! { <Coming language /> }.into_any(),
        LanguagePhase::Ready { storage_failed, millis } => view! {
            <p role="status">{words::ready(millis)}</p>
            {storage_failed.map(|fault| view! { <p class="note" role="alert">{words::not_kept(fault)}</p> })}
            <button class="button" on:click=move |_| language.stop()>{words::STOP}</button>
        }
        .into_any(),
    }
    };
    view! {
        <section class="card step" aria-labelledby=dom_id("model-title")>
            <h3 id=dom_id("model-title")>{words::TITLE}</h3>
            {body}
        </section>
    }
}

/// What it costs, before anything is fetched.
#[component]
fn Offer(language: Language, kept_bytes: u64, failure: Option<EngineError>) -> impl IntoView {
    let model = language.model();
    let n_bytes = model.as_ref().map_or(0, |it| it.bytes());
    let licence = model.as_ref().map(|it| shell().href(&format!("models/{}", it.licence.path)));
    let words = model.map(|it| words::offer(&it.name, n_bytes, it.weights.tuned));
    view! {
        {failure.map(|error| view! { <p class="note" role="alert">{words::failed(&error)}</p> })}
        <p>{words}" "<a href=licence target="_blank" rel="noopener">{words::LICENCE}</a></p>
        <div class="buttons">
            <button class="button is-main" on:click=move |_| language.load()>
                {words::load(kept_bytes, n_bytes)}
            </button>
            <Show when=move || { kept_bytes > 0 }>
                <button class="button" on:click=move |_| language.forget()>
                    {words::forget(kept_bytes)}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Coming(language: Language) -> impl IntoView {
    let n_bytes = language.model().map_or(0, |it| it.bytes());
    let here = move || language.bytes_here();
    view! {
        <label class="progress">
            <span>{move || words::coming(here(), n_bytes)}</span>
            <progress max=n_bytes.to_string() value=move || here().to_string()></progress>
        </label>
        <button class="button" on:click=move |_| language.stop()>{words::BREAK_OFF}</button>
    }
}
