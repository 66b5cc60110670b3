//! The reader's re-ranker on this device: its vectors, and what is kept of it.

use std::rc::Rc;
use std::sync::Arc;

use futures::future::{FutureExt, LocalBoxFuture};
use leptos::prelude::*;

use super::keeping;
use crate::engine::protocol::{EncoderName, EngineError, StorageFault};
use crate::manifest::FileRef;
use crate::nearest::Vectors;
use crate::session::{EngineWatch, Session, Site, opening};
use crate::state::reranker::{Device, Kept, NotKept, RerankerStore};
use crate::state::texts::Texts;

/// The device of a page.
struct OfPage {
    site: Site,
    watch: EngineWatch,
    /// Whose vectors a re-ranker reads.
    encoder: RwSignal<EncoderName>,
    texts: Rc<dyn Texts>,
}

/// A re-ranker over the vectors of `encoder`.
pub(super) fn store(
    site: Site,
    watch: EngineWatch,
    encoder: RwSignal<EncoderName>,
    texts: Rc<dyn Texts>,
) -> RerankerStore {
    RerankerStore::new(Rc::new(OfPage { site, watch, encoder, texts }))
}

impl Device for OfPage {
    fn vectors(&self) -> LocalBoxFuture<'static, Result<Arc<Vectors>, EngineError>> {
        let (site, watch, encoder) = (self.site.clone(), self.watch, self.encoder.get_untracked());
        async move {
            let missing = || EngineError::Unreachable { path: "catalogue.vectors".to_owned() };
            let entry = site.manifest.encoder(encoder).ok_or_else(missing)?;
            let file = vectors_file(&site, encoder).ok_or_else(missing)?;
            let bytes = opening::fetched(file, watch).await?;
            let vectors = Vectors::from_bytes(&bytes, site.manifest.catalogue.n_items, entry.dim);
            let damaged = |_| EngineError::Damaged { path: file.path.clone() };
            Ok(Arc::new(vectors.map_err(damaged)?))
        }
        .boxed_local()
    }

    fn keep(&self, kept: &Kept) -> Result<usize, StorageFault> {
        let vectors = vectors_name(&self.site, self.encoder.get_untracked());
        keeping::keep(&*self.texts, kept, vectors)
    }
}

impl Session {
    /// The reader's re-ranker, as lists use it.
    pub fn reranker(self) -> RerankerStore {
        self.reranker
    }

    /// Takes up what an earlier visit trained.
    pub(super) fn load_reranker(self) {
        let vectors = vectors_name(&self.site(), self.encoder().get_untracked());
        let (kept, mut not_kept) = keeping::kept(&*self.texts(), &vectors);
        if matches!(not_kept, Some(NotKept::Storage(_))) {
            return self.reranker.not_kept().set(not_kept);
        }
        if self.reranker.is_as(&kept) && not_kept.is_none() {
            return;
        }
        if not_kept == Some(NotKept::Damaged)
            && let Err(fault) = self.keep_aside(keeping::KEPT_HEAD)
        {
            not_kept = Some(NotKept::Storage(fault));
        }
        self.reranker.take_up(kept, not_kept);
    }
}

fn vectors_file(site: &Site, encoder: EncoderName) -> Option<&FileRef> {
    site.manifest.encoder(encoder)?.file("vectors").ok()
}

/// The vectors a re-ranker is trained over, by their checksum.
fn vectors_name(site: &Site, encoder: EncoderName) -> String {
    vectors_file(site, encoder).map(|it| it.sha256.clone()).unwrap_or_default()
}
