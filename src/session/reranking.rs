//! The reader's own re-ranker at work: lists in another order, wherever lists are shown.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::keeping::{self, Kept};
use super::own_head::NotKept;
use crate::engine::protocol::EngineError;
use crate::head::{Head, Reranked, Trained, Verdict};
use crate::nearest::Vectors;
use crate::recommend::Recommendation;
use crate::session::{Session, opening};

/// A trained head with the vectors it reads.
#[derive(Clone, Debug)]
pub struct Reranker(Arc<(Head, Arc<Vectors>)>);

/// Two are the same if they are one.
impl PartialEq for Reranker {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Reranker {
    /// The films of `list`, best first, each with its rank there.
    pub(super) fn rerank(&self, list: &[Recommendation]) -> Vec<Reranked> {
        let (head, vectors) = &*self.0;
        head.rerank(vectors, list)
    }
}

/// Whether a re-ranker takes part in the order of lists.
#[derive(Clone, Debug, PartialEq)]
pub enum InOrder {
    /// There is none that is on.
    Off,
    /// It waits for the films' vectors.
    Coming,
    Failed(EngineError),
    Reranked,
    /// The reader wants to see lists as they come.
    Plain,
}

/// The re-ranker and what is kept of it: cheap to copy, a part of the session.
#[derive(Clone, Copy)]
pub(super) struct Reranking {
    pub(super) trained: RwSignal<Option<Trained>>,
    pub(super) is_on: RwSignal<bool>,
    /// Whether the picks of the history count as likes when it is trained.
    pub(super) counts_picks: RwSignal<bool>,
    pub(super) not_kept: RwSignal<Option<NotKept>>,
    pub(super) kept_bytes: RwSignal<usize>,
    vectors: RwSignal<Option<Arc<Vectors>>>,
    failure: RwSignal<Option<EngineError>>,
    is_plain: RwSignal<bool>,
    /// The one that takes part, once all it needs is here.
    pub(super) reranker: Memo<Option<Reranker>>,
}

impl Reranking {
    pub(super) fn new() -> Self {
        let trained = RwSignal::new(None::<Trained>);
        let is_on = RwSignal::new(false);
        let is_plain = RwSignal::new(false);
        let vectors = RwSignal::new(None::<Arc<Vectors>>);
        let reranker = Memo::new(move |_| {
            let vectors = vectors.get().filter(|_| is_on.get() && !is_plain.get())?;
            let head =
                trained.with(|it| it.as_ref().filter(|it| helps(it))?.head(&vectors).ok())?;
            Some(Reranker(Arc::new((head, vectors))))
        });
        Self {
            trained,
            is_on,
            counts_picks: RwSignal::new(true),
            not_kept: RwSignal::default(),
            kept_bytes: RwSignal::default(),
            vectors,
            failure: RwSignal::default(),
            is_plain,
            reranker,
        }
    }

    /// Whether the check says that the head helps: only then can it be on.
    pub(super) fn helps(self) -> bool {
        self.trained.with(|it| it.as_ref().is_some_and(helps))
    }
}

fn helps(trained: &Trained) -> bool {
    trained.check.verdict() == Verdict::Helps
}

impl Session {
    /// Whether lists are in the order of the reader's re-ranker.
    pub fn in_order(self) -> InOrder {
        let it = self.reranking;
        if !it.is_on.get() || !it.helps() {
            InOrder::Off
        } else if it.is_plain.get() {
            InOrder::Plain
        } else if it.vectors.with(Option::is_some) {
            InOrder::Reranked
        } else {
            it.failure.get().map_or(InOrder::Coming, InOrder::Failed)
        }
    }

    /// Shows lists as they come, or in the order of the reader's re-ranker.
    pub fn show_plain(self, is_plain: bool) {
        self.reranking.is_plain.set(is_plain);
    }

    /// Takes up what an earlier visit trained.
    pub(super) fn load_reranker(self) {
        let (kept, mut not_kept) = keeping::kept(&*self.texts(), &vectors_name(self));
        let Kept { counts_picks, is_on, trained, n_bytes } = kept;
        let it = self.reranking;
        if matches!(not_kept, Some(NotKept::Storage(_))) {
            return it.not_kept.set(not_kept);
        }
        let is_known = it.trained.with_untracked(|it| *it == trained)
            && it.is_on.get_untracked() == is_on
            && it.counts_picks.get_untracked() == counts_picks;
        if is_known && not_kept.is_none() {
            return;
        }
        if not_kept == Some(NotKept::Damaged)
            && let Err(fault) = self.keep_aside(keeping::KEPT_HEAD)
        {
            not_kept = Some(NotKept::Storage(fault));
        }
        it.trained.set(trained);
        it.is_on.set(is_on);
        it.counts_picks.set(counts_picks);
        it.kept_bytes.set(n_bytes);
        it.not_kept.set(not_kept);
        self.fetch_for_reranker();
    }

    /// Gets the films' vectors where a re-ranker is on.
    pub fn fetch_for_reranker(self) {
        if untrack(|| self.reranking.is_on.get() && self.reranking.helps()) {
            spawn_local(async move {
                // Told beside the lists.
                let _ = self.vectors().await;
            });
        }
    }

    /// The films' vectors, if they are here.
    pub(super) fn films_vectors(self) -> RwSignal<Option<Arc<Vectors>>> {
        self.reranking.vectors
    }

    /// The films' vectors, fetched once.
    pub(super) async fn vectors(self) -> Result<Arc<Vectors>, EngineError> {
        if let Some(vectors) = self.reranking.vectors.get_untracked() {
            return Ok(vectors);
        }
        self.reranking.failure.set(None);
        let fetched = self.fetched_vectors().await;
        match &fetched {
            Ok(vectors) => self.reranking.vectors.set(Some(vectors.clone())),
            Err(error) => self.reranking.failure.set(Some(error.clone())),
        }
        fetched
    }

    async fn fetched_vectors(self) -> Result<Arc<Vectors>, EngineError> {
        let manifest = self.manifest();
        let entry = manifest.encoder(self.encoder().get_untracked());
        let missing = || EngineError::Unreachable { path: "catalogue.vectors".to_owned() };
        let entry = entry.ok_or_else(missing)?;
        let file = entry.file("vectors").map_err(|_absent| missing())?;
        let bytes = opening::fetched(file, self.watch).await?;
        let vectors = Vectors::from_bytes(&bytes, manifest.catalogue.n_items, entry.dim);
        let damaged = |_| EngineError::Damaged { path: file.path.clone() };
        Ok(Arc::new(vectors.map_err(damaged)?))
    }
}

/// The vectors a head is trained over, by their checksum.
pub(super) fn vectors_name(session: Session) -> String {
    let manifest = session.manifest();
    let entry = manifest.encoder(session.encoder().get_untracked());
    let file = entry.and_then(|it| it.file("vectors").ok());
    file.map(|it| it.sha256.clone()).unwrap_or_default()
}
