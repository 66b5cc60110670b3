//! The language model's place on a page: its files come to this device, its engine is one beside the page's own.

use std::rc::Rc;

use futures::future::{FutureExt, LocalBoxFuture};

use crate::engine::answer::{Answers, EngineEvent};
use crate::engine::client::{Config, Engine};
use crate::engine::protocol::{Backend, EngineError, FetchProgress};
use crate::fetch;
use crate::language::Tokenizer;
use crate::manifest::LanguageModel;
use crate::profile::FileStore;
use crate::start::opening;
use crate::state::language::Host;
use crate::state::watch::EngineWatch;

/// A slow device makes a session of a hundred megabytes for longer than any other model runs.
const SILENCE_LIMIT_MILLIS: u32 = 120_000;

/// A page whose HTML names the list of the model's files.
pub(super) struct OfPage {
    /// The address of that list, on sites that have one.
    list: Option<String>,
    watch: EngineWatch,
    /// Its files count among those of the page.
    page_watch: EngineWatch,
}

impl OfPage {
    pub(super) fn new(page_watch: EngineWatch) -> Self {
        // See tools/finish_build.mjs.
        let list = super::of_page("language").filter(|it| !it.is_empty());
        Self { list, watch: EngineWatch::default(), page_watch }
    }
}

impl Host for OfPage {
    fn is_shipped(&self) -> bool {
        self.list.is_some()
    }

    fn model(&self) -> LocalBoxFuture<'static, Option<LanguageModel>> {
        let list = self.list.clone();
        async move {
            let json = fetch::fetch_unchecked(opening::FOLDER, &list?).await.ok()?;
            LanguageModel::from_json(&json).ok()
        }
        .boxed_local()
    }

    fn tokenizer(
        &self,
        model: &LanguageModel,
    ) -> LocalBoxFuture<'static, Result<Tokenizer, EngineError>> {
        let (file, watch) = (model.tokenizer.clone(), self.page_watch);
        async move {
            let json = opening::fetched(&file, watch).await?;
            Tokenizer::from_json(&json).map_err(|_error| EngineError::Damaged { path: file.path })
        }
        .boxed_local()
    }

    fn kept(&self) -> LocalBoxFuture<'static, Vec<String>> {
        async {
            match FileStore::open().await {
                Ok(store) => store.kept().await.unwrap_or_default(),
                Err(_) => Vec::new(), // told once the model is loaded
            }
        }
        .boxed_local()
    }

    fn forget(&self) -> LocalBoxFuture<'static, ()> {
        async {
            if let Ok(store) = FileStore::open().await {
                // Where it cannot be forgotten, the offer goes on to say how much is kept.
                let _ = store.forget_all_but(&[]).await;
            }
        }
        .boxed_local()
    }

    fn start(&self) -> Rc<dyn Answers> {
        let (watch, page_watch) = (self.watch, self.page_watch);
        watch.forget_files();
        let config = Config {
            silence_limit_millis: SILENCE_LIMIT_MILLIS,
            ..Config::new(super::build(), Backend::Wasm)
        };
        Rc::new(Engine::start(config, move |event| {
            if let EngineEvent::Fetching(progress) = &event {
                page_watch.note_file(progress.clone());
            }
            watch.hear(event);
        }))
    }

    fn files(&self) -> Vec<FetchProgress> {
        self.watch.files()
    }
}
