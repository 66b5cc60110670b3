//! The reader's own head: what is marked, its training, its check, and whether it is on.

mod learning;

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::answers;
use super::keeping::{self, Kept};
use super::reranking::{Reranking, vectors_name};
use crate::catalog::ItemRow;
use crate::engine::protocol::{EngineError, StorageFault};
use crate::families::FamilyName;
use crate::feedback::{self, Feedback};
use crate::head::{
    CurvePoint, Head, HeadError, Mark, N_RERANKED, Reranked, Trained, made_up, to_judge,
};
use crate::history::History;
use crate::nearest::Vectors;
use crate::session::{Act, Latest, ListQuestion, Ranked, Session, Taught};

/// How far the training of the moment is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum HeadState {
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
    Refused(HeadError),
    Failed(EngineError),
}

/// What went wrong with keeping.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NotKept {
    Storage(StorageFault),
    /// What an earlier visit kept cannot be read.
    Damaged,
}

/// The films of a family before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct InTwoOrders {
    pub family: FamilyName,
    pub before: Vec<ItemRow>,
    pub after: Vec<Reranked>,
}

/// The state of the reader's head. Cheap to copy.
#[derive(Clone, Copy)]
pub struct OwnHead {
    session: Session,
    /// What is marked here and, where they count, the picks, by catalogue row: what a head is trained on.
    marks: Memo<Vec<Mark>>,
    passed_over: RwSignal<BTreeSet<ItemRow>>,
    state: RwSignal<HeadState>,
    /// A training whose number this is no more has been cancelled.
    run: RwSignal<u32>,
    is_looking: RwSignal<bool>,
    family: RwSignal<FamilyName>,
    list: Latest<ListQuestion, Ranked>,
    orders: Memo<Option<InTwoOrders>>,
}

impl OwnHead {
    /// With what the session took up of an earlier visit.
    pub fn new(session: Session) -> Self {
        let Reranking { trained, is_on, counts_picks, .. } = session.reranking;
        let history = session.read_history();
        let marks = Memo::new(move |_| {
            let picks = if counts_picks.get() { history.get() } else { History::default() };
            session.feedback.with(|it| marks_of(&said(it), &picks))
        });
        let is_looking = RwSignal::new(false);
        let family = RwSignal::new(session.family().get_untracked());
        let vectors = session.films_vectors();
        let question = move || {
            let is_wanted = vectors.with(Option::is_some)
                && trained.with(Option::is_some)
                && (is_on.get() || is_looking.get());
            let feedback = session.feedback.get();
            let history = is_wanted.then(|| liked(&said(&feedback), &history.get()))?;
            let taught = Taught { hidden: feedback::hidden(&feedback), reranker: None };
            (!history.is_empty()).then(|| ListQuestion { family: family.get(), history, taught })
        };
        let list = answers::first_ranked(session.engine, N_RERANKED, question);
        let orders = Memo::new(move |_| {
            let vectors = vectors.get()?;
            let head = trained.with(|it| it.as_ref()?.head(&vectors).ok())?;
            list.with(|it| it.map(|it| in_two_orders(it, &head, &vectors)))
        });
        Self {
            session,
            marks,
            passed_over: RwSignal::default(),
            state: RwSignal::default(),
            run: RwSignal::default(),
            is_looking,
            family,
            list,
            orders,
        }
    }

    /// What a head is trained on, by catalogue row.
    pub fn marks(self) -> Signal<Vec<Mark>> {
        self.marks.into()
    }

    /// What the reader said of films, oldest first.
    pub fn said(self) -> Vec<Mark> {
        self.session.feedback.with(|it| said(it))
    }

    pub fn counts_picks(self) -> Signal<bool> {
        self.session.reranking.counts_picks.into()
    }

    /// Lets the picks of the history count as likes, or not.
    pub fn count_picks(self, counts: bool) {
        self.session.reranking.counts_picks.set(counts);
        self.keep();
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
        self.session.feedback.with(|it| known.extend(it.iter().map(|it| it.0)));
        self.session.read_history().with(|it| known.extend(it.iter()));
        to_judge(&self.session.catalogue(), &known, n)
    }

