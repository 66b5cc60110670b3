use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::future::{FutureExt, LocalBoxFuture, ready};
use reactive_graph::owner::Owner;

use super::*;
use crate::engine::answer::Answer;
use crate::engine::protocol::{Request, StorageFault};
use crate::recommend::Recommendation;
use crate::reranker::{Trained, Verdict};
use crate::stage;
use crate::state::reranker::{Device, InOrder, Kept};

const N_FILMS: usize = 60;

/// Keeps the newest of what it is given.
#[derive(Clone, Default)]
struct Shelf {
    kept: Rc<RefCell<Option<Kept>>>,
    has_vectors: Rc<Cell<bool>>,
}

impl Device for Shelf {
    fn vectors(&self) -> LocalBoxFuture<'static, Result<Arc<Vectors>, EngineError>> {
        let missing = EngineError::Unreachable { path: "vectors".into() };
        let vectors =
            if self.has_vectors.get() { Ok(stage::vectors(N_FILMS)) } else { Err(missing) };
        ready(vectors).boxed_local()
    }

    fn keep(&self, kept: &Kept) -> Result<usize, StorageFault> {
        *self.kept.borrow_mut() = Some(kept.clone());
        Ok(7)
    }
}

struct Stage {
    _owner: Owner,
    shelf: Shelf,
    history: RwSignal<History>,
    feedback: RwSignal<Feedbacks>,
    state: RerankerState,
}

impl Stage {
    fn new() -> Self {
        let _owner = stage::owner();
        let shelf = Shelf::default();
        shelf.has_vectors.set(true);
        let titles: Vec<String> = (0..N_FILMS).map(|it| format!("Film {it}")).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let history = RwSignal::new(History::default());
        let feedback = RwSignal::new(Feedbacks::new());
        let state = RerankerState::new(Given {
            store: RerankerStore::new(Rc::new(shelf.clone())),
            engine: stage::engine(unmarked_films),
            clock: stage::clock(),
            catalogue: StoredValue::new(stage::catalogue(&titles)),
            history: history.into(),
            feedback: feedback.into(),
            family: RwSignal::new(FamilyName("ease".into())).into(),
        });
        stage::settle();
        Self { _owner, shelf, history, feedback, state }
    }

    /// Likes the first `n` films at even rows, and not those between.
    fn say(&self, n: usize) {
        let kind =
            |row: u32| if row.is_multiple_of(2) { Feedback::Liked } else { Feedback::NotForMe };
        self.feedback.set((0..2 * n as u32).map(|row| (ItemRow(row), kind(row))).collect());
        stage::settle();
    }

    fn train(&self) -> TrainingState {
        self.state.train();
        stage::settle();
        (0..1_000).take_while(|_| self.state.is_at_work()).for_each(|_| stage::settle());
        self.state.training().get_untracked()
    }
}

/// All films that are neither in the history nor hidden, in catalogue order.
fn unmarked_films(request: Request) -> Result<Answer, EngineError> {
    let Request::Recommend(Recommend { history, hidden, top, .. }) = request else {
        panic!("not asked here: {request:?}")
    };
    let films = (0..N_FILMS as u32).map(ItemRow);
    let rest = films.filter(|it| !history.contains(*it) && !hidden.contains(it)).take(top);
    let list = rest.map(|item| Recommendation { item, score: -(item.0 as f32) }).collect();
    Ok(Answer::made(Recommended { list, cost: stage::COST }))
}

#[test]
fn picks_count_as_likes_until_the_reader_says_otherwise() {
    let stage = Stage::new();
    stage.say(2);
    stage.history.set([ItemRow(1), ItemRow(9)].into_iter().collect());
    let marked = || {
        let marks = stage.state.marks().get_untracked();
        marks.iter().map(|it| (it.item.0, it.is_liked)).collect::<Vec<_>>()
    };
    let said = [(0, true), (1, false), (2, true), (3, false)];
    assert_eq!(marked(), [&said[..], &[(9, true)]].concat(), "what was said of a pick counts");
    stage.state.store().count_picks(false);
    assert_eq!(marked(), said);
    let kept = stage.shelf.kept.borrow().as_ref().map(|it| it.counts_picks);
    assert_eq!(kept, Some(false));
}

