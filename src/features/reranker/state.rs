//! The reader's re-ranker in the making: what is marked, its training, its check, and what it would do.

mod learning;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use any_spawner::Executor;
use reactive_graph::computed::Memo;
use reactive_graph::graph::untrack;
use reactive_graph::owner::StoredValue;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, GetValue, Set, Update, With};
use reactive_graph::wrappers::read::Signal;

use crate::catalog::{Catalogue, ItemRow};
use crate::engine::protocol::{EngineError, Recommend, Recommended};
use crate::families::FamilyName;
use crate::feedback::{self, Feedback, Feedbacks};
use crate::history::History;
use crate::nearest::Vectors;
use crate::reranker::{
    CurvePoint, Mark, N_RERANKED, Reranked, Reranker, RerankerError, made_up, to_judge,
};
use crate::state::clock::Clock;
use crate::state::engine::EngineHandle;
use crate::state::latest::{Answered, Latest};
use crate::state::reranker::RerankerStore;

/// How far the training of the moment is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TrainingState {
    #[default]
    Idle,
    /// The films' vectors are on their way.
    Fetching,
    /// With the learning curve so far.
    Training(Vec<CurvePoint>),
    Done {
        /// From the first step to the last; the waits between slices count, fetching does not.
        millis: f64,
    },
    Refused(RerankerError),
    Failed(EngineError),
}

/// The films of a family before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct InTwoOrders {
    pub family: FamilyName,
    pub before: Vec<ItemRow>,
    pub after: Vec<Reranked>,
}

/// What is to be said of films, as one act that can be undone; `None` takes back what was said.
pub type Sayings = Vec<(ItemRow, Option<Feedback>)>;

/// What the feature is given. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Given {
    pub store: RerankerStore,
    pub engine: EngineHandle,
    pub clock: Clock,
    pub catalogue: StoredValue<Arc<Catalogue>>,
    /// The picks that models read.
    pub history: Signal<History>,
    pub feedback: Signal<Feedbacks>,
    /// Whose films are put in another order at first.
    pub family: Signal<FamilyName>,
}

/// The state of the feature. Cheap to copy.
#[derive(Clone, Copy)]
pub struct RerankerState {
    given: Given,
    marks: Memo<Vec<Mark>>,
    passed_over: RwSignal<BTreeSet<ItemRow>>,
    training: RwSignal<TrainingState>,
    /// A training whose number this is no more has been cancelled.
    run: RwSignal<u32>,
    is_looking: RwSignal<bool>,
    family: RwSignal<FamilyName>,
    list: Latest<Recommend, Recommended>,
    orders: Memo<Option<InTwoOrders>>,
}

impl RerankerState {
    pub fn new(given: Given) -> Self {
        let Given { store, engine, history, feedback, .. } = given;
        let (trained, vectors) = (store.trained(), store.vectors());
        let marks = Memo::new(move |_| {
            let counts = store.counts_picks().get();
            let picks = if counts { history.get() } else { History::default() };
            feedback.with(|it| marks_of(&said(it), &picks))
        });
        let is_looking = RwSignal::new(false);
        let family = RwSignal::new(given.family.get_untracked());
        let question = move || {
            let is_wanted = vectors.with(Option::is_some)
                && trained.with(Option::is_some)
                && (store.is_on() || is_looking.get());
            let feedback = feedback.get();
            let history = is_wanted.then(|| liked(&said(&feedback), &history.get()))?;
            let hidden = feedback::hidden(&feedback);
            let family = family.get();
            let asked = Recommend { family, history, hidden, top: N_RERANKED };
            (!asked.history.is_empty()).then_some(asked)
        };
        let list = Latest::new(question, move |asked| engine.ask(asked));
        let orders = Memo::new(move |_| {
            let vectors = vectors.get()?;
            let reranker = trained.with(|it| it.as_ref()?.reranker(&vectors).ok())?;
            list.with(|it| it.map(|it| in_two_orders(it, &reranker, &vectors)))
        });
        Self {
            given,
            marks,
            passed_over: RwSignal::default(),
            training: RwSignal::default(),
            run: RwSignal::default(),
            is_looking,
            family,
            list,
            orders,
        }
    }

    /// What was trained last, whether it helps, and what this device keeps of it.
    pub fn store(self) -> RerankerStore {
        self.given.store
    }

    /// What a re-ranker is trained on, by catalogue row: what is marked and, where they count, the picks.
    pub fn marks(self) -> Memo<Vec<Mark>> {
        self.marks
    }

    /// What the reader said of films, oldest first.
    pub fn said(self) -> Vec<Mark> {
        self.given.feedback.with(|it| said(it))
    }

    /// Shows another film in the place of `item`, which the reader does not know.
    pub fn pass_over(self, item: ItemRow) {
        self.passed_over.update(|it| {
            it.insert(item);
        });
    }

