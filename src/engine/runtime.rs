//! ONNX Runtime, as far as the engine needs it. The only file that names `ort` and `ort_web`.
//!
//! They start the runtime and make sessions. A run goes straight to the session's JavaScript:
//! ort-web crosses over some sixty times for each, which took a small model a fifth longer.

use std::borrow::Borrow;

use futures::future::{Either, FutureExt, LocalBoxFuture, Shared, pending, select};
use js_sys::{Float32Array, Uint8Array};
use ort::session::Session;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::engine::protocol::{Backend, EngineError};
use crate::families::{GraphOutputs, Numbers, Tensor};

#[wasm_bindgen]
extern "C" {
    /// What public/engine_boot.js leaves behind.
    type Boot;
    #[wasm_bindgen(thread_local_v2, js_name = glassrecBoot)]
    static BOOT: Boot;
    #[wasm_bindgen(method, getter, js_name = nThreads)]
    fn n_threads(this: &Boot) -> u32;
    #[wasm_bindgen(method, getter, js_name = isWebGpu)]
    fn is_web_gpu(this: &Boot) -> bool;
    #[wasm_bindgen(method, getter, js_name = deviceLost)]
    fn device_lost(this: &Boot) -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = newestSession)]
    fn newest_session(this: &Boot) -> JsSession;
    #[wasm_bindgen(method, catch, js_name = roomFor)]
    fn room_for(this: &Boot, n_bytes: f64) -> Result<Uint8Array, JsValue>;
    #[wasm_bindgen(method, js_name = createSession)]
    fn create_session(this: &Boot, onnx: &Uint8Array) -> js_sys::Promise;

    /// A session of ONNX Runtime's own script.
    type JsSession;

    /// One run on its way; see public/engine_boot.js.
    #[wasm_bindgen(js_name = GlassrecRun)]
    type Run;
    #[wasm_bindgen(constructor, js_class = GlassrecRun)]
    fn new() -> Run;
    #[wasm_bindgen(method, js_name = feed)]
    fn feed_i32(this: &Run, name: &str, numbers: &[i32], shape: &[u32]);
    #[wasm_bindgen(method, js_name = feed)]
    fn feed_i64(this: &Run, name: &str, numbers: &[i64], shape: &[u32]);
    #[wasm_bindgen(method, js_name = feed)]
    fn feed_f32(this: &Run, name: &str, numbers: &[f32], shape: &[u32]);
    #[wasm_bindgen(method)]
    fn start(this: &Run, session: &JsSession, wanted: &str) -> js_sys::Promise;

    /// What a run gave, by name.
    type JsOutputs;
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn get(this: &JsOutputs, name: &str) -> JsTensor;

    /// A tensor that a run gave, in JavaScript's memory on every backend.
    type JsTensor;
    #[wasm_bindgen(method, getter)]
    fn data(this: &JsTensor) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn dims(this: &JsTensor) -> Vec<u32>;
}

/// The runtime on one backend.
pub struct Runtime {
    environment: ort::environment::Environment,
    backend: Backend,
    n_threads: usize,
    device_lost: DeviceLost,
}

/// Resolves when the graphics device is lost; `None` on a backend that has none.
type DeviceLost = Option<Shared<LocalBoxFuture<'static, ()>>>;

impl Runtime {
    /// Takes over the runtime that engine_boot.js has started.
    ///
    /// # Errors
    /// [`EngineError::ModelFailed`] if the runtime's script is not the one this program was built for.
    pub async fn start() -> Result<Self, EngineError> {
        let (backend, n_threads) = BOOT.with(|boot| {
            let backend = if boot.is_web_gpu() { Backend::WebGpu } else { Backend::Wasm };
            (backend, boot.n_threads() as usize)
        });
        // The build leaves ort-web's own loader out (tools/scripts.mjs): what is asked of it is here already.
        let api = ort_web::api(ort_web::FEATURE_NONE).await.map_err(|error| failed(&error))?;
        ort::set_api(api);
        let environment =
            ort::init().with_telemetry(false).build().map_err(|error| failed(&error))?;
        let device_lost = (backend == Backend::WebGpu).then(|| {
            let lost = JsFuture::from(BOOT.with(Boot::device_lost));
            // It only ever resolves.
            lost.map(|_| ()).boxed_local().shared()
        });
        Ok(Self { environment, backend, n_threads, device_lost })
    }

    pub fn backend(&self) -> Backend {
        self.backend
    }

    pub fn n_threads(&self) -> usize {
        self.n_threads
    }

