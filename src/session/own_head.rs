//! The reader's own head: what is marked, its training, its check, and whether it is on.

mod learning;

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::answers;
use super::keeping::{self, Kept};
use crate::catalog::ItemRow;
use crate::engine::protocol::{Answer, EngineError, Request, StorageFault};
use crate::families::FamilyName;
use crate::head::{
    CurvePoint, Head, HeadError, Mark, N_RERANKED, Reranked, Trained, Verdict, made_up, to_judge,
};
use crate::history::History;
use crate::nearest::Vectors;
use crate::session::{Answers, Latest, ListQuestion, Ranked, Session, Talking};

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
    /// What an earlier visit kept could not be read, and was dropped.
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
    talking: Talking,
    /// What the reader said of films here, oldest first.
    said: RwSignal<Vec<Mark>>,
    /// Whether the picks of the history count as likes.
    counts_picks: RwSignal<bool>,
    /// Both together, by catalogue row: what a head is trained on.
    marks: Memo<Vec<Mark>>,
    passed_over: RwSignal<BTreeSet<ItemRow>>,
    state: RwSignal<HeadState>,
    /// A training whose number this is no more has been cancelled.
    run: RwSignal<u32>,
    trained: RwSignal<Option<Trained>>,
    is_on: RwSignal<bool>,
    is_looking: RwSignal<bool>,
    family: RwSignal<FamilyName>,
    vectors: RwSignal<Option<Arc<Vectors>>>,
    list: Latest<ListQuestion, Ranked>,
    orders: Memo<Option<InTwoOrders>>,
    not_kept: RwSignal<Option<NotKept>>,
    kept_bytes: RwSignal<usize>,
}

impl OwnHead {
    /// With what an earlier visit kept on this device.
    pub fn new(session: Session, talking: Talking) -> Self {
        let (kept, not_kept) = keeping::kept(&session.catalogue(), &vectors_name(session));
        let kept_bytes = kept.n_bytes;
        let Kept { said, counts_picks, is_on, trained, .. } = kept;
        let said = RwSignal::new(said);
        let counts_picks = RwSignal::new(counts_picks);
        let history = session.read_history();
        let marks = Memo::new(move |_| {
            let picks = if counts_picks.get() { history.get() } else { History::default() };
            said.with(|said| marks_of(said, &picks))
        });
        let is_on = RwSignal::new(is_on);
        let is_looking = RwSignal::new(false);
        let trained = RwSignal::new(trained);
        let family = RwSignal::new(session.family().get_untracked());
        let vectors = RwSignal::new(None::<Arc<Vectors>>);
        let question = move || {
            let is_wanted = vectors.with(Option::is_some)
                && trained.with(Option::is_some)
                && (is_on.get() || is_looking.get());
            let history = is_wanted.then(|| liked(&said.get(), &history.get()))?;
            (!history.is_empty()).then(|| ListQuestion { family: family.get(), history })
        };
        let list = session.engine.with_value(|engine| {
            let (engine, n_said) = (engine.clone(), move || said.with_untracked(Vec::len));
            Latest::new(question, move |ListQuestion { family, history }| {
                let top = N_RERANKED + n_said();
                let asked =
                    Answers::ask(engine.as_ref(), Request::Recommend { family, history, top });
                async move {
                    match asked.await? {
                        Answer::Recommended { list, cost } => Ok(Ranked { list, cost }),
                        other => Err(answers::unexpected(&other)),
                    }
                }
            })
        });
        let orders = Memo::new(move |_| {
            let vectors = vectors.get()?;
            let head = trained.with(|it| it.as_ref()?.head(&vectors).ok())?;
            let marked: BTreeSet<ItemRow> = said.with(|it| it.iter().map(|it| it.item).collect());
            list.with(|it| it.map(|it| in_two_orders(it, &marked, &head, &vectors)))
        });
        let own = Self {
            session,
            talking,
            said,
            counts_picks,
            marks,
            passed_over: RwSignal::default(),
            state: RwSignal::default(),
            run: RwSignal::default(),
            trained,
            is_on,
            is_looking,
            family,
            vectors,
            list,
            orders,
            not_kept: RwSignal::new(not_kept),
            kept_bytes: RwSignal::new(kept_bytes),
        };
        if untrack(|| own.is_on()) {
            own.fetch_vectors();
        }
        own
    }

    /// What a head is trained on, by catalogue row.
    pub fn marks(self) -> Signal<Vec<Mark>> {
        self.marks.into()
    }

