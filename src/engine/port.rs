//! The two ends of the wire between page and engine. Knows messages, not what they ask.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::{mpsc, oneshot};
use futures::{FutureExt, StreamExt};
use gloo_events::{EventListener, EventListenerOptions};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DedicatedWorkerGlobalScope, ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType,
    console,
};

use crate::engine::answer::Sent;
use crate::engine::protocol::{self, EngineError, Request, RequestId, ToEngine, Wanted};

/// What the engine says, with answers that the port does not read.
pub type FromEngine = protocol::FromEngine<Sent>;

/// What can be heard at the page's end.
#[derive(Debug)]
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

    /// Hands over what the engine wanted by `path`, bytes or a program: plain data would be copied thrice.
    pub fn hand_over(&self, path: &str, file: Result<JsValue, EngineError>) {
        let (key, value) = match file {
            Ok(file) => ("file", file),
            Err(error) => ("error", write(&error).unwrap_or_default()),
        };
        let parts = [
            js_sys::Array::of2(&"path".into(), &path.into()),
            js_sys::Array::of2(&key.into(), &value),
        ];
        let handed = js_sys::Object::from_entries(&parts.iter().collect::<js_sys::Array>());
        let message = js_sys::Array::of2(&"File".into(), &handed.unwrap_or_default());
        let message = js_sys::Object::from_entries(&js_sys::Array::of1(&message));
        // What cannot be posted is missed by an engine that has ended.
        let _ = self.worker.post_message(&message.unwrap_or_default());
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

/// A request that has no answer.
struct Waiting {
    id: RequestId,
    request: Request,
    /// They have to come first.
    files: Vec<String>,
}

type Taker = oneshot::Sender<Result<Vec<u8>, EngineError>>;

/// What is owed: answers, in the order they were asked for, and files to those who sent for them.
#[derive(Default)]
struct Queue {
    waiting: Vec<Waiting>,
    takers: Vec<(String, Taker)>,
}

impl Queue {
    /// The place of the next request: the oldest that a reader waits for, else the oldest of the work in idle time.
    fn next(&self) -> Option<usize> {
        let is_urgent = |it: &Waiting| !matches!(it.request, Request::EmbedNext(_));
        let ready = || self.waiting.iter().enumerate().filter(|(_, it)| it.files.is_empty());
        let urgent = ready().find(|(_, it)| is_urgent(it));
        urgent.or_else(|| ready().next()).map(|(at, _)| at)
    }
}

/// The engine's end: what was asked, and a line to who asked.
pub struct PagePort {
    line: PageLine,
    arrived: mpsc::UnboundedReceiver<()>,
    _listeners: [EventListener; 2],
}

impl PagePort {
    /// Listens in the worker that this program runs in; `None` anywhere else.
    pub fn of_this_worker() -> Option<Self> {
        let scope = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>().ok()?;
        let (bell, arrived) = mpsc::unbounded();
        let line = PageLine { scope: scope.clone(), queue: Rc::default(), bell };
        let heard_by = line.clone();
        let on_message = EventListener::new(&scope, "message", move |event| {
            let Some(data) = event.dyn_ref().map(MessageEvent::data) else { return };
            if let Some((path, file)) = handed_over(&data) {
                return heard_by.take(&path, file);
            }
            let read = serde_wasm_bindgen::from_value(data.clone())
                .map_err(|error| (id_of(&data), error.to_string()));
            match read {
                Ok(ToEngine::Ask { id, request }) => heard_by.put(id, request, Vec::new()),
                Ok(ToEngine::Forget { id }) => {
                    heard_by.queue.borrow_mut().waiting.retain(|it| it.id != id);
                }
                Ok(ToEngine::Ping) => heard_by.tell(&FromEngine::Alive),
                Err((id, detail)) => heard_by.tell(&refusal(id, detail)),
            }
        });
        let heard_by = line.clone();
        let on_message_error = EventListener::new(&scope, "messageerror", move |_| {
            heard_by.tell(&refusal(None, "the browser could not copy it".into()));
        });
        Some(Self { line, arrived, _listeners: [on_message, on_message_error] })
    }

    /// The next request whose files are here.
    pub async fn next(&mut self) -> Option<(RequestId, Request)> {
        loop {
            let taken = {
                let mut queue = self.line.queue.borrow_mut();
                queue.next().map(|at| queue.waiting.remove(at))
            };
            if let Some(Waiting { id, request, .. }) = taken {
                return Some((id, request));
            }
            self.arrived.next().await?;
            // Each request rang once; those already taken need no further ring.
            while let Some(Some(())) = self.arrived.next().now_or_never() {}
        }
    }

    /// Whether no request waits to be computed.
    pub fn is_idle(&self) -> bool {
        self.line.queue.borrow().next().is_none()
    }

    /// Lets others go ahead of a request until `files` are here.
    pub fn set_aside(&self, id: RequestId, request: Request, files: Vec<String>) {
        self.line.put(id, request, files);
    }

    pub fn tell(&self, message: &FromEngine) {
        self.line.tell(message);
    }

    /// A way to speak while the port itself waits for requests.
    pub fn line(&self) -> PageLine {
        self.line.clone()
    }
}

/// Speaks to the page, and calls in what was set aside. Cheap to clone.
#[derive(Clone)]
pub struct PageLine {
    scope: DedicatedWorkerGlobalScope,
    queue: Rc<RefCell<Queue>>,
    bell: mpsc::UnboundedSender<()>,
}

impl PageLine {
    pub fn tell(&self, message: &FromEngine) {
        send(&self.scope, message);
    }

    /// The bytes of a file, by way of the page, which fetches them.
    ///
    /// # Errors
    /// [`EngineError::Unreachable`] if they do not come.
    pub async fn file(&self, wanted: Wanted) -> Result<Vec<u8>, EngineError> {
        let (give, taken) = oneshot::channel();
        self.queue.borrow_mut().takers.push((wanted.path.clone(), give));
        self.tell(&FromEngine::Want(wanted));
        // A taker is only let go with the engine.
        taken.await.unwrap_or(Err(EngineError::Stopped))
    }

    fn take(&self, path: &str, file: Result<Vec<u8>, EngineError>) {
        let takers = &mut self.queue.borrow_mut().takers;
        if let Some(at) = takers.iter().position(|(wanted, _)| wanted == path) {
            let _ = takers.swap_remove(at).1.send(file); // who no longer waits does not care
        }
    }

    /// The file at `path` came, or did not: what was set aside for it goes on, or ends with the error.
    pub fn go_on_with(&self, path: &str, outcome: Result<(), EngineError>) {
        self.queue.borrow_mut().waiting.retain_mut(|it| {
            if !it.files.iter().any(|it| it == path) {
                return true;
            }
            it.files.clear();
            let Err(error) = &outcome else { return true };
            self.tell(&FromEngine::Reply { id: it.id, outcome: Err(error.clone()) });
            false
        });
        self.ring();
    }

    fn put(&self, id: RequestId, request: Request, files: Vec<String>) {
        let waiting = &mut self.queue.borrow_mut().waiting;
        let at = waiting.partition_point(|it| it.id < id);
        waiting.insert(at, Waiting { id, request, files });
        self.ring();
    }

    fn ring(&self) {
        // The receiver lives as long as the port does.
        let _ = self.bell.unbounded_send(());
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

/// A file in a message, with its path.
fn handed_over(message: &JsValue) -> Option<(String, Result<Vec<u8>, EngineError>)> {
    let part = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    let handed = part(message, "File").filter(JsValue::is_object)?;
    let path = part(&handed, "path")?.as_string()?;
    let file = match part(&handed, "file")?.dyn_into::<js_sys::Uint8Array>() {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(_none) => Err(serde_wasm_bindgen::from_value(part(&handed, "error")?).ok()?),
    };
    Some((path, file))
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