    /// Takes over the marks of a reader who does not exist, to see what a head can do.
    pub fn take_made_up(self) {
        self.cancel();
        let kind = |is_liked| if is_liked { Feedback::Liked } else { Feedback::NotForMe };
        let marks = made_up(&self.session.catalogue()).into_iter();
        let marks = marks.map(|it| (it.item, Some(kind(it.is_liked)))).collect();
        self.session.say_all(Act::TookMadeUpMarks, marks);
        self.count_picks(false);
    }

    /// Forgets marks and head, here and on this device.
    pub fn forget(self) {
        self.cancel();
        let marks = untrack(|| self.said()).into_iter().map(|it| (it.item, None)).collect();
        self.session.say_all(Act::ForgotMarks, marks);
        self.passed_over.set(BTreeSet::new());
        let Reranking { trained, is_on, .. } = self.session.reranking;
        trained.set(None);
        is_on.set(false);
        self.is_looking.set(false);
        self.state.set(HeadState::Idle);
        self.count_picks(true);
    }

    pub fn state(self) -> Signal<HeadState> {
        self.state.into()
    }

    /// The head that was trained last, on this visit or an earlier one.
    pub fn trained(self) -> Signal<Option<Trained>> {
        self.session.reranking.trained.into()
    }

    /// Whether marks came or went since the head was trained.
    pub fn is_outdated(self) -> bool {
        self.marks.with(|marks| {
            self.trained().with(|it| it.as_ref().is_some_and(|it| it.marks != *marks))
        })
    }

    /// Whether the check says that the head helps: only then can it be on.
    pub fn helps(self) -> bool {
        self.session.reranking.helps()
    }

    /// Whether lists stand in the order of the head.
    pub fn is_on(self) -> bool {
        self.session.reranking.is_on.get() && self.helps()
    }

    /// Switches the head on, if it helps, or off.
    pub fn switch(self, is_on: bool) {
        self.session.reranking.is_on.set(is_on && untrack(|| self.helps()));
        self.fetch_vectors();
        self.keep();
    }

    /// Whether the reader wants to see what the head would do.
    pub fn is_looking(self) -> Signal<bool> {
        self.is_looking.into()
    }

    pub fn look(self, is_looking: bool) {
        if self.is_looking.get_untracked() != is_looking {
            self.is_looking.set(is_looking);
            self.fetch_vectors();
        }
    }

    /// Whose films are put in another order.
    pub fn family(self) -> Signal<FamilyName> {
        self.family.into()
    }

    pub fn choose_family(self, family: FamilyName) {
        self.family.set(family);
    }

    /// The family's list, on its way or here.
    pub fn list(self) -> Latest<ListQuestion, Ranked> {
        self.list
    }

    /// The films of the chosen family before and after; nothing before both list and head are here.
    pub fn orders(self) -> Signal<Option<InTwoOrders>> {
        self.orders.into()
    }

    pub fn not_kept(self) -> Signal<Option<NotKept>> {
        self.session.reranking.not_kept.into()
    }

    /// What this device keeps of the head, in bytes.
    pub fn kept_bytes(self) -> Signal<usize> {
        self.session.reranking.kept_bytes.into()
    }

    fn keep(self) {
        let Reranking { trained, is_on, counts_picks, not_kept, kept_bytes, .. } =
            self.session.reranking;
        let kept = Kept {
            counts_picks: counts_picks.get_untracked(),
            is_on: is_on.get_untracked(),
            trained: trained.get_untracked(),
            n_bytes: 0,
        };
        match keeping::keep(&*self.session.texts(), &kept, vectors_name(self.session)) {
            Ok(n_bytes) => {
                kept_bytes.set(n_bytes);
                not_kept.set(None);
            }
            Err(fault) => not_kept.set(Some(NotKept::Storage(fault))),
        }
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

/// The films of `list` as the family ranked them and as the head does.
fn in_two_orders(
    list: &super::Answered<ListQuestion, Ranked>,
    head: &Head,
    vectors: &Vectors,
) -> InTwoOrders {
    let before = &list.answer.list;
    InTwoOrders {
        family: list.question.family.clone(),
        after: head.rerank(vectors, before),
        before: before.iter().map(|it| it.item).collect(),
    }
}