    /// Resolves when the graphics device is lost; never on a backend that has none.
    pub fn device_lost(&self) -> impl Future<Output = ()> + 'static {
        let device_lost = self.device_lost.clone();
        async {
            match device_lost {
                Some(lost) => lost.await,
                None => pending().await,
            }
        }
    }

    /// Makes a model of the bytes of an ONNX file.
    ///
    /// # Errors
    /// [`EngineError::ModelFailed`] if the runtime cannot read it or lacks an operator.
    pub async fn load(&self, onnx: &[u8]) -> Result<Graph, EngineError> {
        let builder = Session::builder(&self.environment).map_err(|error| failed(&error))?;
        // Left to itself the runtime turns int8 weights into floats again at every run; told that
        // this is no quantised arithmetic, it does so once: half the time of a small model's run.
        let mut builder = builder.with_quant_qdq(false).map_err(|error| failed(&error))?;
        let made = builder.commit_from_memory(onnx).map(|made| made.map_err(|it| failed(&it)));
        let owner = or_device_lost(&self.device_lost, made).await?;
        // One is made at a time: the engine's loop waits for each.
        let session = BOOT.with(Boot::newest_session);
        Ok(Graph { _owner: Some(owner), session, device_lost: self.device_lost.clone() })
    }

    /// Makes a model of an ONNX file that came in parts.
    ///
    /// # Errors
    /// As [`Runtime::load`], and [`EngineError::NoMemory`] where the model does not fit.
    pub async fn load_joined(&self, onnx: Joined) -> Result<Graph, EngineError> {
        let made = JsFuture::from(BOOT.with(|boot| boot.create_session(&onnx.bytes)));
        let made = made.map(|it| it.map_err(|reason| failed_or_full(&reason)));
        let session = or_device_lost(&self.device_lost, made).await?.unchecked_into();
        Ok(Graph { _owner: None, session, device_lost: self.device_lost.clone() })
    }
}

/// A large file on its way into the runtime, outside this program's own memory, which never shrinks.
pub struct Joined {
    bytes: Uint8Array,
    n_filled: u32,
}

impl Joined {
    /// Room for a file of `n_bytes`.
    ///
    /// # Errors
    /// [`EngineError::NoMemory`] if the browser does not give it.
    pub fn with_room_for(n_bytes: u64) -> Result<Self, EngineError> {
        let bytes = BOOT.with(|boot| boot.room_for(n_bytes as f64));
        Ok(Self { bytes: bytes.map_err(|_full| EngineError::NoMemory)?, n_filled: 0 })
    }

    /// Adds the next part. What goes past the room is a file of another model.
    pub fn add(&mut self, part: &[u8]) {
        let n_filled = self.n_filled + part.len() as u32;
        if n_filled <= self.bytes.length() {
            self.bytes.subarray(self.n_filled, n_filled).copy_from(part);
        }
        self.n_filled = n_filled;
    }
}

/// A loaded model.
pub struct Graph {
    /// Gives the session back when it is dropped; one that came in parts lasts as long as the worker.
    _owner: Option<Session>,
    session: JsSession,
    device_lost: DeviceLost,
}

impl Graph {
    /// Runs the model once, over all rows of the batch, and gives the outputs asked for.
    ///
    /// # Errors
    /// [`EngineError::ModelFailed`] for wrong names or shapes, [`EngineError::DeviceLost`] if the
    /// graphics device went away.
    pub async fn run(
        &mut self,
        inputs: &[(&'static str, impl Borrow<Tensor>)],
        wanted: &[&'static str],
    ) -> Result<GraphOutputs, EngineError> {
        let run = Run::new();
        for (name, tensor) in inputs {
            let Tensor { shape, numbers } = tensor.borrow();
            let shape: Vec<u32> = shape.iter().map(|&size| size as u32).collect();
            match numbers {
                Numbers::I64(numbers) => run.feed_i64(name, numbers, &shape),
                Numbers::I32(numbers) => run.feed_i32(name, numbers, &shape),
                Numbers::F32(numbers) => run.feed_f32(name, numbers, &shape),
            }
        }
        let outputs = JsFuture::from(run.start(&self.session, &wanted.join(",")))
            .map(|it| it.map_err(|reason| failed_or_full(&reason)));
        let outputs: JsOutputs = or_device_lost(&self.device_lost, outputs).await?.unchecked_into();
        wanted
            .iter()
            .map(|name| Ok(((*name).to_owned(), read(name, &outputs.get(name))?)))
            .collect()
    }
}

/// The numbers of the output `name`.
fn read(name: &str, tensor: &JsTensor) -> Result<Tensor, EngineError> {
    let numbers: Float32Array = tensor
        .data()
        .dyn_into()
        .map_err(|_other| failed(&format!("it gave no 32-bit numbers: {name}")))?;
    let shape: Vec<usize> = tensor.dims().into_iter().map(|size| size as usize).collect();
    Ok(Tensor::f32(shape, numbers.to_vec()))
}

/// The runtime has no word of its own for memory that ran out: it says what its allocator or the browser said.
fn failed_or_full(reason: &JsValue) -> EngineError {
    let detail = reason_of(reason);
    let told = detail.to_lowercase();
    let full =
        ["bad_alloc", "out of memory", "allocation failed", "failed to allocate", "enlarge memory"];
    if full.iter().any(|it| told.contains(it)) {
        return EngineError::NoMemory;
    }
    EngineError::ModelFailed { detail }
}

/// What an exception says.
fn reason_of(exception: &JsValue) -> String {
    js_sys::Object::from(exception.clone()).to_string().into()
}

/// Waits for `work`, or until the graphics device is lost: work on a lost device may never end.
async fn or_device_lost<T>(
    device_lost: &DeviceLost,
    work: impl Future<Output = Result<T, EngineError>>,
) -> Result<T, EngineError> {
    match device_lost {
        None => work.await,
        Some(lost) => match select(std::pin::pin!(work), lost.clone()).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(_) => Err(EngineError::DeviceLost),
        },
    }
}

fn failed(error: &impl ToString) -> EngineError {
    EngineError::ModelFailed { detail: error.to_string() }
}
