//! Whoever answers, and an answer on its way: only who asked can read it.

use std::any::Any;

use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use crate::engine::protocol::{Ask, Backend, EngineError, FetchProgress, Request};

pub use sent::Sent;

/// What the engine tells without being asked.
#[derive(Clone, Debug, PartialEq)]
pub enum EngineEvent {
    Starting {
        backend: Backend,
    },
    Ready {
        backend: Backend,
        n_threads: usize,
        millis: f64,
    },
    Fetching(FetchProgress),
    /// It cannot start, it crashed or it fell silent. All waiting requests have ended.
    Stopped(EngineError),
    /// It goes on, but something went wrong that belongs to no request.
    Trouble(EngineError),
}

/// Whatever answers requests: the worker, or a script in a test.
pub trait Answers {
    /// Asks `request`; dropping the answer forgets the question. See [`ask`](dyn Answers::ask).
    fn ask_any(&self, request: Request) -> LocalBoxFuture<'static, Result<Answer, EngineError>>;

    /// Starts afresh on `backend`.
    fn restart(&self, backend: Backend);
}

impl dyn Answers {
    /// Asks, and reads the answer; dropping it forgets the question.
    ///
    /// # Errors
    /// What the engine answers; [`EngineError::Unreadable`] if it answers another question.
    pub fn ask<A: Ask>(
        &self,
        asked: A,
    ) -> impl Future<Output = Result<A::Answer, EngineError>> + use<A> {
        let answer = self.ask_any(asked.into());
        async move { answer.await?.read() }
    }
}

/// What an engine answered, from a worker or made here.
pub struct Answer(Kind);

enum Kind {
    Sent(wasm_bindgen::JsValue),
    Made(Box<dyn Any>),
}

impl Answer {
    /// An answer that crosses no wire, as an engine on the page gives it.
    pub fn made(answer: impl Any) -> Self {
        Self(Kind::Made(Box::new(answer)))
    }

    /// What was answered, to a question whose answer is an `A`.
    ///
    /// # Errors
    /// [`EngineError::Unreadable`] if it answers another question.
    pub fn read<A: DeserializeOwned + 'static>(self) -> Result<A, EngineError> {
        match self.0 {
            Kind::Sent(value) => sent::read(value),
            Kind::Made(answer) => answer.downcast().map(|it| *it).map_err(|_other| {
                EngineError::Unreadable { detail: "it answers another question".to_owned() }
            }),
        }
    }
}

/// The wire between page and worker.
mod sent {
    use serde::de::DeserializeOwned;
    use serde::{Deserialize, Serialize};
    use wasm_bindgen::JsValue;

    use super::{Answer, Kind};
    use crate::engine::protocol::EngineError;

    /// What crosses the wire for an answer.
    #[derive(Debug, Serialize, Deserialize)]
    #[serde(transparent)]
    pub struct Sent(#[serde(with = "serde_wasm_bindgen::preserve")] JsValue);

    impl Sent {
        #[cfg(target_arch = "wasm32")] // the worker's half
        pub(in super::super) fn new(answer: &impl Serialize) -> Result<Self, EngineError> {
            serde_wasm_bindgen::to_value(answer).map(Self).map_err(unreadable)
        }
    }

    pub(super) fn read<A: DeserializeOwned>(value: JsValue) -> Result<A, EngineError> {
        serde_wasm_bindgen::from_value(value).map_err(unreadable)
    }

    impl From<Sent> for Answer {
        fn from(Sent(value): Sent) -> Self {
            Self(Kind::Sent(value))
        }
    }

    fn unreadable(error: serde_wasm_bindgen::Error) -> EngineError {
        EngineError::Unreadable { detail: error.to_string() }
    }
}