    /// The next `n` well-known films of varied kinds that nothing is known of.
    pub fn to_judge(self, n: usize) -> Vec<ItemRow> {
        let mut known = self.passed_over.get();
        self.given.feedback.with(|it| known.extend(it.iter().map(|it| it.0)));
        self.given.history.with(|it| known.extend(it.iter()));
        to_judge(&self.given.catalogue.get_value(), &known, n)
    }

    /// The marks of a reader who does not exist, to see what a re-ranker can do. The picks count no more.
    #[must_use]
    pub fn take_made_up(self) -> Sayings {
        self.cancel();
        self.store().count_picks(false);
        let kind = |is_liked| if is_liked { Feedback::Liked } else { Feedback::NotForMe };
        let marks = made_up(&self.given.catalogue.get_value()).into_iter();
        marks.map(|it| (it.item, Some(kind(it.is_liked)))).collect()
    }

    /// Forgets the re-ranker, here and on this device, and gives the marks to be forgotten with it.
    #[must_use]
    pub fn forget(self) -> Sayings {
        self.cancel();
        self.passed_over.set(BTreeSet::new());
        self.is_looking.set(false);
        self.training.set(TrainingState::Idle);
        self.store().forget();
        untrack(|| self.said()).into_iter().map(|it| (it.item, None)).collect()
    }

    pub fn training(self) -> RwSignal<TrainingState> {
        self.training
    }

    /// Whether marks came or went since the re-ranker was trained.
    pub fn is_outdated(self) -> bool {
        self.marks.with(|marks| {
            self.store().trained().with(|it| it.as_ref().is_some_and(|it| it.marks != *marks))
        })
    }

    /// Switches the re-ranker on, if it helps, or off.
    pub fn switch(self, is_on: bool) {
        self.store().switch(is_on);
        self.fetch_vectors();
    }

    /// Whether the reader wants to see what the re-ranker would do.
    pub fn is_looking(self) -> RwSignal<bool> {
        self.is_looking
    }

    pub fn look(self, is_looking: bool) {
        if self.is_looking.get_untracked() != is_looking {
            self.is_looking.set(is_looking);
            self.fetch_vectors();
        }
    }

    /// Whose films are put in another order.
    pub fn family(self) -> RwSignal<FamilyName> {
        self.family
    }

    /// The family's list, on its way or here.
    pub fn list(self) -> Latest<Recommend, Recommended> {
        self.list
    }

    /// The films of the chosen family before and after; nothing before both list and re-ranker are here.
    pub fn orders(self) -> Memo<Option<InTwoOrders>> {
        self.orders
    }

    /// Gets the films' vectors where a re-ranker is to be asked; failing, the page says so.
    fn fetch_vectors(self) {
        if untrack(|| self.store().trained().with(Option::is_none)) {
            return;
        }
        Executor::spawn_local(async move {
            if let Err(error) = self.store().fetch_vectors().await {
                self.training.set(TrainingState::Failed(error));
            }
        });
    }
}

/// Likes and dislikes, oldest first.
fn said(feedback: &[(ItemRow, Feedback)]) -> Vec<Mark> {
    let mark = |&(item, it): &(ItemRow, Feedback)| match it {
        Feedback::Liked => Some(Mark { item, is_liked: true }),
        Feedback::NotForMe => Some(Mark { item, is_liked: false }),
        Feedback::Seen => None,
    };
    feedback.iter().filter_map(mark).collect()
}

/// What was said, and the picks of which nothing was said as likes.
fn marks_of(said: &[Mark], picks: &History) -> Vec<Mark> {
    let is_said = |item: ItemRow| said.iter().any(|it| it.item == item);
    let picks = picks.iter().filter(|&it| !is_said(it)).map(|item| Mark { item, is_liked: true });
    let mut marks: Vec<Mark> = said.iter().copied().chain(picks).collect();
    marks.sort_by_key(|it| it.item);
    marks
}

/// All films that are liked, as a history: those said here are older than the picks.
fn liked(said: &[Mark], picks: &History) -> History {
    let is_said = |item: ItemRow| said.iter().any(|it| it.item == item);
    let of_here = said.iter().filter(|it| it.is_liked).map(|it| it.item);
    of_here.chain(picks.iter().filter(|&it| !is_said(it))).collect()
}

/// The films of `list` as the family ranked them and as the re-ranker does.
fn in_two_orders(
    list: &Answered<Recommend, Recommended>,
    reranker: &Reranker,
    vectors: &Vectors,
) -> InTwoOrders {
    let before = &list.answer.list;
    InTwoOrders {
        family: list.question.family.clone(),
        after: reranker.rerank(vectors, before),
        before: before.iter().map(|it| it.item).collect(),
    }
}
