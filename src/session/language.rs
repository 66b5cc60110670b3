//! The language model as the page has it: whether the site ships one, its way here, and what it says of tokens.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::engine::protocol::{
    Ask, EngineError, LoadLanguage, ReadTokens, StorageFault, TokenWant, TokensRead,
};
use crate::fetch;
use crate::language::Tokenizer;
use crate::manifest::LanguageModel;
use crate::profile::FileStore;
use crate::session::{Answers, EngineWatch, opening};

/// Starts an engine beside the page's own: ended, it gives back all the memory the model took. The first
/// watch follows it, the second counts its files among those of the page.
pub type StartEngine = fn(EngineWatch, EngineWatch) -> Rc<dyn Answers>;

/// The language model of the page. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Language {
    start: StartEngine,
    /// The address of the list of its files, on sites that have one.
    list: StoredValue<Option<String>>,
    /// The only one to hold it, so that letting go ends it.
    engine: StoredValue<Option<Rc<dyn Answers>>, LocalStorage>,
    /// How many engines were started or let go: an answer of an older one is of no interest.
    turn: StoredValue<u32>,
    watch: EngineWatch,
    page_watch: EngineWatch,
    phase: RwSignal<LanguagePhase>,
    model: StoredValue<Option<Arc<LanguageModel>>>,
    tokenizer: StoredValue<Option<Arc<Tokenizer>>>,
}

/// How far the model has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum LanguagePhase {
    /// Nobody has asked for it.
    #[default]
    Unasked,
    /// Asking the site whether it ships one.
    Looking,
    /// It does not, or does not answer.
    Missing,
    /// It waits for the reader's word; `kept_bytes` of it are on this device.
    Offered {
        kept_bytes: u64,
        failure: Option<EngineError>,
    },
    Coming,
    Ready {
        /// Why it was not kept on this device, if it was not.
        storage_failed: Option<StorageFault>,
        /// From the reader's word to here.
        millis: f64,
    },
}

impl Language {
    pub fn new(start: StartEngine, page_watch: EngineWatch) -> Self {
        Self {
            start,
            list: StoredValue::new(list_of_page()),
            engine: StoredValue::new_local(None),
            turn: StoredValue::new(0),
            watch: EngineWatch::default(),
            page_watch,
            phase: RwSignal::default(),
            model: StoredValue::default(),
            tokenizer: StoredValue::default(),
        }
    }

    pub fn phase(self) -> Signal<LanguagePhase> {
        self.phase.into()
    }

    pub fn is_ready(self) -> bool {
        self.phase.with(|it| matches!(it, LanguagePhase::Ready { .. }))
    }

    /// What the site says of its model, once it has.
    pub fn model(self) -> Option<Arc<LanguageModel>> {
        self.phase.track();
        self.model.get_value()
    }

    /// Its vocabulary, once it is ready.
    pub fn tokenizer(self) -> Option<Arc<Tokenizer>> {
        self.tokenizer.get_value()
    }

    /// Bytes of the model that are here by now.
    pub fn bytes_here(self) -> u64 {
        let files = self.watch.files();
        let paths = self.model.get_value().map(|it| it.weights.parts.clone()).unwrap_or_default();
        let is_part = |path: &str| paths.iter().any(|it| it.path == path);
        files.iter().filter(|it| is_part(&it.path)).map(|it| it.fetched_bytes).sum()
    }

    /// Whether the site ships one.
    pub fn is_shipped(self) -> bool {
        self.list.with_value(Option::is_some)
    }

    /// Asks for the list of its files, and this device how much of it is kept.
    pub fn look(self) {
        let is_open = self
            .phase
            .with_untracked(|it| matches!(it, LanguagePhase::Unasked | LanguagePhase::Missing));
        if !is_open {
            return;
        }
        let Some(path) = self.list.get_value() else {
            return self.phase.set(LanguagePhase::Missing);
        };
        self.phase.set(LanguagePhase::Looking);
        spawn_local(async move {
            let list = fetch::fetch_unchecked(opening::FOLDER, &path).await;
            match list.ok().and_then(|json| LanguageModel::from_json(&json).ok()) {
                Some(model) => {
                    self.model.set_value(Some(Arc::new(model)));
                    self.offer(None).await;
                }
                None => self.phase.set(LanguagePhase::Missing),
            }
        });
    }

