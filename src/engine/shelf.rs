//! What the engine has fetched and made ready so far, kept until the worker ends.

use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::engine::port::PagePort;
use crate::engine::protocol::{EngineError, FetchProgress, FromEngine};
use crate::engine::runtime::{Graph, Runtime};
use crate::families::{
    self, Family, FamilyError, FamilyName, Inside, InsideQuestion, Part, Probe, Scored, Want,
};
use crate::fetch::{self, FetchError, Fetched};
use crate::history::History;
use crate::manifest::{FileRef, Manifest};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// Milliseconds since the worker began.
pub(super) fn now_millis() -> f64 {
    performance_now()
}

/// The site's models, relative to the worker's script.
const FOLDER: &str = "models/";
const PROGRESS_EVERY_MILLIS: f64 = 100.0;

pub(super) struct Shelf {
    pub(super) runtime: Runtime,
    tell: Box<dyn Fn(&FromEngine)>,
    manifest: Option<Rc<Manifest>>,
    families: BTreeMap<FamilyName, LoadedFamily>,
}

/// A family that is ready to score, with its graph if it has one.
pub(super) struct LoadedFamily {
    pub(super) family: Box<dyn Family>,
    graph: Option<Graph>,
    n_items: usize,
    pub(super) n_scored: usize,
}

impl Shelf {
    pub(super) fn new(runtime: Runtime, page: &PagePort) -> Self {
        Self { runtime, tell: Box::new(page.voice()), manifest: None, families: BTreeMap::new() }
    }

    pub(super) async fn manifest(&mut self) -> Result<Rc<Manifest>, EngineError> {
        if let Some(manifest) = &self.manifest {
            return Ok(manifest.clone());
        }
        let path = "manifest.json";
        let json = fetch::fetch_unchecked(FOLDER, path).await?;
        let manifest = Manifest::from_json(&json).map_err(|error| damaged(path, &error))?;
        Ok(self.manifest.insert(Rc::new(manifest)).clone())
    }

    /// A checked file of the site, telling the page how it comes along.
    pub(super) async fn fetch(&self, file: &FileRef) -> Result<Vec<u8>, EngineError> {
        let mut told_at = f64::NEG_INFINITY;
        let progress = |fetched_bytes, done_from_cache: Option<bool>| {
            FromEngine::Fetching(FetchProgress {
                path: file.path.clone(),
                fetched_bytes,
                total_bytes: file.bytes,
                is_done: done_from_cache.is_some(),
                is_from_cache: done_from_cache,
            })
        };
        let fetched = fetch::fetch_file(FOLDER, file, |fetched_bytes| {
            if now_millis() - told_at >= PROGRESS_EVERY_MILLIS {
                told_at = now_millis();
                (self.tell)(&progress(fetched_bytes, None));
            }
        });
        let Fetched { bytes, is_from_cache } = fetched.await?;
        (self.tell)(&progress(file.bytes, Some(is_from_cache)));
        Ok(bytes)
    }

    /// Tells the page that `file` was on this device already.
    pub(super) fn tell_kept(&self, file: &FileRef) {
        (self.tell)(&FromEngine::Fetching(FetchProgress {
            path: file.path.clone(),
            fetched_bytes: file.bytes,
            total_bytes: file.bytes,
            is_done: true,
            is_from_cache: Some(true),
        }));
    }

    /// The family `name`, fetched and opened on first use.
    pub(super) async fn family(
        &mut self,
        name: &FamilyName,
    ) -> Result<&mut LoadedFamily, EngineError> {
        if !self.families.contains_key(name) {
            let loaded = self.load(name).await?;
            self.families.insert(name.clone(), loaded);
        }
        self.families
            .get_mut(name)
            .ok_or_else(|| EngineError::UnknownFamily { family: name.0.clone() })
    }

