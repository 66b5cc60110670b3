//! Searching by meaning, and computing the catalogue's vectors on the device.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::catalog::ItemRow;
use crate::engine::protocol::{
    EmbedNext, EmbeddingProgress, EncoderName, EngineError, VectorSource,
};
use crate::manifest::{EncoderEntry, Manifest};
use crate::session::Session;
use crate::state::texts::Texts;

/// How far the catalogue's own vectors are.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Embedding {
    #[default]
    NotStarted,
    Running(Option<EmbeddingProgress>),
    /// The reader cancelled; what is done is kept.
    Cancelled(Option<EmbeddingProgress>),
    Done(EmbeddingProgress),
    Failed(EngineError, Option<EmbeddingProgress>),
}

impl Embedding {
    /// The newest progress, however it stands now.
    pub fn progress(&self) -> Option<EmbeddingProgress> {
        match self {
            Self::NotStarted => None,
            Self::Running(progress) | Self::Cancelled(progress) | Self::Failed(_, progress) => {
                *progress
            }
            Self::Done(progress) => Some(*progress),
        }
    }
}

/// A text encoder the reader may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncoderOffer {
    pub name: EncoderName,
    /// Of its graph.
    pub n_bytes: u64,
    pub is_here: bool,
}

/// Under this name the device keeps the reader's choice of a text encoder.
const KEPT_ENCODER: &str = "encoder";

/// The encoder the reader chose on an earlier visit, else the quickest of the site.
pub(super) fn first_encoder(texts: &dyn Texts, manifest: &Manifest) -> EncoderName {
    let kept = texts.kept(KEPT_ENCODER).ok().flatten();
    let names = || manifest.encoders().map(|(name, _)| name);
    let chosen = names().find(|name| kept.as_deref() == Some(name.as_str()));
    chosen.or_else(|| names().next()).unwrap_or(EncoderName::Encoder)
}

impl Session {
    /// Searches for films near in meaning to `text`. The first search fetches the encoder.
    pub fn search_text(self, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.matched_item.set(None);
        self.query.set(Some(text.to_owned()));
    }

    /// Puts the found films away.
    pub fn close_search(self) {
        self.query.set(None);
        self.matched_item.set(None);
    }

    /// What was searched for.
    pub fn query(self) -> Signal<Option<String>> {
        self.query.into()
    }

    /// Asks which words and facts matched `item`.
    pub fn focus_match(self, item: ItemRow) {
        self.matched_item.set(Some(item));
    }

    pub fn matched_item(self) -> Signal<Option<ItemRow>> {
        self.matched_item.into()
    }

    /// The encoder that reads the reader's words.
    pub fn encoder(self) -> Signal<EncoderName> {
        self.encoder.into()
    }

    /// The encoders of this site, the quickest first.
    pub fn encoder_offers(self) -> Vec<EncoderOffer> {
        let offer = |(name, entry): (EncoderName, &EncoderEntry)| {
            let graph = entry.file("wasm").ok()?;
            let is_here = self.watch.file(&graph.path).is_some_and(|file| file.is_done);
            Some(EncoderOffer { name, n_bytes: graph.bytes, is_here })
        };
        self.manifest().encoders().filter_map(offer).collect()
    }

    /// Reads texts with `encoder` from now on, and answers the search on the page again.
    pub fn choose_encoder(self, encoder: EncoderName) {
        if self.encoder.get_untracked() == encoder {
            return;
        }
        // Where nothing can be kept, the choice lasts until the page closes.
        let _ = self.texts().keep(KEPT_ENCODER, encoder.as_str());
        self.embedding.set(Embedding::NotStarted); // the other's vectors are not this one's
        self.encoder.set(encoder);
    }

    /// What a first search fetches, in bytes; 0 once it is here, `None` if the site ships no encoder.
    pub fn encoder_bytes(self) -> Option<u64> {
        let manifest = self.manifest();
        let encoder = manifest.encoder(self.encoder.get())?;
        let is_missing = |path: &str| self.watch.file(path).is_none_or(|file| !file.is_done);
        let parts = ["wasm", "tokenizer", "folds", "vectors"];
        let files = parts.iter().filter_map(|part| encoder.file(part).ok());
        Some(files.filter(|file| is_missing(&file.path)).map(|file| file.bytes).sum())
    }

    pub fn embedding(self) -> Signal<Embedding> {
        self.embedding.into()
    }

    /// Computes the catalogue's vectors on this device, chunk by chunk, until done or cancelled.
    pub fn start_embedding(self) {
        let before = self.embedding.get_untracked();
        if matches!(before, Embedding::Running(_) | Embedding::Done(_)) {
            return;
        }
        self.embedding.set(Embedding::Running(before.progress()));
        spawn_local(async move { while self.embed_next().await {} });
    }

    /// Stops after the chunk at work.
    pub fn cancel_embedding(self) {
        self.embedding.update(|it| {
            if let Embedding::Running(progress) = it {
                *it = Embedding::Cancelled(*progress);
            }
        });
    }

    /// Once the encoder is here and has answered, the idle engine goes on with the catalogue. Not
    /// for the small one: its answers come from the shipped vectors anyway.
    pub(super) fn embed_when_idle(self) {
        Effect::new(move || {
            let encoder = self.encoder.get();
            let has_answered =
                self.found.with(|found| found.is_some_and(|it| it.question.encoder == encoder));
            let is_worth_it = has_answered && encoder == EncoderName::Encoder;
            if is_worth_it && self.embedding.get_untracked() == Embedding::NotStarted {
                self.start_embedding();
            }
        });
    }

    /// One chunk; tells whether to go on.
    async fn embed_next(self) -> bool {
        let encoder = self.encoder.get_untracked();
        let outcome = self.ask(EmbedNext { encoder }).await;
        if self.encoder.get_untracked() != encoder {
            return false; // the reader chose another meanwhile, which goes its own way
        }
        let state = self.embedding.get_untracked();
        let is_running = matches!(state, Embedding::Running(_));
        match outcome {
            Ok(progress) if progress.n_embedded >= progress.n_items => {
                self.embedding.set(Embedding::Done(progress));
                self.search_with_own_vectors();
                false
            }
            Ok(progress) if is_running => {
                self.embedding.set(Embedding::Running(Some(progress)));
                true
            }
            Ok(progress) => {
                self.embedding.set(Embedding::Cancelled(Some(progress)));
                false
            }
            Err(error) => {
                self.embedding.set(Embedding::Failed(error, state.progress()));
                false
            }
        }
    }

    /// The shown search was answered by the shipped vectors: asks again, now with the device's own.
    fn search_with_own_vectors(self) {
        let is_shipped = self
            .found
            .good_untracked()
            .is_some_and(|found| found.answer.vectors == VectorSource::Shipped)
            && self.encoder.get_untracked() == EncoderName::Encoder;
        if is_shipped {
            self.found.retry();
        }
    }
}
