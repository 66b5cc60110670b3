//! What has to be here before the page can name a film: the list of models and the catalogue.

use std::sync::Arc;

use futures::future::{FutureExt, LocalBoxFuture};

use crate::catalog::{CatalogError, Catalogue};
use crate::engine::protocol::{EngineError, FetchProgress};
use crate::fetch::{self, FetchError};
use crate::manifest::{FileRef, Manifest, ManifestError};
use crate::state::files::Files;
use crate::state::site::Opened;
use crate::state::watch::EngineWatch;

/// Where the files of `models/artifacts` lie beside the page.
pub(super) const FOLDER: &str = "models/";
const MANIFEST: &str = "manifest.json";

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
pub(super) async fn open(watch: EngineWatch) -> Result<Opened, OpeningError> {
    let manifest = Manifest::from_json(&fetch::fetch_unchecked(FOLDER, MANIFEST).await?)?;
    let catalogue = Catalogue::from_json(&fetched(&manifest.catalogue.file, watch).await?)?;
    let (got, expected) = (catalogue.n_items(), manifest.catalogue.n_items);
    if got != expected {
        return Err(OpeningError::OtherCatalogue { got, expected });
    }
    Ok(Opened { catalogue: Arc::new(catalogue), manifest: Arc::new(manifest) })
}

/// The files of the page's own site, which tells `watch` how they come along.
pub(super) struct OfSite(pub(super) EngineWatch);

impl Files for OfSite {
    fn fetch(&self, file: &FileRef) -> LocalBoxFuture<'static, Result<Vec<u8>, EngineError>> {
        let (file, watch) = (file.clone(), self.0);
        async move { Ok(fetched(&file, watch).await?) }.boxed_local()
    }
}

/// A file of the site, telling `watch` how it comes along.
pub(super) async fn fetched(file: &FileRef, watch: EngineWatch) -> Result<Vec<u8>, FetchError> {
    let coming = file.clone();
    let note = move |bytes| watch.note_file(progress(&coming, bytes, None));
    let fetched = fetch::fetch_file(FOLDER, file, note).await?;
    watch.note_file(progress(file, file.bytes, Some(fetched.is_from_cache)));
    Ok(fetched.bytes)
}

fn progress(file: &FileRef, fetched_bytes: u64, is_from_cache: Option<bool>) -> FetchProgress {
    FetchProgress {
        path: file.path.clone(),
        fetched_bytes,
        total_bytes: file.bytes,
        is_done: is_from_cache.is_some(),
        is_from_cache,
    }
}
