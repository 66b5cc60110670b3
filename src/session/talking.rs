//! A conversation about films: its turns, and the verbs of the reader.

mod answering;
mod turn;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::catalog::ItemRow;
use crate::dialogue::{Fitted, Heard, Intent, Names, Part, Seeker, Unmet, Wish};
use crate::engine::protocol::EngineError;
use crate::session::{InOrder, Language, Phrasing, Session, Wordsmith, wording};

pub use turn::{Search, Turn};

/// A simulated seeker gives up after so many messages.
const MAX_SEEKER_TURNS: usize = 5;

/// The state of a conversation. Cheap to copy; nothing of it is kept or written to the address.
#[derive(Clone, Copy)]
pub struct Talking {
    session: Session,
    language: Language,
    phrasing: Phrasing,
    wordsmith: RwSignal<Wordsmith>,
    has_own_model: RwSignal<bool>,
    turns: RwSignal<Vec<Turn>>,
    wish: RwSignal<Wish>,
    is_answering: RwSignal<bool>,
    /// An answer that was begun before this number changed comes too late.
    n_wishes: StoredValue<u32>,
    /// Sentences of the edited profile that say nothing a wish could hold.
    unread: RwSignal<Vec<Unmet>>,
    has_started_over: RwSignal<bool>,
    reads_history: RwSignal<bool>,
    search: RwSignal<Option<(ItemRow, Search)>>,
    names: StoredValue<Option<Arc<Names>>>,
    /// `None` while it is on its way.
    fitted: RwSignal<Option<Result<Arc<Fitted>, EngineError>>>,
}

impl Talking {
    /// Fetches the ranker's weights at once: with them come the figures that the page shows.
    pub fn new(session: Session, language: Language, phrasing: Phrasing) -> Self {
        let talking = Self {
            session,
            language,
            phrasing,
            wordsmith: RwSignal::default(),
            has_own_model: wording::watch_own_model(),
            turns: RwSignal::default(),
            wish: RwSignal::default(),
            is_answering: RwSignal::default(),
            n_wishes: StoredValue::default(),
            unread: RwSignal::default(),
            has_started_over: RwSignal::default(),
            reads_history: RwSignal::new(true),
            search: RwSignal::default(),
            names: StoredValue::default(),
            fitted: RwSignal::default(),
        };
        spawn_local(talking.fetch_fitted());
        talking.keep_in_order();
        talking
    }

    /// Oldest first.
    pub fn turns(self) -> Signal<Vec<Turn>> {
        self.turns.into()
    }

    /// What the reader wants by now.
    pub fn wish(self) -> Signal<Wish> {
        self.wish.into()
    }

    pub fn is_answering(self) -> Signal<bool> {
        self.is_answering.into()
    }

    /// What the edited profile says in vain.
    pub fn unread(self) -> Signal<Vec<Unmet>> {
        self.unread.into()
    }

    /// Whether the conversation was forgotten, and nothing said since.
    pub fn has_started_over(self) -> bool {
        self.has_started_over.get()
    }

    /// Whether the sequential model joins in, with the reader's history.
    pub fn reads_history(self) -> Signal<bool> {
        self.reads_history.into()
    }

    pub fn read_history(self, reads: bool) {
        self.reads_history.set(reads);
    }

    /// Who finds the words of the answers.
    pub fn wordsmith(self) -> Signal<Wordsmith> {
        self.wordsmith.into()
    }

    /// Lets `by` find the words from the next answer on.
    pub fn let_word(self, by: Wordsmith) {
        self.wordsmith.set(by);
    }

    /// Whether the browser has a model of its own that is ready.
    pub fn has_own_model(self) -> bool {
        self.has_own_model.get()
    }

    /// The ranker's weights and what was measured with them, or why they did not come.
    pub fn fitted(self) -> Signal<Option<Result<Arc<Fitted>, EngineError>>> {
        self.fitted.into()
    }

    /// The simulated search and the film it is after.
    pub fn search(self) -> Signal<Option<(ItemRow, Search)>> {
        self.search.into()
    }

    /// Answers `message`; an empty one, or one while another is being answered, is not heard.
    pub fn say(self, message: &str) {
        let message = message.trim().to_owned();
        if message.is_empty() || self.is_answering.get_untracked() {
            return;
        }
        self.search.set(None);
        spawn_local(async move {
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
        spawn_local(async move {
            let names = self.names().await;
            let catalogue = self.session.catalogue();
            let heard = self.wish.get_untracked().from_profile(&profile, &names, &catalogue);
            self.unread.set(heard.unmet.clone());
            self.finish(profile, false, heard, super::now_millis()).await;
        });
    }

    /// Takes off one part of what was understood, and answers the newest message again.
    pub fn take_off(self, part: &Part) {
        self.put_right(self.wish.with_untracked(|it| it.without(part)));
    }

    /// Turns one part round, wanted to unwanted and back, and answers the newest message again.
    pub fn turn_round(self, part: &Part) {
        self.put_right(self.wish.with_untracked(|it| it.flipped(part)));
    }

    /// Lets films that were put away come again.
    pub fn take_back(self, films: &[ItemRow]) {
        let back = |wish: Wish, &film: &ItemRow| wish.without(&Part::Rejected(film));
        self.put_right(films.iter().fold(self.wish.get_untracked(), back));
    }

    fn put_right(self, wish: Wish) {
        let turn = self.turns.with_untracked(|it| it.last().cloned());
        let Some(turn) = turn.filter(|_| !self.is_answering.get_untracked()) else { return };
        self.wish.set(wish.clone());
        let n = self.next_wish();
        let put_away: Vec<ItemRow> =
            turn.heard.put_away.iter().filter(|it| wish.rejected.contains(it)).copied().collect();
        let intent = if put_away.is_empty() { Intent::Refine } else { Intent::Reject };
        let unmet = turn.heard.unmet.clone();
        self.answer_again(turn, Heard { intent, put_away, unmet, wish, ..Heard::default() }, n);
    }

    /// Once lists come in another order, so does the newest answer: what stands above it tells of it.
    fn keep_in_order(self) {
        Effect::new(move |was_reranked: Option<bool>| {
            let is_reranked = self.session.in_order() == InOrder::Reranked;
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
        spawn_local(async move {
            let again = self.answered(&turn, heard, super::now_millis()).await;
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
        spawn_local(async move {
            self.names().await; // with it come the tags that its messages are made of
            let catalogue = self.session.catalogue();
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
}
