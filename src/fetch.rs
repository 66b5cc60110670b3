//! Bytes from our own origin, with progress, resume and checksum. The only file that asks the net.

use futures::FutureExt;
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, PerformanceResourceTiming, ReadableStreamDefaultReader, RequestCache,
    RequestInit, Response,
};

use crate::manifest::{self, FileRef};

/// Downloads broken off are taken up again so often, after these pauses.
const PAUSES_MILLIS: [u32; 4] = [300, 1_000, 3_000, 6_000];
/// A connection that says nothing for so long counts as broken off.
const SILENCE_MILLIS: u32 = 20_000;

/// Why a file is not here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("a file did not arrive; check the connection and try again: {path}")]
    Unreachable { path: String },
    #[error("a file is damaged or belongs to another version; reload the page: {path}")]
    Damaged { path: String },
}

/// A file that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    pub bytes: Vec<u8>,
    /// Served by the browser's cache, as far as it tells.
    pub is_from_cache: bool,
}

/// Fetches a file of `models/`, checks length and checksum, and tells `on_progress` the bytes so far.
///
/// `folder` is the address of `models/`, ending in a slash, absolute or relative to the page or worker.
///
/// # Errors
/// [`FetchError::Unreachable`] if it does not come after several tries, each taken up where the
/// last broke off; [`FetchError::Damaged`] if it comes, twice, with a wrong length or checksum.
pub async fn fetch_file(
    folder: &str,
    file: &FileRef,
    mut on_progress: impl FnMut(u64),
) -> Result<Fetched, FetchError> {
    let url = format!("{folder}{}", file.path);
    let damaged = |_| FetchError::Damaged { path: file.path.clone() };
    let first =
        download(&url, &file.path, RequestCache::Default, file.bytes, &mut on_progress).await?;
    if manifest::verify(&first.bytes, file).is_ok() {
        return Ok(first);
    }
    // The usual reason is an older file in the browser's cache: ask once more, past the cache.
    let fresh =
        download(&url, &file.path, RequestCache::Reload, file.bytes, &mut on_progress).await?;
    manifest::verify(&fresh.bytes, file).map_err(damaged)?;
    Ok(fresh)
}

/// Fetches a file whose checksum nobody knows: the manifest itself. Always asks whether it is still current.
///
/// # Errors
/// [`FetchError::Unreachable`] if it does not come after several tries.
pub async fn fetch_unchecked(folder: &str, path: &str) -> Result<Vec<u8>, FetchError> {
    let url = format!("{folder}{path}");
    let fetched = download(&url, path, RequestCache::NoCache, 0, &mut |_| {}).await?;
    Ok(fetched.bytes)
}

/// One file, over as many connections as [`PAUSES_MILLIS`] allows.
async fn download(
    url: &str,
    path: &str,
    cache: RequestCache,
    expected_bytes: u64,
    on_progress: &mut dyn FnMut(u64),
) -> Result<Fetched, FetchError> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected_bytes).unwrap_or(0));
    let mut pauses = PAUSES_MILLIS.iter();
    loop {
        match connect(url, cache, &mut bytes, on_progress).await {
            Ok(()) => return Ok(Fetched { bytes, is_from_cache: is_from_cache(url) }),
            Err(Broken::Refused) => return Err(FetchError::Unreachable { path: path.to_owned() }),
            Err(Broken::Off) => match pauses.next() {
                Some(&pause) => TimeoutFuture::new(pause).await,
                None => return Err(FetchError::Unreachable { path: path.to_owned() }),
            },
        }
    }
}

enum Broken {
    /// No connection, or it ended early: worth another try.
    Off,
    /// The server answered that it will not serve this file.
    Refused,
}

