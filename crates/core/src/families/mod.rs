//! One file or folder per recommender family, and the registry: the only list of families.
//!
//! A family turns a batch of histories into what its model reads, and what its model wrote into
//! scores. It never runs anything itself. Adding one takes a file here and a line in
//! [`REGISTRY`].

pub mod bert4rec;
pub mod blend;
mod blend_student;
mod counting;
pub mod diffrec;
mod ease;
mod ease_recency;
mod error;
mod graph;
pub mod gru4rec;
pub mod inspect;
pub mod irgan;
mod item_table;
mod itemknn;
mod markov;
mod markov_multilag;
pub mod mult_vae;
pub mod multimodal;
mod names;
mod popularity;
mod sasrec;
mod sasrec_ease;
mod sasrec_text;
pub mod semantic_id;
mod tensor;
mod text_history;

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::{Deserialize, Serialize};

use crate::catalog::ItemRow;
use crate::history::History;
use crate::manifest::{FamilyEntry, FileRef, Manifest, ManifestError};

pub use error::FamilyError;
pub use inspect::Inspection;
pub use item_table::{ItemTable, TableError};
pub use names::Names;
pub use tensor::{Numbers, Tensor};

use semantic_id::CodesError;

/// Every family there is, in the order a reader meets them: plain counting first.
pub static REGISTRY: &[Registered] = &[
    popularity::FAMILY,
    markov::FAMILY,
    markov_multilag::FAMILY,
    itemknn::FAMILY,
    ease::FAMILY,
    ease_recency::FAMILY,
    text_history::FAMILY,
    multimodal::FAMILY,
    semantic_id::FAMILY,
    diffrec::FAMILY,
    irgan::FAMILY,
    mult_vae::FAMILY,
    bert4rec::FAMILY,
    gru4rec::FAMILY,
    sasrec::FAMILY,
    sasrec_text::FAMILY,
    blend::FAMILY,
    blend_student::FAMILY,
    sasrec_ease::FAMILY,
];

/// The family that a first visit starts with, and by which an engine is put to the test.
pub const FIRST_FAMILY: &str = sasrec_ease::FAMILY.card.name;

/// The family that answers for films with stars: of those that weigh picks the best one.
pub const FAMILY_FOR_STARS: &str = blend::FAMILY.card.name;

/// Whose names, the name then, the name today.
static RENAMED: &[(Names, &str, &str)] =
    &[(Names::First, sasrec::FAMILY.card.name, sasrec_ease::FAMILY.card.name)];

/// A family's name, the same in Python, Rust, the manifest and the URL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FamilyName(pub String);

/// A recommender that is ready to score.
///
/// The same for all: `plan`, run the graphs that the plan asks for, `scores`.
pub trait Family: Any + Debug {
    fn card(&self) -> &'static Card;

    /// How many of the newest picks it reads; older ones change nothing.
    fn max_history(&self) -> usize;

    /// What has to run before `scores`: its graph, if it has one; of a family that is made of
    /// others, theirs.
    ///
    /// # Errors
    /// [`FamilyError::UnknownItem`] if a pick is not in the catalogue.
    fn plan(&self, histories: &[History], want: Want) -> Result<Vec<GraphRun>, FamilyError>;

    /// One row of `n_items` scores for each history, and attention if it was asked for; `outputs`
    /// are what each run of the plan gave, in its order.
    ///
    /// # Errors
    /// [`FamilyError::WrongOutput`] if `outputs` are not what the plan asked for,
    /// [`FamilyError::UnknownItem`] if a pick is not in the catalogue.
    fn scores(
        &self,
        histories: &[History],
        outputs: Vec<GraphOutputs>,
    ) -> Result<Scored, FamilyError>;

    /// As [`Self::scores`] of one history, of whose picks each counts what `weights` says of it, oldest first, and not
    /// what its age makes of it. A family that does not weigh picks reads them as always.
    ///
    /// # Errors
    /// As [`Self::scores`].
    fn scores_weighed(
        &self,
        history: &History,
        weights: &[f32],
        outputs: Vec<GraphOutputs>,
    ) -> Result<Vec<f32>, FamilyError> {
        let _ = weights;
        Ok(self.scores(std::slice::from_ref(history), outputs)?.scores.pop().unwrap_or_default())
    }

