//! The reader's re-ranker on this device: its vectors, and what is kept of it.

use std::rc::Rc;
use std::sync::Arc;

use futures::future::{FutureExt, LocalBoxFuture};
use reactive_graph::traits::{GetUntracked, Set};

use super::encoder::Encoder;
use super::kept_list::{Keeper, when_kept_changes};
use super::reranker::{Device, Kept, NotKept, RerankerStore};
use super::reranker_keeping as keeping;
use super::shell::{Lasting, Shell};
use crate::engine::protocol::{EncoderName, EngineError, StorageFault};
use crate::manifest::{FileRef, Manifest};
use crate::nearest::Vectors;

/// The device of a page.
#[derive(Clone, Copy)]
struct OfPage {
    shell: Shell,
    /// Whose vectors a re-ranker reads.
    encoder: Encoder,
}

impl Lasting for RerankerStore {
    /// Takes up what an earlier visit trained, and hears when another tab trains.
    fn of(shell: Shell) -> Self {
        let device = OfPage { shell, encoder: shell.get() };
        let store = Self::new(Rc::new(device));
        device.load(store);
        when_kept_changes(&*shell.texts(), move || device.load(store));
        store
    }
}

impl OfPage {
    fn encoder(self) -> EncoderName {
        self.encoder.name().get_untracked()
    }

    fn load(self, store: RerankerStore) {
        let texts = self.shell.texts();
        let vectors = vectors_name(&self.shell.site.manifest(), self.encoder());
        let (kept, mut not_kept) = keeping::kept(&*texts, &vectors);
        if matches!(not_kept, Some(NotKept::Storage(_))) {
            return store.not_kept().set(not_kept);
        }
        if store.is_as(&kept) && not_kept.is_none() {
            return;
        }
        let keeper = Keeper::new(self.shell.site, self.shell.notices, texts);
        if not_kept == Some(NotKept::Damaged)
            && let Err(fault) = keeper.set_aside(keeping::KEPT_HEAD)
        {
            not_kept = Some(NotKept::Storage(fault));
        }
        store.take_up(kept, not_kept);
    }
}

impl Device for OfPage {
    fn vectors(&self) -> LocalBoxFuture<'static, Result<Arc<Vectors>, EngineError>> {
        let (site, encoder) = (self.shell.site, self.encoder());
        async move {
            let manifest = site.manifest();
            let (n_items, dim) =
                (manifest.catalogue.n_items, manifest.encoder(encoder).map_or(0, |it| it.dim));
            let read = |bytes: &[u8]| Vectors::from_bytes(bytes, n_items, dim);
            let file = vectors_file(&manifest, encoder);
            site.fetch_as("catalogue.vectors", file, read).await.map(Arc::new)
        }
        .boxed_local()
    }

    fn keep(&self, kept: &Kept) -> Result<usize, StorageFault> {
        let vectors = vectors_name(&self.shell.site.manifest(), self.encoder());
        keeping::keep(&*self.shell.texts(), kept, vectors)
    }
}

fn vectors_file(manifest: &Manifest, encoder: EncoderName) -> Option<&FileRef> {
    manifest.encoder(encoder)?.file("vectors").ok()
}

/// The vectors a re-ranker is trained over, by their checksum.
fn vectors_name(manifest: &Manifest, encoder: EncoderName) -> String {
    vectors_file(manifest, encoder).map(|it| it.sha256.clone()).unwrap_or_default()
}