    /// What the reader said of films here, oldest first.
    pub fn said(self) -> Signal<Vec<Mark>> {
        self.said.into()
    }

    /// What the reader said of `item`, if anything.
    pub fn said_of(self, item: ItemRow) -> Option<bool> {
        self.said.with(|it| it.iter().find(|it| it.item == item).map(|it| it.is_liked))
    }

    pub fn counts_picks(self) -> Signal<bool> {
        self.counts_picks.into()
    }

    /// Lets the picks of the history count as likes, or not.
    pub fn count_picks(self, counts: bool) {
        self.counts_picks.set(counts);
        self.keep();
    }

    /// Notes that the reader likes `item`, or does not; saying the same again takes it back.
    pub fn mark(self, item: ItemRow, is_liked: bool) {
        let was = untrack(|| self.said_of(item));
        self.said.update(|said| {
            said.retain(|it| it.item != item);
            if was != Some(is_liked) {
                said.push(Mark { item, is_liked });
            }
        });
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
        self.said.with(|it| known.extend(it.iter().map(|it| it.item)));
        self.session.read_history().with(|it| known.extend(it.iter()));
        to_judge(&self.session.catalogue(), &known, n)
    }

    /// Takes over the marks of a reader who does not exist, to see what a head can do.
    pub fn take_made_up(self) {
        self.cancel();
        self.said.set(made_up(&self.session.catalogue()));
        self.counts_picks.set(false);
        self.keep();
    }

    /// Forgets marks and head, here and on this device.
    pub fn forget(self) {
        self.cancel();
        self.said.set(Vec::new());
        self.counts_picks.set(true);
        self.passed_over.set(BTreeSet::new());
        self.trained.set(None);
        self.is_on.set(false);
        self.is_looking.set(false);
        self.state.set(HeadState::Idle);
        self.keep();
    }

    pub fn state(self) -> Signal<HeadState> {
        self.state.into()
    }

    /// The head that was trained last, on this visit or an earlier one.
    pub fn trained(self) -> Signal<Option<Trained>> {
        self.trained.into()
    }

    /// Whether marks came or went since the head was trained.
    pub fn is_outdated(self) -> bool {
        self.marks
            .with(|marks| self.trained.with(|it| it.as_ref().is_some_and(|it| it.marks != *marks)))
    }

    /// Whether the check says that the head helps: only then can it be on.
    pub fn helps(self) -> bool {
        self.trained.with(|it| it.as_ref().is_some_and(|it| it.check.verdict() == Verdict::Helps))
    }

    /// Whether the family's films stand in the order of the head.
    pub fn is_on(self) -> bool {
        self.is_on.get() && self.helps()
    }

    /// Switches the head on, if it helps, or off.
    pub fn switch(self, is_on: bool) {
        self.is_on.set(is_on && untrack(|| self.helps()));
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
        self.not_kept.into()
    }

    /// What this device keeps of marks and head, in bytes.
    pub fn kept_bytes(self) -> Signal<usize> {
        self.kept_bytes.into()
    }

    fn keep(self) {
        let kept = Kept {
            vectors: vectors_name(self.session),
            said: self.said.get_untracked(),
            counts_picks: self.counts_picks.get_untracked(),
            is_on: self.is_on.get_untracked(),
            trained: self.trained.get_untracked(),
            n_bytes: 0,
        };
        match keeping::keep(&kept, &self.session.catalogue()) {
            Ok(n_bytes) => {
                self.kept_bytes.set(n_bytes);
                self.not_kept.set(None);
            }
            Err(fault) => self.not_kept.set(Some(NotKept::Storage(fault))),
        }
    }
}

/// The vectors a head is trained over, by their checksum.
fn vectors_name(session: Session) -> String {
    let manifest = session.manifest();
    let entry = manifest.encoder(session.encoder().get_untracked());
    let file = entry.and_then(|it| it.file("vectors").ok());
    file.map(|it| it.sha256.clone()).unwrap_or_default()
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

/// The films that are not marked, as the family ranked them and as the head does.
fn in_two_orders(
    list: &super::Answered<ListQuestion, Ranked>,
    marked: &BTreeSet<ItemRow>,
    head: &Head,
    vectors: &Vectors,
) -> InTwoOrders {
    let unmarked = list.answer.list.iter().filter(|it| !marked.contains(&it.item));
    let list_before: Vec<_> = unmarked.copied().take(N_RERANKED).collect();
    InTwoOrders {
        family: list.question.family.clone(),
        after: head.rerank(vectors, &list_before),
        before: list_before.into_iter().map(|it| it.item).collect(),
    }
}
