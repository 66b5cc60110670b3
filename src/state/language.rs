//! The language model as a page has it: whether the site ships one, its way here, and what it says of tokens.

use std::rc::Rc;
use std::sync::Arc;

use any_spawner::Executor;
use futures::future::LocalBoxFuture;
use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{
    GetValue, Set, SetValue, Track, UpdateValue, With, WithUntracked, WithValue,
};

use crate::engine::answer::Answers;
use crate::engine::protocol::{
    Ask, EngineError, FetchProgress, LoadLanguage, ReadTokens, StorageFault, TokenWant, TokensRead,
};
use crate::language::Tokenizer;
use crate::manifest::LanguageModel;
use crate::state::clock::Clock;

/// What a language model asks of the page around it.
pub trait Host {
    /// Whether the site ships one.
    fn is_shipped(&self) -> bool;

    /// What the site says of its model; nothing where it does not answer.
    fn model(&self) -> LocalBoxFuture<'static, Option<LanguageModel>>;

    /// Fetches and reads the vocabulary of `model`.
    fn tokenizer(
        &self,
        model: &LanguageModel,
    ) -> LocalBoxFuture<'static, Result<Tokenizer, EngineError>>;

    /// The checksums of what this device keeps of models.
    fn kept(&self) -> LocalBoxFuture<'static, Vec<String>>;

    /// Takes all of it off this device, where the browser lets it.
    fn forget(&self) -> LocalBoxFuture<'static, ()>;

    /// Starts an engine beside the page's own: ended, it gives back all the memory the model took.
    fn start(&self) -> Rc<dyn Answers>;

    /// The files that the newest engine has fetched so far, as a signal.
    fn files(&self) -> Vec<FetchProgress>;
}

/// The language model of the page. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Language {
    host: StoredValue<Rc<dyn Host>, LocalStorage>,
    clock: Clock,
    /// The only one to hold it, so that letting go ends it.
    engine: StoredValue<Option<Rc<dyn Answers>>, LocalStorage>,
    /// How many engines were started or let go: an answer of an older one is of no interest.
    turn: StoredValue<u32>,
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
    pub fn new(host: Rc<dyn Host>, clock: Clock) -> Self {
        Self {
            host: StoredValue::new_local(host),
            clock,
            engine: StoredValue::new_local(None),
            turn: StoredValue::new(0),
            phase: RwSignal::default(),
            model: StoredValue::default(),
            tokenizer: StoredValue::default(),
        }
    }

    pub fn phase(self) -> RwSignal<LanguagePhase> {
        self.phase
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
        let files = self.host.with_value(|it| it.files());
        let paths = self.model.get_value().map(|it| it.weights.parts.clone()).unwrap_or_default();
        let is_part = |path: &str| paths.iter().any(|it| it.path == path);
        files.iter().filter(|it| is_part(&it.path)).map(|it| it.fetched_bytes).sum()
    }

    /// Whether the site ships one.
    pub fn is_shipped(self) -> bool {
        self.host.with_value(|it| it.is_shipped())
    }

    /// Asks for the list of its files, and this device how much of it is kept.
    pub fn look(self) {
        let is_open = self
            .phase
            .with_untracked(|it| matches!(it, LanguagePhase::Unasked | LanguagePhase::Missing));
        if !is_open {
            return;
        }
        if !self.is_shipped() {
            return self.phase.set(LanguagePhase::Missing);
        }
        self.phase.set(LanguagePhase::Looking);
        let asked = self.host.with_value(|it| it.model());
        Executor::spawn_local(async move {
            match asked.await {
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
        let turn = self.hold(Some(self.host.with_value(|it| it.start())));
        let began_at = (self.clock.now_millis)();
        Executor::spawn_local(async move {
            let loaded = self.load_all(&model).await;
            if turn != self.turn.get_value() {
                return; // stopped meanwhile
            }
            match loaded {
                Ok(storage_failed) => {
                    let millis = (self.clock.now_millis)() - began_at;
                    self.phase.set(LanguagePhase::Ready { storage_failed, millis });
                }
                Err(error) => self.end(Some(error)).await,
            }
        });
    }

    async fn load_all(self, model: &LanguageModel) -> Result<Option<StorageFault>, EngineError> {
        if self.tokenizer.with_value(Option::is_none) {
            let tokenizer = self.host.with_value(|it| it.tokenizer(model)).await?;
            self.tokenizer.set_value(Some(Arc::new(tokenizer)));
        }
        let asked = self.ask(LoadLanguage { weights: model.weights.clone() });
        Ok(asked.await?.storage_failed)
    }

    /// Ends the model's engine: a download on its way stops, what came whole is kept.
    pub fn stop(self) {
        self.hold(None);
        Executor::spawn_local(self.offer(None));
    }

    /// Takes the model off this device.
    pub fn forget(self) {
        self.hold(None);
        let forgotten = self.host.with_value(|it| it.forget());
        Executor::spawn_local(async move {
            forgotten.await;
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
        let kept = self.host.with_value(|it| it.kept()).await;
        let parts = model.weights.parts.iter().filter(|it| kept.contains(&it.sha256));
        let kept_bytes = parts.map(|it| it.bytes).sum();
        self.phase.set(LanguagePhase::Offered { kept_bytes, failure });
    }
}

#[cfg(test)]
mod tests {
    use reactive_graph::traits::GetUntracked;

    use super::*;
    use crate::stage::language::LanguagePage;
    use crate::stage::{owner, settle};

    fn offered(kept_bytes: u64, failure: Option<EngineError>) -> LanguagePhase {
        LanguagePhase::Offered { kept_bytes, failure }
    }

    #[track_caller]
    fn check(language: Language, act: impl FnOnce(Language), want: &LanguagePhase) {
        act(language);
        settle();
        assert_eq!(language.phase().get_untracked(), *want);
    }

    #[test]
    fn it_waits_for_the_readers_word_and_goes_when_it_is_told_to() {
        let _owner = owner();
        let language = LanguagePage::new(|_, _| 0.0).language();
        check(language, Language::load, &LanguagePhase::Unasked);
        check(language, Language::look, &offered(0, None));
        language.load();
        settle();
        assert!(language.is_ready() && language.tokenizer().is_some());
        check(language, Language::stop, &offered(100, None));
        assert!(!language.is_ready(), "what came is kept");
        check(language, Language::forget, &offered(0, None));
    }

    #[test]
    fn a_model_that_fails_is_offered_again_with_the_reason() {
        let _owner = owner();
        let loaded = Err(EngineError::NoMemory);
        let language = LanguagePage { loaded, ..LanguagePage::new(|_, _| 0.0) }.language();
        check(language, Language::look, &offered(0, None));
        check(language, Language::load, &offered(0, Some(EngineError::NoMemory)));
    }

    #[test]
    fn a_site_without_one_says_so() {
        let _owner = owner();
        let page = LanguagePage { is_shipped: false, ..LanguagePage::new(|_, _| 0.0) };
        check(page.language(), Language::look, &LanguagePhase::Missing);
    }
}
