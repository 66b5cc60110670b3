//! The two ends of the wire between page and engine. Knows messages, not what they ask.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use futures::channel::mpsc;
use futures::{FutureExt, StreamExt};
use gloo_events::{EventListener, EventListenerOptions};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DedicatedWorkerGlobalScope, ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType,
    console,
};

use crate::engine::protocol::{EngineError, FromEngine, Request, RequestId, ToEngine};

/// What can be heard at the page's end.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    Message(FromEngine),
    /// The worker failed to load or an exception ended it; or it sent what nobody can read.
    Broken,
}

/// The page's end: a worker and what it says. Dropping it ends the worker.
pub struct EnginePort {
    worker: Worker,
    _listeners: [EventListener; 3],
}

impl EnginePort {
    /// Starts the worker at `script_url` and passes on what it says to `on_heard`.
    ///
    /// # Errors
    /// [`EngineError::Stopped`] if the browser refuses to start a worker.
    pub fn open(script_url: &str, on_heard: impl Fn(Heard) + 'static) -> Result<Self, EngineError> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        // The browser's reason is a policy or an address no reader can act on.
        let worker = Worker::new_with_options(script_url, &options)
            .map_err(|_reason| EngineError::Stopped)?;

        let on_heard = Rc::new(on_heard);
        let hear_message = on_heard.clone();
        let on_message = EventListener::new(&worker, "message", move |event| {
            hear_message(
                event.dyn_ref().and_then(read::<FromEngine>).map_or(Heard::Broken, Heard::Message),
            );
        });
        let hear_error = on_heard.clone();
        // Handled here: else it would be an error of the page, too.
        let handled = EventListenerOptions::enable_prevent_default();
        let on_error = EventListener::new_with_options(&worker, "error", handled, move |event| {
            event.prevent_default();
            let reason = event.dyn_ref().map_or_else(String::new, ErrorEvent::message);
            console::error_2(&"the engine failed".into(), &reason.into());
            hear_error(Heard::Broken);
        });
        let on_message_error =
            EventListener::new(&worker, "messageerror", move |_| on_heard(Heard::Broken));
        Ok(Self { worker, _listeners: [on_message, on_error, on_message_error] })
    }

    /// Posts `message` to the engine.
    ///
    /// # Errors
    /// [`EngineError::Unreadable`] if the browser cannot copy the message.
    pub fn post(&self, message: &ToEngine) -> Result<(), EngineError> {
        self.worker.post_message(&write(message)?).map_err(|reason| unreadable(&reason))
    }
}

impl Drop for EnginePort {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// The engine's end: requests that wait, oldest first.
pub struct PagePort {
    scope: DedicatedWorkerGlobalScope,
    waiting: Rc<RefCell<VecDeque<(RequestId, Request)>>>,
    arrived: mpsc::UnboundedReceiver<()>,
    _listeners: [EventListener; 2],
}

impl PagePort {
    /// Listens in the worker that this program runs in; `None` anywhere else.
    pub fn of_this_worker() -> Option<Self> {
        let scope = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>().ok()?;
        let waiting: Rc<RefCell<VecDeque<(RequestId, Request)>>> = Rc::default();
        let (tell, arrived) = mpsc::unbounded();
        let (inbox, reply_scope) = (waiting.clone(), scope.clone());
        let on_message = EventListener::new(&scope, "message", move |event| {
            let read = event.dyn_ref().ok_or(None).and_then(|event: &MessageEvent| {
                serde_wasm_bindgen::from_value(event.data())
                    .map_err(|error| Some((id_of(&event.data()), error.to_string())))
            });
            match read {
                Ok(ToEngine::Ask { id, request }) => {
                    inbox.borrow_mut().push_back((id, request));
                    // The receiver lives as long as the listener does.
                    let _ = tell.unbounded_send(());
                }
                Ok(ToEngine::Forget { id }) => {
                    inbox.borrow_mut().retain(|(waiting, _)| *waiting != id)
                }
                Ok(ToEngine::Ping) => send(&reply_scope, &FromEngine::Alive),
                Err(None) => {}
                Err(Some((id, detail))) => send(&reply_scope, &refusal(id, detail)),
            }
        });
        let reply_scope = scope.clone();
        let on_message_error = EventListener::new(&scope, "messageerror", move |_| {
            send(&reply_scope, &refusal(None, "the browser could not copy it".into()));
        });
        Some(Self { scope, waiting, arrived, _listeners: [on_message, on_message_error] })
    }

    /// The next request: the oldest that a reader waits for, else the oldest of the work in idle time.
    pub async fn next(&mut self) -> Option<(RequestId, Request)> {
        loop {
            let taken = {
                let mut waiting = self.waiting.borrow_mut();
                let urgent = waiting
                    .iter()
                    .position(|(_, request)| !matches!(request, Request::EmbedNext { .. }));
                waiting.remove(urgent.unwrap_or(0))
            };
            if taken.is_some() {
                return taken;
            }
            self.arrived.next().await?;
            // Each request rang once; those already taken need no further ring.
            while let Some(Some(())) = self.arrived.next().now_or_never() {}
        }
    }

    /// Whether no request waits.
    pub fn is_idle(&self) -> bool {
        self.waiting.borrow().is_empty()
    }

    pub fn tell(&self, message: &FromEngine) {
        send(&self.scope, message);
    }

    /// A way to speak while the port itself waits for requests.
    pub fn voice(&self) -> impl Fn(&FromEngine) + Clone + 'static {
        let scope = self.scope.clone();
        move |message| send(&scope, message)
    }
}

/// What a message says, or nothing, with a word on the console, if nobody can read it.
fn read<T: DeserializeOwned>(event: &MessageEvent) -> Option<T> {
    let read = serde_wasm_bindgen::from_value(event.data());
    read.inspect_err(|reason| console::error_2(&"unreadable".into(), &reason.to_string().into()))
        .ok()
}

fn write(message: &impl Serialize) -> Result<JsValue, EngineError> {
    serde_wasm_bindgen::to_value(message)
        .map_err(|error| EngineError::Unreadable { detail: error.to_string() })
}

fn send(scope: &DedicatedWorkerGlobalScope, message: &FromEngine) {
    let posted = write(message)
        .and_then(|message| scope.post_message(&message).map_err(|reason| unreadable(&reason)));
    if let Err(error) = posted {
        // Plain data always goes through; if ever not, a crash tells the page more than silence.
        wasm_bindgen::throw_str(&error.to_string());
    }
}

fn unreadable(reason: &JsValue) -> EngineError {
    EngineError::Unreadable { detail: format!("{reason:?}") }
}

/// The id in a message whose request could not be read.
fn id_of(message: &JsValue) -> Option<RequestId> {
    let ask = js_sys::Reflect::get(message, &"Ask".into()).ok()?;
    let id = js_sys::Reflect::get(&ask, &"id".into()).ok()?;
    serde_wasm_bindgen::from_value(id).ok()
}

fn refusal(id: Option<RequestId>, detail: String) -> FromEngine {
    let error = EngineError::Unreadable { detail };
    match id {
        Some(id) => FromEngine::Reply { id, outcome: Err(error) },
        None => FromEngine::Trouble(error),
    }
}
