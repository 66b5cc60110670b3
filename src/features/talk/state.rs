//! A conversation about films: its turns, and the verbs of the reader.

mod answering;
#[cfg(test)]
mod tests;
mod turn;
mod wording;

use std::rc::Rc;
use std::sync::Arc;

use any_spawner::Executor;
use futures::future::LocalBoxFuture;
use reactive_graph::effect::Effect;
use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{
    Get, GetUntracked, GetValue, Set, Update, UpdateValue, WithUntracked, WithValue,
};
use reactive_graph::wrappers::read::Signal;

use crate::catalog::{Catalogue, ItemRow};
use crate::dialogue::{Fitted, Heard, Names, Part, Seeker, Unmet, Wish};
use crate::engine::protocol::{EncoderName, EngineError};
use crate::history::History;
use crate::state::clock::Clock;
use crate::state::engine::EngineHandle;
use crate::state::language::Language;
use crate::state::reranker::{InOrder, RerankerStore};

pub use turn::{Changed, Search, Turn};
pub use wording::{Words, Wordsmith};

/// A simulated seeker gives up after so many messages.
const MAX_SEEKER_TURNS: usize = 5;

/// What a conversation asks of the page around it.
pub trait Host {
    /// Fetches the catalogue's tags and people unless they are here; ends once they have come or failed, and tells
    /// whether they are here.
    fn details(&self) -> LocalBoxFuture<'static, bool>;

    /// Fetches the ranker's weights and what was measured with them.
    fn fitted(&self) -> LocalBoxFuture<'static, Result<Fitted, EngineError>>;

    /// Whether the browser has a language model of its own that is ready. Starts no download.
    fn has_own_model(&self) -> LocalBoxFuture<'static, bool>;

    /// The indices of the `sentences` that the browser's own model chooses after `context`, at most `n`.
    fn choose(
        &self,
        context: String,
        sentences: Vec<String>,
        n: usize,
    ) -> LocalBoxFuture<'static, Result<Vec<usize>, EngineError>>;
}

/// What the feature is given. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Given {
    pub host: StoredValue<Rc<dyn Host>, LocalStorage>,
    pub language: Language,
    pub engine: EngineHandle,
    pub clock: Clock,
    pub catalogue: StoredValue<Arc<Catalogue>>,
    /// The picks that models read.
    pub history: Signal<History>,
    /// Films that no list shows.
    pub hidden: Signal<Vec<ItemRow>>,
    pub reranker: RerankerStore,
    /// Who reads the words that are searched by meaning.
    pub encoder: Signal<EncoderName>,
}

/// The state of a conversation. Cheap to copy; nothing of it is kept or written to the address.
#[derive(Clone, Copy)]
pub struct TalkState {
    given: Given,
    wordsmith: RwSignal<Wordsmith>,
    has_own_model: RwSignal<bool>,
    turns: RwSignal<Vec<Turn>>,
    wish: RwSignal<Wish>,
    changed: RwSignal<Option<Changed>>,
    is_answering: RwSignal<bool>,
    /// An answer that was begun before this number changed comes too late.
    n_wishes: StoredValue<u32>,
    unread: RwSignal<Vec<Unmet>>,
    has_started_over: RwSignal<bool>,
    reads_history: RwSignal<bool>,
    search: RwSignal<Option<(ItemRow, Search)>>,
    names: StoredValue<Option<Arc<Names>>>,
    fitted: RwSignal<Option<Result<Arc<Fitted>, EngineError>>>,
}

impl TalkState {
    /// Fetches the ranker's weights at once: with them come the figures that the page shows.
    pub fn new(given: Given) -> Self {
        let state = Self {
            given,
            wordsmith: RwSignal::default(),
            has_own_model: RwSignal::default(),
            turns: RwSignal::default(),
            wish: RwSignal::default(),
            changed: RwSignal::default(),
            is_answering: RwSignal::default(),
            n_wishes: StoredValue::default(),
            unread: RwSignal::default(),
            has_started_over: RwSignal::default(),
            reads_history: RwSignal::new(true),
            search: RwSignal::default(),
            names: StoredValue::default(),
            fitted: RwSignal::default(),
        };
        Executor::spawn_local(state.fetch_fitted());
        let has_own_model = given.host.with_value(|it| it.has_own_model());
        Executor::spawn_local(async move { state.has_own_model.set(has_own_model.await) });
        state.keep_in_order();
        state
    }

    /// The language model that may find the words.
    pub fn language(self) -> Language {
        self.given.language
    }

    /// Oldest first.
    pub fn turns(self) -> RwSignal<Vec<Turn>> {
        self.turns
    }

    /// What the reader wants by now.
    pub fn wish(self) -> RwSignal<Wish> {
        self.wish
    }

    /// What is switched off of the newest turn; `None` where it is as it was.
    pub fn changed(self) -> RwSignal<Option<Changed>> {
        self.changed
    }

    pub fn is_answering(self) -> RwSignal<bool> {
        self.is_answering
    }

    /// Sentences of the edited profile that say nothing a wish could hold.
    pub fn unread(self) -> RwSignal<Vec<Unmet>> {
        self.unread
    }

    /// Whether the conversation was forgotten, and nothing said since.
    pub fn has_started_over(self) -> bool {
        self.has_started_over.get()
    }

    /// Whether the sequential model joins in from the next answer on, with the reader's history.
    pub fn reads_history(self) -> RwSignal<bool> {
        self.reads_history
    }

    /// Who finds the words of the answers, from the next one on.
    pub fn wordsmith(self) -> RwSignal<Wordsmith> {
        self.wordsmith
    }

