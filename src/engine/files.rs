//! Files of the site on their way into the engine: the page fetches them, while the engine computes.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::engine::port::FromEngine;
use crate::engine::port::PageLine;
use crate::engine::protocol::{EngineError, FetchProgress, Wanted};
use crate::manifest::{self, FileRef};

/// The site's models, relative to the page.
const FOLDER: &str = "models/";

/// Why a request has no answer yet.
#[derive(Debug)]
pub(super) enum Halt {
    /// These files are on their way. What asks again once they came finds them here.
    Awaits(Vec<String>),
    Failed(EngineError),
}

impl From<EngineError> for Halt {
    fn from(error: EngineError) -> Self {
        Self::Failed(error)
    }
}

/// Files by path; no bytes while they are on their way.
type Known = RefCell<Vec<(String, Option<Vec<u8>>)>>;

pub(super) struct Files {
    page: PageLine,
    known: Rc<Known>,
}

impl Files {
    pub(super) fn new(page: PageLine) -> Self {
        Self { page, known: Rc::default() }
    }

    /// Sends for all of `files` that are not here.
    ///
    /// # Errors
    /// [`Halt::Awaits`] unless all of them are here.
    pub(super) fn need(&self, files: &[&FileRef]) -> Result<(), Halt> {
        let missing = files.iter().filter(|file| self.sends_for(&file.path, Some(file)));
        let missing: Vec<String> = missing.map(|file| file.path.clone()).collect();
        if missing.is_empty() { Ok(()) } else { Err(Halt::Awaits(missing)) }
    }

    /// Takes the checked bytes of `file`, which are then let go.
    ///
    /// # Errors
    /// [`Halt::Awaits`] if it is not here.
    pub(super) fn take(&self, file: &FileRef) -> Result<Vec<u8>, Halt> {
        self.take_if_here(&file.path, Some(file))
    }

    /// Takes a file whose checksum nobody knows.
    ///
    /// # Errors
    /// As [`Files::take`].
    pub(super) fn take_unchecked(&self, path: &str) -> Result<Vec<u8>, Halt> {
        self.take_if_here(path, None)
    }

    fn take_if_here(&self, path: &str, file: Option<&FileRef>) -> Result<Vec<u8>, Halt> {
        if self.sends_for(path, file) {
            return Err(Halt::Awaits(vec![path.to_owned()]));
        }
        Ok(forget(&self.known, path).unwrap_or_default())
    }

    /// Whether the file at `path` is not here; then it is on its way from now on.
    fn sends_for(&self, path: &str, file: Option<&FileRef>) -> bool {
        let mut known = self.known.borrow_mut();
        if let Some((_, bytes)) = known.iter().find(|(known, _)| known == path) {
            return bytes.is_none();
        }
        known.push((path.to_owned(), None));
        let (page, known) = (self.page.clone(), self.known.clone());
        let (path, file) = (path.to_owned(), file.cloned());
        spawn_local(async move {
            let came = fetch(&page, &path, file.as_ref()).await;
            forget(&known, &path);
            let outcome = came.map(|bytes| known.borrow_mut().push((path.clone(), Some(bytes))));
            page.go_on_with(&path, outcome);
        });
        true
    }

    /// A checked file for which everything else may wait.
    pub(super) async fn fetch(&self, file: &FileRef) -> Result<Vec<u8>, EngineError> {
        fetch(&self.page, &file.path, Some(file)).await
    }

    /// Tells the page that `file` was on this device already.
    pub(super) fn tell_kept(&self, file: &FileRef) {
        self.page.tell(&FromEngine::Fetching(FetchProgress {
            path: file.path.clone(),
            fetched_bytes: file.bytes,
            total_bytes: file.bytes,
            is_done: true,
            is_from_cache: Some(true),
        }));
    }
}

/// Takes what is known of `path`: who asks for it next sends for it.
fn forget(known: &Known, path: &str) -> Option<Vec<u8>> {
    let mut known = known.borrow_mut();
    let at = known.iter().position(|(known, _)| known == path)?;
    known.swap_remove(at).1
}

/// A file of `models/`, by way of the page; checked where it is known what it has to be.
async fn fetch(
    page: &PageLine,
    path: &str,
    file: Option<&FileRef>,
) -> Result<Vec<u8>, EngineError> {
    // The usual reason is an older file in the browser's cache: ask once more, past the cache.
    for is_fresh in [false, true] {
        let n_bytes = file.map_or(0, |file| file.bytes);
        let path = format!("{FOLDER}{path}");
        let bytes = page.file(Wanted { path, n_bytes, is_fresh }).await?;
        if file.is_none_or(|file| manifest::verify(&bytes, file).is_ok()) {
            return Ok(bytes);
        }
    }
    Err(EngineError::Damaged { path: path.to_owned() })
}
