//! The catalogue's vectors, computed on this device: offer, progress, cancel, agreement.

use leptos::prelude::*;

use crate::engine::protocol::EmbeddingProgress;
use crate::session::Embedding;
use crate::views::text;

#[component]
pub(super) fn EmbeddingPanel() -> impl IntoView {
    let session = super::session();
    let embedding = session.embedding();
    let start = move |label: &'static str| {
        view! {
            <button class="button" on:click=move |_| session.start_embedding()>{label}</button>
        }
    };
    let acts = move || match embedding.get() {
        Embedding::NotStarted => start(text::EMBED_START).into_any(),
        Embedding::Cancelled(_) => start(text::EMBED_GO_ON).into_any(),
        Embedding::Failed(..) => start(text::TRY_AGAIN).into_any(),
        Embedding::Running(_) => view! {
            <button class="button" on:click=move |_| session.cancel_embedding()>
                {text::EMBED_CANCEL}
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
            <h3 class="label">{text::EMBEDDING}</h3>
            <p class="quiet">{move || text::embedding_offer(session.encoder().get())}</p>
            {move || progress.get().map(|progress| view! { <Progress progress /> })}
            {failure}
            <div class="embedding-acts">{acts}</div>
        </div>
    }
}

#[component]
fn Progress(progress: EmbeddingProgress) -> impl IntoView {
    let agreement = progress.agreement_with_shipped.map(text::agreement);
    let not_kept = progress.storage_failed.map(text::embedding_not_kept);
    view! {
        <progress
            aria-label=text::EMBEDDING
            max=progress.n_items.to_string()
            value=progress.n_embedded.to_string()
        ></progress>
        <p class="quiet">{text::embedding(&progress)} " " {agreement} " " {not_kept}</p>
    }
}
