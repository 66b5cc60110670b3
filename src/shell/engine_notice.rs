//! What runs here: files, backend, requests, and the offers to change them.

use leptos::prelude::*;

use super::files::Files;
use super::page_files::all_files;
use super::take_away::TakeAway;
use super::webgpu::WebGpuOffer;
use super::words;
use crate::state::watch::Phase;
use crate::ui::shell;
use crate::ui::words as text;

/// `beside` is what else runs here.
#[component]
pub(crate) fn EngineNotice(beside: fn() -> AnyView) -> impl IntoView {
    let shell = shell();
    let n_films = shell.site.catalogue().n_items();
    let summary = move || {
        let n_bytes = all_files(shell).iter().map(|file| file.fetched_bytes).sum();
        words::colophon(n_films, n_bytes)
    };
    view! {
        <footer class="colophon">
            <div class="colophon-line">
                <span>{summary}</span>
                <span>{words::PRIVACY}</span>
                <a href=shell.href("device.html")>{words::DEVICE}</a>
                <a href=shell.href("words.html")>{words::GLOSSARY}</a>
                <a href=shell.href("licences.txt")>{words::LICENCES}</a>
            </div>
            <TakeAway />
            <details class="engine">
                <summary>{words::ENGINE}</summary>
                <div class="engine-grid">
                    <div>
                        <div class="engine-part"><Files /></div>
                    </div>
                    <div>
                        <div class="engine-part"><Backend /></div>
                        <div class="engine-part"><WebGpuOffer /></div>
                        {beside()}
                    </div>
                </div>
            </details>
        </footer>
    }
}

#[component]
fn Backend() -> impl IntoView {
    let shell = shell();
    let watch = shell.engine.watch();
    let started = move || match watch.phase() {
        Phase::Ready { n_threads, millis, .. } => (n_threads.to_string(), text::millis(millis)),
        Phase::Starting { .. } | Phase::Stopped(_) => ("–".into(), "–".into()),
    };
    view! {
        <h3 class="label">{words::MODELS}</h3>
        <dl class="facts">
            <dt>{words::RUNS_ON}</dt>
            <dd>{move || watch.backend().map_or("–", text::backend)}</dd>
            <dt>{words::THREADS}</dt>
            <dd>{move || started().0}</dd>
            <dt>{words::STARTED_IN}</dt>
            <dd>{move || started().1}</dd>
            <dt>{words::REQUESTS}</dt>
            <dd>{move || watch.n_requests_since_load()}</dd>
        </dl>
        <p>
            <button class="button" on:click=move |_| shell.engine.restart()>{text::RESTART}</button>
        </p>
    }
}
