//! The newest answer to a question that changes.

use std::cell::RefCell;

use any_spawner::Executor;
use futures::future::abortable;
use reactive_graph::computed::Memo;
use reactive_graph::effect::Effect;
use reactive_graph::owner::on_cleanup;
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, Track, Update, With, WithUntracked};

use crate::engine::protocol::EngineError;

thread_local! {
    /// Of every question on the page.
    static RETRIES: RefCell<Vec<RwSignal<u32>>> = RefCell::default();
}

/// Asks every question of the page again: whoever answered them has gone.
pub fn retry_all() {
    for n_retries in RETRIES.with_borrow(Vec::clone) {
        n_retries.update(|n| *n += 1);
    }
}

/// Asks again whenever the question changes, and keeps the last good answer meanwhile.
///
/// A question that is no longer asked is dropped on its way, so that an old answer never
/// overtakes a new one and never holds it up.
pub struct Latest<Q: Send + Sync + 'static, A: Send + Sync + 'static> {
    question: Memo<Option<Q>>,
    good: RwSignal<Option<Answered<Q, A>>>,
    failure: RwSignal<Option<EngineError>>,
    n_retries: RwSignal<u32>,
}

/// An answer and what was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered<Q, A> {
    pub question: Q,
    pub answer: A,
}

impl<Q: Send + Sync + 'static, A: Send + Sync + 'static> Clone for Latest<Q, A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: Send + Sync + 'static, A: Send + Sync + 'static> Copy for Latest<Q, A> {}

impl<Q, A> Latest<Q, A>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    A: Clone + Send + Sync + 'static,
{
    /// Asks `ask` for each new `question`; `None` asks nothing and forgets the last answer.
    pub fn new<F>(
        question: impl Fn() -> Option<Q> + Send + Sync + 'static,
        ask: impl Fn(Q) -> F + 'static,
    ) -> Self
    where
        F: Future<Output = Result<A, EngineError>> + 'static,
    {
        let n_retries = RwSignal::new(0);
        RETRIES.with_borrow_mut(|it| it.push(n_retries));
        on_cleanup(move || RETRIES.with_borrow_mut(|it| it.retain(|it| *it != n_retries)));
        let latest = Self {
            question: Memo::new(move |_| question()),
            good: RwSignal::new(None),
            failure: RwSignal::new(None),
            n_retries,
        };
        Effect::new(move || {
            latest.n_retries.track();
            latest.fail(None);
            let Some(question) = latest.question.get() else {
                latest.good.set(None);
                return;
            };
            let (answer, handle) = abortable(ask(question.clone()));
            // Dropped where another takes its place, and where whoever asked has gone: there is nobody to tell.
            on_cleanup(move || handle.abort());
            Executor::spawn_local(async move {
                match answer.await {
                    Ok(Ok(answer)) => latest.receive(question, answer),
                    Ok(Err(error)) if latest.is_asked(&question) => latest.fail(Some(error)),
                    Ok(Err(_)) => {} // a newer question is about to take its place
                    Err(_dropped) => {} // a newer question took its place
                }
            });
        });
        latest
    }

    fn receive(self, question: Q, answer: A) {
        self.fail(None);
        self.good.set(Some(Answered { question, answer }));
    }

    fn fail(self, error: Option<EngineError>) {
        if error.is_some() || self.failure.with_untracked(Option::is_some) {
            self.failure.set(error);
        }
    }

    fn is_asked(self, question: &Q) -> bool {
        self.question.with_untracked(|it| it.as_ref() == Some(question))
    }

    /// The question of the moment, for verbs.
    pub fn question_untracked(self) -> Option<Q> {
        self.question.get_untracked()
    }

    /// The last good answer, and what it answers.
    pub fn get(self) -> Option<Answered<Q, A>> {
        self.good.get()
    }

    /// The last good answer, borrowed.
    pub fn with<T>(self, read: impl FnOnce(Option<&Answered<Q, A>>) -> T) -> T {
        self.good.with(|answered| read(answered.as_ref()))
    }

    /// The last good answer, for verbs.
    pub fn good_untracked(self) -> Option<Answered<Q, A>> {
        self.good.get_untracked()
    }

    /// Why the question of the moment has no answer.
    pub fn failure(self) -> Option<EngineError> {
        self.failure.get()
    }

    /// A question is on its way and nothing came back yet.
    pub fn is_waiting(self) -> bool {
        let is_answered = self.question.with(|question| {
            self.good.with(|good| question.as_ref() == good.as_ref().map(|it| &it.question))
        });
        !is_answered && self.failure.with(Option::is_none)
    }

    /// The last good answer belongs to another question than the one asked now.
    pub fn is_stale(self) -> bool {
        self.good.with(|good| {
            good.as_ref()
                .is_some_and(|good| self.question.with(|it| it.as_ref() != Some(&good.question)))
        })
    }

