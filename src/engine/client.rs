//! The page's side of the engine: ask, and be told when it starts, fetches or stops.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use futures::channel::oneshot;
use futures::future::{AbortHandle, FutureExt, LocalBoxFuture, abortable};
use gloo_timers::callback::Interval;
use wasm_bindgen_futures::spawn_local;

use crate::engine::answer::{Answer, Answers, EngineEvent};
use crate::engine::port::{EnginePort, FromEngine, Heard};
use crate::engine::protocol::{Ask, Backend, EngineError, Request, RequestId, ToEngine, Wanted};
use crate::engine::supply;

/// How an engine is started and watched.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The boot script, beside the program of the page.
    pub script: String,
    /// Names this build in the worker's addresses, so that no old half meets a new one.
    pub build: String,
    pub backend: Backend,
    /// Without `Ready` for so long while no file for it is on its way, the engine counts as stopped:
    /// a limit belongs to computing, a download has its own.
    pub start_limit_millis: u32,
    /// Silent for so long while someone waits, the engine counts as stopped. Longer than the
    /// longest run of a model: a worker cannot answer a ping while it computes.
    pub silence_limit_millis: u32,
    /// How often it is asked for a sign of life while someone waits.
    pub pulse_millis: u32,
}

impl Config {
    /// The engine of this site, at `build`.
    pub fn new(build: impl Into<String>, backend: Backend) -> Self {
        Self {
            script: "engine_boot.js".into(),
            build: build.into(),
            backend,
            start_limit_millis: 60_000,
            silence_limit_millis: 20_000,
            pulse_millis: 2_000,
        }
    }

    fn script_url(&self) -> String {
        let backend = match self.backend {
            Backend::Wasm => "wasm",
            Backend::WebGpu => "webgpu",
        };
        format!("{}?backend={backend}&build={}", self.script, self.build)
    }
}

/// The engine as the page knows it. Cheap to clone; dropping the last one ends the worker.
#[derive(Clone)]
pub struct Engine(Rc<Inner>);

struct Inner {
    config: RefCell<Config>,
    on_event: Box<dyn Fn(EngineEvent)>,
    phase: RefCell<Phase>,
    waiting: RefCell<BTreeMap<RequestId, oneshot::Sender<Result<Answer, EngineError>>>>,
    last_id: Cell<u32>,
    silent_millis: Cell<u32>,
    /// Which of the workers started so far is the one of now.
    turn: Cell<u32>,
    /// Files on their way for it.
    n_coming: Cell<u32>,
    /// Ends the downloads for the workers so far. They outlive a worker, but not the engine.
    supplies: RefCell<Vec<AbortHandle>>,
}

enum Phase {
    /// Requests asked meanwhile are posted at `Ready`.
    Starting {
        port: EnginePort,
        unsent: Vec<ToEngine>,
        pulse: Interval,
    },
    Running {
        port: EnginePort,
        _pulse: Interval,
    },
    Stopped(EngineError),
}

impl Engine {
    /// Starts a worker; `on_event` hears how it goes.
    pub fn start(config: Config, on_event: impl Fn(EngineEvent) + 'static) -> Self {
        let engine = Self(Rc::new(Inner {
            config: RefCell::new(config),
            on_event: Box::new(on_event),
            phase: RefCell::new(Phase::Stopped(EngineError::Stopped)),
            waiting: RefCell::default(),
            last_id: Cell::new(0),
            silent_millis: Cell::new(0),
            turn: Cell::new(0),
            n_coming: Cell::new(0),
            supplies: RefCell::default(),
        }));
        engine.0.launch();
        engine
    }

