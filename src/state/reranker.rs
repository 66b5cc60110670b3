//! The reader's re-ranker, as lists use it: what was trained, whether it is on, and the vectors it reads.

use std::rc::Rc;
use std::sync::Arc;

use any_spawner::Executor;
use futures::future::LocalBoxFuture;
use reactive_graph::computed::Memo;
use reactive_graph::graph::untrack;
use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, With, WithUntracked, WithValue};

use super::router::FeatureId;
use crate::engine::protocol::{EngineError, StorageFault};
use crate::nearest::Vectors;
use crate::recommend::Recommendation;
use crate::reranker::{self, Reranked, Trained, Verdict};

/// A trained re-ranker with the vectors it reads.
#[derive(Clone, Debug)]
pub struct Reranker(Arc<(reranker::Reranker, Arc<Vectors>)>);

/// Two are the same if they are one.
impl PartialEq for Reranker {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Reranker {
    /// The films of `list`, best first, each with its rank there.
    pub fn rerank(&self, list: &[Recommendation]) -> Vec<Reranked> {
        let (reranker, vectors) = &*self.0;
        reranker.rerank(vectors, list)
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

/// The feature that trains it.
pub const FEATURE: FeatureId = "reranker";

/// What a device keeps of the reader's re-ranker.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Whether the picks of the history count as likes when it is trained.
    pub counts_picks: bool,
    pub is_on: bool,
    pub trained: Option<Trained>,
    /// What keeping it takes; 0 for nothing.
    pub n_bytes: usize,
}

/// What went wrong with keeping.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NotKept {
    Storage(StorageFault),
    /// What an earlier visit kept cannot be read.
    Damaged,
}

/// What a re-ranker asks of the device it is on.
pub trait Device {
    /// Fetches the films' vectors.
    fn vectors(&self) -> LocalBoxFuture<'static, Result<Arc<Vectors>, EngineError>>;

    /// Keeps the re-ranker, or forgets it where there is nothing to keep; tells its size in bytes.
    ///
    /// # Errors
    /// [`StorageFault`] as the browser says.
    fn keep(&self, kept: &Kept) -> Result<usize, StorageFault>;
}

/// The re-ranker of a page. Cheap to copy.
#[derive(Clone, Copy)]
pub struct RerankerStore {
    device: StoredValue<Rc<dyn Device>, LocalStorage>,
    trained: RwSignal<Option<Trained>>,
    is_on: RwSignal<bool>,
    counts_picks: RwSignal<bool>,
    not_kept: RwSignal<Option<NotKept>>,
    kept_bytes: RwSignal<usize>,
    vectors: RwSignal<Option<Arc<Vectors>>>,
    failure: RwSignal<Option<EngineError>>,
    is_plain: RwSignal<bool>,
    active: Memo<Option<Reranker>>,
}

impl RerankerStore {
    pub fn new(device: Rc<dyn Device>) -> Self {
        let trained = RwSignal::new(None::<Trained>);
        let is_on = RwSignal::new(false);
        let is_plain = RwSignal::new(false);
        let vectors = RwSignal::new(None::<Arc<Vectors>>);
        let active = Memo::new(move |_| {
            let vectors = vectors.get().filter(|_| is_on.get() && !is_plain.get())?;
            let reranker =
                trained.with(|it| it.as_ref().filter(|it| helps(it))?.reranker(&vectors).ok())?;
            Some(Reranker(Arc::new((reranker, vectors))))
        });
        Self {
            device: StoredValue::new_local(device),
            trained,
            is_on,
            counts_picks: RwSignal::new(true),
            not_kept: RwSignal::default(),
            kept_bytes: RwSignal::default(),
            vectors,
            failure: RwSignal::default(),
            is_plain,
            active,
        }
    }

    /// The one that takes part in the order of lists, once all it needs is here.
    pub fn active(self) -> Memo<Option<Reranker>> {
        self.active
    }

    /// What was trained last, on this visit or an earlier one.
    pub fn trained(self) -> RwSignal<Option<Trained>> {
        self.trained
    }

    /// Whether the check says that it helps: only then can it be on.
    pub fn helps(self) -> bool {
        self.trained.with(|it| it.as_ref().is_some_and(helps))
    }