    /// The exact parts of `item`'s score, for families that are sums; `None` for the others.
    fn contributions(&self, history: &History, item: ItemRow) -> Option<Parts>;
}

/// A score part by part: `score = start + Σ picks`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// What the film has whoever asks: its popularity, where the family counts it.
    pub start: f32,
    /// One per pick read, oldest first.
    pub picks: Vec<f32>,
}

/// What the page says about a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    pub name: &'static str,
    pub title: &'static str,
    pub kind: Kind,
    /// Two sentences: how it thinks, and what it is good for.
    pub description: &'static str,
    pub score: ScoreMeaning,
}

/// What sort of model it is; pages colour by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Baseline,
    Autoregressive,
    Masked,
    Variational,
    Adversarial,
    Diffusion,
    Language,
    Hybrid,
}

/// What one score says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreMeaning {
    /// The softmax over all films makes probabilities of them.
    Logit,
    /// The logarithm of a probability, which is what to show.
    LogProbability,
    /// How much of the film is in a set that was put together again: a pick is 1, others are 0.
    Reconstruction,
    /// A sum of weights.
    Sum,
    /// log(1 + ratings), 1 for the film that most people rated.
    Popularity,
    /// Points by rank, added up.
    Points,
}

impl ScoreMeaning {
    /// How long a film's bar is beside one as long as 1 for the first film, whose score is `first`:
    /// the ratio of their probabilities where scores are logarithms of them, else of the scores.
    pub fn beside_first(self, score: f32, first: f32) -> f32 {
        match self {
            Self::Logit | Self::LogProbability => (score - first).exp(),
            Self::Reconstruction | Self::Sum | Self::Popularity | Self::Points => score / first,
        }
    }

    /// Whether a score is the sum of exact parts, one a pick.
    pub fn is_sum(self) -> bool {
        matches!(self, Self::Sum | Self::Popularity)
    }
}

/// What a run should give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    Scores,
    ScoresAndAttention,
}

/// A graph run a family asks for, with inputs and outputs by name.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphRun {
    /// The family whose graph it is: the one that asks, or one of which that is made.
    pub of: &'static str,
    pub inputs: Vec<(&'static str, Tensor)>,
    pub outputs: Vec<&'static str>,
}

impl GraphRun {
    /// How many rows its batch has.
    pub fn n_rows(&self) -> usize {
        self.inputs.first().and_then(|(_, tensor)| tensor.shape.first()).map_or(0, |&rows| rows)
    }
}

/// What a graph run gave, by name. Empty where none ran.
pub type GraphOutputs = BTreeMap<String, Tensor>;

/// What a family makes of a batch of histories.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Shape `[batch][n_items]`.
    pub scores: Vec<Vec<f32>>,
    /// Where the model looked, averaged over its layers: for each history one weight per pick
    /// read, oldest first, summing to 1. `None` where it was not asked for or does not exist.
    pub attention: Option<Vec<Vec<f32>>>,
}

/// One line of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Registered {
    pub card: Card,
    /// What has to be there before `open`.
    parts: fn(&FamilyEntry) -> Vec<Part>,
    open: fn(&Opening<'_>) -> Result<Box<dyn Family>, FamilyError>,
    /// What it shows of itself.
    pub inspection: Option<Inspection>,
}

/// What a family is made ready from.
struct Opening<'a> {
    card: &'static Card,
    entry: &'a FamilyEntry,
    n_items: usize,
    manifest: &'a Manifest,
    /// By path.
    files: &'a BTreeMap<String, Vec<u8>>,
}

impl Opening<'_> {
    fn part(&self, part: Part) -> Result<&[u8], FamilyError> {
        let file = file_of(self.card.name, part, self.manifest)?;
        self.files.get(&file.path).map(Vec::as_slice).ok_or(FamilyError::MissingPart { part })
    }

    /// The families of which it is made, ready to score, in the order of its entry.
    fn members(&self) -> Result<Vec<Box<dyn Family>>, FamilyError> {
        members(self.entry).map(|it| open(&it, self.manifest, self.files)).collect()
    }
}

