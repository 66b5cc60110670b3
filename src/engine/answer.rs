//! An answer on its way: only who asked can read it.

use std::any::Any;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use crate::engine::protocol::EngineError;

/// What crosses the wire for an answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sent(#[serde(with = "serde_wasm_bindgen::preserve")] JsValue);

impl Sent {
    pub(super) fn new(answer: &impl Serialize) -> Result<Self, EngineError> {
        serde_wasm_bindgen::to_value(answer).map(Self).map_err(unreadable)
    }
}

/// What an engine answered, from a worker or made here.
pub struct Answer(Kind);

enum Kind {
    Sent(JsValue),
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
            Kind::Sent(value) => serde_wasm_bindgen::from_value(value).map_err(unreadable),
            Kind::Made(answer) => answer.downcast().map(|it| *it).map_err(|_other| {
                EngineError::Unreadable { detail: "it answers another question".to_owned() }
            }),
        }
    }
}

impl From<Sent> for Answer {
    fn from(Sent(value): Sent) -> Self {
        Self(Kind::Sent(value))
    }
}

fn unreadable(error: serde_wasm_bindgen::Error) -> EngineError {
    EngineError::Unreadable { detail: error.to_string() }
}