    /// Asks the newest question again.
    pub fn retry(self) {
        self.n_retries.update(|n| *n += 1);
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use futures::channel::oneshot;
    use reactive_graph::owner::Owner;

    use super::*;

    type Replies = Rc<RefCell<Vec<(u32, oneshot::Sender<Result<u32, EngineError>>)>>>;

    /// A question, whoever answers it, and the latest answer.
    struct Stage {
        _owner: Owner,
        asked: RwSignal<Option<u32>>,
        waiting: Replies,
        latest: Latest<u32, u32>,
    }

    impl Stage {
        fn new() -> Self {
            // One for all tests of this program: whoever comes second finds it there.
            let _ = Executor::init_futures_executor();
            let owner = Owner::new();
            owner.set();
            let asked = RwSignal::new(None);
            let waiting = Replies::default();
            let replies = waiting.clone();
            let latest = Latest::new(
                move || asked.get(),
                move |question| {
                    let (reply, answer) = oneshot::channel();
                    replies.borrow_mut().push((question, reply));
                    async move { answer.await.unwrap_or(Err(EngineError::Stopped)) }
                },
            );
            let stage = Self { _owner: owner, asked, waiting, latest };
            stage.settle();
            stage
        }

        fn settle(&self) {
            (0..8).for_each(|_| Executor::poll_local());
        }

        fn ask(&self, question: impl Into<Option<u32>>) {
            self.asked.set(question.into());
            self.settle();
        }

        /// Answers the oldest question that waits; tells which that was, and whether anybody still listens.
        fn reply(&self, answer: Result<u32, EngineError>) -> (u32, bool) {
            let (question, reply) = self.waiting.borrow_mut().remove(0);
            let is_heard = reply.send(answer).is_ok();
            self.settle();
            (question, is_heard)
        }

        fn answer(&self) -> Option<(u32, u32)> {
            self.latest.good_untracked().map(|it| (it.question, it.answer))
        }
    }

    #[test]
    fn the_last_answer_stays_until_the_next_one_is_here() {
        let stage = Stage::new();
        assert_eq!((stage.answer(), stage.latest.is_waiting()), (None, false));
        stage.ask(1);
        assert!(stage.latest.is_waiting());
        stage.reply(Ok(10));
        assert_eq!((stage.answer(), stage.latest.is_stale()), (Some((1, 10)), false));
        stage.ask(2);
        assert_eq!((stage.answer(), stage.latest.is_stale()), (Some((1, 10)), true));
        stage.reply(Ok(20));
        assert_eq!(stage.answer(), Some((2, 20)));
        stage.ask(None);
        assert_eq!(stage.answer(), None);
    }

    #[test]
    fn a_question_that_is_no_longer_asked_is_dropped_on_its_way() {
        let stage = Stage::new();
        stage.ask(1);
        stage.ask(2);
        assert_eq!(stage.reply(Ok(10)), (1, false));
        assert_eq!(stage.answer(), None);
        assert_eq!(stage.reply(Ok(20)), (2, true));
        assert_eq!(stage.answer(), Some((2, 20)));
    }

    #[test]
    fn a_failure_keeps_the_answer_before_and_can_be_asked_again() {
        let stage = Stage::new();
        stage.ask(1);
        stage.reply(Ok(10));
        stage.ask(2);
        stage.reply(Err(EngineError::Stopped));
        assert_eq!(stage.latest.failure(), Some(EngineError::Stopped));
        assert_eq!((stage.answer(), stage.latest.is_waiting()), (Some((1, 10)), false));
        stage.latest.retry();
        stage.settle();
        assert_eq!((stage.latest.failure(), stage.latest.is_waiting()), (None, true));
        stage.reply(Ok(20));
        assert_eq!(stage.answer(), Some((2, 20)));
    }

    #[test]
    fn a_fresh_engine_is_asked_everything_again() {
        let stage = Stage::new();
        stage.ask(1);
        stage.reply(Ok(10));
        retry_all();
        stage.settle();
        assert_eq!(stage.answer(), Some((1, 10)), "what is here stays meanwhile");
        assert_eq!(stage.reply(Ok(11)), (1, true));
        assert_eq!(stage.answer(), Some((1, 11)));
    }

    /// As where a reader leaves a view before its answer is here.
    #[test]
    fn an_answer_for_who_has_gone_is_dropped() {
        let stage = Stage::new();
        let view = stage._owner.child();
        let waiting = stage.waiting.clone();
        view.with(|| {
            Latest::new(
                || Some(7),
                move |question| {
                    let (reply, answer) = oneshot::channel();
                    waiting.borrow_mut().push((question, reply));
                    async move { answer.await.unwrap_or(Err(EngineError::Stopped)) }
                },
            )
        });
        stage.settle();
        view.cleanup();
        drop(view);
        stage.settle();
        assert_eq!(stage.reply(Ok(70)), (7, false));
        stage.ask(1);
        stage.reply(Ok(10));
        assert_eq!(stage.answer(), Some((1, 10)), "others are answered as before");
    }
}
