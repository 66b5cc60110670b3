//! ONNX Runtime, as far as the engine needs it. The only file that names `ort` and `ort_web`.

use futures::future::{Either, FutureExt, LocalBoxFuture, Shared, pending, select};
use ort::session::{OutputSelector, RunOptions, Session, SessionInputValue};
use wasm_bindgen::prelude::wasm_bindgen;
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
    #[wasm_bindgen(method, getter, js_name = runtimeFolder)]
    fn runtime_folder(this: &Boot) -> String;
    #[wasm_bindgen(method, getter, js_name = scriptName)]
    fn script_name(this: &Boot) -> String;
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
        let (dist, backend, n_threads) = BOOT.with(|boot| {
            let dist =
                ort_web::Dist::new(boot.runtime_folder()).with_script_name(boot.script_name());
            let backend = if boot.is_web_gpu() { Backend::WebGpu } else { Backend::Wasm };
            (dist, backend, boot.n_threads() as usize)
        });
        let api = ort_web::api(dist).await.map_err(|error| failed(&error))?;
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
        let session = or_device_lost(&self.device_lost, builder.commit_from_memory(onnx)).await?;
        Ok(Graph { session, device_lost: self.device_lost.clone() })
    }
}

/// A loaded model.
pub struct Graph {
    session: Session,
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
        inputs: Vec<(&'static str, Tensor)>,
        wanted: &[&'static str],
    ) -> Result<GraphOutputs, EngineError> {
        let mut named = Vec::with_capacity(inputs.len());
        for (name, tensor) in inputs {
            named.push((name, to_value(tensor).map_err(|error| failed(&error))?));
        }
        let mut selected = OutputSelector::no_default();
        for name in wanted {
            selected = selected.with(*name);
        }
        let options = RunOptions::new().map_err(|error| failed(&error))?.with_outputs(selected);
        let session = &mut self.session;
        let run = async {
            // Outputs come back in JavaScript's memory on every backend, so they need no syncing.
            let outputs = session.run_async(named, &options).await?;
            outputs.iter().map(|(name, value)| Ok((name.to_owned(), from_value(&value)?))).collect()
        };
        or_device_lost(&self.device_lost, run).await
    }
}

fn to_value(tensor: Tensor) -> ort::Result<SessionInputValue<'static>> {
    let Tensor { shape, numbers } = tensor;
    Ok(match numbers {
        Numbers::I64(numbers) => ort::value::Tensor::from_array((shape, numbers))?.into(),
        Numbers::I32(numbers) => ort::value::Tensor::from_array((shape, numbers))?.into(),
        Numbers::F32(numbers) => ort::value::Tensor::from_array((shape, numbers))?.into(),
    })
}

fn from_value(value: &ort::value::DynValue) -> ort::Result<Tensor> {
    let (shape, numbers) = value.try_extract_tensor::<f32>()?;
    let shape: Vec<usize> = shape.iter().map(|&size| usize::try_from(size).unwrap_or(0)).collect();
    Ok(Tensor::f32(shape, numbers.to_vec()))
}

/// Waits for `work`, or until the graphics device is lost: work on a lost device may never end.
async fn or_device_lost<T>(
    device_lost: &DeviceLost,
    work: impl Future<Output = ort::Result<T>>,
) -> Result<T, EngineError> {
    let outcome = match device_lost {
        None => work.await,
        Some(lost) => match select(std::pin::pin!(work), lost.clone()).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(_) => return Err(EngineError::DeviceLost),
        },
    };
    outcome.map_err(|error| failed(&error))
}

fn failed(error: &impl ToString) -> EngineError {
    EngineError::ModelFailed { detail: error.to_string() }
}
