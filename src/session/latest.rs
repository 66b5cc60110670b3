//! The newest answer to a question that changes.

use std::cell::RefCell;

use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::engine::protocol::EngineError;

thread_local! {
    /// Of every question on the page.
    static RETRIES: RefCell<Vec<RwSignal<u32>>> = RefCell::default();
}

/// Asks every question of the page again: whoever answered them has gone.
pub(super) fn retry_all() {
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
        Effect::new(move |on_its_way: Option<Option<AbortHandle>>| {
            if let Some(handle) = on_its_way.flatten() {
                handle.abort();
            }
            latest.n_retries.track();
            latest.fail(None);
            let Some(question) = latest.question.get() else {
                latest.good.set(None);
                return None;
            };
            let (answer, handle) = abortable(ask(question.clone()));
            spawn_local(async move {
                match answer.await {
                    Ok(Ok(answer)) => latest.receive(question, answer),
                    Ok(Err(error)) if latest.is_asked(&question) => latest.fail(Some(error)),
                    Ok(Err(_)) => {} // a newer question is about to take its place
                    Err(_dropped) => {} // a newer question took its place
                }
            });
            Some(handle)
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
