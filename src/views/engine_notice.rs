//! What runs here: files, backend, requests, and the offers to change them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::session::Phase;
use crate::views::embedding::EmbeddingPanel;
use crate::views::files::Files;
use crate::views::text;
use crate::views::webgpu::WebGpuOffer;

#[component]
pub(super) fn EngineNotice() -> impl IntoView {
    let session = super::session();
    let watch = session.engine_watch();
    let n_films = session.catalogue().n_items();
    let summary = move || {
        let n_bytes = watch.all_files().iter().map(|file| file.fetched_bytes).sum();
        text::colophon(n_films, n_bytes)
    };
    view! {
        <footer class="colophon">
            <div class="colophon-line">
                <span>{summary}</span>
                <span>{text::PRIVACY}</span>
                <CopyLink />
            </div>
            <details class="engine">
                <summary>{text::ENGINE}</summary>
                <div class="engine-grid">
                    <div>
                        <div class="engine-part"><Files /></div>
                    </div>
                    <div>
                        <div class="engine-part"><Backend /></div>
                        <div class="engine-part"><WebGpuOffer /></div>
                        <EmbeddingPanel />
                    </div>
                </div>
            </details>
        </footer>
    }
}

#[component]
fn Backend() -> impl IntoView {
    let session = super::session();
    let watch = session.engine_watch();
    let started = move || match watch.phase() {
        Phase::Ready { n_threads, millis, .. } => (n_threads.to_string(), text::millis(millis)),
        Phase::Starting { .. } | Phase::Stopped(_) => ("–".into(), "–".into()),
    };
    view! {
        <h3 class="label">{text::MODELS}</h3>
        <dl class="facts">
            <dt>{text::RUNS_ON}</dt>
            <dd>{move || watch.backend().map_or("–", text::backend)}</dd>
            <dt>{text::THREADS}</dt>
            <dd>{move || started().0}</dd>
            <dt>{text::STARTED_IN}</dt>
            <dd>{move || started().1}</dd>
            <dt>{text::REQUESTS}</dt>
            <dd>{move || watch.n_requests_since_load()}</dd>
        </dl>
        <p>
            <button class="button" on:click=move |_| session.restart_engine()>{text::RESTART}</button>
        </p>
    }
}

/// Copies the address, which holds the state.
#[component]
fn CopyLink() -> impl IntoView {
    let label = RwSignal::new(text::COPY_LINK);
    let copy = move |_| {
        let href = window().location().href().unwrap_or_default();
        let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
        // Absent where the page is not secure; the address bar serves then.
        let Some(clipboard) = clipboard.ok().filter(|it| !it.is_undefined()) else {
            return label.set(text::NOT_COPIED);
        };
        let written = web_sys::Clipboard::from(clipboard).write_text(&href);
        spawn_local(async move {
            let is_copied = JsFuture::from(written).await.is_ok();
            label.set(if is_copied { text::COPIED } else { text::NOT_COPIED });
        });
    };
    view! {
        <button class="button is-bare" on:click=copy><span role="status">{move || label.get()}</span></button>
    }
}
