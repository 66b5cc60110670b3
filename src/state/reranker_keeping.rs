//! Feedback and re-ranker as this device keeps them: two short texts, films by their MovieLens ids.

use serde::{Deserialize, Serialize};

use super::reader::KEPT_FEEDBACK;
use super::reranker::{Kept, NotKept};
use super::texts::Texts;
use crate::catalog::Catalogue;
use crate::engine::protocol::StorageFault;
use crate::feedback::{Feedback, Feedbacks};
use crate::reranker::Trained;

/// Under this name the device keeps the re-ranker.
pub(super) const KEPT_HEAD: &str = "head";
const VERSION: u32 = 2;
/// Told of likes and dislikes in the text of the re-ranker.
const VERSION_WITH_MARKS: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    /// The checksum of the vectors that `trained` was trained over.
    vectors: String,
    /// MovieLens id, and whether it is liked.
    #[serde(default, skip_serializing)]
    said: Vec<(u32, bool)>,
    counts_picks: bool,
    is_on: bool,
    trained: Option<Trained>,
}

/// What an earlier visit kept of a re-ranker over `vectors`. What cannot be read is left as it is, and told.
pub(super) fn kept(texts: &dyn Texts, vectors: &str) -> (Kept, Option<NotKept>) {
    let nothing = Kept { counts_picks: true, is_on: false, trained: None, n_bytes: 0 };
    let text = match texts.kept(KEPT_HEAD) {
        Ok(Some(text)) => text,
        Ok(None) => return (nothing, None),
        Err(fault) => return (nothing, Some(NotKept::Storage(fault))),
    };
    let Some(written) = read(&text) else { return (nothing, Some(NotKept::Damaged)) };
    let kept = Kept {
        counts_picks: written.counts_picks,
        is_on: written.is_on,
        trained: written.trained.filter(|_| written.vectors == vectors),
        n_bytes: text.len(),
    };
    (kept, None)
}

/// Keeps a re-ranker over `vectors`, or forgets it where there is nothing to keep; tells its size in bytes.
///
/// # Errors
/// [`StorageFault`] as the browser says.
pub(super) fn keep(texts: &dyn Texts, kept: &Kept, vectors: String) -> Result<usize, StorageFault> {
    if kept.trained.is_none() && kept.counts_picks {
        return texts.forget(KEPT_HEAD).map(|()| 0);
    }
    let written = Written {
        version: VERSION,
        vectors,
        said: Vec::new(),
        counts_picks: kept.counts_picks,
        is_on: kept.is_on,
        trained: kept.trained.clone(),
    };
    // Numbers, names and lists of them: nothing here can fail to be written.
    let text = serde_json::to_string(&written).unwrap_or_default();
    texts.keep(KEPT_HEAD, &text).map(|()| text.len())
}

/// What an earlier version of the site kept of films in the text of the re-ranker, where nothing was
/// kept of them since.
pub(super) fn old_feedback(texts: &dyn Texts, catalogue: &Catalogue) -> Feedbacks {
    if texts.kept(KEPT_FEEDBACK).ok().flatten().is_some() {
        return Feedbacks::new();
    }
    let head = texts.kept(KEPT_HEAD).ok().flatten();
    let marks = head.and_then(|text| read(&text)).map(|it| it.said).unwrap_or_default();
    let said = |(id, is_liked)| {
        let feedback = if is_liked { Feedback::Liked } else { Feedback::NotForMe };
        Some((catalogue.row_of(id)?, feedback))
    };
    marks.into_iter().filter_map(said).collect()
}

fn read(text: &str) -> Option<Written> {
    let written: Written = serde_json::from_str(text).ok()?;
    matches!(written.version, VERSION | VERSION_WITH_MARKS).then_some(written)
}
