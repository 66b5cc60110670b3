//! Bytes from our own origin, with progress and resume. The only file that asks the net.
//!
//! A page fetches for itself and for its engines. Whoever asks for a file on its way shares the download, and
//! what came of one that broke off waits for the next who asks: an engine that is restarted loses nothing.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{Either, LocalBoxFuture, WeakShared, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Date, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, PerformanceResourceTiming, ReadableStreamDefaultReader, RequestCache,
    RequestInit, Response,
};

use crate::manifest::{self, FileRef};

/// A connection that says nothing for so long is left for a new one. A second one as silent ends the
/// download: nothing else does, however long it takes.
const SILENCE_MILLIS: u32 = 10_000;
/// Connections that broke off one after another without a new byte are taken up again after these pauses.
const PAUSES_MILLIS: [u32; 4] = [300, 1_000, 3_000, 6_000];
/// So many at once: a browser lets further ones wait without a word, which would count as silence.
const N_CONNECTIONS: usize = 4;
/// Files up to this size stay here for the next who asks, if only an engine that was restarted.
const KEPT_BYTES: u32 = 1 << 20;
const PROGRESS_EVERY_MILLIS: f64 = 100.0;

/// Why a file is not here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("a file did not arrive; check the connection and try again: {path}")]
    Unreachable { path: String },
    #[error("a file is damaged or belongs to another version; reload the page: {path}")]
    Damaged { path: String },
}

/// A file that arrived, in JavaScript's memory: this program's own never shrinks.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub bytes: Uint8Array,
    /// Served by the browser's cache, as far as it tells.
    pub is_from_cache: bool,
}

/// A checked file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    pub bytes: Vec<u8>,
    pub is_from_cache: bool,
}

/// Fetches a file of `models/`, checks length and checksum, and tells `on_progress` the bytes so far.
///
/// `folder` is the address of `models/`, ending in a slash, absolute or relative to the page.
///
/// # Errors
/// As [`fetch`], and [`FetchError::Damaged`] if it comes, twice, with a wrong length or checksum.
pub async fn fetch_file(
    folder: &str,
    file: &FileRef,
    on_progress: impl Fn(u64) + Clone + 'static,
) -> Result<Fetched, FetchError> {
    let url = format!("{folder}{}", file.path);
    // The usual reason is an older file in the browser's cache: ask once more, past the cache.
    for cache in [RequestCache::Default, RequestCache::Reload] {
        let on_progress = on_progress.clone();
        let arrived = fetch(&url, cache, move |fetched, _| on_progress(fetched)).await;
        let Arrived { bytes, is_from_cache } = arrived.map_err(|error| named(error, &file.path))?;
        let bytes = bytes.to_vec();
        if manifest::verify(&bytes, file).is_ok() {
            return Ok(Fetched { bytes, is_from_cache });
        }
    }
    Err(FetchError::Damaged { path: file.path.clone() })
}

/// Fetches a file whose checksum nobody knows: the manifest itself. Always asks whether it is still current.
///
/// # Errors
/// As [`fetch`].
pub async fn fetch_unchecked(folder: &str, path: &str) -> Result<Vec<u8>, FetchError> {
    let arrived = fetch(&format!("{folder}{path}"), RequestCache::NoCache, |_, _| {}).await;
    Ok(arrived.map_err(|error| named(error, path))?.bytes.to_vec())
}

fn named(error: FetchError, path: &str) -> FetchError {
    let path = path.to_owned();
    match error {
        FetchError::Unreachable { .. } => FetchError::Unreachable { path },
        FetchError::Damaged { .. } => FetchError::Damaged { path },
    }
}

/// The address of a file of this site, whichever page its program runs on: beside the program's own script.
pub fn address_of(path: &str) -> String {
    // What public/page_boot.js leaves behind.
    let base = Reflect::get(&js_sys::global(), &"glassrecBase".into()).ok();
    base.and_then(|it| it.as_string()).unwrap_or_default() + path
}

