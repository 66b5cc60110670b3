//! What has to be here before the page can name a film: the list of models and the catalogue.

use std::sync::Arc;

use crate::catalog::{CatalogError, Catalogue};
use crate::engine::protocol::FetchProgress;
use crate::fetch::{self, FetchError};
use crate::manifest::{FileRef, Manifest, ManifestError};
use crate::session::EngineWatch;

/// Where the files of `models/artifacts` lie beside the page.
pub(super) const FOLDER: &str = "models/";
const MANIFEST: &str = "manifest.json";

/// The site's unchanging part: its films and its models.
#[derive(Clone, Debug)]
pub struct Site {
    pub catalogue: Arc<Catalogue>,
    pub manifest: Arc<Manifest>,
}

/// Why there is no page to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpeningError {
    #[error("{0}")]
    Fetch(#[from] FetchError),
    #[error("{detail}")]
    Manifest { detail: String },
    #[error("{detail}")]
    Catalogue { detail: String },
    #[error(
        "the catalogue holds {got} films where the list of models names {expected}; reload the page"
    )]
    OtherCatalogue { got: usize, expected: usize },
}

impl From<ManifestError> for OpeningError {
    fn from(error: ManifestError) -> Self {
        Self::Manifest { detail: error.to_string() }
    }
}

impl From<CatalogError> for OpeningError {
    fn from(error: CatalogError) -> Self {
        Self::Catalogue { detail: error.to_string() }
    }
}

/// Fetches and checks the list of models and the catalogue.
///
/// # Errors
/// [`OpeningError`] if one of them does not come, is damaged, or they do not belong together.
pub async fn open(watch: EngineWatch) -> Result<Site, OpeningError> {
    let manifest = Manifest::from_json(&fetch::fetch_unchecked(FOLDER, MANIFEST).await?)?;
    let file = &manifest.catalogue.file;
    let fetched =
        fetch::fetch_file(FOLDER, file, |bytes| watch.note_file(progress(file, bytes, None)))
            .await?;
    watch.note_file(progress(file, file.bytes, Some(fetched.is_from_cache)));
    let catalogue = Catalogue::from_json(&fetched.bytes)?;
    let (got, expected) = (catalogue.n_items(), manifest.catalogue.n_items);
    if got != expected {
        return Err(OpeningError::OtherCatalogue { got, expected });
    }
    Ok(Site { catalogue: Arc::new(catalogue), manifest: Arc::new(manifest) })
}

pub(super) fn progress(
    file: &FileRef,
    fetched_bytes: u64,
    is_from_cache: Option<bool>,
) -> FetchProgress {
    FetchProgress {
        path: file.path.clone(),
        fetched_bytes,
        total_bytes: file.bytes,
        is_done: is_from_cache.is_some(),
        is_from_cache,
    }
}
