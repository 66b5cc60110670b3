//! The engine: as whatever asks it is given it, and how the page keeps it alive.

use std::rc::Rc;

use any_spawner::Executor;
use futures::future::{FutureExt, LocalBoxFuture};
use reactive_graph::effect::Effect;
use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, GetValue, Set, SetValue, WithValue};

use super::latest;
use super::notices::{Notice, Notices, Refusal};
use super::watch::{EngineWatch, Phase};
use crate::engine::answer::{Answer, Answers};
use crate::engine::protocol::{
    Ask, Backend, EncoderName, EngineError, Request, SelfTest, TestEngine,
};

/// The engine of a page. Cheap to copy; lasts as long as the page that made it.
#[derive(Clone, Copy)]
pub struct EngineHandle {
    answers: StoredValue<Rc<dyn Answers>, LocalStorage>,
    n_restarts: StoredValue<u32>,
    /// Why no answer will come any more, said by an answer.
    lost: RwSignal<Option<EngineError>>,
}

impl EngineHandle {
    pub fn new(engine: Rc<dyn Answers>) -> Self {
        Self {
            answers: StoredValue::new_local(engine),
            n_restarts: StoredValue::new(0),
            lost: RwSignal::new(None),
        }
    }

    /// Asks; dropping the answer forgets the question.
    ///
    /// # Errors
    /// What the engine answers.
    pub fn ask<A: Ask>(
        self,
        asked: A,
    ) -> impl Future<Output = Result<A::Answer, EngineError>> + use<A> {
        let answer = self.heard(asked.into());
        async move { answer.await?.read() }
    }

    /// Asks, and takes note of an answer that says that no other will come. Not generic: there are many requests.
    fn heard(self, request: Request) -> LocalBoxFuture<'static, Result<Answer, EngineError>> {
        let n_restarts = self.n_restarts.get_value();
        let answer = self.answers.with_value(|it| it.ask_any(request));
        let hear = move |answer: Result<Answer, EngineError>| {
            if let Err(error) = &answer
                && is_end_of_engine(error)
                && self.n_restarts.try_get_value() == Some(n_restarts)
            {
                self.lost.set(Some(error.clone()));
            }
            answer
        };
        answer.map(hear).boxed_local()
    }

    /// As [`Self::ask`], for who looks after an engine that ends.
    fn ask_unheard<A: Ask>(
        self,
        asked: A,
    ) -> impl Future<Output = Result<A::Answer, EngineError>> + use<A> {
        self.answers.with_value(|it| it.ask(asked))
    }

    /// Starts afresh on `backend`.
    pub fn restart(self, backend: Backend) {
        self.n_restarts.set_value(self.n_restarts.get_value() + 1);
        self.answers.with_value(|it| it.restart(backend));
    }
}

/// No answer will come any more, from this engine.
fn is_end_of_engine(error: &EngineError) -> bool {
    matches!(error, EngineError::Stopped | EngineError::DeviceLost | EngineError::NoSimd)
}

/// How WebGPU stands on this device.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum WebGpu {
    #[default]
    NotTried,
    Testing,
    /// It gave the stored answers and is in use.
    InUse(SelfTest),
    Refused(Refusal),
}

/// The engine with what the page knows of it. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Engine {
    handle: EngineHandle,
    watch: EngineWatch,
    webgpu: RwSignal<WebGpu>,
    notices: Notices,
}

impl Engine {
    /// Looks after the engine behind `handle`, whose events `watch` hears: what happens to it becomes notices, and a
    /// lost device WebAssembly.
    pub fn new(handle: EngineHandle, watch: EngineWatch, notices: Notices) -> Self {
        let engine = Self { handle, watch, webgpu: RwSignal::default(), notices };
        engine.follow();
        engine
    }

    /// For who asks it.
    pub fn handle(self) -> EngineHandle {
        self.handle
    }

    /// As [`EngineHandle::ask`].
    ///
    /// # Errors
    /// What the engine answers.
    pub fn ask<A: Ask>(
        self,
        asked: A,
    ) -> impl Future<Output = Result<A::Answer, EngineError>> + use<A> {
        self.handle.ask(asked)
    }

    pub fn watch(self) -> EngineWatch {
        self.watch
    }

    /// Starts a fresh engine where the old one ran, and asks again what has no answer.
    pub fn restart(self) {
        let backend = match self.webgpu.get_untracked() {
            WebGpu::InUse(_) => Backend::WebGpu,
            _ => Backend::Wasm,
        };
        self.restart_on(backend);
    }

    /// Runs the self-test on WebGPU, and stays there only if it gives the stored answers.
    pub fn offer_webgpu(self, encoder: EncoderName) {
        if self.webgpu.get_untracked() == WebGpu::Testing {
            return;
        }
        self.webgpu.set(WebGpu::Testing);
        self.handle.restart(Backend::WebGpu);
        let asked = self.handle.ask_unheard(TestEngine { encoder });
        Executor::spawn_local(async move {
            let refusal = match asked.await {
                Ok(test) if test.checks.iter().all(|check| check.passed) => {
                    self.webgpu.set(WebGpu::InUse(test));
                    latest::retry_all();
                    return;
                }
                Ok(test) => Refusal::Differs(test),
                Err(error) => Refusal::Failed(error),
            };
            self.refuse_webgpu(refusal.clone());
            self.notices.tell(Notice::WebGpuRefused(refusal));
        });
    }

    /// Goes back from WebGPU to WebAssembly.
    pub fn leave_webgpu(self) {
        self.webgpu.set(WebGpu::NotTried);
        self.restart_on(Backend::Wasm);
    }

    pub fn webgpu(self) -> RwSignal<WebGpu> {
        self.webgpu
    }

    fn refuse_webgpu(self, refusal: Refusal) {
        self.webgpu.set(WebGpu::Refused(refusal));
        self.restart_on(Backend::Wasm);
    }

    fn restart_on(self, backend: Backend) {
        self.notices.dismiss(&Notice::EngineStopped(EngineError::Stopped));
        // A fresh engine fetches afresh.
        self.notices.forget(|it| matches!(it, Notice::Unavailable(..)));
        self.handle.restart(backend);
        latest::retry_all();
    }

    fn follow(self) {
        let is_testing = move || self.webgpu.get_untracked() == WebGpu::Testing;
        Effect::new(move || match self.watch.phase() {
            Phase::Stopped(_) if is_testing() => {}
            Phase::Stopped(error) => self.hear_end(error),
            Phase::Ready { .. } => {
                self.notices.dismiss(&Notice::EngineStopped(EngineError::Stopped));
            }
            Phase::Starting { .. } => {}
        });
        Effect::new(move || {
            if let Some(error) = self.handle.lost.get().filter(|_| !is_testing()) {
                self.hear_end(error);
            }
        });
        Effect::new(move || {
            if let Some(error) = self.watch.trouble() {
                self.notices.tell(Notice::Trouble(error));
            }
        });
    }

    fn hear_end(self, error: EngineError) {
        if error != EngineError::DeviceLost {
            return self.notices.tell(Notice::EngineStopped(error));
        }
        if matches!(self.webgpu.get_untracked(), WebGpu::Refused(_)) {
            return; // already on the way back
        }
        self.refuse_webgpu(Refusal::Failed(EngineError::DeviceLost));
        self.notices.tell(Notice::DeviceLost);
    }
}
