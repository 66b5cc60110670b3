//! What the browser fetched for the page itself: program, styles, and what was asked for early.

use wasm_bindgen::JsCast;
use web_sys::PerformanceResourceTiming;

use crate::engine::protocol::FetchProgress;
use crate::fetch::address_of;
use crate::state::shell::Shell;

/// The files of the page itself, then each file fetched for the models.
pub(super) fn all_files(shell: Shell) -> Vec<FetchProgress> {
    let fetched = shell.engine.watch().files();
    // What the page asked for early shows up twice: the models' own entry knows more.
    let is_own = |file: &FetchProgress| !fetched.iter().any(|it| file.path.ends_with(&it.path));
    (shell.page_files)().into_iter().filter(is_own).chain(fetched.iter().cloned()).collect()
}

/// The files that the page has loaded so far from the folder of its program, by path under that.
pub(super) fn of_page() -> Vec<FetchProgress> {
    let folder = address_of("");
    let performance = leptos::prelude::window().performance();
    let entries = performance.map(|it| it.get_entries_by_type("resource")).unwrap_or_default();
    let timings = entries.iter().filter_map(|it| it.dyn_into::<PerformanceResourceTiming>().ok());
    let mut files: Vec<FetchProgress> = Vec::new();
    for file in timings.filter_map(|timing| file(&timing, &folder)) {
        // Asked for early and then again: once it came, the second time it was here.
        if files.iter().all(|it| it.path != file.path) {
            files.push(file);
        }
    }
    files
}

fn file(timing: &PerformanceResourceTiming, folder: &str) -> Option<FetchProgress> {
    let name = timing.name();
    let path = name.strip_prefix(folder)?.split('?').next()?.to_owned();
    let n_bytes = timing.encoded_body_size() as u64;
    Some(FetchProgress {
        path,
        fetched_bytes: n_bytes,
        total_bytes: n_bytes,
        is_done: true,
        is_from_cache: Some(timing.transfer_size() == 0.0),
    })
}