/// Fetches the file at `url` of this site, and tells `on_progress` the bytes so far and of all, 0 where nobody knows.
/// Dropped by all who asked, the download ends.
///
/// # Errors
/// [`FetchError::Unreachable`] if the host will not serve it, or if nothing more of it comes.
pub async fn fetch(
    url: &str,
    cache: RequestCache,
    on_progress: impl Fn(u64, u64) + 'static,
) -> Result<Arrived, FetchError> {
    let is_fresh = cache == RequestCache::Reload;
    let coming = DESK.with_borrow_mut(|desk| {
        // Asked whether it is still current, what is here may not answer.
        if cache != RequestCache::Default {
            taken(&mut desk.kept, url);
            taken(&mut desk.parts, url);
        }
        if let Some((_, kept)) = desk.kept.iter().find(|it| it.0 == url) {
            return Err(kept.clone());
        }
        desk.coming.retain(|(_, it)| it.upgrade().is_some());
        let key = format!("{url} {is_fresh}");
        let same = desk.coming.iter().find(|it| it.0 == key).and_then(|it| it.1.upgrade());
        let coming = same.unwrap_or_else(|| {
            let coming = download(url.to_owned(), cache, on_progress).boxed_local().shared();
            desk.coming.extend(coming.downgrade().map(|weak| (key, weak)));
            coming
        });
        Ok(coming)
    });
    match coming {
        Ok(coming) => coming.await,
        Err(bytes) => Ok(Arrived { bytes, is_from_cache: true }),
    }
}

type Coming = LocalBoxFuture<'static, Result<Arrived, FetchError>>;

/// What this page has of files, by address.
#[derive(Default)]
struct Desk {
    /// With whether they go past the browser's cache.
    coming: Vec<(String, WeakShared<Coming>)>,
    /// Of downloads that ended too early.
    parts: Vec<(String, Parts)>,
    kept: Vec<(String, Uint8Array)>,
}

/// The beginning of a file.
#[derive(Default)]
struct Parts {
    chunks: Vec<Uint8Array>,
    n_bytes: u32,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
    static N_FREE: Cell<usize> = const { Cell::new(N_CONNECTIONS) };
    static IN_LINE: RefCell<VecDeque<oneshot::Sender<Slot>>> = RefCell::default();
}

fn taken<T>(list: &mut Vec<(String, T)>, url: &str) -> Option<T> {
    let at = list.iter().position(|it| it.0 == url)?;
    Some(list.swap_remove(at).1)
}

async fn download(
    url: String,
    cache: RequestCache,
    on_progress: impl Fn(u64, u64),
) -> Result<Arrived, FetchError> {
    let mut parts = DESK.with_borrow_mut(|desk| taken(&mut desk.parts, &url)).unwrap_or_default();
    if connect_until_whole(&url, cache, &mut parts, &on_progress).await.is_none() {
        DESK.with_borrow_mut(|desk| desk.parts.push((url.clone(), parts)));
        return Err(FetchError::Unreachable { path: url });
    }
    let bytes = Uint8Array::new_with_length(parts.n_bytes);
    let mut start = 0;
    for chunk in parts.chunks {
        bytes.set(&chunk, start);
        start += chunk.length();
    }
    if start <= KEPT_BYTES {
        DESK.with_borrow_mut(|desk| desk.kept.push((url.clone(), bytes.clone())));
    }
    Ok(Arrived { bytes, is_from_cache: is_from_cache(&url) })
}

/// One file, over as many connections as it takes while each brings something; `None` where they do not.
async fn connect_until_whole(
    url: &str,
    cache: RequestCache,
    parts: &mut Parts,
    on_progress: &dyn Fn(u64, u64),
) -> Option<()> {
    let (mut pauses, mut was_silent) = (PAUSES_MILLIS.iter(), false);
    loop {
        let n_before = parts.n_bytes;
        let slot = Slot::free().await;
        let broken = match connect(url, cache, parts, on_progress).await {
            Ok(()) => return Some(()),
            Err(broken) => broken,
        };
        drop(slot);
        if parts.n_bytes > n_before {
            (pauses, was_silent) = (PAUSES_MILLIS.iter(), false);
        }
        match broken {
            Broken::Refused => return None,
            Broken::Silent if was_silent => return None,
            Broken::Silent => was_silent = true,
            Broken::Off => TimeoutFuture::new(*pauses.next()?).await,
        }
    }
}

enum Broken {
    /// No connection, or it ended early: worth another try.
    Off,
    /// Nothing came for a while.
    Silent,
    /// The server answered that it will not serve this file.
    Refused,
}

