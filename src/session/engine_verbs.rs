//! Keeping the engine alive, and trying it on the graphics device.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::engine::protocol::{Backend, EngineError, SelfTest, TestEngine};
use crate::session::{Notice, Phase, Refusal, Session};
use crate::state::latest;

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

impl Session {
    /// Starts a fresh engine where the old one ran, and asks again what has no answer.
    pub fn restart_engine(self) {
        let backend = match self.webgpu.get_untracked() {
            WebGpu::InUse(_) => Backend::WebGpu,
            _ => Backend::Wasm,
        };
        self.restart_on(backend);
    }

    /// Runs the self-test on WebGPU, and stays there only if it gives the stored answers.
    pub fn offer_webgpu(self) {
        if self.webgpu.get_untracked() == WebGpu::Testing {
            return;
        }
        self.webgpu.set(WebGpu::Testing);
        self.engine.restart(Backend::WebGpu);
        let asked = self.ask(TestEngine { encoder: self.encoder.get_untracked() });
        spawn_local(async move {
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
            self.tell(Notice::WebGpuRefused(refusal));
        });
    }

    /// Goes back from WebGPU to WebAssembly.
    pub fn leave_webgpu(self) {
        self.webgpu.set(WebGpu::NotTried);
        self.restart_on(Backend::Wasm);
    }

    pub fn webgpu(self) -> Signal<WebGpu> {
        self.webgpu.into()
    }

    fn refuse_webgpu(self, refusal: Refusal) {
        self.webgpu.set(WebGpu::Refused(refusal));
        self.restart_on(Backend::Wasm);
    }

    fn restart_on(self, backend: Backend) {
        self.dismiss(&Notice::EngineStopped(EngineError::Stopped));
        self.call_all_available(); // a fresh engine fetches afresh
        self.engine.restart(backend);
        latest::retry_all();
    }

    /// Turns what happens to the engine into notices, and a lost device into WebAssembly.
    pub(super) fn follow_engine(self) {
        Effect::new(move || match self.watch.phase() {
            Phase::Stopped(_) if self.webgpu.get_untracked() == WebGpu::Testing => {}
            Phase::Stopped(EngineError::DeviceLost) => self.recover_from_lost_device(),
            Phase::Stopped(error) => self.tell(Notice::EngineStopped(error)),
            Phase::Ready { .. } => {
                self.dismiss(&Notice::EngineStopped(EngineError::Stopped));
            }
            Phase::Starting { .. } => {}
        });
        Effect::new(move || {
            let failures = [
                self.recommended.failure(),
                self.explained.failure(),
                self.found.failure(),
                self.explained_match.failure(),
            ];
            let is_testing = self.webgpu.get_untracked() == WebGpu::Testing;
            match failures.into_iter().flatten().find(is_end_of_engine) {
                _ if is_testing => {}
                Some(EngineError::DeviceLost) => self.recover_from_lost_device(),
                Some(error) => self.tell(Notice::EngineStopped(error)),
                None => {}
            }
        });
        Effect::new(move || {
            if let Some(error) = self.watch.trouble() {
                self.tell(Notice::Trouble(error));
            }
        });
        Effect::new(move || {
            if self.shown.with(Option::is_some) && self.have_details_settled.get() {
                self.watch.mark_loaded();
            }
        });
    }

    fn recover_from_lost_device(self) {
        if matches!(self.webgpu.get_untracked(), WebGpu::Refused(_)) {
            return; // already on the way back
        }
        self.refuse_webgpu(Refusal::Failed(EngineError::DeviceLost));
        self.tell(Notice::DeviceLost);
    }
}

/// No answer will come any more, from this engine.
fn is_end_of_engine(error: &EngineError) -> bool {
    matches!(error, EngineError::Stopped | EngineError::DeviceLost | EngineError::NoSimd)
}
