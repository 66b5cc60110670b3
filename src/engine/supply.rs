//! What the page fetches for an engine. It stays with the page when an engine ends.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::WebAssembly;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::RequestCache;

use crate::engine::protocol::{EngineError, FetchProgress, Wanted};
use crate::fetch::{self, Arrived, FetchError};

thread_local! {
    /// Compiled, by path: a browser shares their code among those who run them.
    static PROGRAMS: RefCell<Vec<(String, JsValue)>> = RefCell::default();
}

/// Keeps a program that is on this page already for engines that want it by `path`.
pub fn keep_program(path: &str, module: JsValue) {
    PROGRAMS.with_borrow_mut(|it| it.push((path.to_owned(), module)));
}

/// What `wanted` names: a compiled program, or the bytes of any other file, which nobody has checked.
///
/// # Errors
/// [`EngineError::Unreachable`], and [`EngineError::Damaged`] for a program that cannot be compiled.
pub(super) async fn supply(
    wanted: &Wanted,
    on_progress: impl Fn(FetchProgress) + 'static,
) -> Result<JsValue, EngineError> {
    let on_progress = Rc::new(on_progress);
    let file = wanted.path.split('?').next().unwrap_or_default();
    if !file.ends_with(".wasm") {
        return Ok(arrived(wanted, wanted.is_fresh, on_progress).await?.into());
    }
    if let Some(module) =
        PROGRAMS.with_borrow(|it| it.iter().find(|(path, _)| path == file).map(|it| it.1.clone()))
    {
        return Ok(module);
    }
    for is_fresh in [false, true] {
        let bytes = arrived(wanted, is_fresh, on_progress.clone()).await?;
        if let Ok(module) = JsFuture::from(WebAssembly::compile(&bytes)).await {
            keep_program(file, module.clone());
            return Ok(module);
        }
    }
    Err(EngineError::Damaged { path: file.to_owned() })
}

async fn arrived(
    wanted: &Wanted,
    is_fresh: bool,
    on_progress: Rc<impl Fn(FetchProgress) + 'static>,
) -> Result<js_sys::Uint8Array, EngineError> {
    let (path, n_bytes) = (name(&wanted.path), wanted.n_bytes);
    let progress = move |fetched_bytes, n_total, is_from_cache: Option<bool>| FetchProgress {
        path: path.clone(),
        fetched_bytes,
        total_bytes: if n_bytes > 0 { n_bytes } else { n_total },
        is_done: is_from_cache.is_some(),
        is_from_cache,
    };
    let cache = if is_fresh { RequestCache::Reload } else { RequestCache::Default };
    let (tell, told) = (on_progress.clone(), progress.clone());
    let arrived =
        fetch::fetch(&wanted.path, cache, move |fetched, of| tell(told(fetched, of, None)));
    let Arrived { bytes, is_from_cache } = arrived.await?;
    let n_bytes = bytes.length().into();
    on_progress(progress(n_bytes, n_bytes, Some(is_from_cache)));
    Ok(bytes)
}

/// Where a file of this site lies.
pub(super) fn address_of(path: &str) -> String {
    fetch::address_of(path)
}

/// What a reader is told: a model's name alone.
fn name(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    path.strip_prefix("models/").unwrap_or(path).to_owned()
}

impl From<FetchError> for EngineError {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Unreachable { path } => Self::Unreachable { path: name(&path) },
            FetchError::Damaged { path } => Self::Damaged { path: name(&path) },
        }
    }
}