/// One connection: adds to `parts` what follows them.
async fn connect(
    url: &str,
    cache: RequestCache,
    parts: &mut Parts,
    on_progress: &dyn Fn(u64, u64),
) -> Result<(), Broken> {
    let init = RequestInit::new();
    init.set_cache(cache);
    let line = Line(AbortController::new().map_err(off)?);
    init.set_signal(Some(&line.0.signal()));
    if parts.n_bytes > 0 {
        // A part of a file must not be answered from, or kept in, the cache as the whole.
        init.set_cache(RequestCache::NoStore);
        let headers = web_sys::Headers::new().map_err(off)?;
        headers.set("range", &format!("bytes={}-", parts.n_bytes)).map_err(off)?;
        init.set_headers(&headers);
    }

    let response: Response = in_time(ask(url, &init)?).await?.dyn_into().map_err(off)?;
    let header = |name: &str| response.headers().get(name).ok().flatten();
    // Where the server sends all of it again, what is here already is passed over.
    let mut n_known = match response.status() {
        206 if continues_at(&header, parts.n_bytes) => 0,
        200 => parts.n_bytes,
        // What is here is not the beginning of this file, or nobody can say what this continues.
        206 | 416 => {
            *parts = Parts::default();
            return Err(Broken::Off);
        }
        408 | 429 | 500..=599 => return Err(Broken::Off),
        _ => return Err(Broken::Refused),
    };
    // Some hosts answer what they do not have with a page of theirs.
    if header("content-type").is_some_and(|it| it.starts_with("text/html")) {
        return Err(Broken::Refused);
    }
    let has_length = response.status() == 200 && header("content-encoding").is_none();
    let told = header("content-length").filter(|_| has_length).and_then(|it| it.parse().ok());
    let n_total: u64 = told.unwrap_or(0);

    let Some(body) = response.body() else { return Ok(()) };
    let reader: ReadableStreamDefaultReader =
        body.get_reader().dyn_into().map_err(|_other| Broken::Off)?;
    let mut told_at = f64::NEG_INFINITY;
    loop {
        let step = in_time(reader.read()).await?;
        if Reflect::get(&step, &"done".into()).map_err(off)?.is_truthy() {
            return Ok(());
        }
        let chunk: Uint8Array =
            Reflect::get(&step, &"value".into()).map_err(off)?.dyn_into().map_err(off)?;
        let n_passed = n_known.min(chunk.length());
        n_known -= n_passed;
        if n_passed == chunk.length() {
            continue;
        }
        let chunk = chunk.subarray(n_passed, chunk.length());
        parts.n_bytes += chunk.length();
        parts.chunks.push(chunk);
        if Date::now() - told_at >= PROGRESS_EVERY_MILLIS {
            told_at = Date::now();
            on_progress(parts.n_bytes.into(), n_total);
        }
    }
}

/// A connection that ends when it is dropped.
struct Line(AbortController);

impl Drop for Line {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Room for one connection, given on when it is dropped.
struct Slot;

impl Slot {
    /// The next that is free; who asked first is first.
    async fn free() -> Self {
        let n_free = N_FREE.get();
        if n_free > 0 {
            N_FREE.set(n_free - 1);
            return Self;
        }
        let (give, given) = oneshot::channel();
        IN_LINE.with_borrow_mut(|line| line.push_back(give));
        given.await.unwrap_or(Self) // a place in line is only left with its slot
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        match IN_LINE.with_borrow_mut(VecDeque::pop_front) {
            // One who no longer waits drops it, and so gives it on.
            Some(next) => drop(next.send(Self)),
            None => N_FREE.set(N_FREE.get() + 1),
        }
    }
}

/// `fetch`, of the page.
fn ask(url: &str, init: &RequestInit) -> Result<js_sys::Promise, Broken> {
    let global = js_sys::global();
    let fetch: js_sys::Function =
        Reflect::get(&global, &"fetch".into()).map_err(off)?.dyn_into().map_err(off)?;
    fetch.call2(&global, &address_of(url).into(), init).map_err(off)?.dyn_into().map_err(off)
}

/// Waits for `promise`, but not for ever.
async fn in_time(promise: impl Into<js_sys::Promise>) -> Result<JsValue, Broken> {
    let promise = JsFuture::from(promise.into());
    match select(promise, TimeoutFuture::new(SILENCE_MILLIS).fuse()).await {
        Either::Left((outcome, _)) => outcome.map_err(off),
        Either::Right(_) => Err(Broken::Silent),
    }
}

/// Whether a partial answer starts where we left off. Never where the server compresses: its
/// ranges then count compressed bytes.
fn continues_at(header: &dyn Fn(&str) -> Option<String>, n_bytes: u32) -> bool {
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
        let absolute = web_sys::Request::new_with_str(&address_of(url)).ok()?.url();
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
