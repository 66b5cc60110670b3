//! What the engine has fetched and made ready so far, kept until the worker ends.

use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::engine::files::{Files, Halt};
use crate::engine::protocol::EngineError;
use crate::engine::runtime::{Graph, Runtime};
use crate::families::inspect::Question;
use crate::families::{self, Family, FamilyError, FamilyName, Part, Scored, Want};
use crate::history::History;
use crate::manifest::Manifest;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// Milliseconds since the worker began.
pub(super) fn now_millis() -> f64 {
    performance_now()
}

pub(super) struct Shelf {
    pub(super) runtime: Runtime,
    pub(super) files: Files,
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
    pub(super) fn new(runtime: Runtime, files: Files) -> Self {
        Self { runtime, files, manifest: None, families: BTreeMap::new() }
    }

    pub(super) fn manifest(&mut self) -> Result<Rc<Manifest>, Halt> {
        if let Some(manifest) = &self.manifest {
            return Ok(manifest.clone());
        }
        let path = "manifest.json";
        let json = self.files.take_unchecked(path)?;
        let manifest = Manifest::from_json(&json).map_err(|error| damaged(path, &error))?;
        Ok(self.manifest.insert(Rc::new(manifest)).clone())
    }

    /// The family `name`, fetched and opened on first use.
    pub(super) async fn family(&mut self, name: &FamilyName) -> Result<&mut LoadedFamily, Halt> {
        if !self.families.contains_key(name) {
            let loaded = self.load(name).await?;
            self.families.insert(name.clone(), loaded);
        }
        let unknown = || EngineError::UnknownFamily { family: name.0.clone() };
        Ok(self.families.get_mut(name).ok_or_else(unknown)?)
    }

    async fn load(&mut self, name: &FamilyName) -> Result<LoadedFamily, Halt> {
        let manifest = self.manifest()?;
        let of_family = families::parts_of(name, &manifest).map_err(|error| told(name, error))?;
        self.files.need(&of_family.iter().map(|(_, file)| file).collect::<Vec<_>>())?;
        let mut parts = BTreeMap::new();
        let mut graph = None;
        for (part, file) in of_family {
            let bytes = self.files.take(&file)?;
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

    /// What the family shows of itself for `history`, as JSON of its own type.
    pub(super) async fn inspect(
        &mut self,
        history: &History,
        probe: &str,
    ) -> Result<String, EngineError> {
        let card = self.family.card();
        let name = FamilyName(card.name.to_owned());
        let told = |error| told(&name, error);
        let none = || told(FamilyError::NoInside { name: card.name });
        let inspection = families::find(&name).and_then(|it| it.inspection).ok_or_else(none)?;
        let picks = history.newest(self.family.max_history());
        let question = Question { picks: &picks, history, probe, n_items: self.n_items };
        let mut given = Vec::new();
        while let Some(run) = inspection.next_run(&question, &given).map_err(told)? {
            let graph = self.graph.as_mut();
            let graph =
                graph.ok_or_else(|| told(FamilyError::MissingPart { part: Part::Graph }))?;
            self.n_scored += run.n_rows();
            given.push(graph.run(&run.inputs, &run.outputs).await?);
        }
        inspection.read(self.family.as_ref(), &question, given).map_err(told)
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
            (Some(plan), Some(graph)) => graph.run(&plan.inputs, &plan.outputs).await?,
            (Some(_), None) => return Err(told(FamilyError::MissingPart { part: Part::Graph })),
            (None, _) => BTreeMap::new(),
        };
        self.n_scored += histories.len();
        self.family.scores(histories, outputs).map_err(told)
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
        | FamilyError::Unwritable(_)
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