    /// Asks the engine. A dropped answer is forgotten, and not computed if it has not begun.
    ///
    /// # Errors
    /// What the engine answers, or [`EngineError::Stopped`] (or why it could not start) if it
    /// ends before it answers.
    pub fn ask<A: Ask>(
        &self,
        asked: A,
    ) -> impl Future<Output = Result<A::Answer, EngineError>> + 'static {
        let answer = self.ask_any(asked.into());
        async move { answer.await?.read() }
    }

    /// The same, for those who know the answer's type.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn ask_any(
        &self,
        request: Request,
    ) -> impl Future<Output = Result<Answer, EngineError>> + 'static {
        let asked = self.0.post_request(request);
        let forget =
            asked.as_ref().ok().map(|(id, _)| ForgetOnDrop { id: *id, of: Rc::downgrade(&self.0) });
        async move {
            let _forget = forget;
            let (_, answer) = asked?;
            // The sender is only dropped with the engine itself.
            answer.await.unwrap_or(Err(EngineError::Stopped))
        }
    }

    /// Ends the worker and starts a fresh one on `backend`. Requests on their way end in `Stopped`.
    pub fn restart(&self, backend: Backend) {
        self.0.config.borrow_mut().backend = backend;
        self.0.end_waiting(&EngineError::Stopped);
        self.0.launch();
    }

    /// Ends the worker; [`Engine::restart`] starts another.
    pub fn terminate(&self) {
        self.0.stop(EngineError::Stopped);
    }
}

impl Answers for Engine {
    fn ask_any(&self, request: Request) -> LocalBoxFuture<'static, Result<Answer, EngineError>> {
        Engine::ask_any(self, request).boxed_local()
    }

    fn restart(&self, backend: Backend) {
        Engine::restart(self, backend);
    }
}

impl Inner {
    fn launch(self: &Rc<Self>) {
        let config = self.config.borrow().clone();
        self.silent_millis.set(0);
        self.turn.set(self.turn.get() + 1);
        self.n_coming.set(0);
        (self.on_event)(EngineEvent::Starting { backend: config.backend });
        let heard_by = Rc::downgrade(self);
        let port = EnginePort::open(&supply::address_of(&config.script_url()), move |heard| {
            if let Some(inner) = heard_by.upgrade() {
                inner.hear(heard);
            }
        });
        match port {
            Ok(port) => {
                let watched = Rc::downgrade(self);
                let pulse = Interval::new(config.pulse_millis, move || {
                    if let Some(inner) = watched.upgrade() {
                        inner.feel_pulse();
                    }
                });
                self.phase.replace(Phase::Starting { port, unsent: Vec::new(), pulse });
            }
            Err(error) => self.stop(error),
        }
    }

    fn hear(self: &Rc<Self>, heard: Heard) {
        self.silent_millis.set(0);
        match heard {
            Heard::Broken => self.stop(EngineError::Stopped),
            Heard::Message(FromEngine::Alive) => {}
            Heard::Message(FromEngine::Ready { backend, n_threads, millis }) => {
                self.begin();
                (self.on_event)(EngineEvent::Ready { backend, n_threads, millis });
            }
            Heard::Message(FromEngine::Refused(error)) => self.stop(error),
            Heard::Message(FromEngine::Want(wanted)) => self.supply(wanted),
            Heard::Message(FromEngine::Fetching(progress)) => {
                (self.on_event)(EngineEvent::Fetching(progress))
            }
            Heard::Message(FromEngine::Trouble(error)) => {
                (self.on_event)(EngineEvent::Trouble(error))
            }
            Heard::Message(FromEngine::Reply { id, outcome }) => {
                let answer = self.waiting.borrow_mut().remove(&id);
                if let Some(answer) = answer {
                    let _ = answer.send(outcome.map(Answer::from)); // who no longer waits does not care
                }
            }
        }
    }

    /// `Ready` came: posts what waited for it.
    fn begin(&self) {
        let ended = EngineError::Stopped;
        let Phase::Starting { port, unsent, pulse } = self.phase.replace(Phase::Stopped(ended))
        else {
            return; // a second `Ready` from an engine that was stopped meanwhile
        };
        for message in &unsent {
            if let (Err(error), ToEngine::Ask { id, .. }) = (port.post(message), message) {
                self.answer(*id, Err(error));
            }
        }
        self.phase.replace(Phase::Running { port, _pulse: pulse });
    }