    /// Fetches the model, or takes it from this device, and starts it. The reader agreed to that.
    pub fn load(self) {
        let Some(model) = self.model.get_value() else { return };
        if !self.phase.with_untracked(|it| matches!(it, LanguagePhase::Offered { .. })) {
            return;
        }
        self.phase.set(LanguagePhase::Coming);
        self.watch.forget_files();
        let turn = self.hold(Some((self.start)(self.watch, self.page_watch)));
        let began_at = super::now_millis();
        spawn_local(async move {
            let loaded = self.load_all(&model).await;
            if turn != self.turn.get_value() {
                return; // stopped meanwhile
            }
            match loaded {
                Ok(storage_failed) => {
                    let millis = super::now_millis() - began_at;
                    self.phase.set(LanguagePhase::Ready { storage_failed, millis });
                }
                Err(error) => self.end(Some(error)).await,
            }
        });
    }

    async fn load_all(self, model: &LanguageModel) -> Result<Option<StorageFault>, EngineError> {
        if self.tokenizer.with_value(Option::is_none) {
            let json = opening::fetched(&model.tokenizer, self.page_watch).await?;
            let tokenizer = Tokenizer::from_json(&json)
                .map_err(|_error| EngineError::Damaged { path: model.tokenizer.path.clone() })?;
            self.tokenizer.set_value(Some(Arc::new(tokenizer)));
        }
        let asked = self.ask(LoadLanguage { weights: model.weights.clone() });
        Ok(asked.await?.storage_failed)
    }

    /// Ends the model's engine: a download on its way stops, what came whole is kept.
    pub fn stop(self) {
        self.hold(None);
        spawn_local(self.offer(None));
    }

    /// Takes the model off this device.
    pub fn forget(self) {
        self.hold(None);
        spawn_local(async move {
            if let Ok(store) = FileStore::open().await {
                // Where it cannot be forgotten, the offer goes on to say how much is kept.
                let _ = store.forget_all_but(&[]).await;
            }
            self.offer(None).await;
        });
    }

    /// What the model says after `prefix`: see [`ReadTokens`].
    ///
    /// # Errors
    /// What the engine answers; an engine that ended takes the model along, which is then offered again.
    pub async fn read(
        self,
        is_adapted: bool,
        prefix: Vec<u32>,
        rows: Vec<Vec<u32>>,
        want: TokenWant,
    ) -> Result<TokensRead, EngineError> {
        let Some(model) = self.model.get_value() else { return Err(EngineError::Stopped) };
        let weights = model.weights.clone();
        let turn = self.turn.get_value();
        let read = self.ask(ReadTokens { weights, is_adapted, prefix, rows, want }).await;
        // Nobody stopped it: what ends a worker that has begun well is its memory.
        if read == Err(EngineError::Stopped) && turn == self.turn.get_value() {
            self.end(Some(EngineError::NoMemory)).await;
        }
        read
    }

    /// Offers the model again, with what went wrong.
    async fn end(self, failure: Option<EngineError>) {
        self.hold(None);
        self.offer(failure).await;
    }

    /// Takes `engine` in the place of the one before, which ends; tells its turn.
    fn hold(self, engine: Option<Rc<dyn Answers>>) -> u32 {
        self.engine.set_value(engine);
        self.turn.update_value(|it| *it += 1);
        self.turn.get_value()
    }

    /// Asks the engine without holding it: where it is let go, the answer is that it stopped.
    async fn ask<A: Ask>(self, asked: A) -> Result<A::Answer, EngineError> {
        let ask = |engine: &Option<Rc<dyn Answers>>| engine.as_ref().map(|it| it.ask(asked));
        match self.engine.with_value(ask) {
            Some(answer) => answer.await,
            None => Err(EngineError::Stopped),
        }
    }

    async fn offer(self, failure: Option<EngineError>) {
        let Some(model) = self.model.get_value() else { return };
        let kept = match FileStore::open().await {
            Ok(store) => store.kept().await.unwrap_or_default(),
            Err(_) => Vec::new(), // told once the model is loaded
        };
        let parts = model.weights.parts.iter().filter(|it| kept.contains(&it.sha256));
        let kept_bytes = parts.map(|it| it.bytes).sum();
        self.phase.set(LanguagePhase::Offered { kept_bytes, failure });
    }
}

/// What the page's HTML says; see tools/finish_build.mjs.
fn list_of_page() -> Option<String> {
    let meta = document().query_selector("meta[name='glassrec-language']").ok().flatten()?;
    meta.get_attribute("content").filter(|it| !it.is_empty())
}