/// One connection: adds to `bytes` what follows them. Starts again from 0 where the server cannot continue.
async fn connect(
    url: &str,
    cache: RequestCache,
    bytes: &mut Vec<u8>,
    on_progress: &mut dyn FnMut(u64),
) -> Result<(), Broken> {
    let init = RequestInit::new();
    init.set_cache(cache);
    let abort = AbortController::new().map_err(off)?;
    init.set_signal(Some(&abort.signal()));
    if !bytes.is_empty() {
        // A part of a file must not be answered from, or kept in, the cache as the whole.
        init.set_cache(RequestCache::NoStore);
        let headers = web_sys::Headers::new().map_err(off)?;
        headers.set("range", &format!("bytes={}-", bytes.len())).map_err(off)?;
        init.set_headers(&headers);
    }

    let response: Response = in_time(ask(url, &init)?, &abort).await?.dyn_into().map_err(off)?;
    match response.status() {
        206 if continues_at(&response, bytes.len()) => {}
        200..=299 => bytes.clear(),
        // Asked for what lies past the end: what is here is not this file.
        416 => {
            bytes.clear();
            return Err(Broken::Off);
        }
        408 | 429 | 500..=599 => return Err(Broken::Off),
        _ => return Err(Broken::Refused),
    }

    let Some(body) = response.body() else { return Ok(()) };
    let reader: ReadableStreamDefaultReader =
        body.get_reader().dyn_into().map_err(|_other| Broken::Off)?;
    loop {
        let step = in_time(reader.read(), &abort).await?;
        if Reflect::get(&step, &"done".into()).map_err(off)?.is_truthy() {
            return Ok(());
        }
        let chunk: Uint8Array =
            Reflect::get(&step, &"value".into()).map_err(off)?.dyn_into().map_err(off)?;
        let start = bytes.len();
        bytes.resize(start + chunk.length() as usize, 0);
        chunk.copy_to(&mut bytes[start..]);
        on_progress(bytes.len() as u64);
    }
}

/// `fetch`, in a page as in a worker.
fn ask(url: &str, init: &RequestInit) -> Result<js_sys::Promise, Broken> {
    let global = js_sys::global();
    let fetch: js_sys::Function =
        Reflect::get(&global, &"fetch".into()).map_err(off)?.dyn_into().map_err(off)?;
    fetch.call2(&global, &url.into(), init).map_err(off)?.dyn_into().map_err(off)
}

/// Waits for `promise`, but not for ever.
async fn in_time(
    promise: impl Into<js_sys::Promise>,
    abort: &AbortController,
) -> Result<JsValue, Broken> {
    let promise = JsFuture::from(promise.into());
    match select(promise, TimeoutFuture::new(SILENCE_MILLIS).fuse()).await {
        Either::Left((outcome, _)) => outcome.map_err(off),
        Either::Right(_) => {
            abort.abort();
            Err(Broken::Off)
        }
    }
}

/// Whether a partial answer starts where we left off. Never where the server compresses: its
/// ranges then count compressed bytes.
fn continues_at(response: &Response, n_bytes: usize) -> bool {
    let header = |name| response.headers().get(name).ok().flatten();
    let starts = format!("bytes {n_bytes}-");
    header("content-encoding").is_none()
        && header("content-range").is_some_and(|range| range.starts_with(&starts))
}

/// What the browser's own timing says of the last download of `url`.
fn is_from_cache(url: &str) -> bool {
    let timing = || {
        let performance: web_sys::Performance =
            Reflect::get(&js_sys::global(), &"performance".into()).ok()?.dyn_into().ok()?;
        // A request knows its full address, in a page as in a worker.
        let absolute = web_sys::Request::new_with_str(url).ok()?.url();
        let entries = performance.get_entries_by_name(&absolute);
        entries.get(entries.length().checked_sub(1)?).dyn_into::<PerformanceResourceTiming>().ok()
    };
    // A browser that keeps no timing leaves us to say "from the net".
    timing().is_some_and(|timing| timing.transfer_size() == 0.0 && timing.decoded_body_size() > 0.0)
}

fn off(_reason: JsValue) -> Broken {
    // The browser tells no more than "failed" here, on purpose.
    Broken::Off
}