    /// Fetches what the worker of now wants, and hands it over.
    fn supply(self: &Rc<Self>, wanted: Wanted) {
        let (turn, of) = (self.turn.get(), Rc::downgrade(self));
        self.n_coming.set(self.n_coming.get() + 1);
        let told = of.clone();
        let on_progress = move |progress| {
            if let Some(inner) = told.upgrade() {
                (inner.on_event)(EngineEvent::Fetching(progress));
            }
        };
        let supply = async move {
            let file = supply::supply(&wanted, on_progress).await;
            let Some(inner) = of.upgrade().filter(|it| it.turn.get() == turn) else { return };
            inner.n_coming.set(inner.n_coming.get() - 1);
            inner.silent_millis.set(0);
            if let Phase::Starting { port, .. } | Phase::Running { port, .. } =
                &*inner.phase.borrow()
            {
                port.hand_over(&wanted.path, file);
            }
        };
        let (supply, handle) = abortable(supply);
        let mut supplies = self.supplies.borrow_mut();
        if self.n_coming.get() == 1 {
            supplies.clear(); // those before have come
        }
        supplies.push(handle);
        spawn_local(async move {
            let _ = supply.await; // the engine was dropped: nobody waits
        });
    }

    /// Pings while someone waits: a worker that the browser has ended says nothing at all.
    fn feel_pulse(&self) {
        let is_starting = matches!(*self.phase.borrow(), Phase::Starting { .. });
        let is_waiting = match is_starting {
            true => self.n_coming.get() == 0,
            false => !self.waiting.borrow().is_empty(),
        };
        if !is_waiting {
            return self.silent_millis.set(0);
        }
        let Config { pulse_millis, silence_limit_millis, start_limit_millis, .. } =
            *self.config.borrow();
        let silent_millis = self.silent_millis.get() + pulse_millis;
        self.silent_millis.set(silent_millis);
        if silent_millis > if is_starting { start_limit_millis } else { silence_limit_millis } {
            return self.stop(EngineError::Stopped);
        }
        if !is_starting {
            self.post(ToEngine::Ping);
        }
    }

    fn stop(&self, error: EngineError) {
        let before = self.phase.replace(Phase::Stopped(error.clone()));
        drop(before); // ends the worker
        self.end_waiting(&error);
        (self.on_event)(EngineEvent::Stopped(error));
    }

    fn end_waiting(&self, error: &EngineError) {
        for (_, answer) in self.waiting.take() {
            let _ = answer.send(Err(error.clone())); // who no longer waits does not care
        }
    }

    fn post_request(
        &self,
        request: Request,
    ) -> Result<(RequestId, oneshot::Receiver<Result<Answer, EngineError>>), EngineError> {
        if let Phase::Stopped(error) = &*self.phase.borrow() {
            return Err(error.clone());
        }
        let id = RequestId(self.last_id.get().wrapping_add(1));
        self.last_id.set(id.0);
        let (answer, answered) = oneshot::channel();
        self.waiting.borrow_mut().insert(id, answer);
        self.post(ToEngine::Ask { id, request });
        Ok((id, answered))
    }

    fn post(&self, message: ToEngine) {
        let posted = match &mut *self.phase.borrow_mut() {
            Phase::Starting { unsent, .. } => {
                match message {
                    ToEngine::Forget { id: forgotten } => unsent
                        .retain(|it| !matches!(it, ToEngine::Ask { id, .. } if *id == forgotten)),
                    message => unsent.push(message),
                }
                return;
            }
            Phase::Running { port, .. } => port.post(&message),
            Phase::Stopped(error) => Err(error.clone()),
        };
        if let (Err(error), ToEngine::Ask { id, .. }) = (posted, message) {
            self.answer(id, Err(error));
        }
    }

    fn answer(&self, id: RequestId, outcome: Result<Answer, EngineError>) {
        let answer = self.waiting.borrow_mut().remove(&id);
        if let Some(answer) = answer {
            let _ = answer.send(outcome); // who no longer waits does not care
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.supplies.borrow().iter().for_each(AbortHandle::abort);
    }
}

/// Tells the engine that nobody waits for an answer any more.
struct ForgetOnDrop {
    id: RequestId,
    of: Weak<Inner>,
}

impl Drop for ForgetOnDrop {
    fn drop(&mut self) {
        let Some(inner) = self.of.upgrade() else { return };
        let waited = inner.waiting.borrow_mut().remove(&self.id).is_some();
        if waited {
            inner.post(ToEngine::Forget { id: self.id });
        }
    }
}
