//! What runs here.

use crate::engine::protocol::{Backend, Cost};
use crate::views::text::{bytes, counted, grouped, millis};

pub(crate) const ENGINE: &str = "What runs here";
pub(crate) const FILES: &str = "Fetched since you opened the page";
pub(crate) const FILE: &str = "File";
pub(crate) const SIZE: &str = "Size";
pub(crate) const SOURCE: &str = "From";
pub(crate) const NO_FILES: &str = "Nothing yet.";
pub(crate) const RUNS_ON: &str = "Runs on";
pub(crate) const THREADS: &str = "Threads";
pub(crate) const STARTED_IN: &str = "Started in";
pub(crate) const REQUESTS: &str = "Requests since load";
pub(crate) const MODELS: &str = "Engine";
pub(crate) const PRIVACY: &str = "Nothing you enter leaves this page.";
pub(crate) const LICENCES: &str = "Sources and licences";
pub(crate) const TAKE_AWAY: &str = "Export";
pub(crate) const COPY_LINK: &str = "Copy link";
pub(crate) const COPY_PICTURE: &str = "Copy picture";
pub(crate) const SAVE_PNG: &str = "PNG";
pub(crate) const SAVE_SVG: &str = "SVG";
pub(crate) const SAVE_CSV: &str = "CSV";
pub(crate) const SAVE_JSON: &str = "JSON";
pub(crate) const COPIED: &str = "Copied";
pub(crate) const TAKEN: &str = "Done.";
pub(crate) const NOT_TAKEN: &str = "This browser did not allow it; save it as PNG, or try again.";
pub(crate) const PICTURE_ALTERED: &str = "This browser alters what a page draws, as a guard against being recognised, so the picture \
     would be wrong. SVG, CSV and JSON are exact.";
pub(crate) const NOT_COPIED: &str =
    "This browser did not allow it; the address of this page is the link.";
/// Where the page is a frame in another one, whose address is not ours.
pub(crate) const NOT_COPIED_IN_FRAME: &str = "The page around this one did not allow it.";
pub(crate) const OPEN_ALONE: &str = "Open this page in a window of its own";
pub(crate) const WEBGPU: &str = "Graphics device";
pub(crate) const WEBGPU_OFFER: &str = "WebGPU can be faster on large models. It is used only if it \
     gives the same answers as stored ones, on each model.";
pub(crate) const WEBGPU_TRY: &str = "Test WebGPU and use it";
pub(crate) const WEBGPU_TESTING: &str = "Testing both models on the graphics device…";
pub(crate) const WEBGPU_IN_USE: &str = "WebGPU gave the stored answers and is in use.";
pub(crate) const WEBGPU_LEAVE: &str = "Back to WebAssembly";
pub(crate) const WEBGPU_ABSENT: &str = "This browser has no WebGPU; WebAssembly is used.";

pub(crate) fn backend(backend: Backend) -> &'static str {
    match backend {
        Backend::Wasm => "WASM",
        Backend::WebGpu => "WebGPU",
    }
}

pub(crate) fn requests(n: usize) -> String {
    format!("{} since load", counted(n, "request", "requests"))
}

pub(crate) fn engine_chip(is_ready: bool, name: Option<Backend>, cost: Option<Cost>) -> String {
    match (name, cost) {
        (None, _) => "engine stopped".into(),
        (Some(_), Some(cost)) => format!("{} · {}", backend(cost.backend), millis(cost.millis)),
        (Some(name), None) if is_ready => format!("{} · ready", backend(name)),
        (Some(name), None) => format!("{} · starting", backend(name)),
    }
}

pub(crate) fn colophon(n_films: usize, n_bytes: u64) -> String {
    format!("Catalogue of {} films · {} fetched", grouped(n_films), bytes(n_bytes))
}

pub(crate) fn file_source(is_from_cache: Option<bool>) -> &'static str {
    match is_from_cache {
        Some(true) => "cache",
        Some(false) => "network",
        None => "loading",
    }
}

pub(crate) fn parity(model: &str, shared: usize, largest: f32, has_passed: bool) -> String {
    let verdict = if has_passed { "passed" } else { "differs" };
    format!("{model}: {verdict}, {shared} of 10 shared, largest difference {largest:.5}")
}
