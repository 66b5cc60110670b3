//! The engine, as whatever asks it is given it.

use std::rc::Rc;

use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::traits::WithValue;

use crate::engine::answer::Answers;
use crate::engine::protocol::{Ask, Backend, EngineError};

/// The engine of a page. Cheap to copy; lasts as long as the page that made it.
#[derive(Clone, Copy)]
pub struct EngineHandle(StoredValue<Rc<dyn Answers>, LocalStorage>);

impl EngineHandle {
    pub fn new(engine: Rc<dyn Answers>) -> Self {
        Self(StoredValue::new_local(engine))
    }

    /// Asks; dropping the answer forgets the question.
    ///
    /// # Errors
    /// What the engine answers.
    pub fn ask<A: Ask>(
        self,
        asked: A,
    ) -> impl Future<Output = Result<A::Answer, EngineError>> + use<A> {
        self.0.with_value(|it| it.ask(asked))
    }

    /// Starts afresh on `backend`.
    pub fn restart(self, backend: Backend) {
        self.0.with_value(|it| it.restart(backend));
    }
}
