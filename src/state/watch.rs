//! What the page knows of its engine: its phase, and each file it fetched.

use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Get, GetUntracked, Set, Update, With};

use crate::engine::answer::EngineEvent;
use crate::engine::protocol::{Backend, EngineError, FetchProgress};

/// Follows the engine's events. Made before the engine starts, so that none is missed.
#[derive(Clone, Copy)]
pub struct EngineWatch {
    phase: RwSignal<Phase>,
    files: RwSignal<Vec<FetchProgress>>,
    trouble: RwSignal<Option<EngineError>>,
    /// Files that came over the net after the first list.
    n_requests_since_load: RwSignal<usize>,
    is_loaded: RwSignal<bool>,
}

/// How the engine is.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    Starting { backend: Backend },
    Ready { backend: Backend, n_threads: usize, millis: f64 },
    Stopped(EngineError),
}

impl Default for EngineWatch {
    fn default() -> Self {
        Self {
            phase: RwSignal::new(Phase::Starting { backend: Backend::Wasm }),
            files: RwSignal::default(),
            trouble: RwSignal::default(),
            n_requests_since_load: RwSignal::default(),
            is_loaded: RwSignal::default(),
        }
    }
}

impl EngineWatch {
    /// Takes note of `event`.
    pub fn hear(self, event: EngineEvent) {
        match event {
            EngineEvent::Starting { backend } => self.phase.set(Phase::Starting { backend }),
            EngineEvent::Ready { backend, n_threads, millis } => {
                self.phase.set(Phase::Ready { backend, n_threads, millis });
            }
            EngineEvent::Fetching(progress) => self.note_file(progress),
            EngineEvent::Stopped(error) => self.phase.set(Phase::Stopped(error)),
            EngineEvent::Trouble(error) => self.trouble.set(Some(error)),
        }
    }

    /// Takes note of a file on its way, fetched by the engine or by the page.
    pub fn note_file(self, progress: FetchProgress) {
        if progress.is_from_cache == Some(false) && self.is_loaded.get_untracked() {
            self.n_requests_since_load.update(|n| *n += 1);
        }
        self.files.update(|files| match files.iter_mut().find(|it| it.path == progress.path) {
            Some(file) => *file = progress,
            None => files.push(progress),
        });
    }

    /// Begins to count files anew.
    pub fn forget_files(self) {
        self.files.update(Vec::clear);
    }

    /// From here on a request is one "since load".
    pub fn mark_loaded(self) {
        if !self.is_loaded.get_untracked() {
            self.is_loaded.set(true);
        }
    }

    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// Where the models run, or will.
    pub fn backend(self) -> Option<Backend> {
        match self.phase.get() {
            Phase::Starting { backend } | Phase::Ready { backend, .. } => Some(backend),
            Phase::Stopped(_) => None,
        }
    }

    pub fn is_ready(self) -> bool {
        self.phase.with(|phase| matches!(phase, Phase::Ready { .. }))
    }

    /// Each file fetched so far, in the order they were asked for.
    pub fn files(self) -> Vec<FetchProgress> {
        self.files.get()
    }

    /// The file whose path ends in `path`, if it was asked for.
    pub fn file(self, path: &str) -> Option<FetchProgress> {
        self.files.with(|files| files.iter().find(|file| file.path.ends_with(path)).cloned())
    }

    pub fn trouble(self) -> Option<EngineError> {
        self.trouble.get()
    }

    pub fn n_requests_since_load(self) -> usize {
        self.n_requests_since_load.get()
    }
}
