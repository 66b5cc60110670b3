//! Marks and head as this device keeps them: one short text, films by their MovieLens ids.

use serde::{Deserialize, Serialize};

use super::own_head::NotKept;
use crate::catalog::Catalogue;
use crate::engine::protocol::StorageFault;
use crate::head::{Mark, Trained};
use crate::profile;

/// Under this name the device keeps marks and head.
const KEPT_HEAD: &str = "head";
const VERSION: u32 = 1;

/// What is kept of the reader's head.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Kept {
    /// The checksum of the vectors that `trained` was trained over.
    pub vectors: String,
    pub said: Vec<Mark>,
    pub counts_picks: bool,
    pub is_on: bool,
    pub trained: Option<Trained>,
    /// What keeping it takes; 0 for nothing.
    pub n_bytes: usize,
}

#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    vectors: String,
    /// MovieLens id, and whether it is liked.
    said: Vec<(u32, bool)>,
    counts_picks: bool,
    is_on: bool,
    trained: Option<Trained>,
}

/// What an earlier visit kept. A film that this catalogue does not hold is left out, and so is a
/// head of other vectors than `vectors`; what cannot be read is dropped, and told.
pub(super) fn kept(catalogue: &Catalogue, vectors: &str) -> (Kept, Option<NotKept>) {
    let nothing = Kept {
        vectors: vectors.to_owned(),
        said: Vec::new(),
        counts_picks: true,
        is_on: false,
        trained: None,
        n_bytes: 0,
    };
    let text = match profile::kept_text(KEPT_HEAD) {
        Ok(Some(text)) => text,
        Ok(None) => return (nothing, None),
        Err(fault) => return (nothing, Some(NotKept::Storage(fault))),
    };
    let written: Written = match serde_json::from_str(&text) {
        Ok(written @ Written { version: VERSION, .. }) => written,
        Ok(_) | Err(_) => {
            let _ = profile::forget_text(KEPT_HEAD); // where nothing can be forgotten, it is overwritten later
            return (nothing, Some(NotKept::Damaged));
        }
    };
    let mark = |(id, is_liked)| Some(Mark { item: catalogue.row_of(id)?, is_liked });
    let kept = Kept {
        said: written.said.into_iter().filter_map(mark).collect(),
        counts_picks: written.counts_picks,
        is_on: written.is_on,
        trained: written.trained.filter(|_| written.vectors == vectors),
        n_bytes: text.len(),
        ..nothing
    };
    (kept, None)
}

/// Keeps it, or forgets all where there is nothing to keep; tells its size in bytes.
///
/// # Errors
/// [`StorageFault`] as the browser says.
pub(super) fn keep(kept: &Kept, catalogue: &Catalogue) -> Result<usize, StorageFault> {
    if kept.said.is_empty() && kept.trained.is_none() && kept.counts_picks {
        return profile::forget_text(KEPT_HEAD).map(|()| 0);
    }
    let id = |it: &Mark| Some((catalogue.movie_id(it.item)?, it.is_liked));
    let written = Written {
        version: VERSION,
        vectors: kept.vectors.clone(),
        said: kept.said.iter().filter_map(id).collect(),
        counts_picks: kept.counts_picks,
        is_on: kept.is_on,
        trained: kept.trained.clone(),
    };
    // Numbers, names and lists of them: nothing here can fail to be written.
    let text = serde_json::to_string(&written).unwrap_or_default();
    profile::keep_text(KEPT_HEAD, &text).map(|()| text.len())
}
