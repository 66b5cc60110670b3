//! The catalogue's vectors, computed on this device: offer, progress, cancel, agreement.

use leptos::prelude::*;

use super::state::Embedding;
use super::view::state;
use super::words;
use crate::engine::protocol::EmbeddingProgress;
use crate::state::encoder::Encoder;
use crate::ui::shell;
use crate::ui::words as text;

#[component]
pub fn EmbeddingPanel() -> impl IntoView {
    let shell = shell();
    let encoder = shell.get::<Encoder>();
    let state = state();
    let embedding = state.embedding();
    let start = move |label: &'static str| {
        view! {
            <button class="button" on:click=move |_| state.start_embedding()>{label}</button>
        }
    };
    let acts = move || match embedding.get() {
        Embedding::NotStarted => start(words::EMBED_START).into_any(),
        Embedding::Cancelled(_) => start(words::EMBED_GO_ON).into_any(),
        Embedding::Failed(..) => start(text::TRY_AGAIN).into_any(),
        Embedding::Running(_) => view! {
            <button class="button" on:click=move |_| state.cancel_embedding()>
                {words::EMBED_CANCEL}
            </button>
        }
        .into_any(),
        Embedding::Done(_) => ().into_any(),
    };
    let progress = Memo::new(move |_| embedding.with(Embedding::progress));
    let failure = move || match embedding.get() {
        Embedding::Failed(error, _) => Some(view! { <p role="alert">{text::error(&error)}</p> }),
        _ => None,
    };
    view! {
        <div class="embedding">
            <h3 class="label">{words::EMBEDDING}</h3>
            <p class="quiet">{move || words::embedding_offer(encoder.name().get())}</p>
            {move || progress.get().map(|progress| view! { <Progress progress /> })}
            {failure}
            <div class="embedding-acts">{acts}</div>
        </div>
    }
}

#[component]
fn Progress(progress: EmbeddingProgress) -> impl IntoView {
    let agreement = progress.agreement_with_shipped.map(words::agreement);
    let not_kept = progress.storage_failed.map(words::embedding_not_kept);
    view! {
        <progress
            aria-label=words::EMBEDDING
            max=progress.n_items.to_string()
            value=progress.n_embedded.to_string()
        ></progress>
        <p class="quiet">{words::embedding(&progress)} " " {agreement} " " {not_kept}</p>
    }
}
