//! Searching by meaning, and computing the catalogue's vectors on the device.

use any_spawner::Executor;
use reactive_graph::effect::Effect;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, Update, With, WithUntracked};

use crate::catalog::ItemRow;
use crate::engine::protocol::{
    EmbedNext, EmbeddingProgress, EncoderName, EngineError, Found, Search, SearchExplained,
    VectorSource,
};
use crate::feedback::Feedback;
use crate::state::encoder::Encoder;
use crate::state::latest::Latest;
use crate::state::lists::Lists;
use crate::state::matches::{self, MatchQuestion};
use crate::state::reader::Act;
use crate::state::shell::{Lasting, Shell};

/// So many films are asked for: the first are shown, and of others it is known how near they are.
const N_ASKED: usize = 200;

/// Films near to `text`, as `encoder` reads it, among what is not `hidden`.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundQuestion {
    pub text: String,
    pub hidden: Vec<ItemRow>,
    pub encoder: EncoderName,
}

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

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct SearchState {
    shell: Shell,
    encoder: Encoder,
    query: RwSignal<Option<String>>,
    found: Latest<FoundQuestion, Found>,
    matched_item: RwSignal<Option<ItemRow>>,
    explained_match: Latest<MatchQuestion, SearchExplained>,
    embedding: RwSignal<Embedding>,
}

impl Lasting for SearchState {
    fn of(shell: Shell) -> Self {
        let encoder = shell.get::<Encoder>();
        let query = RwSignal::new(None::<String>);
        let matched_item = RwSignal::new(None::<ItemRow>);
        let state = Self {
            shell,
            encoder,
            query,
            found: found(shell, query, encoder),
            matched_item,
            explained_match: matches::explained(shell, move || {
                let (text, item) = (query.get()?, matched_item.get()?);
                Some(MatchQuestion { text, item, encoder: encoder.name().get() })
            }),
            embedding: RwSignal::default(),
        };
        shell.reader.on_act(move |act| {
            // What the reader hides is found no more, and nobody asks why it was.
            if let Some(Act::Said(item, said)) = act
                && said.is_some_and(Feedback::hides)
                && matched_item.get_untracked() == Some(*item)
            {
                matched_item.set(None);
            }
        });
        state.follow_encoder();
        state.embed_when_idle();
        state
    }
}

impl SearchState {
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
    pub fn query(self) -> RwSignal<Option<String>> {
        self.query
    }

    /// What the newest search by meaning found.
    pub fn found(self) -> Latest<FoundQuestion, Found> {
        self.found
    }

    /// Asks which words and facts matched `item`.
    pub fn focus_match(self, item: ItemRow) {
        self.matched_item.set(Some(item));
    }

    pub fn matched_item(self) -> RwSignal<Option<ItemRow>> {
        self.matched_item
    }

    pub fn explained_match(self) -> Latest<MatchQuestion, SearchExplained> {
        self.explained_match
    }

    pub fn embedding(self) -> RwSignal<Embedding> {
        self.embedding
    }

    /// Computes the catalogue's vectors on this device, chunk by chunk, until done or cancelled.
    pub fn start_embedding(self) {
        let before = self.embedding.get_untracked();
        if matches!(before, Embedding::Running(_) | Embedding::Done(_)) {
            return;
        }
        self.embedding.set(Embedding::Running(before.progress()));
        Executor::spawn_local(async move { while self.embed_next().await {} });
    }

    /// Stops after the chunk at work.
    pub fn cancel_embedding(self) {
        self.embedding.update(|it| {
            if let Embedding::Running(progress) = it {
                *it = Embedding::Cancelled(*progress);
            }
        });
    }

    /// The vectors of one encoder are not those of another.
    fn follow_encoder(self) {
        Effect::new(move |before: Option<EncoderName>| {
            let name = self.encoder.name().get();
            if before.is_some_and(|it| it != name) {
                self.embedding.set(Embedding::NotStarted);
            }
            name
        });
    }

    /// Once the encoder is here and has answered, the idle engine goes on with the catalogue. Not
    /// for the small one: its answers come from the shipped vectors anyway.
    fn embed_when_idle(self) {
        Effect::new(move || {
            let encoder = self.encoder.name().get();
            let has_answered =
                self.found.with(|found| found.is_some_and(|it| it.question.encoder == encoder));
            let is_worth_it = has_answered && encoder == EncoderName::Encoder;
            if is_worth_it && self.embedding.with_untracked(|it| *it == Embedding::NotStarted) {
                self.start_embedding();
            }
        });
    }

    /// One chunk; tells whether to go on.
    async fn embed_next(self) -> bool {
        let encoder = self.encoder.name().get_untracked();
        let outcome = self.shell.engine.ask(EmbedNext { encoder }).await;
        if self.encoder.name().get_untracked() != encoder {
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
            && self.encoder.name().get_untracked() == EncoderName::Encoder;
        if is_shipped {
            self.found.retry();
        }
    }
}

/// The films nearest to `query`; a list, so without those that lists leave out.
fn found(
    shell: Shell,
    query: RwSignal<Option<String>>,
    encoder: Encoder,
) -> Latest<FoundQuestion, Found> {
    let preferences = shell.get::<Lists>().preferences();
    let question = move || {
        let hidden = preferences.with(|it| it.hidden.clone());
        Some(FoundQuestion { text: query.get()?, hidden, encoder: encoder.name().get() })
    };
    Latest::new(question, move |FoundQuestion { text, hidden, encoder }| {
        shell.engine.ask(Search { text, hidden, top: N_ASKED, encoder })
    })
}

#[cfg(test)]
mod tests;
