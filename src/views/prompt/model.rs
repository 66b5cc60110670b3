//! The language model's way onto this device: its size, the reader's word, its progress, its end.

use leptos::prelude::*;

use super::language;
use crate::engine::protocol::EngineError;
use crate::session::LanguagePhase;
use crate::views::text;

#[component]
pub(in crate::views) fn ModelCard() -> impl IntoView {
    let language = language();
    let body = move || {
        match language.phase().get() {
        LanguagePhase::Unasked | LanguagePhase::Looking => {
            view! { <p class="quiet spin" role="status">{text::MODEL_LOOKING}</p> }.into_any()
        }
        LanguagePhase::Missing => view! {
            <p>{text::MODEL_MISSING}</p>
            <button class="button" on:click=move |_| language.look()>{text::TRY_AGAIN}</button>
        }
        .into_any(),
        LanguagePhase::Offered { kept_bytes, failure } => {
            view! { <Offer kept_bytes failure /> }.into_any()
        }
        LanguagePhase::Coming => view! { <Coming /> }.into_any(),
        LanguagePhase::Ready { storage_failed, millis } => view! {
            <p role="status">{text::model_ready(millis)}</p>
            {storage_failed.map(|fault| view! { <p class="note" role="alert">{text::model_not_kept(fault)}</p> })}
            <button class="button" on:click=move |_| language.stop()>{text::MODEL_STOP}</button>
        }
        .into_any(),
    }
    };
    view! {
        <section class="card step" aria-labelledby="model-title">
            <h3 id="model-title">{text::MODEL}</h3>
            {body}
        </section>
    }
}

/// What it costs, before anything is fetched.
#[component]
fn Offer(kept_bytes: u64, failure: Option<EngineError>) -> impl IntoView {
    let language = language();
    let model = language.model();
    let n_bytes = model.as_ref().map_or(0, |it| it.bytes());
    let licence = model.as_ref().map(|it| format!("models/{}", it.licence.path));
    let words = model.map(|it| text::model_offer(&it.name, n_bytes, it.weights.tuned));
    view! {
        {failure.map(|error| view! { <p class="note" role="alert">{text::model_failed(&error)}</p> })}
        <p>{words}" "<a href=licence target="_blank" rel="noopener">{text::MODEL_LICENCE}</a></p>
        <div class="buttons">
            <button class="button is-main" on:click=move |_| language.load()>
                {text::model_load(kept_bytes, n_bytes)}
            </button>
            <Show when=move || { kept_bytes > 0 }>
                <button class="button" on:click=move |_| language.forget()>
                    {text::model_forget(kept_bytes)}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Coming() -> impl IntoView {
    let language = language();
    let n_bytes = language.model().map_or(0, |it| it.bytes());
    let here = move || language.bytes_here();
    view! {
        <label class="progress">
            <span>{move || text::model_coming(here(), n_bytes)}</span>
            <progress max=n_bytes.to_string() value=move || here().to_string()></progress>
        </label>
        <button class="button" on:click=move |_| language.stop()>{text::MODEL_BREAK_OFF}</button>
    }
}