    /// Whether the browser has a model of its own that is ready.
    pub fn has_own_model(self) -> bool {
        self.has_own_model.get()
    }

    /// The ranker's weights and what was measured with them, or why they did not come; `None` while they are on
    /// their way.
    pub fn fitted(self) -> RwSignal<Option<Result<Arc<Fitted>, EngineError>>> {
        self.fitted
    }

    /// The simulated search and the film it is after.
    pub fn search(self) -> RwSignal<Option<(ItemRow, Search)>> {
        self.search
    }

    /// Answers `message`; an empty one, or one while another is being answered, is not heard.
    pub fn say(self, message: &str) {
        let message = message.trim().to_owned();
        if message.is_empty() || self.is_answering.get_untracked() {
            return;
        }
        self.search.set(None);
        Executor::spawn_local(async move {
            self.answer(message, false).await;
        });
    }

    /// Takes over what the edited `profile` says, and answers it.
    pub fn edit_profile(self, profile: &str) {
        if self.is_answering.get_untracked() {
            return;
        }
        let profile = profile.to_owned();
        self.is_answering.set(true);
        Executor::spawn_local(async move {
            let names = self.names().await;
            let catalogue = self.given.catalogue.get_value();
            let heard = self.wish.get_untracked().from_profile(&profile, &names, &catalogue);
            self.unread.set(heard.unmet.clone());
            self.finish(profile, false, heard, self.now_millis()).await;
        });
    }

    /// Switches parts of what was understood off, or on again where they are off, and answers the newest message again.
    pub fn switch(self, parts: &[Part]) {
        let newest = || self.turns.with_untracked(|it| it.last().cloned()).map(Changed::none_of);
        if let Some(it) = self.changed.get_untracked().or_else(newest) {
            self.change(it.switched(parts));
        }
    }

    /// Switches all parts on again.
    pub fn as_it_was(self) {
        if let Some(it) = self.changed.get_untracked() {
            self.change(Changed::none_of(it.turn));
        }
    }

    /// Lets films that were put away come again.
    pub fn take_back(self, films: &[ItemRow]) {
        let parts: Vec<Part> = films.iter().copied().map(Part::Rejected).collect();
        self.switch(&parts);
    }

    fn change(self, to: Changed) {
        if self.is_answering.get_untracked() {
            return;
        }
        let heard = to.heard();
        self.wish.set(heard.wish.clone());
        let was = to.turn.clone();
        self.changed.set(Some(to).filter(|it| !it.off.is_empty()));
        self.answer_again(was, heard, self.next_wish());
    }

    /// Once lists come in another order, so does the newest answer: what stands above it tells of it.
    fn keep_in_order(self) {
        Effect::new(move |was_reranked: Option<bool>| {
            let is_reranked = self.given.reranker.in_order() == InOrder::Reranked;
            if was_reranked.is_some_and(|it| it != is_reranked)
                && let Some(turn) = self.turns.with_untracked(|it| it.last().cloned())
            {
                let heard = turn.heard.clone();
                self.answer_again(turn, heard, self.next_wish());
            }
            is_reranked
        });
    }

    /// Puts what comes of `heard` in the place of `turn`, the newest, unless wish `n` is no longer the last.
    fn answer_again(self, turn: Turn, heard: Heard, n: u32) {
        Executor::spawn_local(async move {
            let changed = self.changed.get_untracked();
            let again = self.answered(&turn, heard, changed, self.now_millis()).await;
            if self.n_wishes.get_value() == n {
                self.turns.update(|turns| {
                    if let Some(newest) = turns.last_mut() {
                        *newest = again;
                    }
                });
            }
        });
    }

    fn next_wish(self) -> u32 {
        self.n_wishes.update_value(|it| *it += 1);
        self.n_wishes.get_value()
    }

    /// Forgets the conversation.
    pub fn start_over(self) {
        if !self.is_answering.get_untracked() {
            self.next_wish();
            self.turns.set(Vec::new());
            self.wish.set(Wish::default());
            self.changed.set(None);
            self.unread.set(Vec::new());
            self.search.set(None);
            self.has_started_over.set(true);
        }
    }

    /// Lets a simulated seeker look for `target` in a conversation of its own.
    pub fn simulate(self, target: ItemRow) {
        if self.is_answering.get_untracked() {
            return;
        }
        self.start_over();
        self.search.set(Some((target, Search::Running { n_turns: 0 })));
        Executor::spawn_local(async move {
            self.names().await; // with it come the tags that its messages are made of
            let catalogue = self.given.catalogue.get_value();
            let mut seeker = Seeker::new(target);
            for n_turns in 1..=MAX_SEEKER_TURNS {
                let Some(message) = seeker.say(&catalogue, &self.ranked()) else { break };
                self.answer(message, true).await;
                if let Some(at) = self.ranked().iter().position(|it| *it == target) {
                    self.search.set(Some((target, Search::Found { n_turns, rank: at + 1 })));
                    return;
                }
                self.search.set(Some((target, Search::Running { n_turns })));
            }
            let n_turns = self.turns.with_untracked(Vec::len);
            self.search.set(Some((target, Search::GaveUp { n_turns })));
        });
    }

    /// The films of the newest list.
    fn ranked(self) -> Vec<ItemRow> {
        self.turns.with_untracked(|turns| {
            let newest = turns.iter().rev().find(|it| !it.ranked.is_empty());
            newest.map(|it| it.ranked.iter().map(|it| it.item).collect()).unwrap_or_default()
        })
    }

    fn now_millis(self) -> f64 {
        (self.given.clock.now_millis)()
    }
}