    /// Whether lists are in its order, as soon as it has what it needs.
    pub fn is_on(self) -> bool {
        self.is_on.get() && self.helps()
    }

    /// Whether the picks of the history count as likes when it is trained.
    pub fn counts_picks(self) -> RwSignal<bool> {
        self.counts_picks
    }

    pub fn not_kept(self) -> RwSignal<Option<NotKept>> {
        self.not_kept
    }

    /// What this device keeps of it, in bytes.
    pub fn kept_bytes(self) -> RwSignal<usize> {
        self.kept_bytes
    }

    /// The films' vectors, if they are here.
    pub fn vectors(self) -> RwSignal<Option<Arc<Vectors>>> {
        self.vectors
    }

    /// Whether lists are in its order.
    pub fn in_order(self) -> InOrder {
        if !self.is_on() {
            InOrder::Off
        } else if self.is_plain.get() {
            InOrder::Plain
        } else if self.vectors.with(Option::is_some) {
            InOrder::Reranked
        } else {
            self.failure.get().map_or(InOrder::Coming, InOrder::Failed)
        }
    }

    /// Shows lists as they come, or in the order of the re-ranker.
    pub fn show_plain(self, is_plain: bool) {
        self.is_plain.set(is_plain);
    }

    /// Takes over what was trained.
    pub fn take(self, trained: Trained) {
        self.trained.set(Some(trained));
        // One that the reader switched on stays on only if the new one helps as well.
        self.is_on.set(untrack(|| self.is_on()));
        self.keep();
    }

    /// Switches it on, if it helps, or off.
    pub fn switch(self, is_on: bool) {
        self.is_on.set(is_on && untrack(|| self.helps()));
        self.keep();
    }

    /// Lets the picks of the history count as likes, or not.
    pub fn count_picks(self, counts: bool) {
        self.counts_picks.set(counts);
        self.keep();
    }

    /// Forgets it, here and on this device.
    pub fn forget(self) {
        self.trained.set(None);
        self.is_on.set(false);
        self.count_picks(true);
    }

    /// Whether it is what `kept` says.
    pub fn is_as(self, kept: &Kept) -> bool {
        self.trained.with_untracked(|it| *it == kept.trained)
            && self.is_on.get_untracked() == kept.is_on
            && self.counts_picks.get_untracked() == kept.counts_picks
    }

    /// Takes up what an earlier visit, or another tab, kept; `not_kept` says what went wrong with it.
    pub fn take_up(self, kept: Kept, not_kept: Option<NotKept>) {
        let Kept { counts_picks, is_on, trained, n_bytes } = kept;
        self.trained.set(trained);
        self.is_on.set(is_on);
        self.counts_picks.set(counts_picks);
        self.kept_bytes.set(n_bytes);
        self.not_kept.set(not_kept);
        self.fetch_if_on();
    }

    /// Gets the films' vectors where it is on; failing, [`RerankerStore::in_order`] says so.
    pub fn fetch_if_on(self) {
        if untrack(|| self.is_on()) {
            Executor::spawn_local(async move {
                // Told beside the lists.
                let _ = self.fetch_vectors().await;
            });
        }
    }

    /// The films' vectors, fetched once.
    ///
    /// # Errors
    /// Why they did not come.
    pub async fn fetch_vectors(self) -> Result<Arc<Vectors>, EngineError> {
        if let Some(vectors) = self.vectors.get_untracked() {
            return Ok(vectors);
        }
        self.failure.set(None);
        let fetched = self.device.with_value(|it| it.vectors()).await;
        match &fetched {
            Ok(vectors) => self.vectors.set(Some(vectors.clone())),
            Err(error) => self.failure.set(Some(error.clone())),
        }
        fetched
    }

    fn keep(self) {
        let kept = Kept {
            counts_picks: self.counts_picks.get_untracked(),
            is_on: self.is_on.get_untracked(),
            trained: self.trained.get_untracked(),
            n_bytes: 0,
        };
        match self.device.with_value(|it| it.keep(&kept)) {
            Ok(n_bytes) => {
                self.kept_bytes.set(n_bytes);
                self.not_kept.set(None);
            }
            Err(fault) => self.not_kept.set(Some(NotKept::Storage(fault))),
        }
    }
}

fn helps(trained: &Trained) -> bool {
    trained.check.verdict() == Verdict::Helps
}