    async fn load(&mut self, name: &FamilyName) -> Result<LoadedFamily, EngineError> {
        let manifest = self.manifest().await?;
        let mut parts = BTreeMap::new();
        let mut graph = None;
        for (part, file) in
            families::parts_of(name, &manifest).map_err(|error| told(name, error))?
        {
            let bytes = self.fetch(&file).await?;
            if part == Part::Graph {
                graph = Some(self.runtime.load(&bytes).await?);
            } else {
                parts.insert(part, bytes);
            }
        }
        let family = families::open(name, &manifest, &parts).map_err(|error| told(name, error))?;
        Ok(LoadedFamily { family, graph, n_items: manifest.catalogue.n_items, n_scored: 0 })
    }

    /// The loaded families, for work in idle time.
    pub(super) fn loaded(&mut self) -> impl Iterator<Item = &mut LoadedFamily> {
        self.families.values_mut()
    }
}

impl LoadedFamily {
    pub(super) fn has_graph(&self) -> bool {
        self.graph.is_some()
    }

    /// What the family shows of itself for `history`.
    pub(super) async fn inspect(
        &mut self,
        history: &History,
        probe: &Probe,
    ) -> Result<Inside, EngineError> {
        let card = self.family.card();
        let name = FamilyName(card.name.to_owned());
        let told = |error| told(&name, error);
        let none = || told(FamilyError::NoInside { name: card.name });
        let inspection = families::find(&name).and_then(|it| it.inspection).ok_or_else(none)?;
        let picks = history.newest(self.family.max_history());
        let question = InsideQuestion { picks: &picks, history, probe, n_items: self.n_items };
        let mut given = Vec::new();
        while let Some(run) = (inspection.next_run)(&question, &given).map_err(told)? {
            let graph = self.graph.as_mut();
            let graph =
                graph.ok_or_else(|| told(FamilyError::MissingPart { part: Part::Graph }))?;
            self.n_scored += run.n_rows();
            given.push(graph.run(run.inputs, &run.outputs).await?);
        }
        (inspection.read)(self.family.as_ref(), &question, given).map_err(told)
    }

    /// Scores all histories in one run.
    pub(super) async fn score(
        &mut self,
        histories: &[History],
        want: Want,
    ) -> Result<Scored, EngineError> {
        let name = FamilyName(self.family.card().name.to_owned());
        let told = |error| told(&name, error);
        let outputs = match (self.family.plan(histories, want).map_err(told)?, &mut self.graph) {
            (Some(plan), Some(graph)) => graph.run(plan.inputs, &plan.outputs).await?,
            (Some(_), None) => return Err(told(FamilyError::MissingPart { part: Part::Graph })),
            (None, _) => BTreeMap::new(),
        };
        self.n_scored += histories.len();
        self.family.scores(histories, outputs).map_err(told)
    }
}

impl From<FetchError> for EngineError {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Unreachable { path } => Self::Unreachable { path },
            FetchError::Damaged { path } => Self::Damaged { path },
        }
    }
}

/// What the page is told when `family` cannot do its part.
fn told(family: &FamilyName, error: FamilyError) -> EngineError {
    match error {
        FamilyError::UnknownFamily { name } => EngineError::UnknownFamily { family: name },
        FamilyError::UnknownItem { row, n_items } => EngineError::UnknownItem { row, n_items },
        FamilyError::Manifest(error) => damaged("manifest.json", &error),
        FamilyError::Table(error) => damaged(&family.0, &error),
        FamilyError::Vectors(error) => damaged(&family.0, &error),
        FamilyError::Codes(error) => damaged(&family.0, &error),
        error @ (FamilyError::MissingPart { .. }
        | FamilyError::NoInside { .. }
        | FamilyError::Rank(_)
        | FamilyError::WrongOutput { .. }) => failed(&error),
    }
}

/// A file that arrived as its checksum says, but does not hold what it should.
pub(super) fn damaged(path: &str, reason: &impl std::error::Error) -> EngineError {
    web_sys::console::error_1(&reason.to_string().into());
    EngineError::Damaged { path: path.to_owned() }
}

pub(super) fn failed(reason: &impl std::error::Error) -> EngineError {
    EngineError::ModelFailed { detail: reason.to_string() }
}
