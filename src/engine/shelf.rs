//! What the engine has fetched and made ready so far, kept until the worker ends.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::engine::files::{Files, Halt};
use crate::engine::protocol::EngineError;
use crate::engine::runtime::{Graph, Runtime};
use crate::families::inspect::Question;
use crate::families::{
    self, Family, FamilyError, FamilyName, GraphOutputs, GraphRun, Part, Registered, Scored, Want,
};
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
    families: BTreeMap<FamilyName, Opened>,
    /// By path: a family that is made of others runs theirs.
    graphs: BTreeMap<String, Graph>,
    /// Files beside graphs that several families are made of, by path.
    shared: BTreeMap<String, Vec<u8>>,
}

/// A family that has been opened.
struct Opened {
    family: Box<dyn Family>,
    /// The paths of the graphs that it runs, by the family whose they are.
    graphs: BTreeMap<&'static str, String>,
    n_items: usize,
    n_scored: usize,
}

/// A family that is ready to score, beside the graphs that it runs.
pub(super) struct LoadedFamily<'a> {
    opened: &'a mut Opened,
    graphs: &'a mut BTreeMap<String, Graph>,
}

impl Shelf {
    pub(super) fn new(runtime: Runtime, files: Files) -> Self {
        let (families, graphs, shared) = Default::default();
        Self { runtime, files, manifest: None, families, graphs, shared }
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
    pub(super) async fn family(&mut self, name: &FamilyName) -> Result<LoadedFamily<'_>, Halt> {
        if !self.families.contains_key(name) {
            let opened = self.open(name).await?;
            self.families.insert(name.clone(), opened);
        }
        let unknown = || EngineError::UnknownFamily { family: name.0.clone() };
        let opened = self.families.get_mut(name).ok_or_else(unknown)?;
        Ok(LoadedFamily { opened, graphs: &mut self.graphs })
    }

    async fn open(&mut self, name: &FamilyName) -> Result<Opened, Halt> {
        let manifest = self.manifest()?;
        let parts = families::parts_of(name, &manifest).map_err(|error| told(name, error))?;
        // Another family may have brought a file, and families that belong together share some.
        let is_here = |path: &str| self.graphs.contains_key(path) || self.shared.contains_key(path);
        let missing = parts.iter().filter(|it| !is_here(&it.file.path));
        self.files.need(&missing.map(|it| &it.file).collect::<Vec<_>>())?;
        let mut files = BTreeMap::new();
        let mut graphs = BTreeMap::new();
        for it in parts {
            let path = it.file.path.clone();
            if it.part == Part::Graph {
                if !self.graphs.contains_key(&path) {
                    let graph = self.runtime.load(&self.files.take(&it.file)?).await?;
                    self.graphs.insert(path.clone(), graph);
                }
                graphs.insert(it.of, path);
            } else if let Some(bytes) = self.shared.remove(&path) {
                files.insert(path, bytes);
            } else if let Entry::Vacant(place) = files.entry(path) {
                place.insert(self.files.take(&it.file)?);
            }
        }
        let family = families::open(name, &manifest, &files);
        self.shared.extend(files.into_iter().filter(|(path, _)| is_shared(path, &manifest)));
        let family = family.map_err(|error| told(name, error))?;
        Ok(Opened { family, graphs, n_items: manifest.catalogue.n_items, n_scored: 0 })
    }

    /// The loaded families, for work in idle time.
    pub(super) fn loaded(&self) -> Vec<FamilyName> {
        self.families.keys().cloned().collect()
    }
}

/// Whether several families are made of the file at `path`.
fn is_shared(path: &str, manifest: &Manifest) -> bool {
    let reads = |it: &&Registered| {
        let name = FamilyName(it.card.name.to_owned());
        let parts = families::parts_of(&name, manifest);
        parts.is_ok_and(|all| all.iter().any(|part| part.file.path == path))
    };
    families::shipped(manifest).filter(reads).count() > 1
}

impl LoadedFamily<'_> {
    pub(super) fn has_graph(&self) -> bool {
        !self.opened.graphs.is_empty()
    }

    /// How many histories it has been asked for.
    pub(super) fn n_scored(&self) -> usize {
        self.opened.n_scored
    }

    pub(super) fn family(&self) -> &dyn Family {
        self.opened.family.as_ref()
    }

    /// What the family shows of itself for `history`, as JSON of its own type.
    pub(super) async fn inspect(
        &mut self,
        history: &History,
        probe: &str,
    ) -> Result<String, EngineError> {
        let card = self.opened.family.card();
        let name = FamilyName(card.name.to_owned());
        let told = |error| told(&name, error);
        let none = || told(FamilyError::NoInside { name: card.name });
        let inspection = families::find(&name).and_then(|it| it.inspection).ok_or_else(none)?;
        let picks = history.newest(self.family().max_history());
        let question = Question { picks: &picks, history, probe, n_items: self.opened.n_items };
        let mut given = Vec::new();
        loop {
            let family = self.opened.family.as_ref();
            let Some(run) = inspection.next_run(family, &question, &given).map_err(told)? else {
                return inspection.read(family, &question, given).map_err(told);
            };
            self.opened.n_scored += run.n_rows();
            given.push(self.run(&run).await?);
        }
    }

    /// Scores all histories in one run of each graph.
    pub(super) async fn score(
        &mut self,
        histories: &[History],
        want: Want,
    ) -> Result<Scored, EngineError> {
        let outputs = self.outputs(histories, want).await?;
        let name = FamilyName(self.opened.family.card().name.to_owned());
        self.opened.family.scores(histories, outputs).map_err(|error| told(&name, error))
    }

    /// Scores one history, of whose picks each counts what `weights` says; without any, as always.
    pub(super) async fn score_weighed(
        &mut self,
        history: &History,
        weights: &[f32],
    ) -> Result<Vec<f32>, EngineError> {
        let histories = std::slice::from_ref(history);
        let outputs = self.outputs(histories, Want::Scores).await?;
        let name = FamilyName(self.opened.family.card().name.to_owned());
        let scores = if weights.is_empty() {
            let scored = self.opened.family.scores(histories, outputs);
            scored.map(|mut it| it.scores.pop().unwrap_or_default())
        } else {
            self.opened.family.scores_weighed(history, weights, outputs)
        };
        scores.map_err(|error| told(&name, error))
    }

    /// What each run of the plan for `histories` gives.
    async fn outputs(
        &mut self,
        histories: &[History],
        want: Want,
    ) -> Result<Vec<GraphOutputs>, EngineError> {
        let name = FamilyName(self.opened.family.card().name.to_owned());
        let plan = self.opened.family.plan(histories, want).map_err(|error| told(&name, error))?;
        let mut outputs = Vec::new();
        for run in plan {
            outputs.push(self.run(&run).await?);
        }
        self.opened.n_scored += histories.len();
        Ok(outputs)
    }

    async fn run(&mut self, run: &GraphRun) -> Result<GraphOutputs, EngineError> {
        let graph = self.opened.graphs.get(run.of).and_then(|path| self.graphs.get_mut(path));
        let missing = || failed(&FamilyError::MissingPart { part: Part::Graph });
        graph.ok_or_else(missing)?.run(&run.inputs, &run.outputs).await
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
