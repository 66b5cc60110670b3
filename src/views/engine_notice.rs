//! What runs here: files, backend, requests, and the offers to change them.

use leptos::prelude::*;

use crate::session::Phase;
use crate::views::embedding::EmbeddingPanel;
use crate::views::files::Files;
use crate::views::take_away::TakeAway;
use crate::views::text;
use crate::views::webgpu::WebGpuOffer;

#[component]
pub(crate) fn EngineNotice() -> impl IntoView {
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
                <a href="licences.txt">{text::LICENCES}</a>
            </div>
            <TakeAway />
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