/// A file that a family needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartFile {
    /// Whose part it is: the family's own, or that of one of which it is made.
    pub of: &'static str,
    pub part: Part,
    pub file: FileRef,
}

/// A part of a family that has to be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Bytes for [`open`].
    Table,
    /// Bytes for [`open`].
    PopularityScores,
    /// Bytes for [`open`]: the catalogue's text vectors.
    Vectors,
    /// Bytes for [`open`]: the codes that spell the films.
    Codes,
    /// For the runtime; [`open`] does not read it.
    Graph,
}

/// The registry's line for `name`.
pub fn find(name: &FamilyName) -> Option<&'static Registered> {
    REGISTRY.iter().find(|it| it.card.name == name.0)
}

/// The registered families that this site ships, in registry order: one that is made of others
/// only with all of them.
pub fn shipped(manifest: &Manifest) -> impl Iterator<Item = &'static Registered> {
    let is_whole = |entry: &FamilyEntry| members(entry).all(|it| look_up(&it, manifest).is_ok());
    REGISTRY.iter().filter(move |it| manifest.family(it.card.name).is_some_and(is_whole))
}

/// The files a family needs before [`open`], in the order they are best fetched. Some may be the
/// same file.
///
/// # Errors
/// [`FamilyError::UnknownFamily`] if the site does not have it, [`FamilyError::Manifest`] if
/// one of its files is missing from the manifest.
pub fn parts_of(name: &FamilyName, manifest: &Manifest) -> Result<Vec<PartFile>, FamilyError> {
    let (registered, entry) = look_up(name, manifest)?;
    let mut files = Vec::new();
    for part in (registered.parts)(entry) {
        let file = file_of(registered.card.name, part, manifest)?.clone();
        files.push(PartFile { of: registered.card.name, part, file });
    }
    for member in members(entry) {
        files.extend(parts_of(&member, manifest)?);
    }
    Ok(files)
}

fn file_of<'a>(
    name: &str,
    part: Part,
    manifest: &'a Manifest,
) -> Result<&'a FileRef, ManifestError> {
    match part {
        Part::Table => manifest.file_of(name, "table"),
        Part::Graph => manifest.file_of(name, "graph"),
        Part::Codes => manifest.file_of(name, "codes"),
        Part::Vectors => manifest.file_of(name, "vectors"),
        // The family's own, or those of popularity itself.
        Part::PopularityScores => manifest
            .file_of(name, "scores")
            .or_else(|_| manifest.file_of(popularity::FAMILY.card.name, "scores")),
    }
}

/// Makes a family ready to score from the bytes of its [`parts_of`], by the paths of the files;
/// graphs are not read.
///
/// # Errors
/// [`FamilyError`] if a part is missing, damaged or made for another catalogue.
pub fn open(
    name: &FamilyName,
    manifest: &Manifest,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<Box<dyn Family>, FamilyError> {
    let (registered, entry) = look_up(name, manifest)?;
    let n_items = manifest.catalogue.n_items;
    (registered.open)(&Opening { card: &registered.card, entry, n_items, manifest, files })
}

/// The families of which one is made.
fn members(entry: &FamilyEntry) -> impl Iterator<Item = FamilyName> {
    entry.members.iter().map(|it| FamilyName(it.family.clone()))
}

fn look_up<'a>(
    name: &FamilyName,
    manifest: &'a Manifest,
) -> Result<(&'static Registered, &'a FamilyEntry), FamilyError> {
    find(name)
        .zip(manifest.family(&name.0))
        .ok_or_else(|| FamilyError::UnknownFamily { name: name.0.clone() })
}

/// Refuses histories with picks that no table or model of `n_items` knows.
fn check_items(histories: &[History], n_items: usize) -> Result<(), FamilyError> {
    let mut picks = histories.iter().flat_map(History::iter);
    match picks.find(|pick| pick.index() >= n_items) {
        Some(pick) => Err(FamilyError::UnknownItem { row: pick.0, n_items }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