/// As if the check had said so.
fn helped(mut trained: Trained) -> Trained {
    let check = &mut trained.check;
    (check.reranker.low, check.difference.low) = (0.9, 0.1);
    assert_eq!(check.verdict(), Verdict::Helps);
    trained
}

#[test]
fn one_that_helps_can_be_switched_on_and_changes_the_order() {
    let stage = Stage::new();
    stage.say(20);
    assert!(matches!(stage.train(), TrainingState::Done { .. }));
    let store = stage.state.store();
    stage.state.switch(true);
    assert!(!store.is_on(), "a plain comparison does as well");
    store.take(helped(store.trained().get_untracked().unwrap()));
    assert!(stage.shelf.kept.borrow().as_ref().is_some_and(|it| it.trained.is_some()));
    assert_eq!(store.kept_bytes().get_untracked(), 7);
    assert!(store.helps() && !store.is_on(), "it waits for the reader");
    assert_eq!(stage.state.orders().get_untracked(), None, "nobody asked for it");
    stage.state.switch(true);
    stage::settle();
    assert_eq!(store.in_order(), InOrder::Reranked);
    assert!(store.active().get_untracked().is_some());
    let orders = stage.state.orders().get_untracked().unwrap();
    assert_eq!(orders.before.first(), Some(&ItemRow(40)), "marked films are left out");
    assert_eq!(orders.after[1].item, ItemRow(42), "liked, and ranked third: {:?}", orders.after);
    store.show_plain(true);
    assert_eq!((store.in_order(), store.active().get_untracked()), (InOrder::Plain, None));
    assert!(!stage.state.is_outdated());
    stage.say(19);
    assert!(stage.state.is_outdated());
}

#[test]
fn what_cannot_be_trained_says_why() {
    let stage = Stage::new();
    stage.say(2);
    assert_eq!(stage.train(), TrainingState::Refused(RerankerError::TooFew { got: 4 }));
    let stage = Stage::new();
    stage.shelf.has_vectors.set(false);
    stage.say(20);
    assert!(matches!(stage.train(), TrainingState::Failed(EngineError::Unreachable { .. })));
    stage.state.switch(true);
    assert!(!stage.state.store().is_on(), "there is nothing to be on");
}

#[test]
fn a_training_that_is_cancelled_leaves_nothing_behind() {
    let stage = Stage::new();
    stage.say(20);
    stage.state.train();
    assert_eq!(stage.state.training().get_untracked(), TrainingState::Fetching);
    stage.state.cancel();
    stage::settle();
    assert_eq!(stage.state.training().get_untracked(), TrainingState::Idle);
    assert_eq!(stage.state.store().trained().get_untracked(), None);
    assert!(matches!(stage.train(), TrainingState::Done { .. }), "it can be begun again");
}

#[test]
fn forgetting_takes_the_re_ranker_and_gives_the_marks_to_be_taken_back() {
    let stage = Stage::new();
    stage.say(20);
    stage.train();
    stage.state.store().count_picks(false);
    let marks = stage.state.forget();
    assert_eq!(marks.len(), 40);
    assert!(marks.iter().all(|it| it.1.is_none()));
    let kept = stage.shelf.kept.borrow().clone().unwrap();
    assert_eq!((kept.trained, kept.is_on, kept.counts_picks), (None, false, true));
    assert_eq!(stage.state.training().get_untracked(), TrainingState::Idle);
}

#[test]
fn films_to_judge_are_those_that_nothing_is_known_of() {
    let stage = Stage::new();
    let first = stage.state.to_judge(3);
    stage.state.pass_over(first[0]);
    stage.feedback.set(vec![(first[1], Feedback::Seen)]);
    stage.history.set([first[2]].into_iter().collect());
    assert!(stage.state.to_judge(3).iter().all(|it| !first.contains(it)));
    let made_up = stage.state.take_made_up();
    assert!(made_up.len() <= N_FILMS && !stage.state.store().counts_picks().get_untracked());
}
